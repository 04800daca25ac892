import Dispatch
import Synchronization
import Testing
import VaultAccess
import VaultAudit
import VaultCoding
import VaultEngine
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage
import VaultTestKit

/// A whole office on in-memory disks: a vault that can be killed and started again, and the secrets
/// of the people in it. Key files everywhere, so that nothing is derived slowly.
final class Office {
    let disk: InMemoryDisk
    let logDisk: InMemoryAuditDisk
    let header = Box<[UInt8]>([])
    let time = Box<UInt64>(1_760_000_000_000_000)
    let diagnostics = Box<[Diagnostic]>([])
    /// How to take each opened store and log away from its daemon.
    private let plugs = Box<[@Sendable () -> Void]>([])
    var vault: Vault
    var sealSecret: [UInt8] = []
    var secrets: [String: [UInt8]] = [:]
    var words: [String: [String]] = [:]
    var ids: [String: PrincipalID] = [:]

    static let uids: [String: UInt32] = [
        "olga": 1001, "karl": 1002, "aude": 1003, "nina": 1004, "paul": 1005,
    ]

    final class Box<Value: Sendable>: Sendable {
        private let state: Mutex<Value>
        init(_ value: Value) { state = Mutex(value) }
        var value: Value {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
        func change(_ body: (inout sending Value) -> Void) { state.withLock { body(&$0) } }
    }

    func world(
        store: (@Sendable () throws(StorageError) -> any ByteStore)? = nil,
        log: (@Sendable () throws(AuditStoreError) -> any AuditStore)? = nil
    ) throws -> VaultEnvironment {
        let (disk, logDisk, header, time, notes) = (disk, logDisk, header, time, diagnostics)
        let plugs = plugs
        let cheap = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
        // Not with `??`: closures with typed throws do not survive it in this compiler.
        var openStore: @Sendable () throws(StorageError) -> any ByteStore = {
            () throws(StorageError) in InMemoryStore(disk: disk)
        }
        if let store { openStore = store }
        var openLog: @Sendable () throws(AuditStoreError) -> any AuditStore = {
            () throws(AuditStoreError) in InMemoryAuditStore(disk: logDisk)
        }
        if let log { openLog = log }
        let (storeOpener, logOpener) = (openStore, openLog)
        return VaultEnvironment(
            headerPath: "vault.json", storePath: "vault.db", logPath: "audit.db",
            readHeader: { () throws(EngineError) in header.value },
            writeHeader: { bytes throws(EngineError) in header.value = bytes },
            openStore: { () throws(StorageError) in
                let store = try storeOpener()
                plugs.change { $0.append { store.close() } }
                return store
            },
            openLog: { () throws(AuditStoreError) in
                let log = try logOpener()
                plugs.change { $0.append { log.close() } }
                return log
            },
            clock: {
                time.change { $0 += 10 }
                return time.value
            },
            monotonic: { time.value }, slotCost: cheap, principalCost: cheap,
            diagnostics: { note in notes.change { $0.append(note) } })
    }

    /// A new vault, sealed.
    init(unsealUIDs: [UInt32] = [1001]) throws {
        disk = InMemoryDisk()
        logDisk = InMemoryAuditDisk()
        // A stand-in until `self` is whole.
        let placeholder = try Office.make(
            header: header, disk: disk, logDisk: logDisk, time: time, unsealUIDs: unsealUIDs)
        vault = placeholder.vault
        sealSecret = placeholder.seal
        secrets["olga"] = placeholder.own
        words["olga"] = placeholder.words
        vault.shutdown()
        vault = try Vault(try world())
    }

    /// The same people before other disks: those of a moment at which the power went off.
    init(_ disks: Disks, of other: Office) throws {
        disk = InMemoryDisk()
        logDisk = InMemoryAuditDisk()
        header.value = disks.header
        time.value = other.time.value
        sealSecret = other.sealSecret
        secrets = other.secrets
        words = other.words
        ids = other.ids
        vault = other.vault
        try disks.write(disk, logDisk)
        vault = try Vault(try world())
    }

    private static func make(
        header: Box<[UInt8]>, disk: InMemoryDisk, logDisk: InMemoryAuditDisk, time: Box<UInt64>,
        unsealUIDs: [UInt32]
    ) throws -> (vault: Vault, seal: [UInt8], own: [UInt8], words: [String]) {
        let cheap = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
        let world = VaultEnvironment(
            headerPath: "vault.json", storePath: "vault.db", logPath: "audit.db",
            readHeader: { () throws(EngineError) in header.value },
            writeHeader: { bytes throws(EngineError) in header.value = bytes },
            openStore: { () throws(StorageError) in InMemoryStore(disk: disk) },
            openLog: { () throws(AuditStoreError) in InMemoryAuditStore(disk: logDisk) },
            clock: { time.value }, monotonic: { time.value }, slotCost: cheap,
            principalCost: cheap, diagnostics: { _ in })
        let report = try Vault.initialise(
            world,
            plan: InitPlan(
                operatorName: "olga", operatorUID: 1001, unsealUIDs: unsealUIDs, sharedUID: false,
                sealForm: .keyFile, operatorForm: .keyFile))
        let seal = bytes(try report.sealSecret.text())
        let own = bytes(try report.operatorSecret.text())
        let words = report.operatorWords
        return (try Vault(world), seal, own, words)
    }

    static func bytes(_ secret: borrowing SecretBytes) -> [UInt8] {
        secret.withSpan { span in
            var copy: [UInt8] = []
            for index in span.indices { copy.append(span[index]) }
            return copy
        }
    }

