import CSodium
package import VaultCoding

/// An Ed25519 public key (RFC 8032), 32 bytes: who signed.
package struct SigningPublicKey: Hashable, Sendable {
    /// The size of a signature in bytes.
    package static let signatureSize = 64

    /// The 32 bytes.
    package let raw: Digest

    /// From the 32 bytes; any value is taken, see `isValid`.
    package init(raw: Digest) { self.raw = raw }

    /// From 32 bytes, any value; throws `length` for another number. See `isValid`.
    package init(_ bytes: [UInt8]) throws(SodiumError) {
        guard let raw = Digest(bytes) else {
            throw .length(what: "Ed25519 public key", expected: Digest.count, found: bytes.count)
        }
        self.raw = raw
    }

    /// The 32 bytes.
    package var rawBytes: [UInt8] { raw.bytes }

    /// Whether the key is a canonical point of the prime-order group. Costs about 50 µs; verifying
    /// refuses keys of low order and non-canonical ones in any case.
    package var isValid: Bool {
        var memory = DigestMemory(raw)
        return unsafe memory.withPointer { unsafe crypto_core_ed25519_is_valid_point($0) == 1 }
    }

    /// Returns if `signature` is this key's over `message`, else throws `badSignature`. libsodium's
    /// strict rules: canonical scalar, no key or commitment of low order. About 49 µs.
    package func verify(
        _ signature: [UInt8], of message: [UInt8]
    ) throws(SodiumError) {
        guard signature.count == Self.signatureSize else { throw .badSignature }
        var memory = DigestMemory(raw)
        let status = unsafe memory.withPointer { key in
            unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), key)
        }
        guard status == 0 else { throw .badSignature }
    }
}

/// An Ed25519 key pair; the secret half lies in guarded memory.
package struct SigningKeyPair: ~Copyable, Sendable {
    /// The public half.
    package let publicKey: SigningPublicKey
    /// Seed and public key, 64 bytes, as libsodium wants them.
    private let secretKey: SecretBytes

    /// The pair of a 32-byte seed (RFC 8032 §5.1.5). Throws `length`, `outOfMemory`.
    package init(seed: borrowing SecretBytes) throws(SodiumError) {
        try seed.require(32, as: "Ed25519 seed")
        let secretKey = try SecretBytes(zeros: 64)
        let raw = unsafe DigestMemory.make { output in
            _ = unsafe crypto_sign_seed_keypair(output, secretKey.start, seed.start)
        }
        self.publicKey = SigningPublicKey(raw: raw)
        self.secretKey = secretKey
    }

    /// A new pair. Throws `outOfMemory`.
    package init(random: Void = ()) throws(SodiumError) {
        try self.init(seed: SecretBytes(random: 32))
    }

    /// The signature of `message`, 64 bytes, the same every time. About 74 µs.
    package func sign(_ message: [UInt8]) -> [UInt8] {
        let start = unsafe secretKey.start
        let count = SigningPublicKey.signatureSize
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let output = buffer.baseAddress {
                _ = unsafe crypto_sign_detached(output, nil, message, UInt64(message.count), start)
            }
            initialized = count
        }
    }
}
