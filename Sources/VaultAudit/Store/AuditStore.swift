/// Where the audit log lies: an append-only list of records with the tree's tiles, one newest head
/// and the signed checkpoints beside it.
///
/// The whole contract between the log and whatever keeps its bytes. A store never looks into
/// records, heads or notes. All calls block and may come from any thread; one writer appends, any
/// number read. A read sees every append that had returned when the read began, and never part of a
/// batch.
package protocol AuditStore: Sendable {
    /// How many records there are, the newest head and the row of the sealed-state chain, all of one
    /// moment.
    func state() throws(AuditStoreError) -> AuditStoreState

    /// Writes the whole batch, or nothing of it.
    ///
    /// `batch.first` must equal the number of records; anything else throws `notContiguous` and
    /// writes nothing. Tiles replace those with the same place, the head and the chain row replace
    /// the ones before; a checkpoint is added to the list.
    ///
    /// Commit point: when this returns, everything is on the medium and survives a power cut. When
    /// it throws anything but `outcomeUnknown`, nothing was written and the store goes on serving:
    /// a later append may succeed. After `outcomeUnknown` the store must say by ``state()`` which of
    /// the two happened.
    func append(_ batch: AuditBatch) throws(AuditStoreError)

    /// The records `first`, `first + 1`, … in order, at most `limit`, fewer only at the end of the
    /// log.
    func records(from first: UInt64, limit: Int) throws(AuditStoreError) -> [[UInt8]]

    /// The newest bytes of a tile: a multiple of 32, from 32 to 8 192; nil if it was never written.
    func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]?

    /// The checkpoint that was written last.
    func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint?

    /// Checkpoints of at least `size`, in the order of writing (sizes ascend), at most `limit`.
    func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint]

    /// Waits for running calls and lets go of the file; later calls throw `closed`. May be called
    /// again.
    func close()
}

/// What a store holds besides records, read in one moment.
package struct AuditStoreState: Sendable, Equatable {
    /// The number of records; the next sequence number.
    package var size: UInt64
    /// The newest head, nil before the first.
    package var head: [UInt8]?
    /// The row of the sealed-state chain, nil when there is none.
    package var sealedChain: [UInt8]?

    /// From its parts; an empty store unless told.
    package init(size: UInt64 = 0, head: [UInt8]? = nil, sealedChain: [UInt8]? = nil) {
        self.size = size
        self.head = head
        self.sealedChain = sealedChain
    }
}

/// A signed checkpoint as it is kept.
package struct StoredCheckpoint: Sendable, Equatable {
    /// The tree size it speaks of.
    package var size: UInt64
    /// The signed note, UTF-8.
    package var note: [UInt8]

    /// From its parts.
    package init(size: UInt64, note: [UInt8]) {
        self.size = size
        self.note = note
    }
}
