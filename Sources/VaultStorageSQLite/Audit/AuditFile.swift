import VaultAudit
import VaultStorage

/// The open connections to an audit file.
final class AuditFile: Sendable {
    /// Reading connections: an auditor's export and the daemon's own look-ups, side by side.
    private static let readerCount = 2

    private let path: String
    private let writer: Connection<AuditWriteStatements>
    private let readers: ReaderPool<AuditReadStatements>
    private let transactions: TransactionRunner

    /// Opens the file for the one writer and its readers.
    init(path: String, mode: ConnectionMode) throws(StorageError) {
        self.path = path
        transactions = TransactionRunner(path: path)
        writer = try Connection(
            path: path, mode: mode, format: AuditTables.format,
            prepare: { database throws(SQLiteFailure) in try AuditWriteStatements(on: database) },
            all: \.all)
        var connections: [Connection<AuditReadStatements>] = []
        for _ in 0..<Self.readerCount { connections.append(try Self.reader(path: path)) }
        readers = ReaderPool(connections)
    }

    /// Whether an append has had an unknown outcome.
    var isInDoubt: Bool { transactions.isInDoubt }

    /// Runs a read.
    func read<Value: Sendable>(
        _ body: (AuditReadStatements) throws(SQLiteFailure) -> Value
    ) throws(StorageError) -> Value {
        try readers.run { statements in
            Result { () throws(SQLiteFailure) in try body(statements) }
                .mapError { StorageError($0, path: path, operation: "read") }
        }
    }

    /// Appends a batch if it begins at the end of the log; otherwise returns where that is and
    /// writes nothing.
    func append(_ batch: AuditBatch) throws(StorageError) -> UInt64? {
        var end: UInt64?
        do throws(StorageError) {
            try writer.run { database, statements in
                Result { () throws(StorageError) in
                    try transactions.run(database, statements.transaction) {
                        () throws(StorageError) in
                        end = try write(batch, statements)
                        if end != nil { throw .preconditionFailed(index: 0) }
                    }
                }
            }
        } catch {
            guard case .preconditionFailed = error else { throw error }
        }
        return end
    }

    /// Closes all connections, the writer last.
    func close() {
        readers.close()
        writer.close()
    }

    /// Opens a reading connection outside the pool.
    static func reader(path: String) throws(StorageError) -> Connection<AuditReadStatements> {
        try Connection(
            path: path, mode: .reading, format: AuditTables.format,
            prepare: { database throws(SQLiteFailure) in try AuditReadStatements(on: database) },
            all: \.all)
    }

    private func write(
        _ batch: AuditBatch, _ statements: AuditWriteStatements
    ) throws(StorageError) -> UInt64? {
        do throws(SQLiteFailure) {
            let size = try statements.reading.readState().size
            guard size == batch.first else { return size }
            try statements.write(batch)
            return nil
        } catch {
            throw StorageError(error, path: path, operation: "append")
        }
    }
}
