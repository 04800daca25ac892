package import VaultCoding

/// That leaves stand beside each other in a tree, none left out: the roots of the complete subtrees
/// left of them and right of them. At most 62 and 124 hashes.
///
/// A verifier needs no memory for the leaves: it starts a ``Frontier`` from `left`, appends each
/// leaf as it comes, then the subtrees of `right`, and compares the root.
package struct RangeProof: Sendable, Equatable {
    /// Covers the leaves before the range, from left to right.
    package var left: [Digest]
    /// Covers the leaves after the range, from left to right.
    package var right: [Digest]

    /// From its parts.
    package init(left: [Digest], right: [Digest]) {
        self.left = left
        self.right = right
    }
}

extension Frontier {
    /// Appends the subtrees that cover the leaves up to `size`; false, and no change, if their
    /// number is not the one that covers them.
    package mutating func complete(to size: UInt64, with right: [Digest]) -> Bool {
        guard self.size <= size, size <= Self.maximumSize else { return false }
        let subtrees = Subtree.covering(self.size..<size)
        guard subtrees.count == right.count else { return false }
        for (subtree, hash) in zip(subtrees, right) {
            append(hash, height: subtree.height) { _, _ in }
        }
        return true
    }
}

extension TreeReader {
    /// The proof for the leaves `range`.
    package mutating func range(_ range: Range<UInt64>) throws(AuditError) -> RangeProof {
        guard range.upperBound <= size else { throw .outOfRange(size: size) }
        var proof = RangeProof(left: [], right: [])
        for subtree in Subtree.covering(0..<range.lowerBound) {
            proof.left.append(try hash(of: subtree))
        }
        for subtree in Subtree.covering(range.upperBound..<size) {
            proof.right.append(try hash(of: subtree))
        }
        return proof
    }
}
