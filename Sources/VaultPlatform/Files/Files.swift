import CPlatform
import Glibc

/// Files and directories by path. Every failure names the path.
package enum Files {
    /// How a file is opened.
    package enum Access: Sendable {
        case read, readWrite
    }

    /// Opens an existing file.
    ///
    /// - Parameter followingLinks: when false, a symbolic link as last component is refused
    ///   (`SystemCode.symbolicLink`).
    package static func open(
        _ path: String, _ access: Access = .read, followingLinks: Bool = true
    ) throws(PlatformError) -> OwnedDescriptor {
        var flags = access == .read ? O_RDONLY : O_RDWR
        // A terminal device must not become the controlling terminal of a daemon.
        flags |= O_NOCTTY
        if !followingLinks { flags |= O_NOFOLLOW }
        return try open(path, flags: flags, mode: 0, as: .open)
    }

    /// Makes a new file for reading and writing; an existing one, or a link, is refused.
    ///
    /// - Parameter mode: the exact permission bits, whatever the umask.
    package static func create(_ path: String, mode: UInt32) throws(PlatformError)
        -> OwnedDescriptor
    {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
        let file = try open(path, flags: flags, mode: mode, as: .create)
        try file.setMode(mode)
        return file
    }

    /// Reads a whole file of at most `limit` bytes.
    ///
    /// - Parameter regularOnly: when true, anything but a regular file is refused, and a pipe at
    ///   this path cannot make the caller wait.
    package static func read(
        _ path: String, limit: Int, followingLinks: Bool = true, regularOnly: Bool = true
    ) throws(PlatformError) -> [UInt8] {
        guard regularOnly else {
            return try open(path, followingLinks: followingLinks).readAll(limit: limit)
        }
        return try openRegular(path, followingLinks: followingLinks).readAll(limit: limit)
    }

    /// Reads standard input to its end.
    package static func readStandardInput(limit: Int) throws(PlatformError) -> [UInt8] {
        let input = OwnedDescriptor(taking: 0, path: "<standard input>")
        do {
            let bytes = try input.readAll(limit: limit)
            _ = input.take()
            return bytes
        } catch {
            _ = input.take()
            throw error
        }
    }

    /// What stands at a path.
    package static func status(
        _ path: String, followingLinks: Bool = true
    ) throws(PlatformError) -> FileStatus {
        var found = cp_status()
        try check(.status, path, unsafe cp_status_at(whole(path), followingLinks, &found))
        return FileStatus(found)
    }

    /// Whether anything stands at a path, a dangling link included.
    package static func exists(_ path: String) throws(PlatformError) -> Bool {
        do {
            _ = try status(path, followingLinks: false)
            return true
        } catch {
            if case .system(_, _, .notFound) = error { return false }
            throw error
        }
    }

    /// Removes a file, link or socket node. The removal is durable after `synchronizeDirectory`.
    package static func remove(_ path: String) throws(PlatformError) {
        try check(.remove, path, unsafe cp_unlink(whole(path)))
    }

    /// Renames a file within one file system.
    ///
    /// - Parameter replacing: when false, an existing target is refused (`SystemCode.exists`).
    package static func rename(
        _ from: String, to target: String, replacing: Bool = true
    ) throws(PlatformError) {
        try check(.rename, target, unsafe cp_rename(whole(from), whole(target), replacing))
    }

    /// Sets the permission bits of what a path names, links followed.
    package static func setMode(_ path: String, _ mode: UInt32) throws(PlatformError) {
        try check(.changeMode, path, unsafe cp_chmod(whole(path), mode))
    }

    /// Sets owner and group of what a path names; of a link, the link's own.
    package static func setOwner(
        _ path: String, _ owner: UInt32, group: UInt32
    ) throws(PlatformError) {
        try check(.changeOwner, path, unsafe cp_lchown(whole(path), owner, group))
    }

    /// Whether a path lies on a file system that lives in memory (tmpfs, ramfs).
    package static func isOnMemory(_ path: String) throws(PlatformError) -> Bool {
        try check(.status, path, unsafe cp_on_memory(whole(path))) == 1
    }

    /// Bytes that may still be written to the file system of a path.
    package static func freeSpace(_ path: String) throws(PlatformError) -> Int {
        Int(try check(.status, path, unsafe cp_free_space(whole(path))))
    }

    /// Opens a file that must be a regular one.
    static func openRegular(
        _ path: String, followingLinks: Bool
    ) throws(PlatformError) -> OwnedDescriptor {
        var flags = O_RDONLY | O_NOCTTY | O_NONBLOCK  // a pipe without a writer opens at once
        if !followingLinks { flags |= O_NOFOLLOW }
        let file = try open(path, flags: flags, mode: 0, as: .open)
        guard try file.status().kind == .file else { throw .notRegularFile(path: path) }
        return file
    }

    static func open(
        _ path: String, flags: Int32, mode: UInt32, as operation: PlatformError.Operation
    ) throws(PlatformError) -> OwnedDescriptor {
        let number = try check(operation, path, unsafe cp_open(whole(path), flags, mode))
        return OwnedDescriptor(taking: number, path: path)
    }
}
