import GRDB
import Synchronization
package import VaultStorage

/// The `ByteStore` of one machine: an SQLite file in WAL mode, every commit synced.
///
/// One writing connection, a few reading ones; readers never wait for the writer. Beside the file
/// stand SQLite's `-wal` and `-shm`. Made by `create(at:)` only; `open(at:)` refuses a missing
/// file. Two stores on one file would work, but the digest above them would not: the daemon's lock
/// file keeps a second one out.
package final class SQLiteStore: ByteStore {
    /// Number of reading connections: a few more than the event loops that read.
    package static let defaultReaders = 4
    /// A file of at most this many bytes is rebuilt when it is closed: some tenths of a second.
    package static let largestRebuilt = 32 << 20

    private let path: String
    private let writer: Connection<WriterStatements>
    private let readers: ReaderPool<ReaderStatements>
    private let transactions: TransactionRunner
    /// Whether pages may show the order in which rows came.
    private let isUntidy: Mutex<Bool>

    private init(path: String, mode: ConnectionMode, readers: Int) throws(StorageError) {
        self.path = path
        // A log that was left behind: the one before was not closed.
        isUntidy = Mutex(mode == .writing && DatabaseFile.hasLog(at: path))
        transactions = TransactionRunner(path: path)
        writer = try Connection(
            path: path, mode: mode, format: SpaceTables.format,
            prepare: { database throws(SQLiteFailure) in try WriterStatements(on: database) },
            all: \.all)
        var connections: [Connection<ReaderStatements>] = []
        for _ in 0..<max(1, readers) { connections.append(try Self.reader(path: path)) }
        self.readers = ReaderPool(connections)
    }

    deinit {
        close()
    }

    /// Makes a new, empty store in a new file, mode 0600, durably.
    ///
    /// Throws `exists` if there is a file. A failure leaves none.
    package static func create(
        at path: String, readers: Int = defaultReaders
    ) throws(StorageError) -> SQLiteStore {
        try DatabaseFile.create(at: path)
        do throws(StorageError) {
            return try SQLiteStore(path: path, mode: .creating, readers: readers)
        } catch {
            DatabaseFile.remove(at: path)
            throw error
        }
    }

    /// Opens an existing store.
    ///
    /// Throws `missing`; `foreign` for another application, format or page size; `corrupt` for
    /// damage that shows at once (`checkIntegrity` finds the rest); `locked`; `unavailable`.
    package static func open(
        at path: String, readers: Int = defaultReaders
    ) throws(StorageError) -> SQLiteStore {
        try DatabaseFile.require(at: path)
        return try SQLiteStore(path: path, mode: .writing, readers: readers)
    }

    package func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        try readers.run { statements in
            Self.result(path: path, operation: "read") { () throws(SQLiteFailure) in
                try statements[space].value(key)
            }
        }
    }

    /// Reads on the writing connection: it alone keeps its pages over its own commits, while those of
    /// the readers are gone after each.
    package func getToCommit(
        _ space: Space, _ key: [UInt8]
    ) throws(StorageError) -> [UInt8]? {
        try writer.read { statements in
            Self.result(path: path, operation: "read") { () throws(SQLiteFailure) in
                try statements.reading[space].value(key)
            }
        }
    }

    package func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [VaultStorage.Row] {
        try readers.run { statements in
            Self.result(path: path, operation: "read") { () throws(SQLiteFailure) in
                try statements[space].rows(from: lower, to: upper, limit: limit)
            }
        }
    }

    package func commit(_ batch: Batch) throws(StorageError) {
        try batch.checkLimits()
        isUntidy.withLock { $0 = true }
        try writer.run { database, statements in
            Result { () throws(StorageError) in
                try transactions.run(database, statements.transaction) {
                    () throws(StorageError) in
                    try check(batch.preconditions, statements.reading)
                    try apply(batch.writes, statements)
                }
            }
        }
    }

    package func close() {
        // The writer last: the connection that closes last takes the write-ahead log into the file.
        readers.close()
        tidy()
        writer.close()
    }

    /// Rebuilds a small file that was written to, so that every page has its rows in the order of
    /// their keys.
    ///
    /// SQLite puts a new row in front of those that a page has, in whatever order their keys are: in a
    /// store of a few pages, rows written one after the other, which may be of one person in two
    /// compartments, would lie side by side. In a large store two of them seldom share a page. What
    /// cannot be rebuilt, on a full disk for instance, stays as it is.
    private func tidy() {
        let isDue = isUntidy.withLock { untidy in
            defer { untidy = false }
            return untidy
        }
        guard isDue, let size = try? DatabaseFile.size(at: path), size <= Self.largestRebuilt else {
            return
        }
        try? writer.run { database, _ in
            Result { try database.execute(sql: "VACUUM") }
                .mapError { StorageError($0, path: path, operation: "rebuild") }
        }
    }

    /// Reads the whole file and checks the order and structure of all its pages.
    ///
    /// Throws `corrupt`. Reads the file once from end to end on a connection of its own, beside
    /// other calls. What a row says is not checked: that is for whoever sealed it.
    package func checkIntegrity() throws(StorageError) {
        let reader = try Self.reader(path: path)
        defer { reader.close() }
        try reader.checkIntegrity()
    }

    private func check(
        _ preconditions: [Precondition], _ statements: ReaderStatements
    ) throws(StorageError) {
        for (index, precondition) in preconditions.enumerated() {
            do throws(SQLiteFailure) {
                let holds =
                    switch precondition {
                    case .absent(let space, let key):
                        try statements[space].value(key) == nil
                    case .equals(let space, let key, let value):
                        try statements[space].value(key) == value
                    }
                if holds { continue }
            } catch {
                throw StorageError(error, path: path, operation: "read")
            }
            throw .preconditionFailed(index: index)
        }
    }

    private func apply(_ writes: [Write], _ statements: WriterStatements) throws(StorageError) {
        do throws(SQLiteFailure) {
            for write in writes {
                switch write {
                case .put(let space, let key, let value): try statements[space].put(key, value)
                case .delete(let space, let key): try statements[space].delete(key)
                }
            }
        } catch {
            throw StorageError(error, path: path, operation: "write")
        }
    }

    private static func reader(
        path: String
    ) throws(StorageError) -> Connection<ReaderStatements> {
        try Connection(
            path: path, mode: .reading, format: SpaceTables.format,
            prepare: { database throws(SQLiteFailure) in try ReaderStatements(on: database) },
            all: \.all)
    }

    private static func result<Value>(
        path: String, operation: String, _ body: () throws(SQLiteFailure) -> Value
    ) -> Result<Value, StorageError> {
        Result(catching: body).mapError { StorageError($0, path: path, operation: operation) }
    }
}
