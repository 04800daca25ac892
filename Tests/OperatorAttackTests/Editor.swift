import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage
import VaultStorageSQLite

@testable import VaultKeyring

/// What an operator has in hand while the daemon is stopped: the files, the seal secret and so every
/// key under the storage lock, and an editor for the databases. After an edit the digest, its MAC and
/// the counters are made to fit again, so that only the care lock, the audit lock, statements and
/// pins are in the way.
final class Editor {
    let office: AttackOffice
    let store: SQLiteStore
    let keyring: Keyring

    /// Opens the seal as the daemon would. The office must be stopped.
    init(_ office: AttackOffice) throws {
        self.office = office
        store = try SQLiteStore.open(at: office.folder.file("vault.db"), readers: 1)
        keyring = try Keyring.unseal(
            headerBytes: try office.folder.read("vault.json"),
            secret: try GeneratedSecret(text: try AttackOffice.secret(office.sealSecret)),
            store: store)
    }

    var lock: StorageLock { keyring.lock }
    var service: ServiceKeys { keyring.service }
    var directory: Directory { keyring.directory }
    var vault: VaultID { keyring.lock.vault }

    /// Edits the store of a stopped office, repairs what the operator can repair, and closes it.
    static func edit(_ office: AttackOffice, _ body: (Editor) throws -> Void) throws {
        let editor = try Editor(office)
        defer { editor.store.close() }
        try body(editor)
        try editor.repairDigest()
    }

    // MARK: Rows

    func put(_ space: Space, _ key: [UInt8], _ value: [UInt8]) throws {
        try store.commit(Batch(writes: [.put(space, key, value)]))
    }

    func delete(_ space: Space, _ key: [UInt8]) throws {
        try store.commit(Batch(writes: [.delete(space, key)]))
    }

    /// A row under the storage lock that opens at its place.
    func putSealed(_ space: Space, _ key: [UInt8], _ plain: [UInt8]) throws {
        try put(space, key, try lock.seal(plain, space, key))
    }

    func apply(_ change: KeyringChange) throws {
        try store.commit(Batch(writes: change.writes))
    }

    func value(_ space: Space, _ key: [UInt8]) throws -> [UInt8] {
        guard let value = try store.get(space, key) else { throw Missing() }
        return value
    }

    func opened(_ space: Space, _ key: [UInt8]) throws -> [UInt8] {
        try lock.open(try value(space, key), space, key)
    }

    func rows(_ space: Space) throws -> [Row] {
        try store.scan(space, from: [], to: nil, limit: 100_000)
    }

    struct Missing: Error {}

    // MARK: People

    /// The operator's own keys: they have their own secret.
    func operatorKeys() throws -> PrincipalKeys { try keys(of: "olga") }

    /// Keys of somebody whose secret the operator has.
    func keys(of name: String) throws -> PrincipalKeys {
        guard let id = directory.principals.values.first(where: { $0.name == name })?.id,
            let stored = try StoredPrincipal.read(id, store, lock: lock)
        else { throw Missing() }
        return try stored.open(
            try GeneratedSecret(text: try AttackOffice.secret(office.secrets[name] ?? [])),
            directory: directory)
    }

    func person(_ name: String) throws -> VaultStatements.Principal {
        guard let found = directory.principals.values.first(where: { $0.name == name }) else {
            throw Missing()
        }
        return found
    }

    func grant(of name: String) throws -> VaultStatements.Grant {
        guard let grant = try person(name).grant else { throw Missing() }
        return grant
    }

    // MARK: Repairing

    /// Recomputes the digest over all rows and signs for it, as a further commit: the newest that the
    /// log has seen stays below it.
    func repairDigest(counterAtLeast least: UInt64 = 0, logSize: UInt64? = nil) throws {
        let old = StoreDigest.read(
            row: try value(.meta, StoreDigest.rowKey), mac: service.mac.bytes)
        guard let old else { throw Missing() }
        var digest = try StoreDigest.recompute(store)
        let counter = max(old.digest.counter + 1, least)
        while digest.counter < counter { digest.advance() }
        try put(
            .meta, StoreDigest.rowKey,
            try digest.row(logSize: logSize ?? old.logSize, mac: service.mac.bytes))
    }
}
