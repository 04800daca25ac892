package import VaultCoding
import VaultSodium

/// The hashes that tie a leaf to what the entry says.
package enum Commitment {
    /// Bytes of a salt.
    package static let saltSize = 32

    /// SHA-256(label A ‖ salt(32) ‖ part A as encoded), the label behind its u32 length.
    package static func partA(salt: Digest, _ encoded: [UInt8]) -> Digest {
        hash(.partA, salt, encoded)
    }

    /// SHA-256(label B ‖ salt(32) ‖ part B as encoded), the label behind its u32 length.
    package static func partB(salt: Digest, _ encoded: [UInt8]) -> Digest {
        hash(.partB, salt, encoded)
    }

    /// SHA-256(label ‖ k_s(32) ‖ entry id(16)): found again by whoever knows the subject's k_s.
    package static func match(subject key: Digest, entry: EntryID) -> Digest {
        var writer = HashLabel.match.writer(capacity: 80)
        writer.put(key)
        writer.put(entry)
        return SHA256.hash(writer.bytes)
    }

    private static func hash(_ label: HashLabel, _ salt: Digest, _ encoded: [UInt8]) -> Digest {
        var writer = label.writer(capacity: 64 + encoded.count)
        writer.put(salt)
        writer.put(raw: encoded)
        return SHA256.hash(writer.bytes)
    }
}
