import GRDB
import VaultStorage

/// What makes a database file ours: two numbers in its header, the page size, and exactly these
/// tables.
struct FileFormat: Sendable {
    /// `PRAGMA application_id`: four ASCII letters, shown by file(1).
    let applicationID: Int32
    /// `PRAGMA user_version`: the format of the tables.
    let version: Int32
    /// `CREATE TABLE` statements by table name, verbatim as SQLite keeps them.
    let tables: [String: String]

    /// Bytes a page: audited writes are fastest at 8 KiB, and a value of 1 KiB does not overflow.
    static let pageSize = 8192

    /// Makes the tables of a new file and marks it as ours, in one transaction.
    func create(in database: Database) throws {
        try database.inTransaction(.immediate) {
            for name in tables.keys.sorted() {
                if let sql = tables[name] { try database.execute(sql: sql) }
            }
            // Last in the transaction that makes the file complete: a file that carries the mark
            // has all its tables.
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// Refuses a file of another application, version, page size or set of tables.
    ///
    /// Comparing the whole schema also refuses triggers and views that somebody added. Throws
    /// `StorageError.foreign`, or what GRDB throws on a file that cannot be read.
    func check(_ database: Database, path: String) throws {
        let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard id == applicationID else {
            throw StorageError.foreign(path: path, detail: "application id \(id)")
        }
        let found = try Int32.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found == version else {
            throw StorageError.foreign(path: path, detail: "format \(found), expected \(version)")
        }
        let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        guard pageSize == Self.pageSize else {
            throw StorageError.foreign(path: path, detail: "page size \(pageSize)")
        }
        var schema: [String: String] = [:]
        // Automatic indexes have no SQL; none of our tables has one, so one found is foreign too.
        let rows = try GRDB.Row.fetchAll(
            database, sql: "SELECT name, ifnull(sql, '') FROM sqlite_schema")
        for row in rows { schema[row[0]] = row[1] }
        guard schema == tables, rows.count == tables.count else {
            throw StorageError.foreign(path: path, detail: "other tables")
        }
    }
}
