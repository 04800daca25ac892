import Synchronization
package import VaultAudit

/// What survives when an `InMemoryAuditStore` is closed.
package final class InMemoryAuditDisk: Sendable {
    /// The contents, for tests that look at or tamper with them.
    package struct Contents: Sendable, Equatable {
        /// Records by sequence number.
        package var records: [[UInt8]] = []
        /// Newest bytes of each tile.
        package var tiles: [TileID: [UInt8]] = [:]
        /// Checkpoints in the order of writing.
        package var checkpoints: [StoredCheckpoint] = []
        /// The newest head.
        package var head: [UInt8]?
        /// The row of the sealed-state chain.
        package var sealedChain: [UInt8]?
    }

    private let contents = Mutex(Contents())

    /// An empty disk.
    package init() {}

    /// Reads or changes the contents.
    package func withContents<Value: Sendable, Failure: Error>(
        _ body: (inout Contents) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try contents.withLock { (contents) throws(Failure) in try body(&contents) }
    }
}

/// An `AuditStore` in memory: the reference for the others.
package final class InMemoryAuditStore: AuditStore {
    private let disk: InMemoryAuditDisk
    private let isClosed = Mutex(false)

    /// A store on this disk; a new disk unless given.
    package init(disk: InMemoryAuditDisk = InMemoryAuditDisk()) {
        self.disk = disk
    }

    package func state() throws(AuditStoreError) -> AuditStoreState {
        try checkOpen()
        return disk.withContents {
            AuditStoreState(
                size: UInt64($0.records.count), head: $0.head, sealedChain: $0.sealedChain)
        }
    }

    package func append(_ batch: AuditBatch) throws(AuditStoreError) {
        try checkOpen()
        try disk.withContents { (contents) throws(AuditStoreError) in
            let size = UInt64(contents.records.count)
            guard batch.first == size else {
                throw .notContiguous(expected: size, found: batch.first)
            }
            contents.records += batch.records
            for tile in batch.tiles { contents.tiles[tile.id] = tile.bytes }
            if let checkpoint = batch.checkpoint { contents.checkpoints.append(checkpoint) }
            if let head = batch.head { contents.head = head }
            switch batch.sealedChain {
            case .keep: break
            case .put(let row): contents.sealedChain = row
            case .remove: contents.sealedChain = nil
            }
        }
    }

    package func records(
        from first: UInt64, limit: Int
    ) throws(AuditStoreError) -> [[UInt8]] {
        try checkOpen()
        return disk.withContents { contents in
            guard first < contents.records.count, limit > 0 else { return [] }
            return Array(contents.records[Int(first)...].prefix(limit))
        }
    }

    package func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? {
        try checkOpen()
        return disk.withContents { $0.tiles[id] }
    }

    package func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        try checkOpen()
        return disk.withContents { $0.checkpoints.last }
    }

    package func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        try checkOpen()
        guard limit > 0 else { return [] }
        return disk.withContents { contents in
            Array(contents.checkpoints.filter { $0.size >= size }.prefix(limit))
        }
    }

    package func close() {
        isClosed.withLock { $0 = true }
    }

    private func checkOpen() throws(AuditStoreError) {
        guard !isClosed.withLock({ $0 }) else { throw .closed }
    }
}
