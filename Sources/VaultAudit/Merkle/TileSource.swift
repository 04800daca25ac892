package import VaultCoding
import VaultSodium

/// Where hashes of a tree are read from, tile by tile.
package protocol TileSource {
    /// The first `width` hashes of a tile.
    func hashes(_ id: TileID, width: Int) throws(AuditError) -> [Digest]
}

/// The tiles of a log: from its store, or, where a level 0 tile is not full, from the records.
package struct StoreTiles: TileSource {
    private let store: any AuditStore

    /// The tiles in `store`.
    package init(_ store: any AuditStore) { self.store = store }

    /// The first `width` hashes of a tile. Throws `missingTile`, `store`, `malformed`.
    package func hashes(_ id: TileID, width: Int) throws(AuditError) -> [Digest] {
        if id.level == 0, width < TileID.fullWidth { return try leaves(id, width: width) }
        guard let bytes = try AuditError.wrap({ () throws(AuditStoreError) in try store.tile(id) })
        else { throw .missingTile(id) }
        return try Self.parse(bytes, id, width: width)
    }

    private func leaves(_ id: TileID, width: Int) throws(AuditError) -> [Digest] {
        let records = try AuditError.wrap { () throws(AuditStoreError) in
            try store.records(from: id.index * 256, limit: width)
        }
        guard records.count == width else { throw .missingTile(id) }
        var hashes: [Digest] = []
        hashes.reserveCapacity(width)
        for record in records { hashes.append(try LeafHash.of(record: record)) }
        return hashes
    }

    private static func parse(
        _ bytes: [UInt8], _ id: TileID, width: Int
    ) throws(AuditError) -> [Digest] {
        var reader = ByteReader(bytes)
        do {
            var hashes: [Digest] = []
            hashes.reserveCapacity(width)
            for _ in 0..<width { hashes.append(try reader.digest()) }
            return hashes
        } catch {
            throw .malformed(what: "tile \(id.path(width: nil))", error)
        }
    }
}

/// The hash of an entry in the tree: of its leaf, never of what the record holds besides.
package enum LeafHash {
    /// The hash of the leaf at the start of a stored record.
    package static func of(record: [UInt8]) throws(AuditError) -> Digest {
        guard record.count >= Leaf.count else {
            throw .malformed(what: "a record", .truncated(at: record.count))
        }
        return SHA256.leaf(record.span.extracting(first: Leaf.count))
    }
}

extension AuditError {
    /// Runs a call of the store and wraps its error.
    static func wrap<R>(_ body: () throws(AuditStoreError) -> R) throws(AuditError) -> R {
        do { return try body() } catch { throw .store(error) }
    }
}
