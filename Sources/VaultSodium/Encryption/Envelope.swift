import CSodium

/// The one format for every encrypted value:
///
/// ```
/// version(1) = 1 ‖ key number(4, big-endian) ‖ nonce(24) ‖ commitment(32) ‖ ciphertext ‖ tag(16)
///
/// k_enc(32) ‖ commitment(32) = BLAKE2b-512(key = K, personal = "CareVault.env.v1",
///                                message = version ‖ key number ‖ nonce ‖ BLAKE2b-256(context))
/// ```
///
/// The ciphertext is XChaCha20-Poly1305 under k_enc with the same nonce and no additional data. The
/// commitment binds key, key number and place; without it a ciphertext could be made that opens
/// under two keys. A key has 32 bytes. Opening 1 KB takes about 2 µs.
package enum Envelope {
    /// What sealing adds, in bytes.
    package static let overhead = 77

    private static let version: UInt8 = 1
    private static let headerSize = 29
    private static let commitmentSize = 32
    private static let bodyOffset = 61

    /// The envelope of `plain` under the key with this number, for the place `context`. Throws
    /// `length`, `outOfMemory`.
    package static func seal(
        _ plain: borrowing Span<UInt8>, key: borrowing SecretBytes, number: UInt32,
        context: Context
    ) throws(SodiumError) -> [UInt8] {
        try key.require(AEAD.keySize, as: "envelope key")
        try requireLength(plain.count, in: 0...largestMessage, of: "plaintext")
        try Sodium.requireReady()
        let count = plain.count + overhead
        let key = unsafe key.start
        let keys = try SecretBytes(zeros: 64)
        return unsafe plain.withUnsafeBufferPointer { plain in
            unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                if let output = buffer.baseAddress {
                    unsafe output[0] = version
                    for index in 0..<4 {
                        unsafe output[1 + index] = UInt8(
                            truncatingIfNeeded: number >> UInt32(24 - 8 * index))
                    }
                    unsafe randombytes_buf(output + 5, AEAD.nonceSize)
                    unsafe derive(key, header: output, context, into: keys.start)
                    unsafe (output + headerSize).initialize(
                        from: keys.start + AEAD.keySize, count: commitmentSize)
                    _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                        output + bodyOffset, nil, plain.baseAddress, UInt64(plain.count), nil, 0,
                        nil, output + 5, keys.start)
                }
                initialized = count
            }
        }
    }

    /// The envelope of `plain` under the key with this number, for the place `context`. Throws
    /// `length`, `outOfMemory`.
    package static func seal(
        _ plain: [UInt8], key: borrowing SecretBytes, number: UInt32, context: Context
    ) throws(SodiumError) -> [UInt8] {
        try seal(plain.span, key: key, number: number, context: context)
    }

    /// The envelope of a secret. Throws `length`, `outOfMemory`.
    package static func sealSecret(
        _ secret: borrowing SecretBytes, key: borrowing SecretBytes, number: UInt32,
        context: Context
    ) throws(SodiumError) -> [UInt8] {
        let span = unsafe Span(_unsafeStart: UnsafePointer(secret.start), count: secret.count)
        return try seal(span, key: key, number: number, context: context)
    }

    /// The number of the key that opens this envelope; unauthenticated until it does. Throws
    /// `cannotOpen` for an unknown version or fewer bytes than an envelope has.
    package static func keyNumber(of envelope: [UInt8]) throws(SodiumError) -> UInt32 {
        guard envelope.count >= overhead, envelope.count <= largestMessage,
            envelope[0] == version
        else { throw .cannotOpen }
        return envelope[1..<5].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The plaintext. Throws `length` for a key of another size, and `cannotOpen` for all else.
    package static func open(
        _ envelope: [UInt8], key: borrowing SecretBytes, context: Context
    ) throws(SodiumError) -> [UInt8] {
        let keys = try committedKeys(of: envelope, key: key, context: context)
        let count = envelope.count - overhead
        var isOpen = false
        let plain = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            isOpen = unsafe decrypt(envelope, keys: keys, into: buffer.baseAddress)
            initialized = isOpen ? count : 0
        }
        guard isOpen else { throw .cannotOpen }
        return plain
    }

    /// The plaintext, decrypted straight into guarded memory. Throws `length` for a key of another
    /// size or a secret that is too large, `outOfMemory`, and `cannotOpen` for all else.
    package static func openSecret(
        _ envelope: [UInt8], key: borrowing SecretBytes, context: Context
    ) throws(SodiumError) -> SecretBytes {
        let keys = try committedKeys(of: envelope, key: key, context: context)
        let secret = try SecretBytes(zeros: envelope.count - overhead)
        guard unsafe decrypt(envelope, keys: keys, into: secret.start) else {
            throw .cannotOpen
        }
        return secret
    }

    /// k_enc ‖ commitment, once the commitment has been found to be the one in the envelope.
    private static func committedKeys(
        of envelope: [UInt8], key: borrowing SecretBytes, context: Context
    ) throws(SodiumError) -> SecretBytes {
        try key.require(AEAD.keySize, as: "envelope key")
        _ = try keyNumber(of: envelope)
        let keys = try SecretBytes(zeros: 64)
        let isCommitted = unsafe envelope.withUnsafeBufferPointer { envelope in
            guard let header = envelope.baseAddress else { return false }
            unsafe derive(key.start, header: header, context, into: keys.start)
            return unsafe sodium_memcmp(
                keys.start + AEAD.keySize, header + headerSize, commitmentSize) == 0
        }
        guard isCommitted else { throw .cannotOpen }
        return keys
    }

    /// Writes k_enc ‖ commitment, 64 bytes, for the 29 bytes of `header`.
    private static func derive(
        _ key: UnsafePointer<UInt8>, header: UnsafePointer<UInt8>, _ context: Context,
        into keys: UnsafeMutablePointer<UInt8>
    ) {
        var message = InlineArray<61, UInt8>(repeating: 0)
        unsafe withUnsafeMutableBytes(of: &message) { message in
            let message = unsafe message.bindMemory(to: UInt8.self)
            guard let start = message.baseAddress else { return }
            unsafe start.update(from: header, count: headerSize)
            _ = unsafe crypto_generichash_blake2b(
                start + headerSize, 32, context.bytes, UInt64(context.bytes.count), nil, 0)
            let framed = unsafe Span(_unsafeStart: UnsafePointer(start), count: message.count)
            unsafe Blake2b.compute(framed, keyed: key, AEAD.keySize, .envelope, into: keys, 64)
        }
    }

    /// Borrows the keys, so that they are not wiped before C has read them.
    private static func decrypt(
        _ envelope: [UInt8], keys: borrowing SecretBytes, into output: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        let key = unsafe keys.start
        return unsafe envelope.withUnsafeBufferPointer { envelope in
            guard let start = envelope.baseAddress else { return false }
            return unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                output, nil, nil, start + bodyOffset, UInt64(envelope.count - bodyOffset), nil, 0,
                start + 5, key) == 0
        }
    }
}
