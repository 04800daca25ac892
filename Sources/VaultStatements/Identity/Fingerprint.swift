package import VaultCoding
import VaultSodium

/// The name of a principal's key pair within one vault: 32 bytes.
///
/// `BLAKE2b-256(personal "CareVault.fpr.v1", label ‖ vault id ‖ principal id ‖ X25519 ‖ Ed25519)`,
/// every field behind a u32 length. Made by ``PublicIdentity/fingerprint(vault:)``. People compare
/// its first 120 bits as twelve words.
package struct Fingerprint: Hashable, Sendable {
    /// The 32 bytes.
    package let digest: Digest

    /// From the 32 bytes, as read from a head or row.
    package init(_ digest: Digest) { self.digest = digest }

    /// The first 120 bits as twelve words of the SLIP-0039 list, to be read out and compared.
    package var words: [String] { SpokenDigest.words(of: digest) }

    /// Whether twelve words that a person typed name this key pair; see ``SpokenDigest/matches(_:_:)``.
    package func matches(_ typed: String) -> Bool { SpokenDigest.matches(digest, typed) }
}

extension Fingerprint: Comparable {
    /// Compares as byte strings: the order of signers in a head.
    package static func < (left: Fingerprint, right: Fingerprint) -> Bool {
        left.digest < right.digest
    }
}

/// A digest as twelve words: what two people compare over a telephone or sign on paper.
package enum SpokenDigest {
    /// Twelve words of ten bits: 120 bits, beyond reach of anyone who searches for a second key pair
    /// with the same words.
    package static let wordCount = 12

    /// The first 120 bits of `digest`.
    package static func words(of digest: Digest) -> [String] {
        Words.format(digest.bytes, count: wordCount)
    }

    /// Whether `typed` is exactly the twelve words of `digest`. Case, commas, line ends and words
    /// shortened to their first four letters are accepted; anything else is false.
    package static func matches(_ digest: Digest, _ typed: String) -> Bool {
        (try? Words.normalise(typed)) == words(of: digest)
    }
}
