package import VaultCoding
package import VaultSodium

/// The first statement of a vault, made by `init` and signed by the operator whose keys it names.
///
/// ```
/// vault id(16) ‖ operator's identity(80) ‖ name text ‖ uid(4) ‖
/// commitment to storage key 1(32) ‖ log verifier key(32) ‖ origin text ‖ shared uid flag(1)
/// ```
package struct InitBody: Hashable, Sendable {
    /// The vault that this chain is of.
    package let vault: VaultID
    /// The first operator.
    package let firstOperator: PublicIdentity
    /// The first operator's name.
    package let name: String
    /// The first operator's kernel uid.
    package let uid: UInt32
    /// The commitment to the storage key of epoch 1.
    package let storageKey: KeyCommitment
    /// The Ed25519 key under which the log's checkpoints verify.
    package let logKey: SigningPublicKey
    /// The log's origin, `<vault id>/<node>/<incarnation>` (C2SP tlog-checkpoint).
    package let origin: String
    /// Whether several principals may have one uid: for demonstrations only.
    package let sharedUID: Bool

    /// From its parts.
    package init(
        vault: VaultID, firstOperator: PublicIdentity, name: String, uid: UInt32,
        storageKey: KeyCommitment, logKey: SigningPublicKey, origin: String, sharedUID: Bool = false
    ) {
        self.vault = vault
        self.firstOperator = firstOperator
        self.name = name
        self.uid = uid
        self.storageKey = storageKey
        self.logKey = logKey
        self.origin = origin
        self.sharedUID = sharedUID
    }
}

extension InitBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        vault = try reader.identifier()
        firstOperator = try PublicIdentity(from: &reader)
        name = try reader.text(max: BodyCoding.longestText)
        uid = try reader.u32()
        storageKey = KeyCommitment(try reader.digest())
        logKey = SigningPublicKey(raw: try reader.digest())
        origin = try reader.text(max: BodyCoding.longestOrigin)
        sharedUID = try reader.bool()
    }

    func write(to writer: inout ByteWriter) {
        writer.put(vault)
        firstOperator.write(to: &writer)
        writer.put(framed: name)
        writer.put(uid)
        writer.put(storageKey.digest)
        writer.put(logKey.raw)
        writer.put(framed: origin)
        writer.put(sharedUID)
    }
}
