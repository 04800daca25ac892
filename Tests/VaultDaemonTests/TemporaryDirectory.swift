import VaultPlatform
import VaultSodium

/// A directory of its own for a test, mode 0700, removed at the end.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = "/tmp/carevault-daemon-\(Random.bytes(8).map { String($0) }.joined())"
        try Files.createDirectory(path, mode: 0o700)
    }

    deinit { Self.remove(path) }

    func file(_ name: String) -> String { Files.join(path, name) }

    private static func remove(_ path: String) {
        guard let status = try? Files.status(path, followingLinks: false) else { return }
        if status.isDirectory {
            for name in (try? Files.list(path)) ?? [] { remove(Files.join(path, name)) }
            try? Files.removeDirectory(path)
        } else {
            try? Files.remove(path)
        }
    }
}
