import VaultCoding
package import VaultSodium

/// The name of a slot: 8 random bytes, 16 hexadecimal digits as text.
package struct SlotID: Hashable, Sendable, CustomStringConvertible {
    /// The size in bytes.
    static let size = 8

    /// The 8 bytes.
    package let bytes: [UInt8]

    /// From exactly 8 bytes, else nil.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// From 16 lower-case hexadecimal digits, else nil.
    package init?(text: String) {
        guard let bytes = try? Hex.parse(text) else { return nil }
        self.init(bytes)
    }

    private init(random: Void) { bytes = Random.bytes(Self.size) }

    /// A new name.
    static func random() -> SlotID { SlotID(random: ()) }

    /// The 16 digits.
    package var description: String { Hex.format(bytes) }
}

/// One way to unseal the vault: a key pair whose private half one secret opens.
///
/// Because a slot is a key pair, a new storage key is boxed to every slot without any secret being
/// there.
package struct Slot: Sendable, Equatable {
    /// Which one.
    package let id: SlotID
    /// What its holder is called, for people: at most 64 bytes, without control characters.
    package let label: String
    /// How the wrapping key follows from the secret.
    package let derivation: SecretDerivation
    /// Whom the storage keys are boxed to.
    package let publicKey: AgreementPublicKey
    /// The private half in an envelope under the wrapping key, key number 0.
    let privateKey: [UInt8]
    /// The storage key of each epoch in a box.
    let boxes: [UInt32: [UInt8]]

    /// The form of secret that opens it.
    package var form: SecretForm { derivation.form }

    /// A new slot for a secret, without boxes yet. One Argon2id derivation. Throws `sodium`.
    static func make(
        label: String, secret: borrowing GeneratedSecret, vault: VaultID,
        parameters: PasswordHash.Parameters
    ) throws(KeyringError) -> Slot {
        let derivation = SecretDerivation.fresh(for: secret.form, parameters)
        let wrapping = try derivation.wrappingKey(secret)
        let pair = try fromSodium { () throws(SodiumError) in try AgreementKeyPair() }
        let id = SlotID.random()
        let publicKey = pair.publicKey
        let sealed = try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                pair.secretKey, key: wrapping, number: 0,
                context: place(vault: vault, id: id, publicKey: publicKey))
        }
        return Slot(
            id: id, label: label, derivation: derivation, publicKey: publicKey,
            privateKey: sealed, boxes: [:])
    }

    /// This slot with the storage key of an epoch boxed to it, in place of an earlier box.
    func boxing(
        _ key: borrowing SecretBytes, epoch: UInt32, vault: VaultID
    ) throws(KeyringError) -> Slot {
        let box = try box(epoch, vault).seal(key, to: publicKey)
        return Slot(
            id: id, label: label, derivation: derivation, publicKey: publicKey,
            privateKey: privateKey, boxes: boxes.merging([epoch: box]) { _, new in new })
    }

    /// This slot without the boxes of later epochs.
    func keeping(epochsThrough newest: UInt32) -> Slot {
        Slot(
            id: id, label: label, derivation: derivation, publicKey: publicKey,
            privateKey: privateKey, boxes: boxes.filter { $0.key <= newest })
    }

    /// All storage keys boxed to this slot. One Argon2id derivation. Throws `wrongSecret`, and
    /// `boxMismatch` for a box that is not this slot's.
    func open(
        _ secret: borrowing GeneratedSecret, vault: VaultID
    ) throws(KeyringError) -> [UInt32: SecretBox] {
        let wrapping = try derivation.wrappingKey(secret)
        let pair = try privateHalf(under: wrapping, vault)
        guard pair.publicKey == publicKey else {
            throw .headerMalformed(what: "public key of slot \(id)")
        }
        var keys: [UInt32: SecretBox] = [:]
        for (epoch, bytes) in boxes {
            keys[epoch] = SecretBox(try box(epoch, vault).open(bytes, with: pair))
        }
        return keys
    }

    private func privateHalf(
        under wrapping: borrowing SecretBytes, _ vault: VaultID
    ) throws(KeyringError) -> AgreementKeyPair {
        do {
            let scalar = try Envelope.openSecret(
                privateKey, key: wrapping,
                context: Self.place(vault: vault, id: id, publicKey: publicKey))
            return try AgreementKeyPair(secretKey: scalar)
        } catch .outOfMemory {
            throw .sodium(.outOfMemory)
        } catch {
            throw .wrongSecret
        }
    }

    private func box(_ epoch: UInt32, _ vault: VaultID) -> KeyBox {
        KeyBox(
            vault: vault, kind: .storage, scope: "", number: epoch, recipient: publicKey.raw)
    }

    private static func place(
        vault: VaultID, id: SlotID, publicKey: AgreementPublicKey
    ) -> Context {
        Context(vault.bytes, Array("slot".utf8), id.bytes, publicKey.rawBytes)
    }
}
