import CPlatform

/// A file descriptor with one owner, closed when the owner drops it.
///
/// It knows the path that it was opened from, for the messages of errors. All descriptors are
/// close-on-exec.
package struct OwnedDescriptor: ~Copyable, Sendable {
    /// The kernel's number; −1 once taken.
    package private(set) var rawValue: CInt
    /// Where it came from: a path, or a name in angle brackets such as `<standard input>`.
    package let path: String

    /// Takes over an open descriptor that nobody else will close.
    package init(taking rawValue: CInt, path: String) {
        self.rawValue = rawValue
        self.path = path
    }

    deinit {
        if rawValue >= 0 { _ = cp_close(rawValue) }
    }

    /// Gives the number away; the receiver closes it.
    package consuming func take() -> CInt {
        let number = rawValue
        rawValue = -1
        return number
    }

    /// Closes now and reports what `deinit` would swallow: on some file systems the last write
    /// fails only here.
    package consuming func close() throws(PlatformError) {
        let path = self.path
        try check(.close, path, cp_close(take()))
    }

    /// Fills the buffer from the start with what is there.
    ///
    /// - Returns: the number of bytes, 0 only at the end (or for an empty buffer).
    package func read(into buffer: inout MutableSpan<UInt8>) throws(PlatformError) -> Int {
        let number = rawValue
        let result = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe cp_read(number, bytes.baseAddress, bytes.count)
        }
        return try check(.read, path, result)
    }

    /// Reads at most `count` bytes, waiting for the first; empty only at the end.
    package func read(upTo count: Int) throws(PlatformError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        var span = buffer.mutableSpan
        let found = try read(into: &span)
        buffer.removeLast(count - found)
        return buffer
    }

    /// Reads to the end.
    ///
    /// - Throws: `tooLarge` as soon as more than `limit` bytes have come.
    package func readAll(limit: Int) throws(PlatformError) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let part = try read(upTo: 65_536)
            if part.isEmpty { return all }
            guard part.count <= limit - all.count else {
                throw .tooLarge(path: path, limit: limit)
            }
            all += part
        }
    }

    /// Writes every byte.
    package func writeAll(_ bytes: Span<UInt8>) throws(PlatformError) {
        let number = rawValue
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(droppingFirst: written)
            let result = unsafe rest.withUnsafeBytes { bytes in
                unsafe cp_write(number, bytes.baseAddress, bytes.count)
            }
            written += try check(.write, path, result)
        }
    }

    /// Writes every byte.
    package func writeAll(_ bytes: [UInt8]) throws(PlatformError) {
        try writeAll(bytes.span)
    }

    /// Writes a text as UTF-8.
    package func writeAll(_ text: String) throws(PlatformError) {
        try writeAll(Array(text.utf8).span)
    }

    /// Makes contents and metadata durable (`fsync`).
    package func synchronize() throws(PlatformError) {
        try check(.sync, path, cp_fsync(rawValue))
    }

    /// Makes contents and size durable (`fdatasync`).
    package func synchronizeData() throws(PlatformError) {
        try check(.sync, path, cp_fdatasync(rawValue))
    }

    /// Cuts or extends the file to `size` bytes.
    package func truncate(to size: Int) throws(PlatformError) {
        try check(.truncate, path, cp_truncate(rawValue, Int64(size)))
    }

    /// Reserves real blocks for the first `size` bytes (`posix_fallocate`).
    package func allocate(_ size: Int) throws(PlatformError) {
        try check(.allocate, path, cp_allocate(rawValue, Int64(size)))
    }

    /// Moves the position to `offset` bytes from the start.
    package func seek(to offset: Int) throws(PlatformError) {
        try check(.read, path, cp_seek(rawValue, Int64(offset)))
    }

    /// Sets the permission bits, whatever the umask.
    package func setMode(_ mode: UInt32) throws(PlatformError) {
        try check(.changeMode, path, cp_fchmod(rawValue, mode))
    }

    /// Sets owner and group.
    package func setOwner(_ owner: UInt32, group: UInt32) throws(PlatformError) {
        try check(.changeOwner, path, cp_fchown(rawValue, owner, group))
    }

    /// What the kernel knows of the open file.
    package func status() throws(PlatformError) -> FileStatus {
        var found = cp_status()
        try check(.status, path, unsafe cp_status_of(rawValue, &found))
        return FileStatus(found)
    }
}
