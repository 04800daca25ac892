/// The mapping between keys of a numbered space and SQLite's row numbers: 8 bytes, big-endian, below
/// 2⁶³.
enum RowNumber {
    /// The row number of a key, or nil if no row can have that key.
    static func number(of key: [UInt8]) -> Int64? {
        guard key.count == 8 else { return nil }
        return atLeast(key)
    }

    /// The key of a row number.
    static func key(of number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    /// The smallest row number whose key is not before `bound`, which may be of any length; nil if
    /// there is none.
    ///
    /// A shorter bound comes before the keys it begins, a longer one after its first 8 bytes.
    static func atLeast(_ bound: [UInt8]) -> Int64? {
        var number: UInt64 = 0
        for position in 0..<8 {
            number = number << 8 | (position < bound.count ? UInt64(bound[position]) : 0)
        }
        guard number <= UInt64(Int64.max) else { return nil }
        guard bound.count > 8 else { return Int64(number) }
        return number == UInt64(Int64.max) ? nil : Int64(number) + 1
    }
}
