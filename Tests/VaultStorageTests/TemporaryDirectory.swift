import Foundation

/// A directory that goes away with the test that made it.
struct TemporaryDirectory: Sendable {
    let path: String

    static func with<Value>(_ body: (TemporaryDirectory) throws -> Value) throws -> Value {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("carevault-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(TemporaryDirectory(path: url.path))
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func contents(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }
}

extension TemporaryDirectory {
    static func with<Value>(
        _ body: (TemporaryDirectory) async throws -> Value
    ) async throws -> Value {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("carevault-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(TemporaryDirectory(path: url.path))
    }
}
