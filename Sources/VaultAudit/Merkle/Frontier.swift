package import VaultCoding
import VaultSodium

/// The right edge of a tree: the roots of the complete subtrees that cover its leaves, from left to
/// right, one for each bit of the size. Enough to append and to know the root.
///
/// Appending hashes one node per leaf on average and allocates nothing. Source: RFC 6962 §2.1.
package struct Frontier: Sendable, Equatable {
    /// The number of leaves.
    package private(set) var size: UInt64
    private var nodes: [Digest]

    /// The largest tree: one below would overflow no arithmetic here.
    package static let maximumSize: UInt64 = 1 << 62

    /// The empty tree.
    package init() {
        size = 0
        nodes = []
        nodes.reserveCapacity(UInt64.bitWidth)
    }

    /// A tree of `size` leaves with these subtree roots; nil unless there is one for each bit of the
    /// size. Whether they are the right ones shows only when a root is compared.
    package init?(size: UInt64, nodes: [Digest]) {
        guard size <= Self.maximumSize, nodes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.nodes = nodes
        self.nodes.reserveCapacity(UInt64.bitWidth)
    }

    /// Appends one leaf, given its hash.
    package mutating func append(_ leaf: Digest) { append(leaf, height: 0) { _, _ in } }

    /// Appends a complete subtree of `2^height` leaves; the size must be a multiple of that.
    /// `completed` hears of every subtree that this completes, the given one first.
    package mutating func append(
        _ hash: Digest, height: Int, completed: (_ height: Int, _ hash: Digest) -> Void
    ) {
        precondition(
            size & (1 << UInt64(height) - 1) == 0, "internal error: a subtree is not aligned")
        var node = hash
        var height = height
        completed(height, node)
        while size >> UInt64(height) & 1 == 1 {
            node = SHA256.node(nodes.removeLast(), node)
            size -= 1 << UInt64(height)
            height += 1
            completed(height, node)
        }
        nodes.append(node)
        size += 1 << UInt64(height)
    }

    /// The hash of the whole tree; of the empty string for an empty one. At most 61 hashes.
    package var root: Digest {
        guard var root = nodes.last else { return SHA256.hash([]) }
        for node in nodes.dropLast().reversed() { root = SHA256.node(node, root) }
        return root
    }
}
