import Foundation
import Testing
import VaultAudit
import VaultStorage
import VaultStorageSQLite

/// The test program itself, started again under strace or to be killed.
///
/// What it does is told by the environment; without that it runs the commit loop in a directory of
/// its own, as an ordinary test.
@Suite("Helper program")
struct HelperProgram {
    /// What a helper process does in its directory.
    enum Task: String {
        /// Makes both stores, then `commits` commits to each between two marks.
        case commits
        /// Commits while faults are injected, and says what came of each.
        case results
        /// Appends while faults are injected, and says what came of each.
        case appendResults
        /// Commits and acknowledges until it is killed.
        case forever
    }

    static let commits = 50
    static let taskVariable = "CAREVAULT_STORAGE_TASK"
    static let directoryVariable = "CAREVAULT_STORAGE_DIRECTORY"

    static func key(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    @Test("Runs its task")
    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let name = environment[Self.taskVariable],
            let path = environment[Self.directoryVariable]
        else {
            return try TemporaryDirectory.with { try commitLoop($0) }
        }
        let directory = TemporaryDirectory(path: path)
        switch try #require(Task(rawValue: name)) {
        case .commits: try commitLoop(directory)
        case .results: try results(directory)
        case .appendResults: try appendResults(directory)
        case .forever: try forever(directory)
        }
    }

    private func commitLoop(_ directory: TemporaryDirectory) throws {
        let store = try SQLiteStore.create(at: directory.file("vault.db"))
        let log = try SQLiteAuditStore.create(at: directory.file("audit.db"))
        try directory.write([], to: "mark-1")
        for number in 0..<Self.commits {
            try store.commit(Batch(writes: [.put(.bodies, Self.key(number), [1])]))
        }
        try directory.write([], to: "mark-2")
        for number in 0..<Self.commits {
            try log.append(AuditBatch(first: UInt64(number), records: [[1]]))
        }
        try directory.write([], to: "mark-3")
        #expect(try store.scan(.bodies, from: [], to: nil, limit: 1000).count == Self.commits)
        #expect(try log.state().size == Self.commits)
        store.close()
        log.close()
    }

    private func results(_ directory: TemporaryDirectory) throws {
        let path = directory.file("vault.db")
        var store = try SQLiteStore.create(at: path)
        var lines: [String] = []
        for number in 0..<Self.commits {
            do throws(StorageError) {
                try store.commit(Batch(writes: [.put(.bodies, Self.key(number), [1])]))
                lines.append("done")
            } catch {
                switch error {
                case .full(path): lines.append("full")
                case .outcomeUnknown(path):
                    lines.append("unknown")
                    // Twice: the store must refuse on its own, not only because the fault repeats.
                    #expect(throws: StorageError.outcomeUnknown(path: path)) {
                        try store.commit(Batch(writes: [.put(.meta, [1], [1])]))
                    }
                    store.close()
                    store = try SQLiteStore.open(at: path)
                default: lines.append("other")
                }
            }
        }
        store.close()
        try directory.write(Array(lines.joined(separator: "\n").utf8), to: "results")
    }

    private func appendResults(_ directory: TemporaryDirectory) throws {
        let path = directory.file("audit.db")
        let log = try SQLiteAuditStore.create(at: path)
        var lines: [String] = []
        for _ in 0..<Self.commits {
            let size = try log.state().size
            do throws(AuditStoreError) {
                try log.append(AuditBatch(first: size, records: [[1]]))
                lines.append("done")
            } catch {
                switch error {
                case .full(path): lines.append("full")
                case .outcomeUnknown(path):
                    #expect(throws: AuditStoreError.outcomeUnknown(path: path)) {
                        try log.append(AuditBatch(first: size, records: [[1]]))
                    }
                    let now = try log.state().size
                    lines.append(now == size ? "unknown, not done" : "unknown, done")
                    #expect(now == size || now == size + 1)
                default: lines.append("other")
                }
            }
        }
        log.close()
        try directory.write(Array(lines.joined(separator: "\n").utf8), to: "results")
    }

    private func forever(_ directory: TemporaryDirectory) throws {
        let store = try SQLiteStore.open(at: directory.file("vault.db"))
        let acknowledged = try FileHandle(
            forWritingTo: URL(fileURLWithPath: directory.file("acknowledged")))
        try acknowledged.seekToEnd()
        var next = try store.get(.meta, [1]).map { Int($0[0]) << 8 | Int($0[1]) } ?? 0
        while true {
            let big = [UInt8](repeating: UInt8(truncatingIfNeeded: next), count: 3000)
            try store.commit(
                Batch(writes: [
                    .put(.bodies, Self.key(next), big), .put(.records, Self.key(next), [1]),
                    .put(.meta, [1], [UInt8(next >> 8), UInt8(next & 0xFF)]),
                ]))
            try acknowledged.write(contentsOf: Data([UInt8(next >> 8), UInt8(next & 0xFF)]))
            next += 1
        }
    }
}
