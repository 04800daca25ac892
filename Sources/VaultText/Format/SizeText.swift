/// Sizes of memory and files.
package enum SizeText {
    private static let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// `512 B`, `1.5 KiB`, `20 MiB`: binary units, one decimal below 10, rounded down.
    package static func bytes(_ count: UInt64) -> String {
        guard count >= 1_024 else { return "\(count) B" }
        var unit = 0
        var divisor: UInt64 = 1_024
        while count / divisor >= 1_024, unit + 1 < units.count {
            divisor *= 1_024
            unit += 1
        }
        let (whole, rest) = count.quotientAndRemainder(dividingBy: divisor)
        let tenths = rest / (divisor / 1_024) * 10 / 1_024
        return whole < 10 && tenths > 0
            ? "\(whole).\(tenths) \(units[unit])" : "\(whole) \(units[unit])"
    }
}
