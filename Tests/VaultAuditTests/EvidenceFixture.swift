import Synchronization
import Testing
import VaultCoding
import VaultSodium
import VaultStatements

@testable import VaultAudit

/// Someone with keys, made from a seed of equal bytes.
final class TestPerson: Sendable {
    let identity: PublicIdentity
    let pair: SigningKeyPair
    let agreement: AgreementKeyPair

    init(_ number: UInt8) throws {
        pair = try SigningKeyPair(seed: LogFixture.secret(number))
        agreement = try AgreementKeyPair(seed: LogFixture.secret(number))
        identity = PublicIdentity(
            principal: try #require(PrincipalID([UInt8](repeating: number, count: 16))),
            agreement: agreement.publicKey, signing: pair.publicKey)
    }

    func fingerprint(_ vault: VaultID) -> Fingerprint { identity.fingerprint(vault: vault) }
}

/// A vault with its statements and a log with a life: init, unseal, founding, reads, sealed and unsealed
/// again. Everything but salts and entry ids is the same every time.
final class TrailFixture {
    let base: LogFixture
    let log: AuditLog
    let theOperator: TestPerson
    let custodian: TestPerson
    let auditor: TestPerson
    private(set) var chain: StatementChain
    /// What opens the entries of each epoch.
    var sealers: [UInt32: EntrySealer] = [:]
    /// k_s of the one subject.
    let subject = SHA256.hash([77])

    var vault: VaultID { base.keys.origin.vault }
    var key: VerifierKey { base.keys.verifierKey }

    init(_ base: LogFixture? = nil, auditor number: UInt8 = 43) throws {
        let fixture = try base ?? LogFixture()
        self.base = fixture
        theOperator = try TestPerson(41)
        custodian = try TestPerson(42)
        auditor = try TestPerson(number)
        let first = InitBody(
            vault: fixture.keys.origin.vault, firstOperator: theOperator.identity, name: "first",
            uid: 1000, storageKey: KeyCommitment(.zero), logKey: fixture.keys.verifierKey.key,
            origin: fixture.keys.origin.text)
        chain = try StatementChain(
            first: StatementChain.firstDraft(first, now: 1).sign(with: theOperator.pair),
            vault: fixture.keys.origin.vault)
        log = try fixture.open()
    }

    // MARK: Statements

    func sign(_ body: StatementBody, by person: TestPerson) throws {
        let draft = chain.draft(body, signers: [person.fingerprint(vault)], now: 2)
        try chain.append(draft.sign(with: person.pair))
    }

    func enlist(_ person: TestPerson, _ name: String) throws {
        let uid = 1000 + UInt32(person.identity.principal.bytes[0])
        try sign(
            .enlist(EnlistBody(principal: person.identity.principal, name: name, uid: uid)),
            by: theOperator)
    }

    /// Enlists two and founds: statements 2 to 4.
    func found() throws {
        try enlist(custodian, "custodian")
        try enlist(auditor, "auditor")
        let body = FoundingBody(
            firstOperator: theOperator.identity, custodian: custodian.identity,
            auditor: auditor.identity, compartments: [.registry: KeyCommitment(.zero)],
            linkKey: KeyCommitment(.zero), auditKey: auditor.identity.agreement, logKey: key.key,
            policyVersion: 1, policyHash: .zero)
        let draft = chain.draft(
            .founding(body), signers: [custodian.fingerprint(vault), auditor.fingerprint(vault)],
            now: 3)
        try chain.append(
            draft.statement(signatures: [
                custodian.fingerprint(vault): draft.signature(by: custodian.pair),
                auditor.fingerprint(vault): draft.signature(by: auditor.pair),
            ]))
    }

    // MARK: Entries

    @discardableResult
    func append(_ entries: FinishedEntry...) throws -> UInt64 {
        base.clock.withLock { $0 += 1000 }
        return try log.appendAndWait(entries).sequences.lowerBound
    }

    func sealer(_ epoch: UInt32) throws -> EntrySealer {
        if let known = sealers[epoch] { return known }
        let made = EntrySealer(
            vault: vault, epoch: epoch,
            key: SecretBox(try LogFixture.secret(100 + UInt8(epoch))))
        sealers[epoch] = made
        return made
    }

    func part(_ action: Action, _ detail: EntryDetail? = nil) -> PartA {
        var part = PartA(
            time: base.clock.withLock { $0 }, action: action, outcome: .success,
            actor: Actor(name: "李梅", uid: 1001, roles: [.counsellor]))
        part.detail = detail
        return part
    }

