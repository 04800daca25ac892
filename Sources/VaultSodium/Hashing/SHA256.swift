import CSodium
package import VaultCoding

/// SHA-256 (FIPS 180-4), and the two prefixed forms of a Merkle tree (RFC 6962 §2.1).
package enum SHA256 {
    /// The hash of `message`.
    package static func hash(_ message: [UInt8]) -> Digest { hash(message.span) }

    /// The hash of `message`.
    package static func hash(_ message: borrowing Span<UInt8>) -> Digest {
        unsafe message.withUnsafeBufferPointer { message in
            unsafe DigestMemory.make { output in
                _ = unsafe crypto_hash_sha256(output, message.baseAddress, UInt64(message.count))
            }
        }
    }

    /// The hash of a leaf: SHA-256(0x00 ‖ data).
    package static func leaf(_ data: [UInt8]) -> Digest { leaf(data.span) }

    /// The hash of a leaf: SHA-256(0x00 ‖ data).
    package static func leaf(_ data: borrowing Span<UInt8>) -> Digest {
        unsafe data.withUnsafeBufferPointer { data in
            unsafe DigestMemory.make { output in
                var state = crypto_hash_sha256_state()
                var prefix: UInt8 = 0x00
                unsafe crypto_hash_sha256_init(&state)
                unsafe crypto_hash_sha256_update(&state, &prefix, 1)
                unsafe crypto_hash_sha256_update(&state, data.baseAddress, UInt64(data.count))
                unsafe crypto_hash_sha256_final(&state, output)
            }
        }
    }

    /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). Allocates nothing.
    package static func node(_ left: Digest, _ right: Digest) -> Digest {
        var message = InlineArray<65, UInt8>(repeating: 0x01)
        var left = DigestMemory(left)
        var right = DigestMemory(right)
        return unsafe withUnsafeMutableBytes(of: &message) { message in
            unsafe left.withPointer { left in
                unsafe message.baseAddress?.advanced(by: 1).copyMemory(from: left, byteCount: 32)
            }
            unsafe right.withPointer { right in
                unsafe message.baseAddress?.advanced(by: 33).copyMemory(from: right, byteCount: 32)
            }
            let bytes = unsafe message.bindMemory(to: UInt8.self)
            return unsafe DigestMemory.make { output in
                _ = unsafe crypto_hash_sha256(output, bytes.baseAddress, 65)
            }
        }
    }
}
