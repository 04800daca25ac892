import VaultCoding
import VaultSodium
package import VaultStatements
import VaultStorage

/// What `init` decides.
package struct NewVaultRequest: Sendable {
    /// The first operator's name.
    package var operatorName: String
    /// The first operator's kernel uid.
    package var operatorUID: UInt32
    /// Whether several principals may have one uid.
    package var sharedUID: Bool
    /// What the first slot is called.
    package var slotLabel: String
    /// The kernel uids that may unseal.
    package var unsealUIDs: [UInt32]
    /// The machine's name in the log's origin, `<vault id>/<node>/1`.
    package var node: String
    /// Now, µs since 1970.
    package var time: UInt64
    /// What derivations cost.
    package var costs: DerivationCosts

    /// A request of these parts.
    package init(
        operatorName: String, operatorUID: UInt32, sharedUID: Bool = false, slotLabel: String,
        unsealUIDs: [UInt32], node: String, time: UInt64, costs: DerivationCosts = .production
    ) {
        self.operatorName = operatorName
        self.operatorUID = operatorUID
        self.sharedUID = sharedUID
        self.slotLabel = slotLabel
        self.unsealUIDs = unsealUIDs
        self.node = node
        self.time = time
        self.costs = costs
    }
}

/// A vault that was made and is not stored yet.
///
/// Order on disk: the store is created and `change` committed into it, then the header is written.
/// A vault without a header is none, so a kill in between leaves nothing that opens.
package struct NewVault: Sendable {
    /// The keyring, open.
    package let keyring: Keyring
    /// The first operator's keys.
    package let operatorKeys: PrincipalKeys
    /// The init.
    package let statement: Statement
    /// Every row of a new vault: statement 1, service keys, the operator's blob, the storage fence,
    /// the hash of the header.
    package let change: KeyringChange

    /// Makes vault, storage key, slot, service keys and first operator. Two derivations for words.
    /// Throws `tooLong`, `statement` for a name that the statements do not allow, `sodium`.
    package static func make(
        _ request: NewVaultRequest, sealSecret: borrowing GeneratedSecret,
        operatorSecret: borrowing GeneratedSecret
    ) throws(KeyringError) -> NewVault {
        let vault: VaultID = Random.identifier()
        let storageKey = SecretBox(
            try fromSodium { () throws(SodiumError) in
                try SecretBytes(random: KeyBox.keySize)
            })
        let lock = StorageLock(vault: vault, current: 1, keys: [1: storageKey])
        let service = try ServiceKeys.make(lock: lock)
        let origin = "\(vault.text)/\(request.node)/1"
        let made = try PrincipalBlob.make(
            Random.identifier(), vault: vault, secret: operatorSecret, pins: .nothing,
            parameters: request.costs.principal)
        let statement = try initStatement(
            request, vault, made.keys, storageKey: storageKey, service.keys, origin)
        let chain = try verifying { () throws(StatementError) in
            try StatementChain(first: statement, vault: vault)
        }
        let slot = try Slot.make(
            label: request.slotLabel, secret: sealSecret, vault: vault,
            parameters: request.costs.slot
        ).boxing(storageKey.bytes, epoch: 1, vault: vault)
        let header = try Header.sealed(
            vault: vault, created: request.time, slots: [slot], unsealUIDs: request.unsealUIDs,
            logVerifierKey: VerifierKeyText.format(origin, service.keys.logSigning.publicKey),
            origin: origin, newest: storageKey.bytes)

        var change = KeyringChange(
            preconditions: [.absent(.meta, Fence.storage.rowKey)],
            writes: [Fence.storage.set(to: 1)])
        change.add(service.change.withoutFence(lock))
        change.add(try StatementRows.append(statement, lock: lock).withoutFence(lock))
        let blob = try made.blob.remembering(Pins(of: chain), made.keys)
        change.add(
            try StoredPrincipal.write(blob, replacing: nil, lock: lock).withoutFence(lock))
        change.add(HeaderReplacement.first(header))
        return NewVault(
            keyring: Keyring(header: header, lock: lock, service: service.keys, chain: chain),
            operatorKeys: made.keys, statement: statement, change: change)
    }

    private static func initStatement(
        _ request: NewVaultRequest, _ vault: VaultID, _ keys: PrincipalKeys,
        storageKey: SecretBox, _ service: ServiceKeys, _ origin: String
    ) throws(KeyringError) -> Statement {
        let commitment = try fromSodium { () throws(SodiumError) in
            try KeyCommitment.commit(key: storageKey.bytes, kind: .storage, number: 1)
        }
        let body = InitBody(
            vault: vault, firstOperator: keys.identity, name: request.operatorName,
            uid: request.operatorUID, storageKey: commitment,
            logKey: service.logSigning.publicKey, origin: origin, sharedUID: request.sharedUID)
        return try keys.sign(StatementChain.firstDraft(body, now: request.time))
    }
}

extension KeyringChange {
    /// The first commit of a vault sets the storage fence, so it cannot require it.
    fileprivate func withoutFence(_ lock: StorageLock) -> KeyringChange {
        KeyringChange(
            preconditions: preconditions.filter { $0 != lock.fence }, writes: writes)
    }
}

/// The text form of an Ed25519 verifier key (C2SP signed-note):
/// `name+hash+base64(0x01 ‖ key)`, hash = the first 4 bytes of `SHA-256(name ‖ "\n" ‖ 0x01 ‖ key)`.
enum VerifierKeyText {
    static func format(_ name: String, _ key: SigningPublicKey) -> String {
        let encoded = [1] + key.rawBytes
        let hash = SHA256.hash(Array("\(name)\n".utf8) + encoded).bytes.prefix(4)
        return "\(name)+\(Hex.format(Array(hash)))+\(Base64.format(encoded))"
    }
}
