import CPlatform
import Glibc

extension Files {
    /// Makes a directory, durably.
    ///
    /// - Parameters:
    ///   - mode: the exact permission bits, whatever the umask.
    ///   - withParents: also makes what is missing above, with the same mode.
    /// - Throws: `SystemCode.exists` when something stands there already.
    package static func createDirectory(
        _ path: String, mode: UInt32, withParents: Bool = false
    ) throws(PlatformError) {
        let parent = self.parent(of: path)
        if withParents, parent != path, try !exists(parent) {
            try createDirectory(parent, mode: mode, withParents: true)
        }
        // Narrow first: the umask may take bits away, and setMode gives back what was asked for.
        try check(.createDirectory, path, unsafe cp_mkdir(whole(path), mode))
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
        let directory = try open(path, flags: flags, mode: 0, as: .createDirectory)
        try directory.setMode(mode)
        try directory.synchronize()
        try synchronizeDirectory(parent)
    }

    /// The names in a directory, sorted by their bytes, without `.` and `..`.
    ///
    /// A name that is not UTF-8 comes with replacement characters.
    package static func list(_ path: String) throws(PlatformError) -> [String] {
        var capacity = 16_384
        while true {
            var names = [CChar](repeating: 0, count: capacity)
            let size = Int(try check(.list, path, unsafe cp_list(whole(path), &names, capacity)))
            if size > capacity {
                capacity = size + 4_096  // something may appear meanwhile
                continue
            }
            let bytes = names.prefix(size).map { UInt8(bitPattern: $0) }
            return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// Removes an empty directory.
    package static func removeDirectory(_ path: String) throws(PlatformError) {
        try check(.remove, path, unsafe cp_rmdir(whole(path)))
    }

    /// Makes names durable: what was created, renamed or removed in this directory.
    package static func synchronizeDirectory(_ path: String) throws(PlatformError) {
        try open(path, flags: O_RDONLY | O_DIRECTORY, mode: 0, as: .sync).synchronize()
    }

    /// The directory that holds a path: `a` for `a/b`, `.` for `b`, `/` for `/b`.
    package static func parent(of path: String) -> String {
        var parts = path[...]
        while parts.count > 1, parts.last == "/" { parts.removeLast() }
        guard let slash = parts.lastIndex(of: "/") else { return "." }
        var parent = parts[..<slash]
        while parent.count > 1, parent.last == "/" { parent.removeLast() }
        return parent.isEmpty ? "/" : String(parent)
    }

    /// The last component of a path: `b` for `a/b` and `a/b/`.
    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A path of a name in a directory.
    package static func join(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }
}
