import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage
import VaultTestKit

@testable import VaultKeyring

/// The cheapest Argon2id: one pass over 8 KiB. Only for tests.
func cheapCosts() throws -> DerivationCosts {
    let cheap = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
    return DerivationCosts(slot: cheap, principal: cheap)
}

/// A principal of a test vault.
struct Person {
    let id: PrincipalID
    let keys: PrincipalKeys
    /// The text of the secret.
    let secret: SecretBox

    func words(_ vault: TestVault) -> String { keys.fingerprint.words.joined(separator: " ") }
}

/// A vault in memory, with a header "file" beside it: every change is committed as the engine would.
final class TestVault {
    let disk = InMemoryDisk()
    var store: any ByteStore
    var keyring: Keyring
    var file: [UInt8]
    let sealSecret: SecretBox
    let firstOperator: Person
    private var now: UInt64 = 1_700_000_000_000_000

    /// After `init`.
    init() throws {
        let store = InMemoryStore(disk: disk)
        let sealSecret = try GeneratedSecret(random: .keyFile)
        let operatorSecret = try GeneratedSecret(random: .keyFile)
        let made = try NewVault.make(
            NewVaultRequest(
                operatorName: "olga", operatorUID: 1000, slotLabel: "first",
                unsealUIDs: [1000], node: "one", time: now, costs: try cheapCosts()),
            sealSecret: sealSecret, operatorSecret: operatorSecret)
        try store.commit(
            Batch(preconditions: made.change.preconditions, writes: made.change.writes))
        self.store = store
        keyring = made.keyring
        file = made.keyring.header.bytes
        self.sealSecret = SecretBox(try sealSecret.text())
        firstOperator = Person(
            id: made.operatorKeys.identity.principal, keys: made.operatorKeys,
            secret: SecretBox(try operatorSecret.text()))
    }

    var lock: StorageLock { keyring.lock }
    var service: ServiceKeys { keyring.service }
    var directory: Directory { keyring.directory }
    var vault: VaultID { keyring.lock.vault }

    func tick() -> UInt64 {
        now += 1_000_000
        return now
    }

    func commit(_ change: KeyringChange) throws {
        try store.commit(Batch(preconditions: change.preconditions, writes: change.writes))
    }

    /// Unseals again from store and file, as after a kill.
    func restart() throws {
        keyring = try Keyring.unseal(
            headerBytes: file, secret: try GeneratedSecret(text: sealSecret.bytes), store: store)
    }

    /// Signs a statement and commits it with what else belongs to it.
    func state(
        _ content: StatementBody, by person: Person,
        with extra: (Directory) throws -> KeyringChange = { _ in KeyringChange() }
    ) throws {
        let draft = keyring.chain.draft(content, signers: [person.keys.fingerprint], now: tick())
        let statement = try person.keys.sign(draft)
        var chain = keyring.chain
        try chain.append(statement)
        var change = try StatementRows.append(statement, lock: lock)
        change.add(try extra(chain.directory))
        let stored = try #require(try StoredPrincipal.read(person.id, store, lock: lock))
        change.add(try stored.repin(person.keys, to: Pins(of: chain), lock: lock))
        try commit(change)
        keyring = keyring.extended(to: chain)
    }

    /// Enlists and enrols somebody, with a seat of the founding if one is given.
    func enrol(_ name: String, uid: UInt32, seat: FoundingSeat? = nil) throws -> Person {
        let id: PrincipalID = Random.identifier()
        try state(
            .enlist(EnlistBody(principal: id, name: name, uid: uid)), by: firstOperator)
        return try enrol(id, seat: seat)
    }

    func enrol(_ id: PrincipalID, seat: FoundingSeat? = nil) throws -> Person {
        let secret = try GeneratedSecret(random: .keyFile)
        let new = try NewPrincipal.make(
            id, secret: secret, pins: Pins(of: keyring.chain),
            replacing: try StoredPrincipal.read(id, store, lock: lock), lock: lock,
            costs: try cheapCosts())
        var change = new.change
        if let seat {
            change.add(
                try Founding.takeSeat(
                    seat, new.keys, directory: directory, store, lock: lock, service: service))
        }
        try commit(change)
        return Person(id: id, keys: new.keys, secret: SecretBox(try secret.text()))
    }

    func proposal() throws -> FoundingProposal? {
        try Founding.proposal(
            chain: keyring.chain, policyVersion: 1, policyHash: SHA256.hash([1, 2, 3]),
            now: tick(), store, lock: lock)
    }

    /// Signs the founding for a seat; whether that completed it.
    @discardableResult
    func sign(_ seat: FoundingSeat, _ person: Person, other: Person) throws -> Bool {
        let proposal = try #require(try proposal())
        let outcome = try Founding.sign(
            proposal, as: seat, person.keys, otherWords: other.words(self), chain: keyring.chain,
            store, lock: lock, service: service)
        switch outcome {
        case .half(let change):
            try commit(change)
            return false
        case .founded(let statement, let change):
            try commit(change)
            var chain = keyring.chain
            try chain.append(statement)
            keyring = keyring.extended(to: chain)
            return true
        }
    }

    /// Grants care to keys that were confirmed.
    func grant(
        _ person: Person, _ roles: Set<Role>, _ compartments: Set<Compartment>,
        by custodian: Person
    ) throws {
        let care = try openCare(custodian)
        try state(
            .careGrant(
                CareGrantBody(
                    identity: person.keys.identity, roles: roles, compartments: compartments)),
            by: custodian
        ) { directory in
            try care.boxes(
                for: person.id, directory: directory, lock: self.lock, service: self.service)
        }
    }

    func openCare(_ person: Person) throws -> CareLock {
        try CareLock.open(
            person.keys, directory: directory, store, lock: lock, service: service)
    }

    func openAudit(_ person: Person) throws -> AuditLock {
        try AuditLock.open(
            person.keys, directory: directory, store, lock: lock, service: service)
    }

    /// All rows, for comparing two states.
    func snapshot() -> [Space: [Row]] { disk.snapshot() }

    /// What an operator with an editor does: writes a row past every rule.
    func forge(_ space: Space, _ key: [UInt8], _ value: [UInt8]) throws {
        try store.commit(Batch(preconditions: [], writes: [.put(space, key, value)]))
    }

    /// What an operator with the storage key does: writes a row that opens.
    func forgeSealed(_ key: [UInt8], _ plain: [UInt8]) throws {
        try forge(.wrappedKeys, key, try lock.seal(plain, .wrappedKeys, key))
    }
}

/// A vault after its founding, with a custodian, an auditor and a counsellor.
final class FoundedVault {
    let vault: TestVault
    let custodian: Person
    let auditor: Person
    let counsellor: Person

    init() throws {
        vault = try TestVault()
        custodian = try vault.enrol("clara", uid: 1001, seat: .custodian)
        auditor = try vault.enrol("anton", uid: 1002, seat: .auditor)
        try vault.sign(.custodian, custodian, other: auditor)
        try vault.sign(.auditor, auditor, other: custodian)
        counsellor = try vault.enrol("cora", uid: 1003)
        try vault.grant(
            counsellor, [.counsellor], [.registry, .counselling], by: custodian)
    }
}

/// Reads a row that must be there.
func row(_ vault: TestVault, _ space: Space, _ key: [UInt8]) throws -> [UInt8] {
    try #require(try vault.store.get(space, key))
}
