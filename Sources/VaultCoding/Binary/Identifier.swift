/// A random 128-bit name of a `Kind` of thing; identifiers of different kinds do not mix.
///
/// Text form: 26 characters of Crockford base 32 (130 bits, the top two zero), then one Luhn mod 32
/// check character of the same alphabet. Reading accepts lower case, hyphens between characters, and
/// `O`, `I`, `L` for `0`, `1`, `1`; writing uses one form.
package struct Identifier<Kind>: Hashable, Sendable {
    /// The size in bytes.
    package static var count: Int { 16 }
    /// The length of the text form in characters, check character included.
    package static var textCount: Int { 27 }

    private let high: UInt64
    private let low: UInt64

    /// From exactly 16 bytes, else nil.
    package init?(_ bytes: some RandomAccessCollection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.init(unchecked: Array(bytes)[...])
    }

    /// From exactly 16 bytes, else nil. The same without generics, which do not cross modules cheaply.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.init(unchecked: bytes[...])
    }

    init(unchecked bytes: ArraySlice<UInt8>) {
        func word(_ start: Int) -> UInt64 {
            var value: UInt64 = 0
            for index in start..<start + 8 { value = value << 8 | UInt64(bytes[index]) }
            return value
        }
        high = word(bytes.startIndex)
        low = word(bytes.startIndex + 8)
    }

    /// From the text form.
    package init(text: String) throws(CodingError) {
        let symbols = try Crockford.parse(text)
        guard symbols.count == Self.textCount else {
            throw .invalid(what: "identifier (27 characters)", at: 0)
        }
        guard Crockford.checks(symbols) else {
            throw .invalid(
                what: "identifier (its check character does not fit: look for a typing error)",
                at: 26)
        }
        guard symbols[0] < 8 else { throw .invalid(what: "identifier", at: 0) }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for symbol in symbols.dropLast() {
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(symbol)
        }
        self.high = high
        self.low = low
    }

    /// The 16 bytes.
    package var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(16)
        append(to: &result)
        return result
    }

    /// Appends the 16 bytes.
    package func append(to bytes: inout [UInt8]) {
        for word in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }

    /// The text form, upper case.
    package var text: String {
        var symbols: [UInt8] = []
        for index in stride(from: 25, through: 0, by: -1) {
            let shift = index * 5
            let value: UInt64
            if shift >= 64 {
                value = high >> UInt64(shift - 64)
            } else if shift == 0 {
                value = low
            } else {
                value = low >> UInt64(shift) | high << UInt64(64 - shift)
            }
            symbols.append(UInt8(value & 31))
        }
        return Crockford.format(symbols + [Crockford.checkSymbol(for: symbols)])
    }
}

extension Identifier: CustomStringConvertible {
    /// The text form.
    package var description: String { text }
}

extension Identifier: Comparable {
    /// Compares as byte strings.
    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
