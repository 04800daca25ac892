/// Crockford base 32 with a Luhn mod 32 check character from the same alphabet.
package enum Crockford {
    private static let alphabet: [UInt8] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Five-bit symbols to text, upper case.
    package static func format(_ symbols: [UInt8]) -> String {
        String(decoding: symbols.map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }

    /// Text to five-bit symbols: any case, hyphens skipped, `O` read as 0, `I` and `L` as 1.
    package static func parse(_ text: String) throws(CodingError) -> [UInt8] {
        var symbols: [UInt8] = []
        for (offset, byte) in text.utf8.enumerated() {
            if byte == UInt8(ascii: "-"), offset > 0 { continue }
            guard let symbol = symbol(of: byte) else {
                throw .invalid(what: "Crockford base 32 character", at: offset)
            }
            symbols.append(symbol)
        }
        return symbols
    }

    /// The Luhn mod 32 check symbol for `symbols`: one wrong character or one swap of neighbours is noticed.
    package static func checkSymbol(for symbols: [UInt8]) -> UInt8 {
        UInt8((32 - sum(symbols, doubling: true) % 32) % 32)
    }

    /// Whether the last of `symbols` is the check symbol of those before it.
    package static func checks(_ symbols: [UInt8]) -> Bool {
        symbols.count > 1 && sum(symbols, doubling: false) % 32 == 0
    }

    private static func sum(_ symbols: [UInt8], doubling first: Bool) -> Int {
        var double = first
        var total = 0
        for symbol in symbols.reversed() {
            let value = Int(symbol) * (double ? 2 : 1)
            total += value / 32 + value % 32
            double.toggle()
        }
        return total
    }

    private static func symbol(of byte: UInt8) -> UInt8? {
        let upper = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
        switch upper {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        default: return alphabet.firstIndex(of: upper).map(UInt8.init)
        }
    }
}
