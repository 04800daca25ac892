import CSodium
package import VaultCoding

/// Random values from the kernel's generator. A draw costs about 0.5 µs whatever its size, so draw
/// once for several values where that is possible.
package enum Random {
    /// `count` random bytes. For keys use `SecretBytes(random:)`.
    package static func bytes(_ count: Int) -> [UInt8] {
        precondition(count >= 0, "internal error: a negative number of random bytes")
        Sodium.assumeReady()
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress { unsafe randombytes_buf(start, count) }
            initialized = count
        }
    }

    /// A number from 0 to `bound` − 1, each equally likely; 0 for a bound below 2.
    package static func uniform(below bound: UInt32) -> UInt32 {
        Sodium.assumeReady()
        return randombytes_uniform(bound)
    }

    /// A new identifier.
    package static func identifier<Kind>(
        _: Identifier<Kind>.Type = Identifier<Kind>.self
    ) -> Identifier<Kind> {
        guard let identifier = Identifier<Kind>(bytes(Identifier<Kind>.count)) else {
            preconditionFailure("internal error: an identifier is made of its own size")
        }
        return identifier
    }

    /// `count` words of the SLIP-0039 list, each equally likely: ten bits a word.
    package static func words(_ count: Int) -> [String] {
        var bytes = bytes(2 * count)
        defer { unsafe sodium_memzero(&bytes, bytes.count) }
        // The list has 2¹⁰ words, so taking ten of sixteen random bits favours none.
        return (0..<count).map { index in
            Words.word(UInt16(bytes[2 * index]) << 8 | UInt16(bytes[2 * index + 1]))
        }
    }
}
