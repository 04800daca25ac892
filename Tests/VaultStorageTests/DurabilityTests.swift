import Foundation
import Testing
import VaultAudit
import VaultStorage
import VaultStorageSQLite
import VaultTestKit

/// What only the system can tell: syncs, full disks, failing disks, killed processes.
@Suite("Durability", .serialized, .timeLimit(.minutes(5)))
struct DurabilityTests {
    @Test("Every commit and every append is synced")
    func syncs() async throws {
        try await TemporaryDirectory.with { directory in
            let lines = try await Helper.trace(
                .commits, in: directory, options: ["-e", "trace=fsync,fdatasync,openat,rename"])
            func position(_ mark: String) throws -> Int {
                try #require(lines.firstIndex { $0.contains(directory.file(mark)) })
            }
            func syncs(_ lines: ArraySlice<String>, _ file: String) -> Int {
                lines.count { line in
                    (line.contains("fsync(") || line.contains("fdatasync("))
                        && line.contains("\(directory.file(file))-wal>") && line.hasSuffix("= 0")
                }
            }
            let marks = try ["mark-1", "mark-2", "mark-3"].map(position)
            #expect(syncs(lines[marks[0]..<marks[1]], "vault.db") >= HelperProgram.commits)
            #expect(syncs(lines[marks[1]..<marks[2]], "audit.db") >= HelperProgram.commits)
        }
    }

    @Test("A full disk refuses a commit whole, and the store works again")
    func fullDisk() async throws {
        try await TemporaryDirectory.with { directory in
            let results = try await results(
                .results, directory, "pwrite64:error=ENOSPC:when=60..70")
            #expect(results.contains("full"))
            #expect(results.allSatisfy { ["done", "full"].contains($0) })
            #expect(results.last == "done", "the store works again once there is space")
            try requireRows(directory, results)
        }
    }

    @Test("A failed sync leaves the outcome unknown, and opening again settles it")
    func failedSync() async throws {
        try await TemporaryDirectory.with { directory in
            let results = try await results(.results, directory, "fdatasync:error=EIO:when=20")
            #expect(results.count { $0 == "unknown" } == 1)
            #expect(results.allSatisfy { ["done", "unknown"].contains($0) })
            #expect(results.last == "done")
            try requireRows(directory, results)
        }
    }

    @Test("The audit store says after a failed sync what happened, and goes on")
    func failedAppend() async throws {
        try await TemporaryDirectory.with { directory in
            let results = try await results(
                .appendResults, directory, "fdatasync:error=EIO:when=20")
            #expect(results.count { $0.hasPrefix("unknown") } == 1)
            let log = try SQLiteAuditStore.open(at: directory.file("audit.db"))
            defer { log.close() }
            #expect(
                try log.state().size == results.count { $0 == "done" || $0 == "unknown, done" })
        }
        try await TemporaryDirectory.with { directory in
            let results = try await results(
                .appendResults, directory, "pwrite64:error=ENOSPC:when=60..70")
            #expect(results.contains("full") && results.last == "done")
            let log = try SQLiteAuditStore.open(at: directory.file("audit.db"))
            defer { log.close() }
            #expect(try log.state().size == results.count { $0 == "done" })
        }
    }

    @Test("A killed process loses nothing it acknowledged")
    func killed() async throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        try await TemporaryDirectory.with { directory in
            let path = directory.file("vault.db")
            try SQLiteStore.create(at: path).close()
            try directory.write([], to: "acknowledged")
            for round in 0..<6 {
                let before = try directory.contents("acknowledged").count
                let process = try Helper.start(.forever, in: directory)
                while try directory.contents("acknowledged").count == before, process.isRunning {
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await Task.sleep(
                    for: .microseconds(Int.random(in: 0...60_000, using: &random)))
                kill(process.processIdentifier, SIGKILL)
                while process.isRunning { try await Task.sleep(for: .milliseconds(2)) }
                let acknowledged = try directory.contents("acknowledged").count / 2
                #expect(acknowledged > before / 2, "the helper got to work")
                let wasLogged = try !directory.contents("vault.db-wal").isEmpty
                let store = try SQLiteStore.open(at: path)
                defer { store.close() }
                // What the log held is in the file, synced, before anything is read from it.
                let logged = try directory.contents("vault.db-wal")
                #expect(wasLogged && logged.isEmpty)
                let bodies = try store.scan(.bodies, from: [], to: nil, limit: Int.max)
                let records = try store.scan(.records, from: [], to: nil, limit: Int.max)
                let context = "seed \(seed), round \(round), \(acknowledged) acknowledged"
                #expect([0, 1].contains(bodies.count - acknowledged), "\(context)")
                #expect(bodies.map(\.key) == records.map(\.key), "\(context)")
                #expect(
                    bodies.enumerated().allSatisfy { $1.key == HelperProgram.key($0) },
                    "\(context)")
                try store.checkIntegrity()
                // Acknowledged or not, what is there counts from now on.
                let all = (0..<bodies.count).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
                try directory.write(all, to: "acknowledged")
                try store.commit(
                    Batch(writes: [
                        .put(.meta, [1], [UInt8(bodies.count >> 8), UInt8(bodies.count & 0xFF)])
                    ]))
            }
        }
    }

    private func results(
        _ task: HelperProgram.Task, _ directory: TemporaryDirectory, _ fault: String
    ) async throws -> [String] {
        let call = try #require(fault.split(separator: ":").first)
        let lines = try await Helper.trace(
            task, in: directory, options: ["-e", "trace=\(call)", "-e", "inject=\(fault)"])
        #expect(lines.contains { $0.contains("(INJECTED)") })
        let results = try directory.contents("results")
        return String(decoding: results, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Every commit that was done is there; of the others none, but for an unknown one either.
    private func requireRows(_ directory: TemporaryDirectory, _ results: [String]) throws {
        #expect(results.count == HelperProgram.commits)
        let store = try SQLiteStore.open(at: directory.file("vault.db"))
        defer { store.close() }
        for (number, result) in results.enumerated() where result != "unknown" {
            #expect(
                try store.get(.bodies, HelperProgram.key(number))
                    == (result == "done" ? [1] : nil))
        }
        try store.checkIntegrity()
    }
}
