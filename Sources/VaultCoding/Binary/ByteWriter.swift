/// Writes the vault's binary formats: integers big-endian, variable parts behind a u32 length.
///
/// The mirror of ``ByteReader``: what one writes the other reads back, and only in that spelling.
package struct ByteWriter: Sendable {
    /// What was written so far.
    package private(set) var bytes: [UInt8]

    /// An empty writer. `capacity` is a hint in bytes.
    package init(capacity: Int = 64) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// One byte.
    package mutating func put(_ value: UInt8) { bytes.append(value) }

    /// 1 for true, 0 for false.
    package mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Two bytes, big-endian.
    package mutating func put(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// Four bytes, big-endian.
    package mutating func put(_ value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
        }
    }

    /// Eight bytes, big-endian.
    package mutating func put(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    /// The 32 bytes of a digest.
    package mutating func put(_ value: Digest) { value.append(to: &bytes) }

    /// The 16 bytes of an identifier.
    package mutating func put<Kind>(_ value: Identifier<Kind>) { value.append(to: &bytes) }

    /// Bytes as they are, without a length: for parts of fixed size.
    package mutating func put(raw value: [UInt8]) { bytes.append(contentsOf: value) }

    /// A u32 length, then the bytes.
    package mutating func put(framed value: [UInt8]) {
        put(UInt32(value.count))
        bytes.append(contentsOf: value)
    }

    /// A u32 length in bytes, then the text in UTF-8.
    package mutating func put(framed value: String) {
        var copy = value
        copy.withUTF8Span { span in
            put(UInt32(span.count))
            for index in span.indices { bytes.append(span[index]) }
        }
    }

    /// A u32 count of elements that follow.
    package mutating func put(count: Int) { put(UInt32(count)) }

    /// A list: u32 count, then each element by `write`.
    package mutating func put<Element>(
        list: [Element], _ write: (inout ByteWriter, Element) -> Void
    ) {
        put(count: list.count)
        for element in list { write(&self, element) }
    }

    /// An optional: a byte 0, or a byte 1 and the value by `write`.
    package mutating func put<Value>(
        optional: Value?, _ write: (inout ByteWriter, Value) -> Void
    ) {
        guard let value = optional else { return put(UInt8(0)) }
        put(UInt8(1))
        write(&self, value)
    }
}

extension String {
    /// Gives `body` the UTF-8 bytes without a copy when the string is contiguous.
    fileprivate mutating func withUTF8Span(_ body: (Span<UInt8>) -> Void) {
        body(utf8Span.span)
    }
}
