import Dispatch
import Synchronization
import VaultAudit
import VaultCoding
import VaultEngine
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage
import VaultStorageSQLite

/// A small office on real files: its daemon can be stopped, the files edited, and started again.
/// Key files everywhere, so that nothing is derived slowly.
final class AttackOffice {
    let folder: Folder
    let time = Box<UInt64>(1_760_000_000_000_000)
    private var running: Vault?
    var sealSecret: [UInt8] = []
    var secrets: [String: [UInt8]] = [:]
    var words: [String: [String]] = [:]
    var ids: [String: PrincipalID] = [:]

    static let uids: [String: UInt32] = [
        "olga": 1001, "cora": 1002, "aude": 1003, "nina": 1004, "max": 1005, "hana": 1006,
        "eve": 1007, "mallory": 1008,
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

    /// A new vault, unsealed; the operator is olga.
    init() throws {
        folder = try Folder()
        try SQLiteStore.create(at: folder.file("vault.db")).close()
        try SQLiteAuditStore.create(at: folder.file("audit.db")).close()
        let report = try Vault.initialise(
            try world(),
            plan: InitPlan(
                operatorName: "olga", operatorUID: 1001, unsealUIDs: [1001], sharedUID: false,
                sealForm: .keyFile, operatorForm: .keyFile))
        sealSecret = Self.bytes(try report.sealSecret.text())
        secrets["olga"] = Self.bytes(try report.operatorSecret.text())
        words["olga"] = report.operatorWords
        try start()
        try unseal()
    }

    /// What the people of an office remember.
    struct Memory {
        let sealSecret: [UInt8]
        let secrets: [String: [UInt8]]
        let words: [String: [String]]
        let ids: [String: PrincipalID]
        let time: UInt64
    }

    var memory: Memory {
        Memory(
            sealSecret: sealSecret, secrets: secrets, words: words, ids: ids, time: time.value)
    }

    /// An office on a copy of the files of another one that was stopped, unsealed.
    init(files: [String: [UInt8]], memory: Memory) throws {
        folder = try Folder()
        try folder.restore(files)
        sealSecret = memory.sealSecret
        secrets = memory.secrets
        words = memory.words
        ids = memory.ids
        time.value = memory.time
        try start()
        try unseal()
    }

    /// Founded by cora the custodian and aude the auditor, with nina the counsellor.
    static func open() throws -> AttackOffice {
        let office = try AttackOffice()
        try office.takeSeats()
        try office.found()
        try office.employ("nina", .counsellor)
        return office
    }

    func world() throws -> VaultEnvironment {
        let (folder, time) = (folder, time)
        let cheap = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
        return VaultEnvironment(
            headerPath: "vault.json", storePath: "vault.db", logPath: "audit.db",
            readHeader: { () throws(EngineError) in
                do { return try folder.read("vault.json") } catch {
                    throw .damaged(file: "vault.json", detail: "missing", remedy: "restore it")
                }
            },
            writeHeader: { bytes throws(EngineError) in
                do { try folder.write(bytes, to: "vault.json") } catch {
                    throw .unavailable(.fileRefused, detail: "\(error)")
                }
            },
            openStore: { () throws(StorageError) in
                try SQLiteStore.open(at: folder.file("vault.db"), readers: 1)
            },
            openLog: { () throws(AuditStoreError) in
                try SQLiteAuditStore.open(at: folder.file("audit.db"))
            },
            clock: {
                time.change { $0 += 10 }
                return time.value
            },
            monotonic: { time.value }, slotCost: cheap, principalCost: cheap,
            diagnostics: { _ in })
    }

    // MARK: Stopping and starting

    struct NotRunning: Error {}

    var vault: Vault {
        get throws {
            guard let running else { throw NotRunning() }
            return running
        }
    }

    func start() throws { running = try Vault(try world()) }

    /// Stopped in good order: the files are closed and whole.
    func stop() {
        running?.shutdown()
        running = nil
    }

    @discardableResult
    func unseal() throws -> UnsealReport {
        // Attacks cost waiting time; none of it matters here.
        time.change { $0 += 3_600_000_000 }
        return try vault.unseal(secret: try Self.secret(sealSecret), caller: caller("olga"))
    }

    func restart() throws {
        stop()
        try start()
        try unseal()
    }

    /// Stops, lets `attack` have the files, starts and unseals.
    func betweenStops(_ attack: () throws -> Void) throws {
        stop()
        try attack()
        try start()
        try unseal()
    }

    // MARK: People

    static func bytes(_ secret: borrowing SecretBytes) -> [UInt8] {
        secret.withSpan { span in span.indices.map { span[$0] } }
    }

    static func secret(_ bytes: [UInt8]) throws -> SecretBytes {
        var copy = bytes
        return try SecretBytes(wiping: &copy)
    }

    func caller(_ name: String) -> Caller {
        Caller(uid: Self.uids[name] ?? 9999, gid: 100, pid: 1)
    }

    func login(_ name: String, as uid: String? = nil) throws -> Session {
        time.change { $0 += 1_000_000 }
        let secret = try Self.secret(secrets[name] ?? [])
        let (token, _) = try vault.login(
            name: nil, secret: secret, form: .keyFile, purpose: nil, caller: caller(uid ?? name))
        return try vault.resume(token: token, caller: caller(uid ?? name))
    }

    func enlist(_ name: String) throws -> String {
        let enlisted = try vault.enlist(
            name: name, uid: Self.uids[name] ?? 9999, session: try login("olga"))
        ids[name] = enlisted.principal
        return enlisted.code
    }

    func enrol(_ name: String, _ code: String, seat: FoundingSeat? = nil) throws {
        let offer = try vault.beginEnrolment(
            name: nil, code: code, form: .keyFile, seat: seat, caller: caller(name))
        let secret = Self.bytes(offer.secretText)
        words[name] = offer.fingerprintWords
        let fingerprint = try vault.status(for: caller(name)).fingerprintWords
        _ = try vault.completeEnrolment(
            pending: offer.pending, secret: try Self.secret(secret),
            vaultFingerprint: fingerprint, caller: caller(name))
        secrets[name] = secret
    }

    func takeSeats() throws {
        try enrol("cora", try enlist("cora"), seat: .custodian)
        try enrol("aude", try enlist("aude"), seat: .auditor)
    }

    /// Signs the founding in this person's session, who typed these words of the other.
    @discardableResult
    func sign(_ name: String, other: [String]) throws -> Bool {
        let session = try login(name)
        let draft = try vault.foundingDraft(session)
        return try vault.signFounding(draft: draft.hash, otherWords: other, session: session)
            .committed
    }

    func found() throws {
        try sign("cora", other: words["aude"] ?? [])
        try sign("aude", other: words["cora"] ?? [])
    }

    /// Granted by the custodian, who heard these words.
    func grant(_ name: String, _ role: Role, words heard: [String]? = nil) throws {
        guard let id = ids[name] else { throw NotRunning() }
        _ = try vault.grant(
            GrantRequest(
                principal: id, roles: [role], compartments: [], unit: "", employer: "",
                endsMicroseconds: nil, fingerprintWords: heard ?? words[name] ?? []),
            session: try login("cora"))
    }

    func employ(_ name: String, _ role: Role) throws {
        try enrol(name, try enlist(name))
        try grant(name, role)
    }

    // MARK: Files

    /// Named like every write of the client's, so that a retry would be known.
    func request(_ session: Session, _ purpose: PurposeOfUse = .treatment) -> FileRequest {
        FileRequest(session: session, purpose: purpose, idempotency: Random.identifier())
    }

    func addSubject(_ name: String, _ session: Session, number: String) throws -> CreatedSubject {
        let fields: JSON.Value = [
            "names": [["full": .string(name)]], "employee_number": .string(number),
        ]
        return try wait { answer in
            try vault.addSubject(fields: fields, request(session), answer)
        }
    }

    func add(
        _ subject: SubjectID, _ kind: String, _ body: JSON.Value, _ session: Session,
        _ purpose: PurposeOfUse = .treatment
    ) throws -> CreatedRecord {
        try wait { answer in
            try vault.create(
                subject, kind: kind, body: body, request(session, purpose), answer)
        }
    }

    func amend(
        _ record: CreatedRecord, _ subject: SubjectID, base: UInt32, _ body: JSON.Value,
        _ session: Session
    ) throws -> CreatedRecord {
        try wait { answer in
            try vault.amend(
                subject, record.record, base: base, body: body, request(session), answer)
        }
    }

    func read(_ subject: SubjectID, _ record: RecordID, _ session: Session) throws -> Document {
        try wait { answer in
            try vault.read(subject, record, version: nil, request(session), answer)
        }
    }

    func find(_ name: String, _ session: Session) throws -> [Document] {
        try wait { answer in
            try vault.find(by: .name, text: name, limit: 20, request(session), answer)
        }.documents
    }

    /// The newest entries as the auditor sees them.
    func tail(_ limit: Int = 20) throws -> [AuditLine] {
        try vault.auditTail(limit: limit, session: try login("aude"))
    }

    /// What the auditor's look at the whole log comes to.
    func verdict() throws -> TrailVerdict {
        try vault.auditVerify(AuditRange(), session: try login("aude")) { _, _ in true }.verdict
    }

    /// The records of the log as they lie in the file of a stopped vault.
    func logRecords() throws -> [AuditRecord] {
        let log = try SQLiteAuditStore.open(at: folder.file("audit.db"))
        defer { log.close() }
        return try log.records(from: 0, limit: Int(try log.state().size)).map {
            try AuditRecord(parse: $0)
        }
    }
}

struct Hang: Error {}

/// Waits for an asynchronous answer.
func wait<T: Sendable>(_ body: (@escaping Answer<T>) throws -> Void) throws -> T {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<T, EngineError>?>(nil)
    try body { outcome in
        result.withLock { $0 = outcome }
        done.signal()
    }
    guard done.wait(timeout: .now() + 60) == .success else { throw Hang() }
    guard let outcome = result.withLock({ $0 }) else { throw Hang() }
    return try outcome.get()
}
