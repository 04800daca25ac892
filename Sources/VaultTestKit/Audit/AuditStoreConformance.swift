package import VaultAudit

/// Audit stores on one medium that can be closed and opened again.
package struct AuditStoreBacking: Sendable {
    /// Makes the empty store.
    package let create: @Sendable () throws -> any AuditStore
    /// Opens what was made before; the earlier store has been closed.
    package let reopen: @Sendable () throws -> any AuditStore

    /// A backing of these two functions.
    package init(
        create: @escaping @Sendable () throws -> any AuditStore,
        reopen: @escaping @Sendable () throws -> any AuditStore
    ) {
        self.create = create
        self.reopen = reopen
    }
}

/// One case of the conformance suite.
package struct AuditStoreCase: Sendable, CustomStringConvertible {
    /// What it is about.
    package let description: String
    /// Runs it on a new backing; throws `ConformanceFailure`, or what the store threw.
    package let run: @Sendable (AuditStoreBacking) throws -> Void
}

/// What every `AuditStore` must do. Each case gets a backing of its own.
package enum AuditStoreConformance {
    /// The suite. Whoever runs it should assert the number of cases.
    package static let cases: [AuditStoreCase] = [
        AuditStoreCase(description: "empty", run: empty),
        AuditStoreCase(description: "records", run: records),
        AuditStoreCase(description: "contiguous", run: contiguous),
        AuditStoreCase(description: "tiles", run: tiles),
        AuditStoreCase(description: "checkpoints", run: checkpoints),
        AuditStoreCase(description: "head and chain", run: headAndChain),
        AuditStoreCase(description: "durability", run: durability),
        AuditStoreCase(description: "readers during appends", run: readersDuringAppends),
        AuditStoreCase(description: "closed", run: closed),
        AuditStoreCase(description: "fault matrix", run: faultMatrix),
    ]

    static func record(_ sequence: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: 20 + sequence % 7)
    }

    /// A batch of `count` records from `first` on, with everything else that a batch can have.
    static func batch(_ first: Int, _ count: Int) -> AuditBatch {
        let size = UInt64(first + count)
        return AuditBatch(
            first: UInt64(first), records: (first..<first + count).map(record),
            tiles: [
                TileWrite(
                    id: TileID(level: 0, index: 0),
                    bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: size), count: 32)),
                TileWrite(
                    id: TileID(level: 1, index: size), bytes: [UInt8](repeating: 1, count: 64)),
            ],
            head: Array("head \(size)".utf8),
            checkpoint: StoredCheckpoint(size: size, note: Array("note \(size)".utf8)),
            sealedChain: .put([UInt8(truncatingIfNeeded: size)]))
    }

    /// Requires that the store is exactly in the state after `batches` of these many records.
    static func requireState(
        _ store: any AuditStore, after batches: [Int], _ when: String
    ) throws {
        let size = batches.reduce(0, +)
        var sizes: [UInt64] = []
        for count in batches { sizes.append((sizes.last ?? 0) + UInt64(count)) }
        let last = sizes.last
        try ConformanceFailure.require(
            try store.state()
                == AuditStoreState(
                    size: UInt64(size), head: last.map { Array("head \($0)".utf8) },
                    sealedChain: last.map { [UInt8(truncatingIfNeeded: $0)] }),
            "\(when): size, head and chain are of \(batches.count) whole appends")
        try ConformanceFailure.require(
            try store.records(from: 0, limit: 10_000) == (0..<size).map(record),
            "\(when): the records are those of \(batches.count) whole appends")
        try ConformanceFailure.require(
            try store.checkpoints(from: 0, limit: 10_000)
                == sizes.map { StoredCheckpoint(size: $0, note: Array("note \($0)".utf8)) },
            "\(when): the checkpoints are those of \(batches.count) whole appends")
        try ConformanceFailure.require(
            try store.tile(TileID(level: 0, index: 0))
                == last.map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 32) },
            "\(when): the tile is that of \(batches.count) whole appends")
    }

    /// Requires that `body` throws exactly `expected`.
    static func require(
        _ expected: AuditStoreError, _ sentence: String, _ body: () throws(AuditStoreError) -> Void
    ) throws {
        do throws(AuditStoreError) {
            try body()
        } catch {
            return try ConformanceFailure.require(
                error == expected, "\(sentence): threw \(error), not \(expected)")
        }
        throw ConformanceFailure(description: "\(sentence): threw nothing")
    }
}
