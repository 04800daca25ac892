import CSodium
package import VaultCoding

/// The ChaCha20 key stream (RFC 8439 §2.4) with a zero nonce and counter 0: it stretches one
/// uniformly random key to many bytes. Not an encryption: a key gives the same stream every time.
package enum ChaCha20 {
    /// The first `count` bytes of the stream under `key`.
    package static func stream(key: Digest, count: Int) -> [UInt8] {
        precondition(
            (0...largestMessage).contains(count), "internal error: a ChaCha20 stream is too long")
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let output = buffer.baseAddress { unsafe fill(output, count: count, key: key) }
            initialized = count
        }
    }

    private static let nonce = [UInt8](repeating: 0, count: 12)

    /// Writes the first `count` bytes of the stream under `key`.
    static func fill(_ output: UnsafeMutablePointer<UInt8>, count: Int, key: Digest) {
        // Also picks the fast implementation for this processor.
        Sodium.assumeReady()
        var key = DigestMemory(key)
        unsafe key.withPointer { key in
            _ = unsafe crypto_stream_chacha20_ietf(output, UInt64(count), nonce, key)
        }
    }
}
