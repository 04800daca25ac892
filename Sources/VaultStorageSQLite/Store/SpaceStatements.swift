import GRDB
import VaultStorage

/// The statements that read one space.
struct ReadStatements: Sendable {
    private let space: Space
    private let get: RawStatement
    private let scanFrom: RawStatement
    private let scanRange: RawStatement

    /// Prepares the statements.
    init(_ space: Space, on database: Database) throws(SQLiteFailure) {
        let table = SpaceTables.name(space)
        self.space = space
        get = try RawStatement("SELECT value FROM \(table) WHERE key = ?1", on: database)
        let scan = "SELECT key, value FROM \(table) WHERE key >= ?1"
        scanFrom = try RawStatement("\(scan) ORDER BY key LIMIT ?2", on: database)
        scanRange = try RawStatement("\(scan) AND key < ?3 ORDER BY key LIMIT ?2", on: database)
    }

    /// All statements, for closing.
    var all: [RawStatement] { [get, scanFrom, scanRange] }

    /// The value under `key`.
    func value(_ key: [UInt8]) throws(SQLiteFailure) -> [UInt8]? {
        defer { get.reset() }
        if space.isNumbered {
            guard let number = RowNumber.number(of: key) else { return nil }
            try get.bind(number, at: 1)
        } else {
            try get.bind(key, at: 1)
        }
        return try get.step() ? get.bytes(column: 0) : nil
    }

    /// Rows from `lower` on, below `upper`.
    func rows(
        from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(SQLiteFailure) -> [VaultStorage.Row] {
        guard limit > 0 else { return [] }
        // A bound above every row number is no bound.
        let last = space.isNumbered ? upper.flatMap(RowNumber.atLeast) : nil
        let isBounded = space.isNumbered ? last != nil : upper != nil
        let statement = isBounded ? scanRange : scanFrom
        defer { statement.reset() }
        if space.isNumbered {
            guard let first = RowNumber.atLeast(lower) else { return [] }
            try statement.bind(first, at: 1)
            if let last { try statement.bind(last, at: 3) }
        } else {
            try statement.bind(lower, at: 1)
            if let upper { try statement.bind(upper, at: 3) }
        }
        try statement.bind(Int64(limit), at: 2)
        var rows: [VaultStorage.Row] = []
        while try statement.step() {
            let key =
                space.isNumbered
                ? RowNumber.key(of: statement.number(column: 0)) : statement.bytes(column: 0)
            rows.append(VaultStorage.Row(key: key, value: statement.bytes(column: 1)))
        }
        return rows
    }
}

/// The statements that change one space.
struct WriteStatements: Sendable {
    private let space: Space
    private let put: RawStatement
    private let delete: RawStatement

    /// Prepares the statements.
    init(_ space: Space, on database: Database) throws(SQLiteFailure) {
        let table = SpaceTables.name(space)
        self.space = space
        put = try RawStatement(
            "INSERT INTO \(table) (key, value) VALUES (?1, ?2) "
                + "ON CONFLICT (key) DO UPDATE SET value = excluded.value", on: database)
        delete = try RawStatement("DELETE FROM \(table) WHERE key = ?1", on: database)
    }

    /// All statements, for closing.
    var all: [RawStatement] { [put, delete] }

    /// Makes the row under `key` have this value; the space accepts the key.
    func put(_ key: [UInt8], _ value: [UInt8]) throws(SQLiteFailure) {
        defer { put.reset() }
        guard try bind(key, to: put) else {
            preconditionFailure("internal error: a key that \(space) does not accept")
        }
        try put.bind(value, at: 2)
        _ = try put.step()
    }

    /// Removes the row under `key`, if any.
    func delete(_ key: [UInt8]) throws(SQLiteFailure) {
        defer { delete.reset() }
        guard try bind(key, to: delete) else { return }
        _ = try delete.step()
    }

    private func bind(_ key: [UInt8], to statement: RawStatement) throws(SQLiteFailure) -> Bool {
        guard space.isNumbered else {
            try statement.bind(key, at: 1)
            return true
        }
        guard let number = RowNumber.number(of: key) else { return false }
        try statement.bind(number, at: 1)
        return true
    }
}
