/// A complete subtree: `2^height` leaves from `index · 2^height` on.
package struct Subtree: Hashable, Sendable {
    /// Levels above the leaves, 0 to 63.
    package let height: Int
    /// The position from the left among subtrees of this height.
    package let index: UInt64

    /// The fewest complete subtrees that cover the leaves `range`, from left to right: at most two
    /// of each height.
    package static func covering(_ range: Range<UInt64>) -> [Subtree] {
        var subtrees: [Subtree] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let left = range.upperBound - position
            let height = min(
                position.trailingZeroBitCount, UInt64.bitWidth - 1 - left.leadingZeroBitCount)
            subtrees.append(Subtree(height: height, index: position >> UInt64(height)))
            position += 1 << UInt64(height)
        }
        return subtrees
    }
}
