/// What can go wrong with an audit store, sorted by what its user has to do.
///
/// Paths are those of the operator's own data directory; nothing from a record is ever in an error.
package enum AuditStoreError: Error, Sendable, Equatable {
    /// The batch does not begin where the log ends; nothing was written.
    case notContiguous(expected: UInt64, found: UInt64)
    /// The disk has no room; nothing was written. Appending works again once there is space.
    case full(path: String)
    /// The file is damaged. Restore a backup.
    case corrupt(path: String, detail: String)
    /// The system refused an operation; nothing was written. `code` is the engine's own.
    case unavailable(path: String, code: Int32, operation: String)
    /// An append may or may not have taken effect; `state()` tells which.
    case outcomeUnknown(path: String)
    /// Another process holds the file; nothing was written.
    case locked(path: String)
    /// There is no such file; stores are made only on purpose, never by opening.
    case missing(path: String)
    /// There is a file already where a new store was to be made.
    case exists(path: String)
    /// The file is of another application, format or page size.
    case foreign(path: String, detail: String)
    /// The store has been closed.
    case closed
}

extension AuditStoreError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    package var description: String {
        switch self {
        case .notContiguous(let expected, let found):
            "the log ends at \(expected), an append began at \(found); nothing was written"
        case .full(let path):
            "no space left for \(path), nothing was written; free some space"
        case .corrupt(let path, let detail):
            "\(path) is damaged (\(detail)); restore it from a backup"
        case .unavailable(let path, let code, let operation):
            "\(operation) failed on \(path) with code \(code); check the disk and permissions"
        case .outcomeUnknown(let path):
            "an append to \(path) may or may not be done; restart the daemon to find out"
        case .locked(let path):
            "\(path) is in use by another process; stop it first"
        case .missing(let path):
            "\(path) does not exist; give the right directory, or make a new vault there"
        case .exists(let path):
            "\(path) exists already; give an empty directory"
        case .foreign(let path, let detail):
            "\(path) is not a file of this program (\(detail)); give the right directory"
        case .closed:
            "the audit store is closed"
        }
    }
}
