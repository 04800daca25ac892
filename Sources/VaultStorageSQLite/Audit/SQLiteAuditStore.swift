import Synchronization
package import VaultAudit
import VaultStorage

/// The `AuditStore` of one machine: an SQLite file of its own in WAL mode, every append synced.
///
/// Its own file, because each commit empties the page caches of all readers of the file it goes to:
/// records and log in one file would halve the rate of audited reads. Made by `create(at:)` only;
/// `open(at:)` refuses a missing file.
package final class SQLiteAuditStore: AuditStore {
    private enum Phase {
        case open(AuditFile)
        /// The outcome of an append is unknown and the file could not be opened since.
        case inDoubt
        case closed
    }

    private let path: String
    private let phase: Mutex<Phase>

    private init(_ file: AuditFile, path: String) {
        self.path = path
        phase = Mutex(.open(file))
    }

    deinit {
        close()
    }

    /// Makes a new, empty log in a new file, mode 0600, durably.
    ///
    /// Throws `exists` if there is a file. A failure leaves none.
    package static func create(at path: String) throws(AuditStoreError) -> SQLiteAuditStore {
        try translated { () throws(StorageError) in
            try DatabaseFile.create(at: path)
            do throws(StorageError) {
                let file = try AuditFile(path: path, mode: .creating)
                return SQLiteAuditStore(file, path: path)
            } catch {
                DatabaseFile.remove(at: path)
                throw error
            }
        }
    }

    /// Opens an existing log.
    ///
    /// Throws `missing`; `foreign` for another application, format or page size; `corrupt` for
    /// damage that shows at once; `locked`; `unavailable`.
    package static func open(at path: String) throws(AuditStoreError) -> SQLiteAuditStore {
        try translated { () throws(StorageError) in
            try DatabaseFile.require(at: path)
            return SQLiteAuditStore(try AuditFile(path: path, mode: .writing), path: path)
        }
    }

    package func state() throws(AuditStoreError) -> AuditStoreState {
        try Self.translated { () throws(StorageError) in
            try settled().read { statements throws(SQLiteFailure) in try statements.readState() }
        }
    }

    package func append(_ batch: AuditBatch) throws(AuditStoreError) {
        let end = try Self.translated { () throws(StorageError) in try current().append(batch) }
        if let end { throw .notContiguous(expected: end, found: batch.first) }
    }

    package func records(
        from first: UInt64, limit: Int
    ) throws(AuditStoreError) -> [[UInt8]] {
        guard let first = Int64(exactly: first) else { return [] }
        let rows = try read { statements throws(SQLiteFailure) in
            try statements.readRecords(from: first, limit: limit)
        }
        for (offset, row) in rows.enumerated() where row.sequence != first + Int64(offset) {
            throw .corrupt(path: path, detail: "record \(first + Int64(offset)) is missing")
        }
        return rows.map(\.value)
    }

    package func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? {
        guard let position = Int64(exactly: id.index) else { return nil }
        return try read { statements throws(SQLiteFailure) in
            try statements.readTile(level: Int64(id.level), position: position)
        }
    }

    package func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        try read { statements throws(SQLiteFailure) in
            try statements.readNewestCheckpoint()
        }
    }

    package func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        guard let size = Int64(exactly: size) else { return [] }
        return try read { statements throws(SQLiteFailure) in
            try statements.readCheckpoints(from: size, limit: limit)
        }
    }

    package func close() {
        phase.withLock { phase in
            if case .open(let file) = phase { file.close() }
            phase = .closed
        }
    }

    /// Reads the whole file and checks the order and structure of all its pages; throws `corrupt`.
    package func checkIntegrity() throws(AuditStoreError) {
        try Self.translated { () throws(StorageError) in
            let reader = try AuditFile.reader(path: path)
            defer { reader.close() }
            try reader.checkIntegrity()
        }
    }

    private func read<Value: Sendable>(
        _ body: (AuditReadStatements) throws(SQLiteFailure) -> Value
    ) throws(AuditStoreError) -> Value {
        try Self.translated { () throws(StorageError) in
            let file = try current()
            do throws(StorageError) {
                return try file.read(body)
            } catch {
                // The file may have been opened anew meanwhile, to settle an unknown outcome.
                guard error == .closed else { throw error }
                return try current().read(body)
            }
        }
    }

    private func current() throws(StorageError) -> AuditFile {
        try phase.withLock { (phase) throws(StorageError) in
            switch phase {
            case .open(let file): return file
            case .inDoubt: throw .outcomeUnknown(path: path)
            case .closed: throw .closed
            }
        }
    }

    /// The open file, after the question of an unknown outcome has been settled.
    ///
    /// Closing and opening makes SQLite look at what is in the file and its write-ahead log, takes
    /// it into the file and syncs that; whatever is read then is durable, and whatever is not there
    /// cannot come back. If the file does not open, the next call tries again.
    private func settled() throws(StorageError) -> AuditFile {
        try phase.withLock { (phase) throws(StorageError) in
            switch phase {
            case .open(let file) where !file.isInDoubt:
                return file
            case .closed:
                throw .closed
            case .open(let file):
                phase = .inDoubt
                file.close()
            case .inDoubt:
                break
            }
            try DatabaseFile.require(at: path)
            let file = try AuditFile(path: path, mode: .writing)
            phase = .open(file)
            return file
        }
    }

    private static func translated<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(AuditStoreError) -> Value {
        do throws(StorageError) {
            return try body()
        } catch {
            throw AuditStoreError(error)
        }
    }
}