    func entry(
        _ epoch: UInt32, _ action: Action, _ detail: EntryDetail? = nil, _ b: PartB = PartB(),
        openA: Bool = false
    ) throws -> FinishedEntry {
        try sealer(epoch).finish(part(action, detail), b, openA: openA)
    }

    /// A read of the subject's record.
    func read(_ epoch: UInt32, of subject: Digest? = nil) throws -> FinishedEntry {
        let record = try #require(RecordID([UInt8](repeating: 5, count: 16)))
        var part = part(.read)
        part.kind = "counselling.session"
        part.compartment = .counselling
        part.purpose = .treatment
        return try sealer(epoch).finish(
            part,
            PartB(
                subject: .key(subject ?? self.subject),
                records: [RecordReference(record: record, version: 3, envelope: .zero)],
                reason: "a \"reason\"\n\u{7F}"))
    }

    func opening(_ epoch: UInt32, key: UInt32, statement: UInt64? = nil) throws -> FinishedEntry {
        let fingerprint = chain.directory.auditKeys[key].map(EpochOpening.fingerprint(of:))
        return try opening(epoch, key, fingerprint ?? .zero, statement ?? chain.head.number)
    }

    func opening(
        _ epoch: UInt32, _ key: UInt32, _ fingerprint: Digest, _ statement: UInt64
    ) throws -> FinishedEntry {
        try entry(
            epoch, .auditEpoch,
            .epochOpened(
                EpochOpening(
                    epoch: epoch, auditKey: key, auditKeyFingerprint: fingerprint, boxHash: .zero,
                    statement: statement, statementHash: chain[statement]?.hash ?? .zero)),
            openA: true)
    }

    /// Unseals, opens an epoch and says what was found.
    func unseal(epoch: UInt32, key: UInt32) throws {
        let summary = try base.unseal(log)
        try append(try opening(epoch, key: key))
        try append(try entry(epoch, .vaultUnseal, .unsealed(summary)))
    }

    /// A short whole life, 14 entries: two of the sealed state vouched for, one not.
    func live() throws {
        try append(.sealedState(part(.vaultInit)))
        try unseal(epoch: 1, key: 0)
        try found()
        try append(
            try entry(
                1, .vaultFound,
                .statement(number: chain.head.number, hash: chain.head.hash)))
        try append(try opening(2, key: 1))
        try append(try read(2), try read(2, of: SHA256.hash([78])))
        try append(try read(2))
        try log.seal()
        try append(.sealedState(part(.vaultUnseal)))
        try append(.sealedState(part(.refusals)))
        try unseal(epoch: 3, key: 1)
        try append(try read(3))
        try append(try entry(3, .auditExport))
    }

    static func living() throws -> TrailFixture {
        let fixture = try TrailFixture()
        try fixture.live()
        return fixture
    }

    // MARK: Files

    func export(
        from: UInt64? = nil, to: UInt64? = nil, since: Checkpoint? = nil, subject: Digest? = nil,
        checkpoint: Checkpoint? = nil, page: Int = 5, disclosing: Bool = false,
        without epoch: UInt32? = nil
    ) throws -> [[UInt8]] {
        let note = try since.map { try UnverifiedCheckpoint(parse: $0.note) }
        var writer = try EvidenceWriter(
            log: log, key: key, chain: chain, checkpoint: checkpoint ?? log.checkpoint(),
            from: from, to: to, since: note, subject: subject)
        var lines = writer.opening
        while true {
            let next = try writer.next(limit: page, disclosing: { _ in disclosing }) {
                $0 == epoch ? nil : sealers[$0]
            }
            if next.isEmpty { break }
            lines += next
        }
        return lines + [writer.closing]
    }

    /// Lines before the first entry: header and statements.
    var preamble: Int { 1 + chain.statements.count }
}

/// What a verifier makes of lines.
func judge(_ lines: [[UInt8]], pin: Checkpoint? = nil) throws -> EvidenceReport {
    let note = try pin.map { try UnverifiedCheckpoint(parse: $0.note) }
    return judge(lines, note: note)
}

func judge(_ lines: [[UInt8]], note: UnverifiedCheckpoint?) -> EvidenceReport {
    var verifier = EvidenceVerifier(pin: note)
    for line in lines where !verifier.add(line: line) { break }
    return verifier.finish()
}

func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
