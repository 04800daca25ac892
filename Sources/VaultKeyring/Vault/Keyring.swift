import VaultCoding
import VaultSodium
package import VaultStatements
package import VaultStorage

/// What an unsealed vault holds of keys, each checked against the statements.
///
/// A value: a commit that adds a statement or changes the lock makes another one.
package struct Keyring: Sendable {
    /// The header that the vault was opened with.
    package let header: Header
    /// The storage lock.
    package let lock: StorageLock
    /// The vault's own keys.
    package let service: ServiceKeys
    /// The statements.
    package let chain: StatementChain

    /// A keyring of parts that belong together.
    package init(
        header: Header, lock: StorageLock, service: ServiceKeys, chain: StatementChain
    ) {
        self.header = header
        self.lock = lock
        self.service = service
        self.chain = chain
    }

    /// Who is who.
    package var directory: Directory { chain.directory }

    /// Opens a vault: the slot with the secret, the header by its MAC and by the hash in the store,
    /// every statement, every live storage key against its statement, the fences, the service keys.
    ///
    /// Takes a derivation for every slot of the secret's form that is tried. Throws `wrongSecret`,
    /// `header…`, `storageKeyMissing`, `boxMismatch`, `statement`, `fenceMismatch`, `row…`, `storage`.
    package static func unseal(
        headerBytes: [UInt8], secret: borrowing GeneratedSecret, store: any ByteStore
    ) throws(KeyringError) -> Keyring {
        let header = try Header(parsing: headerBytes)
        let keys = try header.open(secret)
        try HeaderReplacement.check(header, store)
        guard let newest = header.newestEpoch else { throw .headerMalformed(what: "slots") }
        // Which epoch is current only the statements tell, and they lie under these very keys; the
        // keys are compared with their commitments before anything else is opened with them.
        let provisional = StorageLock(vault: header.vault, current: newest, keys: keys)
        let chain = try StatementRows.chain(store, lock: provisional)
        try checkLog(header, chain.directory)
        let lock = try confirmed(keys, chain.directory)
        try Fence.check(store, directory: chain.directory)
        let service = try ServiceKeys.open(store: store, lock: lock, directory: chain.directory)
        return Keyring(header: header, lock: lock, service: service, chain: chain)
    }

    /// Whether a secret opens a slot of a header. Takes a derivation for every slot of its form.
    package static func opens(headerBytes: [UInt8], secret: borrowing GeneratedSecret) -> Bool {
        guard let header = try? Header(parsing: headerBytes) else { return false }
        return (try? header.open(secret)) != nil
    }

    /// Where the log is and who signs for it only the statements say. The header repeats it for those
    /// who verify without a seal secret, and whoever has the secret can make the header's MAC anew: a
    /// log under another origin would contradict no checkpoint of the one that it replaces. Throws
    /// `headerChanged`.
    private static func checkLog(
        _ header: Header, _ directory: Directory
    ) throws(KeyringError) {
        guard let key = directory.logKeys.last, header.origin == directory.origin,
            header.logVerifierKey == VerifierKeyText.format(header.origin, key)
        else { throw .headerChanged }
    }

    /// A lock of the live epochs. An epoch in the header that no statement has started is left out:
    /// a rotation was killed before its first commit.
    private static func confirmed(
        _ keys: [UInt32: SecretBox], _ directory: Directory
    ) throws(KeyringError) -> StorageLock {
        var live: [UInt32: SecretBox] = [:]
        for (epoch, stated) in directory.storageEpochs where stated.state != .retired {
            guard let key = keys[epoch] else { throw .storageKeyMissing(epoch: epoch) }
            let isStated = try fromSodium { () throws(SodiumError) in
                try stated.commitment.matches(key: key.bytes, kind: .storage, number: epoch)
            }
            guard isStated else { throw .boxMismatch(kind: .storage, scope: "", number: epoch) }
            live[epoch] = key
        }
        return StorageLock(
            vault: directory.vault, current: directory.currentStorageEpoch, keys: live)
    }

    /// This keyring with a chain that goes on from the one it has.
    package func extended(to chain: StatementChain) -> Keyring {
        Keyring(header: header, lock: lock, service: service, chain: chain)
    }

    /// This keyring after the header or the lock was replaced.
    package func replacing(header: Header, lock: StorageLock) -> Keyring {
        Keyring(header: header, lock: lock, service: service, chain: chain)
    }
}
