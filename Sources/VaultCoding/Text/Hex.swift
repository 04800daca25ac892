/// Hexadecimal, lower case on writing and on reading.
package enum Hex {
    private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

    /// Two lower-case digits a byte.
    package static func format(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The inverse of ``format(_:)``; upper case, odd lengths and anything else are refused.
    package static func parse(_ text: String) throws(CodingError) -> [UInt8] {
        let source = Array(text.utf8)
        guard source.count % 2 == 0 else { throw .truncated(at: source.count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 2)
        for index in stride(from: 0, to: source.count, by: 2) {
            guard let high = value(source[index]) else {
                throw .invalid(what: "hexadecimal digit", at: index)
            }
            guard let low = value(source[index + 1]) else {
                throw .invalid(what: "hexadecimal digit", at: index + 1)
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
