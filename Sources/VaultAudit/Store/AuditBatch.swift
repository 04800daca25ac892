/// Everything that one durable append writes.
package struct AuditBatch: Sendable, Equatable {
    /// The sequence number of the first record, which is the store's size before.
    package var first: UInt64
    /// The records in order, each at most ``AuditLimits/record`` bytes; may be empty.
    package var records: [[UInt8]]
    /// Tiles that this batch finished or, above level 0, lengthened.
    package var tiles: [TileWrite]
    /// The head after this batch; nil leaves the one before.
    package var head: [UInt8]?
    /// A checkpoint to add.
    package var checkpoint: StoredCheckpoint?
    /// What happens to the row of the sealed-state chain.
    package var sealedChain: SealedChainWrite

    /// What a batch does to the row of the sealed-state chain.
    package enum SealedChainWrite: Sendable, Equatable {
        case keep
        case put([UInt8])
        case remove
    }

    /// From its parts; an empty batch at `first` unless told.
    package init(
        first: UInt64, records: [[UInt8]] = [], tiles: [TileWrite] = [], head: [UInt8]? = nil,
        checkpoint: StoredCheckpoint? = nil, sealedChain: SealedChainWrite = .keep
    ) {
        self.first = first
        self.records = records
        self.tiles = tiles
        self.head = head
        self.checkpoint = checkpoint
        self.sealedChain = sealedChain
    }
}

/// A tile to write.
package struct TileWrite: Sendable, Equatable {
    /// Its place.
    package var id: TileID
    /// Its hashes, 32 bytes each, 1 to 256 of them.
    package var bytes: [UInt8]

    /// From its parts.
    package init(id: TileID, bytes: [UInt8]) {
        self.id = id
        self.bytes = bytes
    }
}
