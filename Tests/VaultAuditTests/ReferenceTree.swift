import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// RFC 6962 §2.1 word for word: slow, recursive, over all leaf hashes.
struct ReferenceTree {
    var leaves: [Digest]

    func root(_ range: Range<Int>) -> Digest {
        switch range.count {
        case 0: return SHA256.hash([])
        case 1: return leaves[range.lowerBound]
        default:
            let split = range.lowerBound + Self.split(range.count)
            return SHA256.node(
                root(range.lowerBound..<split), root(split..<range.upperBound))
        }
    }

    func inclusion(_ index: Int, _ range: Range<Int>) -> [Digest] {
        guard range.count > 1 else { return [] }
        let split = range.lowerBound + Self.split(range.count)
        if index < split {
            return inclusion(index, range.lowerBound..<split)
                + [root(split..<range.upperBound)]
        }
        return inclusion(index, split..<range.upperBound)
            + [root(range.lowerBound..<split)]
    }

    func consistency(_ old: Int, _ range: Range<Int>, known: Bool = true) -> [Digest] {
        if old == range.count { return known ? [] : [root(range)] }
        let width = Self.split(range.count)
        let split = range.lowerBound + width
        if old <= width {
            return consistency(old, range.lowerBound..<split, known: known)
                + [root(split..<range.upperBound)]
        }
        return consistency(old - width, split..<range.upperBound, known: false)
            + [root(range.lowerBound..<split)]
    }

    static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}

/// Tiles of a list of leaf hashes, by the reference.
struct ReferenceTiles: TileSource {
    let tree: ReferenceTree

    func hashes(_ id: TileID, width: Int) throws(AuditError) -> [Digest] {
        let span = 1 << (Int(id.level) * 8)
        let first = Int(id.index) * 256
        return (first..<first + width).map { tree.root($0 * span..<($0 + 1) * span) }
    }
}

/// Leaf hashes that differ, cheap to make.
func leafHashes(_ count: Int) -> [Digest] {
    (0..<count).map { SHA256.leaf(Array("leaf \($0)".utf8)) }
}

extension Digest {
    /// The digest with one bit turned.
    func flipped(bit: Int) -> Digest {
        var bytes = self.bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return Digest(bytes) ?? .zero
    }

    /// From hexadecimal in a test.
    init(hex: String) throws {
        self = try #require(Digest(try Hex.parse(hex)))
    }
}
