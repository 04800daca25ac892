package import VaultCoding
import VaultSodium

/// What a subject is called in one compartment's rows: 16 bytes,
/// `BLAKE2b-128(tag key of the compartment, subject id)`.
///
/// Two compartments have different tags of one person, and only a custodian can link them.
package struct Tag: Hashable, Sendable {
    /// The size in bytes.
    package static let size = 16

    /// The 16 bytes.
    package let bytes: [UInt8]

    /// From exactly 16 bytes, else nil.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// The tag of a subject under a tag key.
    init(of subject: SubjectID, key: borrowing SecretBytes) throws(KeyringError) {
        bytes = try fromSodium { () throws(SodiumError) in
            try Blake2b.short(subject.bytes, key: key, personal: .tag)
        }
    }
}

extension Tag: CustomStringConvertible {
    /// Hexadecimal.
    package var description: String { Hex.format(bytes) }
}

/// What a subject is called in the audit log.
///
/// `k_s = BLAKE2b-256(pseudonym key, subject id)`; the pseudonym is the first 16 bytes of
/// `SHA-256(label ‖ k_s)`. Whoever has k_s recognises the subject's entries, and learns nothing else.
package struct Pseudonym: Hashable, Sendable {
    /// k_s, 32 bytes: stands in the closed part of entries.
    package let secret: Digest

    /// From k_s, as found in an entry.
    package init(secret: Digest) { self.secret = secret }

    /// The pseudonym, 16 bytes.
    package var name: [UInt8] {
        var writer = HashLabel.pseudonym.writer()
        writer.put(secret)
        return Array(SHA256.hash(writer.bytes).bytes.prefix(16))
    }

    /// The pseudonym in hexadecimal.
    package var text: String { Hex.format(name) }
}
