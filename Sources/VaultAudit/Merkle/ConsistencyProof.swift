package import VaultCoding
import VaultSodium

/// That a tree continues an earlier one: nothing was changed, taken out or put in. At most 63
/// hashes.
package enum ConsistencyProof {
    /// Whether the tree of `newSize` leaves begins with that of `oldSize` leaves. RFC 9162
    /// §2.1.4.2; every tree continues the empty one.
    package static func verify(
        oldSize: UInt64, oldRoot: Digest, newSize: UInt64, newRoot: Digest, proof: [Digest]
    ) -> Bool {
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return proof.isEmpty && oldRoot == SHA256.hash([]) }
        guard oldSize < newSize, var hash = proof.first else { return false }
        var rest = proof.dropFirst()
        if oldSize & (oldSize - 1) == 0 {
            hash = oldRoot
            rest = proof[...]
        }
        var position = oldSize - 1
        var last = newSize - 1
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        var old = hash
        var new = hash
        for sibling in rest {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                old = SHA256.node(sibling, old)
                new = SHA256.node(sibling, new)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                new = SHA256.node(new, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}

extension TreeReader {
    /// The proof that this tree continues the one of its first `earlier` leaves. RFC 6962 §2.1.2.
    package mutating func consistency(from earlier: UInt64) throws(AuditError) -> [Digest] {
        guard earlier <= size else { throw .outOfRange(size: size) }
        guard earlier > 0, earlier < size else { return [] }
        var range = 0..<size
        var proof: [Digest] = []
        // Whether the subtree of `range` is known to the verifier: only while it begins at 0.
        var known = true
        while range.upperBound != earlier {
            let split = range.lowerBound + largestPowerOfTwo(below: UInt64(range.count))
            if earlier <= split {
                proof.append(try hash(of: split..<range.upperBound))
                range = range.lowerBound..<split
            } else {
                proof.append(try hash(of: range.lowerBound..<split))
                range = split..<range.upperBound
                known = false
            }
        }
        if !known { proof.append(try hash(of: range)) }
        return proof.reversed()
    }
}
