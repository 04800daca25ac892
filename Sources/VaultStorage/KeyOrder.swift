/// The order of keys, for everybody who computes bounds.
package enum KeyOrder {
    /// The smallest key that is greater than every key beginning with `prefix`, or nil when there is
    /// none (`prefix` is empty or all 0xFF).
    package static func end(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        guard let position = prefix.lastIndex(where: { $0 != 0xFF }) else { return nil }
        var end = Array(prefix[...position])
        end[position] += 1
        return end
    }

    /// Whether `first` comes before `second`: bytewise, a prefix before what it begins.
    package static func precedes(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.lexicographicallyPrecedes(second)
    }
}
