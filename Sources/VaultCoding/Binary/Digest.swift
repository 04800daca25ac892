/// 32 bytes: a hash, a MAC, a commitment, the raw form of a public key. Ordered by its bytes.
///
/// Held as four big-endian words, so that arrays of digests are flat and comparing is cheap. Not for
/// secrets: it can be copied, and comparing is not constant-time.
package struct Digest: Hashable, Sendable {
    /// The size in bytes.
    package static let count = 32
    /// 32 zero bytes.
    package static let zero = Digest(words: (0, 0, 0, 0))

    private let w0: UInt64
    private let w1: UInt64
    private let w2: UInt64
    private let w3: UInt64

    /// From four words, each big-endian in the byte form.
    package init(words: (UInt64, UInt64, UInt64, UInt64)) {
        (w0, w1, w2, w3) = words
    }

    /// From exactly 32 bytes, else nil.
    package init?(_ bytes: some RandomAccessCollection<UInt8>) {
        guard bytes.count == Digest.count else { return nil }
        self.init(unchecked: Array(bytes)[...])
    }

    /// From exactly 32 bytes, else nil. The same without generics, which do not cross modules cheaply.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Digest.count else { return nil }
        self.init(unchecked: bytes[...])
    }

    /// From bytes whose count the caller has checked.
    init(unchecked bytes: ArraySlice<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let start = bytes.startIndex
        func word(_ offset: Int) -> UInt64 {
            var value: UInt64 = 0
            for index in start + offset..<start + offset + 8 {
                value = value << 8 | UInt64(bytes[index])
            }
            return value
        }
        words.0 = word(0)
        words.1 = word(8)
        words.2 = word(16)
        words.3 = word(24)
        self.init(words: words)
    }

    /// The four words.
    package var words: (UInt64, UInt64, UInt64, UInt64) { (w0, w1, w2, w3) }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Digest.count)
        append(to: &result)
        return result
    }

    /// Appends the 32 bytes.
    package func append(to bytes: inout [UInt8]) {
        for word in [w0, w1, w2, w3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }
}

extension Digest: Comparable {
    /// Compares as byte strings.
    package static func < (left: Digest, right: Digest) -> Bool {
        if left.w0 != right.w0 { return left.w0 < right.w0 }
        if left.w1 != right.w1 { return left.w1 < right.w1 }
        if left.w2 != right.w2 { return left.w2 < right.w2 }
        return left.w3 < right.w3
    }
}

extension Digest: CustomStringConvertible {
    /// Lower-case hexadecimal.
    package var description: String { Hex.format(bytes) }
}
