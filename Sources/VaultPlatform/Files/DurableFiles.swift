import CPlatform
import Glibc
import Synchronization

/// Sets temporary names of one process apart.
private let temporaryNumber = Atomic<UInt64>(0)

extension Files {
    /// Writes a whole file so that a crash at any moment leaves the old contents or the new, and
    /// the new ones for certain once this returns.
    ///
    /// An error after the renaming (of the directory's sync) leaves the new contents in place
    /// without the promise: the caller must treat the outcome as unknown.
    ///
    /// - Parameters:
    ///   - mode: the exact permission bits of the file.
    ///   - replacing: when false, an existing file is refused (`SystemCode.exists`) and stays.
    ///   - owner: who gets the file, as root only; nil for this process's own account.
    package static func writeDurably(
        _ path: String, _ bytes: Span<UInt8>, mode: UInt32, replacing: Bool = true,
        owner: UInt32? = nil
    ) throws(PlatformError) {
        let directory = parent(of: path)
        let number = temporaryNumber.add(1, ordering: .relaxed).newValue
        let temporary = join(directory, ".\(name(of: path)).\(getpid())-\(number).new")
        do {
            let file = try create(temporary, mode: mode)
            // On the open file: its name may lie in a directory of that account. UInt32.max leaves the group.
            if let owner { try file.setOwner(owner, group: .max) }
            try file.writeAll(bytes)
            // Contents before the name: a rename may reach the disk first, and after a crash the
            // name would show an empty file.
            try file.synchronize()
            try file.close()
            try rename(temporary, to: path, replacing: replacing)
        } catch {
            try? remove(temporary)
            throw error.naming(path, for: temporary)
        }
        // The commit point. Until the directory is synced, a crash may bring the old name back.
        try synchronizeDirectory(directory)
    }

    /// Writes a whole file durably; see the form that takes a span.
    package static func writeDurably(
        _ path: String, _ bytes: [UInt8], mode: UInt32, replacing: Bool = true
    ) throws(PlatformError) {
        try writeDurably(path, bytes.span, mode: mode, replacing: replacing)
    }

    /// Removes a file so that it stays removed after a crash.
    package static func removeDurably(_ path: String) throws(PlatformError) {
        try remove(path)
        try synchronizeDirectory(parent(of: path))
    }

    /// Makes a file of `size` bytes whose blocks really exist, to be given back in an emergency.
    ///
    /// A sparse file would give nothing back.
    package static func reserve(
        _ path: String, size: Int, mode: UInt32 = 0o600
    ) throws(PlatformError) {
        do {
            let file = try create(path, mode: mode)
            try file.allocate(size)
            try file.synchronize()
        } catch {
            if case .system(.create, _, _) = error { throw error }
            try? remove(path)
            throw error
        }
        try synchronizeDirectory(parent(of: path))
    }
}

extension PlatformError {
    /// The same about the file that was asked for, where it names the temporary one: nobody has typed
    /// that name, and it is gone already.
    fileprivate func naming(_ path: String, for temporary: String) -> PlatformError {
        guard case .system(let operation, temporary, let code) = self else { return self }
        return .system(operation: operation, path: path, code: code)
    }
}
