/// Base 64 with padding, standard alphabet, canonical only (RFC 4648 §4, §3.5).
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (index, character) in alphabet.enumerated() { table[Int(character)] = UInt8(index) }
        return table
    }()

    /// Four characters for each three bytes, padded with `=`.
    package static func format(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16
                | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index + 2]) : 0)
            text.append(alphabet[Int(group >> 18 & 63)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The inverse of ``format(_:)``; white space, missing padding and non-zero spare bits are refused.
    package static func parse(_ text: String) throws(CodingError) -> [UInt8] {
        let source = Array(text.utf8)
        guard source.count % 4 == 0 else { throw .truncated(at: source.count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 4 * 3)
        for start in stride(from: 0, to: source.count, by: 4) {
            let last = start + 4 == source.count
            var pads = 0
            if last, source[start + 3] == UInt8(ascii: "=") {
                pads = source[start + 2] == UInt8(ascii: "=") ? 2 : 1
            }
            var group: UInt32 = 0
            for offset in 0..<4 {
                let value = offset >= 4 - pads ? 0 : values[Int(source[start + offset])]
                guard value < 64 else {
                    throw .invalid(what: "base 64 character", at: start + offset)
                }
                group = group << 6 | UInt32(value)
            }
            let spare: UInt32 = pads == 2 ? 0xFFFF : pads == 1 ? 0xFF : 0
            guard group & spare == 0 else { throw .invalid(what: "canonical base 64", at: start) }
            bytes.append(UInt8(group >> 16 & 0xFF))
            if pads < 2 { bytes.append(UInt8(group >> 8 & 0xFF)) }
            if pads < 1 { bytes.append(UInt8(group & 0xFF)) }
        }
        return bytes
    }
}
