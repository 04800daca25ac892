import CSodium

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): key 32 bytes, nonce 24, tag 16 after the
/// ciphertext. It does not commit to its key; `Envelope` does.
package enum AEAD {
    /// The size of a key in bytes.
    package static let keySize = 32
    /// The size of a nonce in bytes: large enough to be drawn at random.
    package static let nonceSize = 24
    /// What sealing adds, in bytes.
    package static let tagSize = 16

    /// Ciphertext and tag. A nonce must not be used twice with one key. Throws `length`.
    package static func seal(
        _ plain: borrowing Span<UInt8>, key: borrowing SecretBytes, nonce: [UInt8],
        additional: [UInt8]
    ) throws(SodiumError) -> [UInt8] {
        try check(key, nonce)
        try requireLength(plain.count, in: 0...largestMessage, of: "plaintext")
        let count = plain.count + tagSize
        let start = unsafe key.start
        return unsafe plain.withUnsafeBufferPointer { plain in
            unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                if let output = buffer.baseAddress {
                    _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                        output, nil, plain.baseAddress, UInt64(plain.count), additional,
                        UInt64(additional.count), nil, nonce, start)
                }
                initialized = count
            }
        }
    }

    /// The plaintext. Throws `length` for a key or nonce of another size and `cannotOpen` for all
    /// else.
    package static func open(
        _ sealed: [UInt8], key: borrowing SecretBytes, nonce: [UInt8], additional: [UInt8]
    ) throws(SodiumError) -> [UInt8] {
        try check(key, nonce)
        guard (tagSize...largestMessage).contains(sealed.count) else { throw .cannotOpen }
        let start = unsafe key.start
        var status: Int32 = -1
        let plain = unsafe [UInt8](unsafeUninitializedCapacity: sealed.count - tagSize) {
            buffer, initialized in
            status = unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                buffer.baseAddress, nil, nil, sealed, UInt64(sealed.count), additional,
                UInt64(additional.count), nonce, start)
            initialized = status == 0 ? sealed.count - tagSize : 0
        }
        guard status == 0 else { throw .cannotOpen }
        return plain
    }

    private static func check(
        _ key: borrowing SecretBytes, _ nonce: [UInt8]
    ) throws(SodiumError) {
        try key.require(keySize, as: "XChaCha20-Poly1305 key")
        try requireLength(nonce.count, nonceSize, of: "XChaCha20-Poly1305 nonce")
    }
}
