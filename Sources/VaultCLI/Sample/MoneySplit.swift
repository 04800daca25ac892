/// Divides a sum into payments that differ as bills do: many small ones, a few large.
enum MoneySplit {
    /// `count` amounts of at least `least`, whose sum is `total` to the last fen. `count` is above 0
    /// and `count × least` not above `total`.
    ///
    /// Weights are products of two draws; each part is rounded down, and what rounding left over goes
    /// to the first parts, one fen each.
    static func parts(
        of total: Int64, count: Int, least: Int64, _ dice: inout SplitMix64
    ) -> [Int64] {
        let weights = (0..<count).map { _ in
            UInt64(dice.within(1...1_000)) * UInt64(dice.within(40...1_000))
        }
        let sum = weights.reduce(0, +)
        let free = UInt64(total - Int64(count) * least)
        var parts = weights.map { weight in
            // The quotient fits: no weight is above the sum.
            least + Int64(sum.dividingFullWidth(free.multipliedFullWidth(by: weight)).quotient)
        }
        let left = Int(total - parts.reduce(0, +))
        for index in 0..<left { parts[index] += 1 }
        return parts
    }
}
