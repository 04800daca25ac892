package import VaultCoding
import VaultSodium

/// Reads hashes and makes proofs of a tree of fixed size, from tiles.
///
/// A proof reads at most one tile per level and side. Not for sharing between threads: it keeps the
/// tiles that it read.
package struct TreeReader<Source: TileSource> {
    /// The number of leaves.
    package let size: UInt64
    private let source: Source
    private var tiles: [TileID: [Digest]] = [:]

    /// Tiles kept at most: eight levels on both sides of a range, some times over.
    private static var keptTiles: Int { 64 }

    /// The tree of the first `size` leaves.
    package init(size: UInt64, source: Source) {
        self.size = size
        self.source = source
    }

    /// The hash of the whole tree.
    package mutating func root() throws(AuditError) -> Digest {
        guard size > 0 else { return SHA256.hash([]) }
        return try hash(of: 0..<size)
    }

    /// The root that the tree had when it had `earlier` leaves.
    package mutating func root(at earlier: UInt64) throws(AuditError) -> Digest {
        guard earlier <= size else { throw .outOfRange(size: size) }
        guard earlier > 0 else { return SHA256.hash([]) }
        return try hash(of: 0..<earlier)
    }

    /// The hash of a complete subtree.
    package mutating func hash(of subtree: Subtree) throws(AuditError) -> Digest {
        let level = UInt8(subtree.height / TileID.height)
        let rise = subtree.height % TileID.height
        let first = subtree.index << UInt64(rise)
        let hashes = try tile(TileID(level: level, index: first >> 8))
        let offset = Int(first & 255)
        let count = 1 << rise
        guard offset + count <= hashes.count else { throw .outOfRange(size: size) }
        var nodes = hashes[offset..<offset + count]
        while nodes.count > 1 {
            var above: ArraySlice<Digest> = []
            var index = nodes.startIndex
            while index < nodes.endIndex {
                above.append(SHA256.node(nodes[index], nodes[index + 1]))
                index += 2
            }
            nodes = above
        }
        guard let hash = nodes.first else { throw .outOfRange(size: size) }
        return hash
    }

    /// The hash of the leaves `range` as one tree. Its start must be a multiple of the largest power
    /// of two that fits in, as it is in every tree of RFC 6962.
    mutating func hash(of range: Range<UInt64>) throws(AuditError) -> Digest {
        var hash: Digest?
        for subtree in Subtree.covering(range).reversed() {
            let left = try self.hash(of: subtree)
            hash = hash.map { SHA256.node(left, $0) } ?? left
        }
        guard let hash else { throw .outOfRange(size: size) }
        return hash
    }

    private mutating func tile(_ id: TileID) throws(AuditError) -> [Digest] {
        if let tile = tiles[id] { return tile }
        let width = id.width(inTreeOf: size)
        guard width > 0 else { throw .outOfRange(size: size) }
        let hashes = try source.hashes(id, width: width)
        if tiles.count >= Self.keptTiles { tiles.removeAll(keepingCapacity: true) }
        tiles[id] = hashes
        return hashes
    }
}
