package import VaultCoding

/// Every label and context of the vault, in one table: a key has one use, and each use has its label.
///
/// BLAKE2b personals are exactly 16 bytes, ASCII padded with zeros. They stand at the bottom of the
/// cryptographic stack because the envelope, which everything above uses, has one itself.
extension Personal {
    /// Encryption key and commitment of an envelope.
    package static let envelope = Personal("CareVault.env.v1")
    /// Commitment to a secret key that a statement introduces.
    package static let keyCommitment = Personal("CareVault.kcm.v1")
    /// Fingerprint of a principal's two public keys.
    package static let fingerprint = Personal("CareVault.fpr.v1")
    /// Seed of a principal's X25519 pair.
    package static let agreementSeed = Personal("CareVault.skx.v1")
    /// Seed of a principal's Ed25519 pair.
    package static let signingSeed = Personal("CareVault.ske.v1")
    /// Key of the pins in a principal's blob.
    package static let pins = Personal("CareVault.pin.v1")
    /// Wrapping key from the 32 bytes of a key file.
    package static let keyFile = Personal("CareVault.kfl.v1")
    /// Tag key of a compartment, from the link key.
    package static let tagKey = Personal("CareVault.tgk.v1")
    /// Tag of a subject in a compartment.
    package static let tag = Personal("CareVault.tag.v1")
    /// The key k_s behind a subject's pseudonym.
    package static let pseudonymKey = Personal("CareVault.psn.v1")
    /// Chain key k_w of a normalised word of a field.
    package static let indexWord = Personal("CareVault.idx.v1")
    /// Row key of the i-th link of a chain.
    package static let indexRow = Personal("CareVault.ixr.v1")
    /// Envelope key of a chain's rows.
    package static let indexEnvelope = Personal("CareVault.ixe.v1")
    /// Key of care rows about several subjects or none, from a compartment key.
    package static let careRow = Personal("CareVault.car.v1")
    /// Names of rows that must not tell whose they are (boxes, requests).
    package static let rowName = Personal("CareVault.nam.v1")
    /// Element of the store digest for one row.
    package static let storeRow = Personal("CareVault.row.v1")
    /// The store digest.
    package static let storeDigest = Personal("CareVault.dig.v1")
    /// MAC over the digest row.
    package static let digestMAC = Personal("CareVault.dgm.v1")
    /// MAC over the public header.
    package static let headerMAC = Personal("CareVault.hdr.v1")
    /// MAC over a log head.
    package static let headMAC = Personal("CareVault.hmc.v1")
    /// MAC over an outbox row.
    package static let outboxMAC = Personal("CareVault.obx.v1")
    /// MAC of an entry made while sealed.
    package static let sealedMAC = Personal("CareVault.smc.v1")
    /// Next key of the sealed-state chain.
    package static let sealedStep = Personal("CareVault.sch.v1")
    /// Key that wraps the chain's first key for the next unseal.
    package static let sealedWrap = Personal("CareVault.scw.v1")
    /// Fingerprint of an audit key.
    package static let auditKey = Personal("CareVault.akf.v1")
    /// Hash of a session token.
    package static let token = Personal("CareVault.tok.v1")
    /// Hash of a one-time code.
    package static let enrolmentCode = Personal("CareVault.otc.v1")
}

/// Labels that go in front of what is hashed with SHA-256 or signed, framed by a u32 length.
package enum HashLabel: String, Sendable {
    case leaf = "CareVault.leaf.v1"
    case partA = "CareVault.part-a.v1"
    case partB = "CareVault.part-b.v1"
    case match = "CareVault.match.v1"
    case pseudonym = "CareVault.pseudonym.v1"
    case statementHead = "CareVault.statement-head.v1"
    case statementBody = "CareVault.statement-body.v1"
    case foundingDraft = "CareVault.founding-draft.v1"
    case fingerprint = "CareVault.fingerprint.v1"
    case box = "CareVault.box.v1"
    case foundingSeat = "CareVault.founding-seat.v1"
    case policy = "CareVault.policy.v1"

    /// A writer that starts with the label, framed.
    package func writer(capacity: Int = 128) -> ByteWriter {
        var writer = ByteWriter(capacity: capacity)
        writer.put(framed: rawValue)
        return writer
    }
}
