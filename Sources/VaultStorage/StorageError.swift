/// What can go wrong with a store, sorted by what its user has to do.
///
/// Paths are those of the operator's own data directory; nothing from keys or values is ever in an
/// error.
package enum StorageError: Error, Sendable, Equatable {
    /// The precondition at this position of the batch does not hold; nothing was written. Read
    /// again and decide anew.
    case preconditionFailed(index: Int)
    /// The disk has no room; nothing was written. The store goes on working once there is space.
    case full(path: String)
    /// The file is damaged. Restore a backup.
    case corrupt(path: String, detail: String)
    /// The system refused an operation; nothing was written. `code` is the engine's own.
    case unavailable(path: String, code: Int32, operation: String)
    /// A commit may or may not have taken effect. The store refuses further commits until it has
    /// been closed and opened again, which settles the question.
    case outcomeUnknown(path: String)
    /// Another process holds the file; nothing was written.
    case locked(path: String)
    /// There is no such file; stores are made only on purpose, never by opening.
    case missing(path: String)
    /// There is a file already where a new store was to be made.
    case exists(path: String)
    /// The file is of another application, format or page size.
    case foreign(path: String, detail: String)
    /// A key or value is longer than this many bytes; nothing was written.
    case tooLarge(limit: Int)
    /// The store has been closed.
    case closed
}

extension StorageError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    package var description: String {
        switch self {
        case .preconditionFailed(let index):
            "precondition \(index) does not hold, nothing was written; read again and retry"
        case .full(let path):
            "no space left for \(path), nothing was written; free some space"
        case .corrupt(let path, let detail):
            "\(path) is damaged (\(detail)); restore it from a backup"
        case .unavailable(let path, let code, let operation):
            "\(operation) failed on \(path) with code \(code); check the disk and permissions"
        case .outcomeUnknown(let path):
            "a commit to \(path) may or may not be done; close the store and open it again"
        case .locked(let path):
            "\(path) is in use by another process; stop it first"
        case .missing(let path):
            "\(path) does not exist; give the right directory, or make a new vault there"
        case .exists(let path):
            "\(path) exists already; give an empty directory"
        case .foreign(let path, let detail):
            "\(path) is not a file of this program (\(detail)); give the right directory"
        case .tooLarge(let limit):
            "a key or value is longer than \(limit) bytes"
        case .closed:
            "the store is closed"
        }
    }
}
