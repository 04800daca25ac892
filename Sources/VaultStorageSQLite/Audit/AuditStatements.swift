import GRDB
import VaultAudit

/// The statements that read an audit file.
struct AuditReadStatements: Sendable {
    private let state: RawStatement
    private let records: RawStatement
    private let tile: RawStatement
    private let newestCheckpoint: RawStatement
    private let checkpoints: RawStatement

    /// Prepares the statements.
    init(on database: Database) throws(SQLiteFailure) {
        // One statement, so that all three are of one moment.
        state = try RawStatement(
            "SELECT (SELECT ifnull(max(sequence) + 1, 0) FROM records), "
                + "(SELECT value FROM singles WHERE name = \(AuditTables.head)), "
                + "(SELECT value FROM singles WHERE name = \(AuditTables.sealedChain))",
            on: database)
        records = try RawStatement(
            "SELECT sequence, value FROM records WHERE sequence >= ?1 ORDER BY sequence LIMIT ?2",
            on: database)
        tile = try RawStatement(
            "SELECT value FROM tiles WHERE level = ?1 AND position = ?2", on: database)
        newestCheckpoint = try RawStatement(
            "SELECT size, note FROM checkpoints ORDER BY number DESC LIMIT 1", on: database)
        checkpoints = try RawStatement(
            "SELECT size, note FROM checkpoints WHERE size >= ?1 ORDER BY size, number LIMIT ?2",
            on: database)
    }

    /// All statements, for closing.
    var all: [RawStatement] { [state, records, tile, newestCheckpoint, checkpoints] }

    /// Size, head and chain row.
    func readState() throws(SQLiteFailure) -> AuditStoreState {
        defer { state.reset() }
        guard try state.step() else { return AuditStoreState() }
        return AuditStoreState(
            size: UInt64(max(0, state.number(column: 0))),
            head: state.isNull(column: 1) ? nil : state.bytes(column: 1),
            sealedChain: state.isNull(column: 2) ? nil : state.bytes(column: 2))
    }

    /// Records from `first` on, with their sequence numbers.
    func readRecords(
        from first: Int64, limit: Int
    ) throws(SQLiteFailure) -> [(sequence: Int64, value: [UInt8])] {
        guard limit > 0 else { return [] }
        defer { records.reset() }
        try records.bind(first, at: 1)
        try records.bind(Int64(limit), at: 2)
        var rows: [(sequence: Int64, value: [UInt8])] = []
        while try records.step() {
            rows.append((records.number(column: 0), records.bytes(column: 1)))
        }
        return rows
    }

    /// The bytes of a tile.
    func readTile(level: Int64, position: Int64) throws(SQLiteFailure) -> [UInt8]? {
        defer { tile.reset() }
        try tile.bind(level, at: 1)
        try tile.bind(position, at: 2)
        return try tile.step() ? tile.bytes(column: 0) : nil
    }

    /// The checkpoint written last.
    func readNewestCheckpoint() throws(SQLiteFailure) -> StoredCheckpoint? {
        defer { newestCheckpoint.reset() }
        return try newestCheckpoint.step() ? checkpoint(newestCheckpoint) : nil
    }

    /// Checkpoints from `size` on.
    func readCheckpoints(
        from size: Int64, limit: Int
    ) throws(SQLiteFailure) -> [StoredCheckpoint] {
        guard limit > 0 else { return [] }
        defer { checkpoints.reset() }
        try checkpoints.bind(size, at: 1)
        try checkpoints.bind(Int64(limit), at: 2)
        var found: [StoredCheckpoint] = []
        while try checkpoints.step() { found.append(checkpoint(checkpoints)) }
        return found
    }

    private func checkpoint(_ statement: RawStatement) -> StoredCheckpoint {
        StoredCheckpoint(
            size: UInt64(max(0, statement.number(column: 0))), note: statement.bytes(column: 1))
    }
}

/// The statements of the one writer of an audit file.
struct AuditWriteStatements: Sendable {
    /// Around every append.
    let transaction: TransactionStatements
    /// Reading, for the size before.
    let reading: AuditReadStatements
    private let record: RawStatement
    private let tile: RawStatement
    private let checkpoint: RawStatement
    private let single: RawStatement
    private let removeSingle: RawStatement

    /// Prepares the statements.
    init(on database: Database) throws(SQLiteFailure) {
        transaction = try TransactionStatements(on: database)
        reading = try AuditReadStatements(on: database)
        // Plain inserts: a record or checkpoint is never replaced.
        record = try RawStatement(
            "INSERT INTO records (sequence, value) VALUES (?1, ?2)", on: database)
        checkpoint = try RawStatement(
            "INSERT INTO checkpoints (size, note) VALUES (?1, ?2)", on: database)
        tile = try RawStatement(
            "INSERT INTO tiles (level, position, value) VALUES (?1, ?2, ?3) "
                + "ON CONFLICT (level, position) DO UPDATE SET value = excluded.value",
            on: database)
        single = try RawStatement(
            "INSERT INTO singles (name, value) VALUES (?1, ?2) "
                + "ON CONFLICT (name) DO UPDATE SET value = excluded.value", on: database)
        removeSingle = try RawStatement("DELETE FROM singles WHERE name = ?1", on: database)
    }

    /// All statements, for closing.
    var all: [RawStatement] {
        transaction.all + reading.all + [record, tile, checkpoint, single, removeSingle]
    }

    /// Writes all parts of a batch, whose first sequence number is checked.
    func write(_ batch: AuditBatch) throws(SQLiteFailure) {
        for (offset, value) in batch.records.enumerated() {
            try write(record) { () throws(SQLiteFailure) in
                try record.bind(Int64(batch.first) + Int64(offset), at: 1)
                try record.bind(value, at: 2)
            }
        }
        for write in batch.tiles {
            try self.write(tile) { () throws(SQLiteFailure) in
                try tile.bind(Int64(write.id.level), at: 1)
                try tile.bind(Int64(write.id.index), at: 2)
                try tile.bind(write.bytes, at: 3)
            }
        }
        if let added = batch.checkpoint {
            try write(checkpoint) { () throws(SQLiteFailure) in
                try checkpoint.bind(Int64(added.size), at: 1)
                try checkpoint.bind(added.note, at: 2)
            }
        }
        if let head = batch.head { try put(head, named: AuditTables.head) }
        switch batch.sealedChain {
        case .keep:
            break
        case .put(let row):
            try put(row, named: AuditTables.sealedChain)
        case .remove:
            try write(removeSingle) { () throws(SQLiteFailure) in
                try removeSingle.bind(AuditTables.sealedChain, at: 1)
            }
        }
    }

    private func put(_ value: [UInt8], named name: Int64) throws(SQLiteFailure) {
        try write(single) { () throws(SQLiteFailure) in
            try single.bind(name, at: 1)
            try single.bind(value, at: 2)
        }
    }

    private func write(
        _ statement: RawStatement, _ bind: () throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        defer { statement.reset() }
        try bind()
        _ = try statement.step()
    }
}
