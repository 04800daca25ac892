package import VaultCoding
package import VaultSodium
package import VaultStatements
package import VaultStorage

/// The data key of an audit epoch, opened by an auditor.
package struct AuditDataKey: Sendable {
    /// Opens the entries of the epoch.
    package let key: SecretBox
    /// The number of the audit key that opened the box.
    package let auditKeyNumber: UInt32
    /// SHA-256 of the box, to be compared with the epoch's first entry.
    package let boxHash: Digest
}

/// The opened audit lock of one login: the private audit keys that the auditor has boxes of, each the
/// other half of a public key in the statements.
package final class AuditLock: Sendable {
    private final class Pair: Sendable {
        let keys: AgreementKeyPair

        init(_ keys: consuming AgreementKeyPair) { self.keys = keys }
    }

    /// The vault.
    package let vault: VaultID
    private let pairs: [UInt32: Pair]

    private init(vault: VaultID, pairs: [UInt32: Pair]) {
        self.vault = vault
        self.pairs = pairs
    }

    /// The numbers of the audit keys that are open, ascending.
    package var numbers: [UInt32] { pairs.keys.sorted() }

    /// Opens what the statements grant to these keys.
    ///
    /// Throws `notGranted` without a grant of the auditor's role for exactly these keys, `boxMismatch`
    /// for a box that holds another key than the statements name, `rowDamaged`, `storage`.
    package static func open(
        _ keys: PrincipalKeys, directory: Directory, _ store: any ByteStore, lock: StorageLock,
        service: ServiceKeys
    ) throws(KeyringError) -> AuditLock {
        guard let principal = directory.principal(keys.identity.principal),
            principal.identity == keys.identity, principal.roles.contains(.auditor)
        else { throw .notGranted }
        var pairs: [UInt32: Pair] = [:]
        for (number, publicKey) in directory.auditKeys {
            let row = try BoxRow(.audit(number, directory.vault, keys.fingerprint), service)
            guard let secret = try row.read(store, lock: lock, with: keys.agreement) else {
                continue
            }
            pairs[number] = Pair(try pair(secret, publicKey, row.box))
        }
        return AuditLock(vault: directory.vault, pairs: pairs)
    }

    /// The pair of a private audit key, which must have this public half. Throws `boxMismatch`.
    static func pair(
        _ secret: consuming SecretBytes, _ publicKey: AgreementPublicKey, _ box: KeyBox
    ) throws(KeyringError) -> AgreementKeyPair {
        let pair = try AgreementKeyPair(opened: secret)
        guard pair.publicKey == publicKey else { throw box.mismatch }
        return pair
    }

    /// The data key of an epoch; nil if there is no box of it, or none for a key that is open.
    /// Throws `boxMismatch`, `rowDamaged`, `storage`.
    package func dataKey(
        epoch: UInt32, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> AuditDataKey? {
        let row = WrappedRow.auditEpoch.key(number: epoch)
        guard let content = try lock.get(store, .wrappedKeys, row) else { return nil }
        var reader = ByteReader(content)
        let number = try parsing(.auditEpoch) { () throws(CodingError) in try reader.u32() }
        let sealed = reader.rest()
        guard let pair = pairs[number] else { return nil }
        let place = AuditEpochs.place(epoch, pair.keys.publicKey, vault)
        let key = try place.open(sealed, with: pair.keys)
        return AuditDataKey(
            key: SecretBox(key), auditKeyNumber: number, boxHash: SHA256.hash(sealed))
    }

    /// The boxes that a grant of the auditor's role calls for: every audit key. None for other
    /// grants.
    ///
    /// `directory` is the one after the grant. Part of the commit of that statement. Throws
    /// `notGranted` without a grant, or if this login lacks a key that is to be handed on.
    package func boxes(
        for grantee: PrincipalID, directory: Directory, lock: StorageLock, service: ServiceKeys
    ) throws(KeyringError) -> KeyringChange {
        guard let grant = directory.principal(grantee)?.grant else { throw .notGranted }
        guard grant.roles.contains(.auditor) else { return KeyringChange() }
        var change = KeyringChange(preconditions: [lock.fence])
        for number in directory.auditKeys.keys.sorted() {
            guard let pair = pairs[number] else { throw .notGranted }
            let row = try BoxRow(.audit(number, vault, grant.fingerprint), service)
            change.add(
                try row.write(
                    pair.keys.secretKey, to: grant.identity.agreement, lock: lock))
        }
        return change
    }
}

extension AgreementKeyPair {
    /// The pair of an opened secret key.
    init(opened secret: consuming SecretBytes) throws(KeyringError) {
        do {
            try self.init(secretKey: secret)
        } catch {
            throw .sodium(error)
        }
    }
}
