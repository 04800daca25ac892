import GRDB
import GRDBSQLite
import VaultStorage

extension StorageError {
    /// The error for a failure of SQLite on the file at `path` during `operation`.
    init(_ failure: SQLiteFailure, path: String, operation: String) {
        guard let code = failure.code else {
            self = .closed
            return
        }
        self.init(code: code, path: path, operation: operation)
    }

    /// The error for whatever GRDB threw.
    init(_ error: any Error, path: String, operation: String) {
        switch error {
        case let error as StorageError:
            self = error
        case let error as SQLiteFailure:
            self.init(error, path: path, operation: operation)
        case let error as DatabaseError:
            self.init(code: error.extendedResultCode.rawValue, path: path, operation: operation)
        default:
            self = .unavailable(path: path, code: SQLITE_ERROR, operation: operation)
        }
    }

    private init(code: Int32, path: String, operation: String) {
        self =
            switch code & 0xFF {
            case SQLITE_FULL:
                .full(path: path)
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
                .locked(path: path)
            case SQLITE_CORRUPT:
                .corrupt(path: path, detail: "malformed pages")
            case SQLITE_NOTADB:
                .foreign(path: path, detail: "not a database, or its first page is damaged")
            case SQLITE_ERROR where operation == Self.opening:
                // Our own statements are right, so it is the file: a schema format of the future.
                .foreign(path: path, detail: "a format that SQLite does not read")
            case SQLITE_TOOBIG:
                .tooLarge(limit: StorageLimits.maximumValueBytes)
            case SQLITE_IOERR where Self.damageCodes.contains(code):
                .corrupt(path: path, detail: "unreadable pages")
            default:
                .unavailable(path: path, code: code, operation: operation)
            }
    }

    /// The operation that meets a file for the first time.
    static let opening = "open"

    /// Input errors that say the contents are gone, not that the system refused:
    /// `SQLITE_IOERR_SHORT_READ`, `SQLITE_IOERR_DATA`, `SQLITE_IOERR_CORRUPTFS`.
    private static let damageCodes: [Int32] = [10 | 2 << 8, 10 | 32 << 8, 10 | 33 << 8]
}
