import VaultCoding
import VaultSodium
package import VaultStatements

/// A principal's seed sealed anew, under another secret: the keys stay, and with them the fingerprint,
/// the grants and the boxes.
///
/// Whoever kept an old copy of the row and knows the old secret still gets the seed from that copy: a
/// secret that others may know calls for new keys, by re-enlisting.
package struct ReplacedSecret: Sendable {
    private let opened: PrincipalBlob
    private let resealed: PrincipalBlob

    /// Opens the row with `old` and seals its seed under `new`; nothing is written yet. An Argon2id
    /// derivation for each secret of words. Throws `wrongSecret`, `identityMismatch`, `rowDamaged`.
    package static func make(
        _ stored: StoredPrincipal, old: borrowing GeneratedSecret, new: borrowing GeneratedSecret,
        directory: Directory, costs: DerivationCosts
    ) throws(KeyringError) -> ReplacedSecret {
        // The keys in the row must be those that the statements name, as at a login.
        _ = try stored.open(old, directory: directory)
        return ReplacedSecret(
            opened: stored.blob,
            resealed: try stored.blob.resealed(
                from: old, to: new, vault: directory.vault, parameters: costs.principal))
    }

    /// The change that puts the new secret in force, over the row as it is now: its pins may have
    /// changed since. Nil if its keys or their secret are others than those that were opened.
    package func change(
        over current: StoredPrincipal, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange? {
        guard current.blob.identity == opened.identity,
            current.blob.derivation == opened.derivation,
            current.blob.sealedSeed == opened.sealedSeed
        else { return nil }
        return try StoredPrincipal.write(
            resealed.withPins(of: current.blob), replacing: current, lock: lock)
    }
}
