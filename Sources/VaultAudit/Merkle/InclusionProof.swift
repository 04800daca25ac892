package import VaultCoding
import VaultSodium

/// That a leaf is in a tree: the hashes beside its path, from the leaf's sibling to the child of the
/// root. At most 62 hashes.
package enum InclusionProof {
    /// Whether the leaf hash stands at `index` of the tree of `size` leaves with this root.
    /// RFC 9162 §2.1.3.2.
    package static func verify(
        _ leaf: Digest, at index: UInt64, size: UInt64, proof: [Digest], root: Digest
    ) -> Bool {
        guard index < size else { return false }
        var position = index
        var last = size - 1
        var hash = leaf
        for sibling in proof {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                hash = SHA256.node(sibling, hash)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                hash = SHA256.node(hash, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}

extension TreeReader {
    /// The proof that leaf `index` is in this tree. RFC 6962 §2.1.1.
    package mutating func inclusion(of index: UInt64) throws(AuditError) -> [Digest] {
        guard index < size else { throw .outOfRange(size: size) }
        var range = 0..<size
        var proof: [Digest] = []
        while range.count > 1 {
            let split = range.lowerBound + largestPowerOfTwo(below: UInt64(range.count))
            if index < split {
                proof.append(try hash(of: split..<range.upperBound))
                range = range.lowerBound..<split
            } else {
                proof.append(try hash(of: range.lowerBound..<split))
                range = split..<range.upperBound
            }
        }
        return proof.reversed()
    }
}

/// The largest power of two below `count`, which is at least 2.
func largestPowerOfTwo(below count: UInt64) -> UInt64 {
    1 << UInt64(UInt64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
}
