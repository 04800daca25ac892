package import VaultCoding
import VaultSodium
package import VaultStatements
package import VaultStorage

/// A principal's blob as it was read, with the bytes that a change of it replaces.
package struct StoredPrincipal: Sendable {
    /// What the row holds.
    package let blob: PrincipalBlob
    private let value: [UInt8]

    /// Reads the row; nil if the principal has not enrolled. Throws `storage`, `rowDamaged`.
    package static func read(
        _ principal: PrincipalID, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> StoredPrincipal? {
        let row = PrincipalBlob.rowKey(principal)
        guard let value = try lock.stored(store, .wrappedKeys, row) else { return nil }
        let bytes = try lock.open(value, .wrappedKeys, row)
        let blob = try parsing(.principal) { () throws(CodingError) in
            try PrincipalBlob(parsing: bytes)
        }
        guard blob.identity.principal == principal else { throw .rowDamaged(.principal) }
        return StoredPrincipal(blob: blob, value: value)
    }

    /// The keys in the row. Unverified: before a grant a person confirms the words of their
    /// fingerprint; after it the statement counts, not the row.
    package var identity: PublicIdentity { blob.identity }

    /// The keys, opened with the principal's secret: one Argon2id derivation for words. If the
    /// statements name keys of this principal, the row must hold those.
    ///
    /// Throws `wrongSecret`, `identityMismatch`, `rowDamaged`.
    package func open(
        _ secret: borrowing GeneratedSecret, directory: Directory
    ) throws(KeyringError) -> PrincipalKeys {
        let keys = try blob.open(secret, vault: directory.vault)
        if let named = directory.principal(identity.principal)?.identity, named != keys.identity {
            throw .identityMismatch
        }
        return keys
    }

    /// What the principal remembers of the vault. Throws `rowDamaged`.
    package func pins(_ keys: PrincipalKeys) throws(KeyringError) -> Pins { try blob.pins(keys) }

    /// Writes other pins in place of what was read; a last login stays where they name none. A
    /// statement and its signer's new pins are one commit.
    package func repin(
        _ keys: PrincipalKeys, to pins: Pins, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        let kept = pins.keepingLogin(of: try blob.pins(keys))
        return try lock.put(
            blob.remembering(kept, keys).bytes, .wrappedKeys,
            PrincipalBlob.rowKey(identity.principal), replacing: value)
    }

    /// The change that puts a new blob in place of `old`.
    static func write(
        _ blob: PrincipalBlob, replacing old: StoredPrincipal?, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        try lock.put(
            blob.bytes, .wrappedKeys, PrincipalBlob.rowKey(blob.identity.principal),
            replacing: old?.value)
    }
}

/// A principal who enrols: a new seed, so that whoever issued the enrolment code learns nothing.
package struct NewPrincipal: Sendable {
    /// The opened keys; their fingerprint's words are shown to the person.
    package let keys: PrincipalKeys
    /// Writes the blob.
    package let change: KeyringChange

    /// New keys for a principal. `pins` is what the chain looks like at the moment, `old` the row
    /// that is replaced after a re-enlisting. One Argon2id derivation for words.
    package static func make(
        _ principal: PrincipalID, secret: borrowing GeneratedSecret, pins: Pins,
        replacing old: StoredPrincipal?, lock: StorageLock, costs: DerivationCosts
    ) throws(KeyringError) -> NewPrincipal {
        let made = try PrincipalBlob.make(
            principal, vault: lock.vault, secret: secret, pins: pins,
            parameters: costs.principal)
        return NewPrincipal(
            keys: made.keys,
            change: try StoredPrincipal.write(made.blob, replacing: old, lock: lock))
    }
}
