import GRDB
import VaultStorage

/// The settings of a connection, in the only order that works.
enum Pragmas {
    /// Page cache of the writer, in KiB.
    static let writerCache = 16 << 10
    /// Page cache of each reader, in KiB.
    static let readerCache = 8 << 10
    /// The write-ahead log is copied into the file after this many pages (8 MiB).
    static let checkpointPages = 1000
    /// A longer write-ahead log is cut to this many bytes after a checkpoint.
    static let logBytes = 64 << 20

    /// Applies all settings to a connection that was just opened, checks the file's format, and
    /// asserts the two settings on which durability rests.
    static func apply(
        to database: Database, path: String, mode: ConnectionMode, format: FileFormat
    ) throws {
        // Against files made to harm: no functions from the schema, cells checked when read.
        try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        // Nothing spills to a temporary file.
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        switch mode {
        case .creating:
            // Before WAL: afterwards a change of the page size is silently ignored.
            try database.execute(sql: "PRAGMA page_size = \(FileFormat.pageSize)")
            try applyDurability(to: database, path: path)
            try format.create(in: database)
            try format.check(database, path: path)
        case .writing:
            // Checked first: nothing of a foreign file is changed.
            try format.check(database, path: path)
            try applyDurability(to: database, path: path)
            try settle(database, path: path)
        case .reading:
            try format.check(database, path: path)
            try database.execute(sql: "PRAGMA query_only = ON")
            try database.execute(sql: "PRAGMA cache_size = -\(readerCache)")
        }
    }

    private static func applyDurability(to database: Database, path: String) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw StorageError.foreign(path: path, detail: "journal mode \(mode ?? "unknown")")
        }
        // FULL syncs the write-ahead log at every commit; that is the commit point.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // Deleted rows are overwritten with zeroes.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
        try database.execute(sql: "PRAGMA journal_size_limit = \(logBytes)")
        try database.execute(sql: "PRAGMA cache_size = -\(writerCache)")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            preconditionFailure("internal error: commits must be synced (synchronous = FULL)")
        }
    }

    /// Takes what the write-ahead log holds into the file, and syncs it, before anything is read.
    ///
    /// After a crash between the write and the sync of a commit, SQLite finds that commit in the log
    /// and shows it, though it may be only in the system's cache. Without this step something could
    /// be built on it that outlives it in a power cut. On a full disk the checkpoint has synced the
    /// log before it fails, which is enough.
    private static func settle(_ database: Database, path: String) throws {
        do {
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            return
        }
        // Only now is the file as long as its header says, for an extension may have been cut short
        // by the crash. SQLite itself takes a short last page for one that ends in zeroes.
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        guard try DatabaseFile.size(at: path) >= pages * FileFormat.pageSize else {
            throw StorageError.corrupt(path: path, detail: "cut short")
        }
    }
}
