import VaultCoding
package import VaultStatements
package import VaultStorage

/// The rows of the statement chain: `number(8)` → the statement under the storage lock.
package enum StatementRows {
    private static let page = 256

    /// Writes a statement as the newest row. Refused by the store if another one was faster.
    package static func append(
        _ statement: Statement, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        try lock.put(
            statement.bytes, .statements, key(statement.head.number), replacing: nil)
    }

    /// The chain of a store, every statement verified. Throws `statement`, `rowDamaged`, `storage`.
    package static func chain(
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> StatementChain {
        let statements = try read(store, lock: lock, from: 1)
        guard let first = statements.first else { throw .statement(.empty) }
        var chain = try verifying { () throws(StatementError) in
            try StatementChain(first: first, vault: lock.vault)
        }
        try append(statements.dropFirst(), to: &chain)
        return chain
    }

    /// The chain as it stands in the store now, which must go on from `known`. Throws `statement`
    /// for a chain that was cut or replaced.
    package static func extending(
        _ known: StatementChain, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> StatementChain {
        let statements = try read(store, lock: lock, from: known.head.number)
        guard let last = statements.first else {
            throw .statement(.cut(number: known.head.number))
        }
        guard last.hash == known.head.hash else {
            throw .statement(.fork(number: known.head.number))
        }
        var chain = known
        try append(statements.dropFirst(), to: &chain)
        return chain
    }

    /// The row key of a statement.
    static func key(_ number: UInt64) -> [UInt8] {
        var writer = ByteWriter(capacity: 8)
        writer.put(number)
        return writer.bytes
    }

    private static func append(
        _ statements: ArraySlice<Statement>, to chain: inout StatementChain
    ) throws(KeyringError) {
        for statement in statements {
            do { try chain.append(statement) } catch { throw .statement(error) }
        }
    }

    private static func read(
        _ store: any ByteStore, lock: StorageLock, from number: UInt64
    ) throws(KeyringError) -> [Statement] {
        var statements: [Statement] = []
        var cursor = key(number)
        while true {
            let rows = try fromStore { () throws(StorageError) in
                try store.scan(.statements, from: cursor, to: nil, limit: page)
            }
            for row in rows {
                let bytes = try lock.open(row.value, .statements, row.key)
                statements.append(
                    try verifying { () throws(StatementError) in try Statement.parse(bytes) })
            }
            guard rows.count == page, let last = rows.last else { return statements }
            cursor = last.cursor
        }
    }
}

/// Runs `body`, an error of the statements as a keyring error.
func verifying<R>(_ body: () throws(StatementError) -> R) throws(KeyringError) -> R {
    do { return try body() } catch { throw .statement(error) }
}
