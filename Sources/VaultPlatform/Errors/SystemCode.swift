import CPlatform
import Glibc

/// An `errno` value.
package struct SystemCode: Hashable, Sendable {
    /// The number, greater than zero.
    package let rawValue: Int32

    /// Wraps a number as `errno` holds it.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// The symbol, such as `ENOSPC`; the number when the C library knows none.
    package var name: String {
        guard let text = unsafe cp_error_name(rawValue) else { return "errno \(rawValue)" }
        return unsafe String(cString: text)
    }

    /// The C library's English description, such as `No space left on device`.
    package var text: String {
        guard let text = unsafe cp_error_text(rawValue) else { return "unknown error" }
        return unsafe String(cString: text)
    }

    /// No such file or directory.
    package static let notFound = Self(rawValue: ENOENT)
    /// The file exists already.
    package static let exists = Self(rawValue: EEXIST)
    /// Permission denied.
    package static let accessDenied = Self(rawValue: EACCES)
    /// Operation not permitted.
    package static let notPermitted = Self(rawValue: EPERM)
    /// No space left on the device.
    package static let noSpace = Self(rawValue: ENOSPC)
    /// Disk quota exceeded.
    package static let quotaExceeded = Self(rawValue: EDQUOT)
    /// Read-only file system.
    package static let readOnly = Self(rawValue: EROFS)
    /// Nobody listens.
    package static let connectionRefused = Self(rawValue: ECONNREFUSED)
    /// The other side closed.
    package static let brokenPipe = Self(rawValue: EPIPE)
    /// The listener's queue is full.
    package static let tryAgain = Self(rawValue: EAGAIN)
    /// Too many open descriptors in this process.
    package static let tooManyDescriptors = Self(rawValue: EMFILE)
    /// A symbolic link stands where none may be.
    package static let symbolicLink = Self(rawValue: ELOOP)
    /// A path component is not a directory.
    package static let notDirectory = Self(rawValue: ENOTDIR)
    /// An input or output error of the device.
    package static let inputOutput = Self(rawValue: EIO)
    /// The time is over.
    package static let timedOut = Self(rawValue: ETIMEDOUT)
}

/// Turns a negated errno, the shim's way to report a failure, into an error.
@discardableResult
func check<Value: SignedInteger>(
    _ operation: PlatformError.Operation, _ path: String, _ result: Value
) throws(PlatformError) -> Value {
    guard result < 0 else { return result }
    throw .system(
        operation: operation, path: path,
        code: SystemCode(rawValue: Int32(truncatingIfNeeded: -result)))
}

/// A path that C sees whole: a NUL inside would cut it and name another file.
func whole(_ path: String) throws(PlatformError) -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .invalidPath(path: path) }
    return path
}
