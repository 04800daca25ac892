package import VaultCoding
import VaultSodium

/// The growing tree of a log: its right edge, and the tiles that are not full yet.
///
/// A value: the writer keeps a copy until a batch is durable and goes back to it if it is not.
package struct TreeBuilder: Sendable {
    private var frontier = Frontier()
    /// For each tile level, the hashes of its last tile; never 256 of them.
    private var partial: [[Digest]]
    /// Full tiles since the last ``takeTiles()``.
    private var finished: [TileWrite] = []
    /// The highest level above 0 whose partial tile grew since then.
    private var grown = 0

    /// The empty tree.
    package init() {
        partial = [[Digest]](repeating: [], count: Int(TileID.topLevel) + 1)
    }

    /// The tree of the first `size` leaves, from its partial tiles.
    package init(size: UInt64, source: some TileSource) throws(AuditError) {
        self.init()
        guard size <= Frontier.maximumSize else { throw .outOfRange(size: Frontier.maximumSize) }
        for level in (0...TileID.topLevel).reversed() {
            let index = size >> (UInt64(level + 1) * 8)
            let tile = TileID(level: level, index: index)
            let width = tile.width(inTreeOf: size)
            guard width > 0 else { continue }
            let hashes = try source.hashes(tile, width: width)
            for hash in hashes {
                frontier.append(hash, height: Int(level) * TileID.height) { _, _ in }
            }
            partial[Int(level)] = hashes
        }
    }

    /// The number of leaves.
    package var size: UInt64 { frontier.size }

    /// The hash of the whole tree.
    package var root: Digest { frontier.root }

    /// Appends one leaf, given its hash.
    package mutating func append(_ leaf: Digest) {
        let position = frontier.size
        var completed = InlineArray<8, Digest>(repeating: .zero)
        var levels = 0
        frontier.append(leaf, height: 0) { height, hash in
            guard height % TileID.height == 0 else { return }
            completed[height / TileID.height] = hash
            levels = height / TileID.height + 1
        }
        for level in 0..<levels { add(completed[level], level: level, leaf: position) }
    }

    private mutating func add(_ hash: Digest, level: Int, leaf: UInt64) {
        partial[level].append(hash)
        grown = max(grown, level)
        guard partial[level].count == TileID.fullWidth else { return }
        let index = leaf >> UInt64((level + 1) * TileID.height)
        finished.append(
            TileWrite(
                id: TileID(level: UInt8(level), index: index),
                bytes: Self.bytes(partial[level])))
        partial[level].removeAll(keepingCapacity: true)
    }

    /// The tiles to store since the last call: every one that became full, and above level 0 the
    /// partial ones that grew. Level 0 is found again from the records.
    package mutating func takeTiles() -> [TileWrite] {
        var tiles = finished
        finished = []
        if grown > 0 {
            for level in 1...grown where !partial[level].isEmpty {
                let index = frontier.size >> UInt64((level + 1) * TileID.height)
                tiles.append(
                    TileWrite(
                        id: TileID(level: UInt8(level), index: index),
                        bytes: Self.bytes(partial[level])))
            }
            grown = 0
        }
        return tiles
    }

    private static func bytes(_ hashes: [Digest]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * Digest.count)
        for hash in hashes { hash.append(to: &bytes) }
        return bytes
    }
}
