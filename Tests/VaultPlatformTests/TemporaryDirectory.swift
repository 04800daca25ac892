import Synchronization

@testable import VaultPlatform

private let number = Atomic<UInt64>(0)

/// A private directory that goes when the test is over.
struct TemporaryDirectory: ~Copyable {
    let path: String

    init() throws(PlatformError) {
        let name = "cv-\(ProcessIdentity.current)-\(number.add(1, ordering: .relaxed).newValue)"
        path = "/tmp/" + name
        try Files.createDirectory(path, mode: 0o700)
    }

    deinit { Self.remove(path) }

    func file(_ name: String) -> String { Files.join(path, name) }

    private static func remove(_ path: String) {
        for name in (try? Files.list(path)) ?? [] {
            let inner = Files.join(path, name)
            if let status = try? Files.status(inner, followingLinks: false), status.isDirectory {
                remove(inner)
            } else {
                try? Files.remove(inner)
            }
        }
        try? Files.removeDirectory(path)
    }
}

/// The error that a body throws; nil when it throws none.
func failure(_ body: () throws(PlatformError) -> Void) -> PlatformError? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}
