import CPlatform
import Glibc

/// Holds a lock file exclusively (`flock`) until dropped or until the process ends, however it
/// ends.
///
/// The file stays when the lock goes: removing it would let two processes lock two files of one
/// name. It holds the pid of the last holder, as a hint for people.
package struct FileLock: ~Copyable, Sendable {
    private let file: OwnedDescriptor

    /// Where the lock file is.
    package var path: String { file.path }

    /// Takes the lock at once.
    ///
    /// - Throws: `locked` when another process holds it.
    package init(_ path: String) throws(PlatformError) {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NOCTTY
        let file = try Files.open(path, flags: flags, mode: 0o600, as: .lock)
        let result = cp_flock_exclusive(file.rawValue)
        if result == -EWOULDBLOCK {
            throw .locked(path: path, holder: Self.holder(file))
        }
        try check(.lock, path, result)
        try file.truncate(to: 0)
        try file.writeAll("\(getpid())\n")
        self.file = file
    }

    private static func holder(_ file: borrowing OwnedDescriptor) -> Int32? {
        guard let bytes = try? file.read(upTo: 32) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let line = text.split(separator: "\n").first, let pid = Int32(line), pid > 0 else {
            return nil
        }
        return pid
    }
}
