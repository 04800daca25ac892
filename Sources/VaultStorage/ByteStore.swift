/// An ordered, durable map of bytes: `(space, key) → value`.
///
/// The whole contract between the vault and whatever keeps its rows; `StorageConformance` in the
/// test kit is its executable form. Keys order bytewise, shorter before longer. All calls block and
/// may come from any thread. A read sees every commit that had returned when the read began, and
/// never part of a batch.
package protocol ByteStore: Sendable {
    /// The value of the row with this key, or nil if there is none.
    func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]?

    /// The same for the one who commits: a store whose readers lose what they have cached with every
    /// commit may read on the connection that writes. Must not be called from several threads, nor
    /// beside `commit`.
    func getToCommit(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]?

    /// Rows with `lower ≤ key < upper` in ascending order, at most `limit` of them.
    ///
    /// An `upper` of nil means to the end of the space. To go on, scan from the last key and one
    /// zero byte (`Row.cursor`). One scan sees one state of the store; two scans may see two.
    func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row]

    /// Applies the whole batch, or nothing of it.
    ///
    /// Commit point: when this returns, the batch is on the medium and survives a power cut. When it
    /// throws anything but `outcomeUnknown`, nothing was written.
    func commit(_ batch: Batch) throws(StorageError)

    /// Waits for running calls and lets go of the file; later calls throw `closed`. May be called
    /// again.
    func close()
}

extension ByteStore {
    /// Reads as everybody does.
    package func getToCommit(
        _ space: Space, _ key: [UInt8]
    ) throws(StorageError) -> [UInt8]? {
        try get(space, key)
    }

    /// Rows whose key begins with `prefix`, in ascending order, at most `limit` of them.
    package func scan(
        _ space: Space, prefix: [UInt8], limit: Int
    ) throws(StorageError) -> [Row] {
        try scan(space, from: prefix, to: KeyOrder.end(ofPrefix: prefix), limit: limit)
    }
}

extension Row {
    /// The smallest key after this row's: where the next page of a scan begins.
    package var cursor: [UInt8] { key + [0] }
}