    static func secret(_ bytes: [UInt8]) throws -> SecretBytes {
        var copy = bytes
        return try SecretBytes(wiping: &copy)
    }

    func caller(_ name: String) -> Caller {
        Caller(uid: Office.uids[name] ?? 9999, gid: 100, pid: 1)
    }

    @discardableResult
    func unseal() throws -> UnsealReport {
        try vault.unseal(secret: try Office.secret(sealSecret), caller: caller("olga"))
    }

    /// Power off without a goodbye: nothing is written any more, everything is opened anew, in
    /// `world` if there is one.
    func kill(into world: VaultEnvironment? = nil) throws {
        plugs.change { plugs in
            for pull in plugs { pull() }
            plugs = []
        }
        var next = try self.world()
        if let world { next = world }
        vault = try Vault(next)
    }

    func restart() throws {
        vault.shutdown()
        vault = try Vault(try world())
        try unseal()
    }

    func login(_ name: String, purpose: PurposeOfUse? = nil) throws -> Session {
        let secret = try Office.secret(secrets[name] ?? [])
        let (token, _) = try vault.login(
            name: nil, secret: secret, form: .keyFile, purpose: purpose, caller: caller(name))
        return try vault.resume(token: token, caller: caller(name))
    }

    func enlist(_ name: String, by session: Session) throws -> String {
        let enlisted = try vault.enlist(
            name: name, uid: Office.uids[name] ?? 9999, session: session)
        ids[name] = enlisted.principal
        return enlisted.code
    }

    func enrol(_ name: String, _ code: String, seat: FoundingSeat? = nil) throws {
        let offer = try vault.beginEnrolment(
            name: nil, code: code, form: .keyFile, seat: seat, caller: caller(name))
        let secret = Office.bytes(offer.secretText)
        words[name] = offer.fingerprintWords
        let fingerprint = vault.status(for: caller(name)).fingerprintWords
        _ = try vault.completeEnrolment(
            pending: offer.pending, secret: try Office.secret(secret),
            vaultFingerprint: fingerprint, caller: caller(name))
        secrets[name] = secret
    }

    /// Custodian and auditor enlisted, enrolled, and the vault founded.
    func found() throws {
        let olga = try login("olga")
        try enrol("karl", try enlist("karl", by: olga), seat: .custodian)
        try enrol("aude", try enlist("aude", by: olga), seat: .auditor)
        for (name, other) in [("karl", "aude"), ("aude", "karl")] {
            let session = try login(name)
            let draft = try vault.foundingDraft(session)
            _ = try vault.signFounding(
                draft: draft.hash, otherWords: words[other] ?? [], session: session)
        }
    }

    /// Enlisted by the operator, enrolled, granted by the custodian.
    func employ(_ name: String, _ role: Role) throws {
        try enrol(name, try enlist(name, by: try login("olga")))
        let id = ids[name] ?? PrincipalID([UInt8](repeating: 0, count: 16))
        guard let id else { return }
        _ = try vault.grant(
            GrantRequest(
                principal: id, roles: [role], compartments: [], unit: "", employer: "",
                endsMicroseconds: nil, fingerprintWords: words[name] ?? []),
            session: try login("karl"))
    }

    /// Founded, with nina the counsellor.
    static func open(unsealUIDs: [UInt32] = [1001]) throws -> Office {
        let office = try Office(unsealUIDs: unsealUIDs)
        try office.unseal()
        try office.found()
        try office.employ("nina", .counsellor)
        return office
    }
}

extension Office {
    /// Enlisted and enrolled; the auditor makes them an operator.
    func appoint(_ name: String) throws {
        try enrol(name, try enlist(name, by: try login("olga")))
        _ = try vault.grant(
            GrantRequest(
                principal: try #require(ids[name]), roles: [.operator], compartments: [],
                unit: "", employer: "", endsMicroseconds: nil, fingerprintWords: words[name] ?? []),
            session: try login("aude"))
    }

    /// Who has the account, by the vault's own word.
    func id(_ name: String, as session: Session) throws -> PrincipalID {
        try #require(try vault.principals(session).first { $0.name == name }?.id)
    }
}

/// Waits for an asynchronous answer.
func wait<T: Sendable>(_ body: (@escaping Answer<T>) -> Void) throws -> T {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<T, EngineError>?>(nil)
    body { outcome in
        result.withLock { $0 = outcome }
        done.signal()
    }
    guard done.wait(timeout: .now() + 20) == .success else { throw Hang() }
    guard let outcome = result.withLock({ $0 }) else { throw Hang() }
    return try outcome.get()
}

struct Hang: Error {}

extension Office {
    func request(_ session: Session, _ id: IdempotencyID? = nil) -> FileRequest {
        FileRequest(session: session, purpose: .treatment, idempotency: id)
    }

    func addSubject(
        _ name: String, _ session: Session, number: String? = nil, id: IdempotencyID? = nil
    ) throws -> CreatedSubject {
        var fields: JSON.Value = ["names": [["full": .string(name)]]]
        if let number, case .object(var object) = fields {
            object["employee_number"] = .string(number)
            fields = .object(object)
        }
        return try wait { vault.addSubject(fields: fields, request(session, id), $0) }
    }

    func find(_ name: String, _ session: Session) throws -> [Document] {
        try wait { vault.find(by: .name, text: name, limit: 20, request(session), $0) }.documents
    }
}
