package import VaultCoding
package import VaultSodium

/// The kinds of secret keys that statements introduce. The raw value is hashed and boxed.
package enum SecretKind: String, CaseIterable, Sendable, Hashable {
    /// A compartment key; scope is the compartment, number its generation.
    case compartment
    /// The key from which tag keys come; scope is empty.
    case link
    /// A storage key; scope is empty, number its epoch.
    case storage
}

/// What a statement says of a secret key without telling it: 32 bytes.
///
/// `BLAKE2b-256(key = K, personal "CareVault.kcm.v1", kind ‖ scope ‖ number)`, every field behind a
/// u32 length, the number as four bytes, big-endian. A box is believed only if the key in it has the
/// commitment of its statement.
package struct KeyCommitment: Hashable, Sendable {
    /// The 32 bytes.
    package let digest: Digest

    /// From the 32 bytes, as read from a statement.
    package init(_ digest: Digest) { self.digest = digest }

    /// The commitment to `key` as number `number` of its `kind` and `scope`. Throws `length` for keys
    /// outside 16...64 bytes.
    package static func commit(
        key: borrowing SecretBytes, kind: SecretKind, scope: String = "", number: UInt32
    ) throws(SodiumError) -> KeyCommitment {
        var place = ByteWriter(capacity: 48)
        place.put(framed: kind.rawValue)
        place.put(framed: scope)
        place.put(framed: bigEndian(number))
        return KeyCommitment(
            try Blake2b.digest(place.bytes, key: key, personal: .keyCommitment))
    }

    /// Whether this is the commitment to `key` at that place, compared in constant time.
    package func matches(
        key: borrowing SecretBytes, kind: SecretKind, scope: String = "", number: UInt32
    ) throws(SodiumError) -> Bool {
        let other = try KeyCommitment.commit(key: key, kind: kind, scope: scope, number: number)
        return ConstantTime.equal(digest, other.digest)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 4)
        writer.put(number)
        return writer.bytes
    }
}
