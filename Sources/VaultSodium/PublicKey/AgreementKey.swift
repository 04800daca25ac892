import CSodium
package import VaultCoding

/// An X25519 public key (RFC 7748), 32 bytes: whom a sealed box is for.
package struct AgreementPublicKey: Hashable, Sendable {
    /// The 32 bytes.
    package let raw: Digest

    /// From the 32 bytes; any value is taken, see `isValid`.
    package init(raw: Digest) { self.raw = raw }

    /// From 32 bytes, any value; throws `length` for another number. See `isValid`.
    package init(_ bytes: [UInt8]) throws(SodiumError) {
        guard let raw = Digest(bytes) else {
            throw .length(what: "X25519 public key", expected: Digest.count, found: bytes.count)
        }
        self.raw = raw
    }

    /// The 32 bytes.
    package var rawBytes: [UInt8] { raw.bytes }

    /// Whether the key is in its canonical form (below 2²⁵⁵ − 19) and not of low order. Costs about
    /// 40 µs; a box to a key of low order is refused in any case.
    package var isValid: Bool {
        // 2²⁵⁵ − 19, little-endian: ed, thirty times ff, 7f.
        let bytes = raw.bytes
        if bytes[31] > 0x7f { return false }
        if bytes[31] == 0x7f, bytes[0] >= 0xed, bytes[1..<31].allSatisfy({ $0 == 0xff }) {
            return false
        }
        let scalar = [UInt8](repeating: 1, count: 32)
        var point = [UInt8](repeating: 0, count: 32)
        return unsafe crypto_scalarmult(&point, scalar, bytes) == 0
    }
}

/// An X25519 key pair; the secret half lies in guarded memory.
package struct AgreementKeyPair: ~Copyable, Sendable {
    /// The public half.
    package let publicKey: AgreementPublicKey
    /// The secret half: 32 bytes, a scalar.
    package let secretKey: SecretBytes

    /// The pair that follows from a 32-byte seed (`crypto_box_seed_keypair`: the scalar is the first
    /// half of SHA-512 of the seed). Throws `length`, `outOfMemory`.
    package init(seed: borrowing SecretBytes) throws(SodiumError) {
        try seed.require(32, as: "X25519 seed")
        let secretKey = try SecretBytes(zeros: 32)
        let raw = unsafe DigestMemory.make { output in
            _ = unsafe crypto_box_seed_keypair(output, secretKey.start, seed.start)
        }
        self.publicKey = AgreementPublicKey(raw: raw)
        self.secretKey = secretKey
    }

    /// A new pair. Throws `outOfMemory`.
    package init(random: Void = ()) throws(SodiumError) {
        try self.init(secretKey: SecretBytes(random: 32))
    }

    /// The pair of this secret key, 32 bytes. Throws `length`.
    package init(secretKey: consuming SecretBytes) throws(SodiumError) {
        try secretKey.require(32, as: "X25519 secret key")
        let start = unsafe secretKey.start
        let raw = unsafe DigestMemory.make { output in
            _ = unsafe crypto_scalarmult_base(output, start)
        }
        self.publicKey = AgreementPublicKey(raw: raw)
        self.secretKey = secretKey
    }
}
