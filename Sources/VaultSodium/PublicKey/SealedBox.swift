import CSodium

/// libsodium's sealed box (`crypto_box_seal`): anyone can make one for a public key, only the holder
/// of the secret key opens it. It says nothing about its sender or its place: what is inside must.
///
/// Layout: one-time public key (32) ‖ tag (16) ‖ ciphertext.
package enum SealedBox {
    /// What sealing adds, in bytes.
    package static let overhead = 48

    /// A box of `plain` for `recipient`. Throws `invalidKey` for a key of low order, `length`. About
    /// 59 µs.
    package static func seal(
        _ plain: borrowing Span<UInt8>, to recipient: AgreementPublicKey
    ) throws(SodiumError) -> [UInt8] {
        try requireLength(plain.count, in: 0...largestMessage, of: "plaintext")
        try Sodium.requireReady()
        let count = plain.count + overhead
        var recipient = DigestMemory(recipient.raw)
        var status: Int32 = -1
        let box = unsafe plain.withUnsafeBufferPointer { plain in
            unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                if let output = buffer.baseAddress {
                    status = unsafe recipient.withPointer { recipient in
                        unsafe crypto_box_seal(
                            output, plain.baseAddress, UInt64(plain.count), recipient)
                    }
                }
                initialized = status == 0 ? count : 0
            }
        }
        guard status == 0 else { throw .invalidKey }
        return box
    }

    /// What is in the box, straight in guarded memory. Throws `cannotOpen`, also for a box too short
    /// or too long to hold a secret, and `outOfMemory`. About 40 µs.
    package static func open(
        _ box: [UInt8], with pair: borrowing AgreementKeyPair
    ) throws(SodiumError) -> SecretBytes {
        guard (overhead...overhead + SecretBytes.largest).contains(box.count) else {
            throw .cannotOpen
        }
        let secret = try SecretBytes(zeros: box.count - overhead)
        var publicKey = DigestMemory(pair.publicKey.raw)
        let output = unsafe secret.start
        let secretKey = unsafe pair.secretKey.start
        let status = unsafe publicKey.withPointer { publicKey in
            unsafe crypto_box_seal_open(output, box, UInt64(box.count), publicKey, secretKey)
        }
        guard status == 0 else { throw .cannotOpen }
        return secret
    }
}
