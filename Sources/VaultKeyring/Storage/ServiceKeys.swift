import VaultCoding
package import VaultSodium
package import VaultStatements
package import VaultStorage

/// The vault's own keys, open whenever it is unsealed: rows `01 ‖ name` under the storage lock.
package final class ServiceKeys: Sendable {
    /// Signs the checkpoints of the log.
    package let logSigning: SigningKeyPair
    /// MACs of log heads, outbox rows and the digest row, each under its own personal.
    package let mac: SecretBox
    /// Keyed hashes that name rows without telling whose they are.
    package let names: SecretBox

    private static let signingRow = WrappedRow.service.key(Array("log-signing/1".utf8))
    private static let macRow = WrappedRow.service.key(Array("mac/1".utf8))
    private static let namesRow = WrappedRow.service.key(Array("names/1".utf8))

    private init(
        logSigning: consuming SigningKeyPair, mac: consuming SecretBytes,
        names: consuming SecretBytes
    ) {
        self.logSigning = logSigning
        self.mac = SecretBox(mac)
        self.names = SecretBox(names)
    }

    /// New keys and their rows.
    static func make(
        lock: StorageLock
    ) throws(KeyringError) -> (keys: ServiceKeys, change: KeyringChange) {
        let seed = try fromSodium { () throws(SodiumError) in try SecretBytes(random: 32) }
        let mac = try fromSodium { () throws(SodiumError) in try SecretBytes(random: 32) }
        let names = try fromSodium { () throws(SodiumError) in try SecretBytes(random: 32) }
        var change = KeyringChange(preconditions: [lock.fence])
        change.write(
            .put(.wrappedKeys, signingRow, try lock.sealSecret(seed, .wrappedKeys, signingRow)))
        change.write(.put(.wrappedKeys, macRow, try lock.sealSecret(mac, .wrappedKeys, macRow)))
        change.write(
            .put(.wrappedKeys, namesRow, try lock.sealSecret(names, .wrappedKeys, namesRow)))
        let pair = try fromSodium { () throws(SodiumError) in try SigningKeyPair(seed: seed) }
        return (ServiceKeys(logSigning: pair, mac: mac, names: names), change)
    }

    /// The keys of a store. Throws `rowMissing`, `rowDamaged`, and `identityMismatch` if the signing
    /// key is not the one whose verifier key the statements name.
    package static func open(
        store: any ByteStore, lock: StorageLock, directory: Directory
    ) throws(KeyringError) -> ServiceKeys {
        let seed = try secret(signingRow, store, lock)
        let pair = try opening(.serviceKey) { () throws(SodiumError) in
            try SigningKeyPair(seed: seed)
        }
        guard pair.publicKey == directory.logKeys.last else { throw .identityMismatch }
        return ServiceKeys(
            logSigning: pair, mac: try secret(macRow, store, lock),
            names: try secret(namesRow, store, lock))
    }

    private static func secret(
        _ row: [UInt8], _ store: any ByteStore, _ lock: StorageLock
    ) throws(KeyringError) -> SecretBytes {
        guard let value = try lock.stored(store, .wrappedKeys, row) else {
            throw .rowMissing(.serviceKey)
        }
        let secret = try lock.openSecret(value, .wrappedKeys, row)
        guard secret.count == KeyBox.keySize else { throw .rowDamaged(.serviceKey) }
        return secret
    }
}
