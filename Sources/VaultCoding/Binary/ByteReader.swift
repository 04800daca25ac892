/// Reads the vault's binary formats strictly: every byte is accounted for and has one spelling.
///
/// The mirror of ``ByteWriter``. Call ``finish()`` after the last value: trailing bytes are an error.
package struct ByteReader: Sendable {
    private let bytes: [UInt8]
    /// The offset of the next byte.
    package private(set) var offset = 0

    /// Reads `bytes` from the start.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes are left.
    package var remaining: Int { bytes.count - offset }

    /// One byte.
    package mutating func u8() throws(CodingError) -> UInt8 {
        try need(1)
        defer { offset += 1 }
        return bytes[offset]
    }

    /// A byte that must be 0 or 1.
    package mutating func bool() throws(CodingError) -> Bool {
        let at = offset
        switch try u8() {
        case 0: return false
        case 1: return true
        default: throw .invalid(what: "flag", at: at)
        }
    }

    /// Two bytes, big-endian.
    package mutating func u16() throws(CodingError) -> UInt16 { UInt16(try integer(2)) }

    /// Four bytes, big-endian.
    package mutating func u32() throws(CodingError) -> UInt32 { UInt32(try integer(4)) }

    /// Eight bytes, big-endian.
    package mutating func u64() throws(CodingError) -> UInt64 { try integer(8) }

    /// Exactly `count` bytes.
    package mutating func raw(_ count: Int) throws(CodingError) -> [UInt8] {
        try need(count)
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// All bytes that are left.
    package mutating func rest() -> [UInt8] {
        defer { offset = bytes.count }
        return Array(bytes[offset...])
    }

    /// 32 bytes.
    package mutating func digest() throws(CodingError) -> Digest {
        try need(Digest.count)
        defer { offset += Digest.count }
        return Digest(unchecked: bytes[offset..<offset + Digest.count])
    }

    /// 16 bytes.
    package mutating func identifier<Kind>(
        _: Identifier<Kind>.Type = Identifier<Kind>.self
    ) throws(CodingError) -> Identifier<Kind> {
        try need(Identifier<Kind>.count)
        defer { offset += Identifier<Kind>.count }
        return Identifier(unchecked: bytes[offset..<offset + Identifier<Kind>.count])
    }

    /// A u32 length of at most `max`, then that many bytes.
    package mutating func framed(max: Int) throws(CodingError) -> [UInt8] {
        try raw(try count(max: max))
    }

    /// A u32 length of at most `max` bytes, then strict UTF-8.
    package mutating func text(max: Int) throws(CodingError) -> String {
        let at = offset
        let utf8 = try framed(max: max)
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw .invalid(what: "UTF-8 text", at: at + 4)
        }
        return text
    }

    /// A u32 count of at most `max`.
    package mutating func count(max: Int) throws(CodingError) -> Int {
        let at = offset
        let value = Int(try u32())
        guard value <= max else { throw .tooLong(limit: max, at: at) }
        return value
    }

    /// A list: u32 count of at most `max`, then each element by `read`.
    package mutating func list<Element>(
        max: Int, _ read: (inout ByteReader) throws(CodingError) -> Element
    ) throws(CodingError) -> [Element] {
        let length = try count(max: max)
        var elements: [Element] = []
        for _ in 0..<length { elements.append(try read(&self)) }
        return elements
    }

    /// An optional: a byte 0, or a byte 1 and a value by `read`.
    package mutating func optional<Value>(
        _ read: (inout ByteReader) throws(CodingError) -> Value
    ) throws(CodingError) -> Value? {
        try bool() ? try read(&self) : nil
    }

    /// Requires that every byte was read.
    package func finish() throws(CodingError) {
        guard offset == bytes.count else { throw .trailing(at: offset) }
    }

    private mutating func integer(_ size: Int) throws(CodingError) -> UInt64 {
        try need(size)
        var value: UInt64 = 0
        for index in offset..<offset + size { value = value << 8 | UInt64(bytes[index]) }
        offset += size
        return value
    }

    private func need(_ count: Int) throws(CodingError) {
        guard count >= 0, count <= remaining else { throw .truncated(at: bytes.count) }
    }
}
