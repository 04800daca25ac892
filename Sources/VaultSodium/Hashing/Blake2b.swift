import CSodium
package import VaultCoding

/// BLAKE2b (RFC 7693) with a personalisation, keyed or not. A key has 16 to 64 bytes, an output 16
/// to 64.
package enum Blake2b {
    /// The sizes in bytes that a key may have.
    package static let keySizes = 16...64
    /// The sizes in bytes that an output may have.
    package static let outputSizes = 16...64

    /// The unkeyed hash of `message`, `count` bytes (16 to 64).
    package static func hash(
        _ message: borrowing Span<UInt8>, count: Int = 32, personal: Personal
    ) -> [UInt8] {
        precondition(outputSizes.contains(count), "internal error: BLAKE2b gives 16 to 64 bytes")
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let output = buffer.baseAddress {
                unsafe compute(message, keyed: nil, 0, personal, into: output, count)
            }
            initialized = count
        }
    }

    /// The unkeyed 32-byte hash of `message`.
    package static func digest(_ message: [UInt8], personal: Personal) -> Digest {
        digest(message.span, personal: personal)
    }

    /// The unkeyed 32-byte hash of `message`.
    package static func digest(_ message: borrowing Span<UInt8>, personal: Personal) -> Digest {
        unsafe DigestMemory.make { output in
            unsafe compute(message, keyed: nil, 0, personal, into: output, Digest.count)
        }
    }

    /// The 32-byte hash of `message` under `key`; throws `length` for a key of another size.
    package static func digest(
        _ message: [UInt8], key: borrowing SecretBytes, personal: Personal
    ) throws(SodiumError) -> Digest {
        try requireLength(key.count, in: keySizes, of: "BLAKE2b key")
        let start = unsafe key.start
        let size = key.count
        return unsafe DigestMemory.make { output in
            unsafe compute(message.span, keyed: start, size, personal, into: output, Digest.count)
        }
    }

    /// The 16-byte hash of `message` under `key`; throws `length` for a key of another size.
    package static func short(
        _ message: [UInt8], key: borrowing SecretBytes, personal: Personal
    ) throws(SodiumError) -> [UInt8] {
        try requireLength(key.count, in: keySizes, of: "BLAKE2b key")
        let start = unsafe key.start
        let size = key.count
        return unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, initialized in
            if let output = buffer.baseAddress {
                unsafe compute(message.span, keyed: start, size, personal, into: output, 16)
            }
            initialized = 16
        }
    }

    /// A secret of `count` bytes (16 to 64) derived from `message` under `key`; throws `length` for
    /// other sizes.
    package static func secret(
        _ message: [UInt8], key: borrowing SecretBytes, personal: Personal, count: Int = 32
    ) throws(SodiumError) -> SecretBytes {
        try requireLength(key.count, in: keySizes, of: "BLAKE2b key")
        try requireLength(count, in: outputSizes, of: "BLAKE2b output")
        let result = try SecretBytes(zeros: count)
        unsafe compute(
            message.span, keyed: key.start, key.count, personal, into: result.start, count)
        return result
    }

    /// Standard BLAKE2b without key or personalisation, `count` bytes (16 to 64).
    package static func plain(_ message: [UInt8], count: Int = 32) -> [UInt8] {
        hash(message.span, count: count, personal: Personal(""))
    }

    /// One call into C; every size has been checked by the caller.
    static func compute(
        _ message: borrowing Span<UInt8>, keyed key: UnsafePointer<UInt8>?, _ keyCount: Int,
        _ personal: Personal, into output: UnsafeMutablePointer<UInt8>, _ count: Int
    ) {
        // Also picks the fast implementation for this processor.
        Sodium.assumeReady()
        let status = unsafe personal.withPointer { personal in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe crypto_generichash_blake2b_salt_personal(
                    output, count, message.baseAddress, UInt64(message.count), key, keyCount, nil,
                    personal)
            }
        }
        precondition(status == 0, "internal error: BLAKE2b refused sizes that were checked")
    }
}
