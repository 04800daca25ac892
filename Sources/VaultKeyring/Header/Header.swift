package import VaultCoding
import VaultSodium
import VaultStatements

/// The public header, `vault.json`: what is needed to unseal the vault, and nothing secret.
///
/// A MAC under the newest storage key covers all of it, so that whoever cannot unseal the vault
/// cannot change a slot, an unseal uid or a box unnoticed; the hash of the file stands in the store.
/// Costs of derivations are bounded when it is read: a changed file can neither hang the daemon nor
/// take all its memory.
package struct Header: Sendable, Equatable {
    /// The format's version.
    package static let format: Int64 = 1
    /// The most slots: each costs one derivation to try.
    package static let maximumSlots = 32
    /// The longest label, in bytes.
    package static let maximumLabel = 64

    /// The vault.
    package let vault: VaultID
    /// When it was made, µs since 1970.
    package let created: UInt64
    /// The ways to unseal it, at least one, in the order in which they were made.
    package let slots: [Slot]
    /// The kernel uids that may unseal, ascending.
    package let unsealUIDs: [UInt32]
    /// The log's verifier key in the text form of C2SP signed-note.
    package let logVerifierKey: String
    /// The origin of the log's checkpoints.
    package let origin: String
    /// The MAC over all the rest.
    let mac: Digest

    /// The newest epoch of the storage key that is boxed. Every slot has it; a slot that came later
    /// lacks the epochs that were retired before.
    var newestEpoch: UInt32? { slots.flatMap(\.boxes.keys).max() }

    /// A header with its MAC under the newest storage key.
    static func sealed(
        vault: VaultID, created: UInt64, slots: [Slot], unsealUIDs: [UInt32],
        logVerifierKey: String, origin: String, newest key: borrowing SecretBytes
    ) throws(KeyringError) -> Header {
        guard slots.count <= maximumSlots else {
            throw .tooLong(what: "the list of slots", limit: maximumSlots)
        }
        for slot in slots where slot.label.utf8.count > maximumLabel {
            throw .tooLong(what: "a slot's label", limit: maximumLabel)
        }
        let unsealed = Header(
            vault: vault, created: created, slots: slots,
            unsealUIDs: Set(unsealUIDs).sorted(), logVerifierKey: logVerifierKey, origin: origin,
            mac: .zero)
        let mac = try unsealed.computeMAC(key)
        return Header(
            vault: vault, created: created, slots: slots, unsealUIDs: unsealed.unsealUIDs,
            logVerifierKey: logVerifierKey, origin: origin, mac: mac)
    }

    private func computeMAC(_ key: borrowing SecretBytes) throws(KeyringError) -> Digest {
        let covered = JSONWriter.canonical(json(withMAC: false))
        return try fromSodium { () throws(SodiumError) in
            try Blake2b.digest(covered, key: key, personal: .headerMAC)
        }
    }

    /// The storage keys by epoch, opened with a slot's secret, once the MAC holds.
    ///
    /// Tries every slot of the secret's form, a derivation each. Throws `wrongSecret` if none opens,
    /// `headerChanged`, `boxMismatch`, `sodium`.
    func open(_ secret: borrowing GeneratedSecret) throws(KeyringError) -> [UInt32: SecretBox] {
        for slot in slots where slot.form == secret.form {
            let keys: [UInt32: SecretBox]
            do {
                keys = try slot.open(secret, vault: vault)
            } catch .wrongSecret {
                continue
            }
            guard let newest = newestEpoch, let key = keys[newest],
                ConstantTime.equal(mac, try computeMAC(key.bytes))
            else { throw .headerChanged }
            return keys
        }
        throw .wrongSecret
    }

    /// SHA-256 of the file: what the store remembers of it.
    package var hash: Digest { SHA256.hash(bytes) }
}

// MARK: Changes

extension Header {
    /// This header with another slot, to which every live storage key is boxed. One derivation. To be
    /// adopted with `HeaderReplacement`. The box of an epoch that never started is left out. Throws
    /// `tooLong`, `headerChanged` for a lock of another vault, `sodium`.
    package func adding(
        slot label: String, secret: borrowing GeneratedSecret, lock: StorageLock,
        costs: DerivationCosts
    ) throws(KeyringError) -> Header {
        guard lock.vault == vault else { throw .headerChanged }
        var slot = try Slot.make(
            label: label, secret: secret, vault: vault, parameters: costs.slot)
        for epoch in lock.epochs {
            guard let key = lock.key(epoch) else { continue }
            slot = try slot.boxing(key.bytes, epoch: epoch, vault: vault)
        }
        let started = slots.map { $0.keeping(epochsThrough: lock.current) }
        return try replacing(slots: started + [slot], newest: lock.currentKey)
    }

    /// This header with a new storage key boxed to every slot but those removed.
    func starting(
        _ epoch: UInt32, _ key: SecretBox, removing removed: [SlotID]
    ) throws(KeyringError) -> Header {
        let left = slots.filter { !removed.contains($0.id) }
        guard left.count == slots.count - Set(removed).count else { throw .slotUnknown }
        guard !left.isEmpty else { throw .lastSlot }
        var boxed: [Slot] = []
        for slot in left {
            boxed.append(try slot.boxing(key.bytes, epoch: epoch, vault: vault))
        }
        return try replacing(slots: boxed, newest: key)
    }

    private func replacing(slots: [Slot], newest: SecretBox) throws(KeyringError) -> Header {
        try .sealed(
            vault: vault, created: created, slots: slots, unsealUIDs: unsealUIDs,
            logVerifierKey: logVerifierKey, origin: origin, newest: newest.bytes)
    }
}
