package import VaultCoding
package import VaultSodium

/// The public half of a principal: who they are and the two keys that they made when they enrolled.
///
/// Layout, 80 bytes: `principal id(16) ‖ X25519 public key(32) ‖ Ed25519 public key(32)`.
package struct PublicIdentity: Hashable, Sendable {
    /// The size of the encoding in bytes.
    package static let count = 80

    /// Whose keys these are.
    package let principal: PrincipalID
    /// Boxes for the principal are sealed to this key.
    package let agreement: AgreementPublicKey
    /// Statements of the principal verify under this key.
    package let signing: SigningPublicKey

    /// From its parts.
    package init(
        principal: PrincipalID, agreement: AgreementPublicKey, signing: SigningPublicKey
    ) {
        self.principal = principal
        self.agreement = agreement
        self.signing = signing
    }

    /// The fingerprint of these keys in `vault`: the same keys have another one elsewhere.
    package func fingerprint(vault: VaultID) -> Fingerprint {
        var message = HashLabel.fingerprint.writer(capacity: 192)
        message.put(framed: vault.bytes)
        message.put(framed: principal.bytes)
        message.put(framed: agreement.rawBytes)
        message.put(framed: signing.rawBytes)
        return Fingerprint(Blake2b.digest(message.bytes, personal: .fingerprint))
    }

    /// Appends the 80 bytes.
    package func write(to writer: inout ByteWriter) {
        writer.put(principal)
        writer.put(agreement.raw)
        writer.put(signing.raw)
    }

    /// Reads the 80 bytes. Whether the keys are points of their curves is judged by the chain.
    package init(from reader: inout ByteReader) throws(CodingError) {
        principal = try reader.identifier()
        agreement = AgreementPublicKey(raw: try reader.digest())
        signing = SigningPublicKey(raw: try reader.digest())
    }
}
