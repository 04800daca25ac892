import Foundation
import Testing
import VaultAudit
import VaultStorage
import VaultStorageSQLite
import VaultTestKit

/// The files themselves: made on purpose only, refused when foreign or damaged, empty of what was
/// deleted.
@Suite("Database files")
struct FileTests {
    @Test("A store is made once, opened only where it is, and readable by its owner alone")
    func creation() throws {
        try TemporaryDirectory.with { directory in
            let path = directory.file("vault.db")
            #expect(throws: StorageError.missing(path: path)) { try SQLiteStore.open(at: path) }
            #expect(throws: AuditStoreError.missing(path: path)) {
                try SQLiteAuditStore.open(at: path)
            }
            #expect(!FileManager.default.fileExists(atPath: path), "opening makes nothing")
            let store = try SQLiteStore.create(at: path)
            try store.commit(Batch(writes: [.put(.meta, [1], [1])]))
            for suffix in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            #expect(throws: StorageError.exists(path: path)) { try SQLiteStore.create(at: path) }
            #expect(throws: AuditStoreError.exists(path: path)) {
                try SQLiteAuditStore.create(at: path)
            }
            #expect(try store.get(.meta, [1]) == [1], "a refused creation touches nothing")
            store.close()
            let nowhere = directory.file("no/vault.db")
            #expect(throws: StorageError.self) { try SQLiteStore.create(at: nowhere) }
            #expect(throws: StorageError.missing(path: nowhere)) {
                try SQLiteStore.open(at: nowhere)
            }
            try FileManager.default.createSymbolicLink(
                atPath: directory.file("link"), withDestinationPath: directory.file("target"))
            #expect(throws: StorageError.exists(path: directory.file("link"))) {
                try SQLiteStore.create(at: directory.file("link"))
            }
        }
    }

    @Test("The header names the page size, the application and the write-ahead log")
    func header() throws {
        try TemporaryDirectory.with { directory in
            try SQLiteStore.create(at: directory.file("vault.db")).close()
            try SQLiteAuditStore.create(at: directory.file("audit.db")).close()
            for (name, application) in [("vault.db", "CVst"), ("audit.db", "CVau")] {
                let bytes = try directory.contents(name)
                #expect(Array(bytes[16..<20]) == [0x20, 0x00, 2, 2], "8192 bytes a page, WAL")
                #expect(Array(bytes[60..<64]) == [0, 0, 0, 1], "format 1")
                #expect(Array(bytes[68..<72]) == Array(application.utf8))
            }
            // Row numbers would tell which rows were made together.
            let text = String(decoding: try directory.contents("vault.db"), as: UTF8.self)
            #expect(text.components(separatedBy: "STRICT, WITHOUT ROWID").count == 11)
            #expect(text.components(separatedBy: "CREATE TABLE").count == 12)
        }
    }

    @Test("Files of others are refused and left as they are")
    func foreign() throws {
        try TemporaryDirectory.with { directory in
            try SQLiteAuditStore.create(at: directory.file("audit.db")).close()
            try SQLiteStore.create(at: directory.file("good.db")).close()
            let good = try directory.contents("good.db")
            // Everywhere, or SQLite itself calls the schema malformed.
            var renamed = good
            for range in good.ranges(of: Array("wrapped_keys".utf8)) {
                renamed.replaceSubrange(range, with: Array("wrapped_kezs".utf8))
            }
            let files: [(String, [UInt8])] = [
                ("text", Array("not a database at all, but long enough to look at\n".utf8)),
                ("empty", []),
                ("zeroes", [UInt8](repeating: 0, count: 3 * 8192)),
                ("log", try directory.contents("audit.db")),
                ("application", replaced(good, at: 68, with: [1, 2, 3, 4])),
                ("format", replaced(good, at: 60, with: [0, 0, 0, 2])),
                ("tables", renamed),
                ("magic", replaced(good, at: 3, with: [0])),
            ]
            for (name, bytes) in files {
                try directory.write(bytes, to: name)
                let path = directory.file(name)
                let error = #expect(throws: StorageError.self) { try SQLiteStore.open(at: path) }
                guard case .foreign(path, _)? = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
                #expect(try directory.contents(name) == bytes, "\(name) is untouched")
            }
            let path = directory.file("good.db")
            #expect(
                throws: AuditStoreError.foreign(path: path, detail: "application id 1129739124")
            ) { try SQLiteAuditStore.open(at: path) }
        }
    }

    @Test("A truncated file is refused, or shows on the integrity check, never served as whole")
    func truncated() throws {
        try TemporaryDirectory.with { directory in
            let whole = try filled(directory)
            var lengths = Array(stride(from: 0, to: whole.count, by: 8192))
            lengths += [1, 50, 99, 100, 512, 8191, 8193, whole.count - 1]
            for length in lengths {
                try directory.write(Array(whole.prefix(length)), to: "cut.db")
                let error = damage(directory.file("cut.db"))
                switch error {
                case .corrupt(let path, _), .foreign(let path, _):
                    #expect(path == directory.file("cut.db"))
                default:
                    Issue.record("cut to \(length) bytes: \(String(describing: error))")
                }
            }
            try directory.write(whole, to: "cut.db")
            #expect(damage(directory.file("cut.db")) == nil, "the whole file is whole")
        }
    }

    @Test("Flipped bytes never crash; a damaged page of the tree is found")
    func flipped() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        try TemporaryDirectory.with { directory in
            let whole = try filled(directory)
            // The header of the file, the header and pointers of every page, and random places.
            var positions = Array(0..<108)
            for page in stride(from: 8192, to: whole.count, by: 8192) {
                positions += (0..<4).map { _ in page + Int.random(in: 0..<12, using: &random) }
            }
            positions += (0..<100).map { _ in Int.random(in: 0..<whole.count, using: &random) }
            var found = 0
            for position in positions where position < whole.count {
                let flipped = whole[position] ^ (1 << UInt8.random(in: 0..<8, using: &random))
                try directory.write(replaced(whole, at: position, with: [flipped]), to: "flip.db")
                switch damage(directory.file("flip.db")) {
                case .corrupt, .foreign: found += 1
                case nil: break  // In a value, or in a byte without meaning.
                case let other:
                    Issue.record("seed \(seed), byte \(position): \(String(describing: other))")
                }
            }
            #expect(found > positions.count / 4)
            // A whole page gone.
            let page = 8192 * (whole.count / 8192 / 2)
            let zeroes = [UInt8](repeating: 0, count: 8192)
            try directory.write(replaced(whole, at: page, with: zeroes), to: "flip.db")
            #expect(damage(directory.file("flip.db")) != nil)
        }
    }

    @Test("What was deleted is overwritten")
    func deleted() throws {
        try TemporaryDirectory.with { directory in
            let path = directory.file("vault.db")
            let marker = Array("planted-".utf8)
            let value = (0..<200).flatMap { _ in marker }
            let store = try SQLiteStore.create(at: path)
            for space in Space.allCases {
                try store.commit(Batch(writes: [.put(space, HelperProgram.key(1), value)]))
            }
            store.close()
            #expect(try directory.contents("vault.db").firstRange(of: marker) != nil)
            let again = try SQLiteStore.open(at: path)
            for space in Space.allCases {
                try again.commit(Batch(writes: [.delete(space, HelperProgram.key(1))]))
            }
            again.close()
            #expect(try directory.contents("vault.db").firstRange(of: marker) == nil)
        }
    }

    @Test("Putting a key that its space refuses is a bug and ends the process")
    func refusedKey() async throws {
        await #expect(processExitsWith: .failure) {
            try InMemoryStore().commit(Batch(writes: [.put(.bodies, [1], [])]))
        }
        try await TemporaryDirectory.with { directory in
            let path = directory.file("vault.db")
            try SQLiteStore.create(at: path).close()
            await #expect(processExitsWith: .failure) { [path = path as String] in
                let key = [UInt8](repeating: 0x80, count: 8)
                try SQLiteStore.open(at: path).commit(Batch(writes: [.put(.bodies, key, [])]))
            }
        }
    }

    /// The bytes of a store with some rows in every space.
    private func filled(_ directory: TemporaryDirectory) throws -> [UInt8] {
        let store = try SQLiteStore.create(at: directory.file("vault.db"))
        for space in Space.allCases {
            let value = [UInt8](repeating: space.rawValue, count: 1100)
            try store.commit(
                Batch(writes: (0..<20).map { .put(space, HelperProgram.key($0), value) }))
        }
        store.close()
        let bytes = try directory.contents("vault.db")
        return bytes
    }

    /// What opening, reading everything and checking says of a file.
    private func damage(_ path: String) -> StorageError? {
        do throws(StorageError) {
            let store = try SQLiteStore.open(at: path)
            defer { store.close() }
            for space in Space.allCases {
                _ = try store.scan(space, from: [], to: nil, limit: 1000)
            }
            try store.checkIntegrity()
            return nil
        } catch {
            return error
        }
    }

    private func replaced(_ bytes: [UInt8], at position: Int, with new: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(position..<position + new.count, with: new)
        return bytes
    }
}
