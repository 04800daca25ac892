import CPlatform
import Glibc

/// What the kernel knows of a file (`stat`).
package struct FileStatus: Equatable, Sendable {
    /// What a path names.
    package enum Kind: Sendable {
        case file, directory, symbolicLink, socket, other
    }

    /// What it is.
    package let kind: Kind
    /// The twelve permission bits.
    package let mode: UInt32
    /// The owner's uid.
    package let owner: UInt32
    /// The group's gid.
    package let group: UInt32
    /// Bytes.
    package let size: Int
    /// Device and inode together identify the file.
    package let identity: FileIdentity
    /// When the contents last changed, seconds since 1970.
    package let modified: Int64

    /// Whether it is a directory.
    package var isDirectory: Bool { kind == .directory }
    /// Whether it is a symbolic link, which only a look-up that does not follow links finds.
    package var isSymbolicLink: Bool { kind == .symbolicLink }

    init(_ found: cp_status) {
        kind =
            switch found.mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFSOCK: .socket
            default: .other
            }
        mode = found.mode & 0o7777
        owner = found.owner
        group = found.group
        size = Int(found.size)
        identity = FileIdentity(device: found.device, inode: found.inode)
        modified = found.modified
    }
}

/// Which file it is, whatever its name: device and inode.
package struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}
