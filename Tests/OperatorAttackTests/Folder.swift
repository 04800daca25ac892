import Foundation

/// A data directory that goes away with the test that made it.
final class Folder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("carevault-attack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func read(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    /// Every file with its bytes.
    func contents() throws -> [String: [UInt8]] {
        var all: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            all[name] = try read(name)
        }
        return all
    }

    /// Makes the files of these names what they were, and removes what SQLite left beside them.
    func restore(_ contents: [String: [UInt8]]) throws {
        for (name, bytes) in contents {
            for side in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: file(name + side))
            }
            try write(bytes, to: name)
        }
    }
}
