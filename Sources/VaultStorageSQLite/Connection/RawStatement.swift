import GRDB
import GRDBSQLite

/// An SQLite error: the extended result code, or nil when the statement has been finalized because
/// its store was closed.
struct SQLiteFailure: Error, Equatable {
    /// The extended result code; its low byte is the primary code.
    let code: Int32?

    /// The primary result code, or nil when the store was closed.
    var primaryCode: Int32? { code.map { $0 & 0xFF } }
}

/// A prepared statement on GRDB's own connection, kept for the life of that connection.
///
/// The only unsafe file of this module. GRDB's record layer would cost more than the read itself on
/// the hot path. The rules that make this safe to share: a statement is used only inside a closure
/// of `Connection`, which lets one in at a time, every use ends in `reset()`, and `finalize()` runs
/// in such a closure before the connection is closed.
@safe
final class RawStatement: @unchecked Sendable {
    private var handle: OpaquePointer?

    /// Compiles `sql`, one statement, for repeated use.
    init(_ sql: String, on database: Database) throws(SQLiteFailure) {
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
            database.sqliteConnection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure(code: code) }
        unsafe handle = statement
    }

    deinit {
        finalize()
    }

    /// Frees the statement; every later use throws.
    func finalize() {
        unsafe sqlite3_finalize(handle)
        unsafe handle = nil
    }

    /// Binds bytes to the parameter at `index`, counted from 1. SQLite keeps its own copy.
    func bind(_ bytes: [UInt8], at index: Int32) throws(SQLiteFailure) {
        guard !bytes.isEmpty else {
            // An empty array may have no address, and a null address would bind NULL.
            return try check(unsafe sqlite3_bind_zeroblob(handle, index, 0))
        }
        let code = unsafe bytes.withUnsafeBytes { buffer in
            unsafe sqlite3_bind_blob64(
                handle, index, buffer.baseAddress, UInt64(buffer.count), Self.transient)
        }
        try check(code)
    }

    /// Binds a number to the parameter at `index`, counted from 1.
    func bind(_ number: Int64, at index: Int32) throws(SQLiteFailure) {
        try check(unsafe sqlite3_bind_int64(handle, index, number))
    }

    /// Runs to the next row: true if there is one, false at the end.
    func step() throws(SQLiteFailure) -> Bool {
        guard unsafe handle != nil else { throw SQLiteFailure(code: nil) }
        let code = unsafe sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLiteFailure(code: code)
        }
    }

    /// The bytes of a column of the current row, counted from 0; none for NULL.
    func bytes(column: Int32) -> [UInt8] {
        // The pointer first, the length second: the order SQLite asks for.
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe sqlite3_column_bytes(handle, column)
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(count)))
    }

    /// Whether a column of the current row, counted from 0, is NULL.
    func isNull(column: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    /// The number in a column of the current row, counted from 0.
    func number(column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(handle, column)
    }

    /// Ends the current run, which also ends its read snapshot, and forgets what was bound.
    func reset() {
        guard unsafe handle != nil else { return }
        // The code repeats the failure that `step` has already thrown.
        _ = unsafe sqlite3_reset(handle)
        _ = unsafe sqlite3_clear_bindings(handle)
    }

    private func check(_ code: Int32) throws(SQLiteFailure) {
        guard unsafe handle != nil else { throw SQLiteFailure(code: nil) }
        guard code == SQLITE_OK else { throw SQLiteFailure(code: code) }
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift does not import: SQLite copies the bytes at once.
    private static var transient: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
