import Synchronization

@testable import VaultAudit

/// A store in memory whose bytes a test can alter and whose calls it can make fail.
final class MemoryAuditStore: AuditStore {
    enum Moment { case before, after }

    struct Contents {
        var records: [[UInt8]] = []
        var tiles: [TileID: [UInt8]] = [:]
        var checkpoints: [StoredCheckpoint] = []
        var head: [UInt8]?
        var sealedChain: [UInt8]?
        /// How the next calls of append fail; nil lets one pass.
        var appendFaults: [(moment: Moment, error: AuditStoreError)?] = []
        /// How the next calls of state fail.
        var stateFaults: [AuditStoreError] = []
        /// Makes the call of state after a failed append fail too.
        var failStateAfterFault = false
        /// How many appends were asked for.
        var appends = 0
        /// Called before each append, without the lock.
        var gate: (@Sendable () -> Void)?
        var isClosed = false
    }

    private let contents: Mutex<Contents>

    init(_ contents: Contents = Contents()) { self.contents = Mutex(contents) }

    /// A store with the same bytes, as after a restart.
    func copy() -> MemoryAuditStore {
        MemoryAuditStore(
            contents.withLock {
                Contents(
                    records: $0.records, tiles: $0.tiles, checkpoints: $0.checkpoints,
                    head: $0.head, sealedChain: $0.sealedChain)
            })
    }

    func change<R: Sendable>(_ body: (inout Contents) throws -> R) rethrows -> R {
        try contents.withLock { try body(&$0) }
    }

    func state() throws(AuditStoreError) -> AuditStoreState {
        try contents.withLock { (contents) throws(AuditStoreError) in
            if contents.isClosed { throw .closed }
            if !contents.stateFaults.isEmpty { throw contents.stateFaults.removeFirst() }
            return AuditStoreState(
                size: UInt64(contents.records.count), head: contents.head,
                sealedChain: contents.sealedChain)
        }
    }

    func append(_ batch: AuditBatch) throws(AuditStoreError) {
        contents.withLock { $0.gate }?()
        try contents.withLock { (contents) throws(AuditStoreError) in
            if contents.isClosed { throw .closed }
            contents.appends += 1
            let fault = contents.appendFaults.isEmpty ? nil : contents.appendFaults.removeFirst()
            if let fault, fault.moment == .before { throw fault.error }
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
            if let fault {
                if contents.failStateAfterFault {
                    contents.stateFaults.append(.locked(path: "audit.db"))
                    contents.failStateAfterFault = false
                }
                throw fault.error
            }
        }
    }

    func records(from first: UInt64, limit: Int) throws(AuditStoreError) -> [[UInt8]] {
        contents.withLock {
            guard first < $0.records.count, limit > 0 else { return [] }
            return Array($0.records[Int(first)...].prefix(limit))
        }
    }

    func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? {
        contents.withLock { $0.tiles[id] }
    }

    func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        contents.withLock { $0.checkpoints.last }
    }

    func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        contents.withLock { Array($0.checkpoints.filter { $0.size >= size }.prefix(limit)) }
    }

    func close() { contents.withLock { $0.isClosed = true } }
}
