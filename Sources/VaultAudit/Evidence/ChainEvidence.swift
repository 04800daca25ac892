package import VaultCoding
package import VaultSodium
package import VaultStatements

/// What a trail is judged by: the keys and the places of the vault's statements.
package struct ChainFacts: Sendable, Equatable {
    /// The founding: its hash is the vault fingerprint.
    package let founding: ChainHead
    /// The key under which the log's checkpoints verify.
    package let logKey: SigningPublicKey
    /// The audit keys by number, first 1.
    package let auditKeys: [UInt32: AgreementPublicKey]
    /// The hashes of all heads, statement n at index n − 1.
    package let hashes: [Digest]
    /// Statements whose signer's key stands in a closed body, so that the signature was not checked.
    package let unchecked: UInt64

    /// Of a chain that was verified whole; nil before its founding.
    package init?(_ chain: StatementChain) {
        guard let founding = chain.directory.founding, let logKey = chain.directory.logKeys.last
        else { return nil }
        self.founding = founding
        self.logKey = logKey
        auditKeys = chain.directory.auditKeys
        hashes = chain.statements.map(\.hash)
        unchecked = 0
    }

    init(
        founding: ChainHead, logKey: SigningPublicKey, auditKeys: [UInt32: AgreementPublicKey],
        hashes: [Digest], unchecked: UInt64
    ) {
        self.founding = founding
        self.logKey = logKey
        self.auditKeys = auditKeys
        self.hashes = hashes
        self.unchecked = unchecked
    }

    /// The hash of a statement; nil beyond the chain.
    func hash(_ number: UInt64) -> Digest? {
        guard number >= 1, number <= UInt64(hashes.count) else { return nil }
        return hashes[Int(number - 1)]
    }
}

/// Judges statements as they stand in an evidence file, most of them closed.
///
/// Certain are the links of the chain, init, founding and the grants of auditors: what says which keys
/// count. A statement by a custodian who was granted later cannot be checked against their key, which
/// stands in a closed body; it is counted. The daemon, which has all bodies, checks them all.
struct ChainEvidence {
    private enum Signer {
        case `operator`, auditor, custodian
    }

    private let vault: VaultID
    private var hashes: [Digest] = []
    private var time: UInt64 = 0
    private var keys: [Fingerprint: (key: SigningPublicKey, signer: Signer)] = [:]
    private var first: InitBody?
    private var founding: ChainHead?
    private var auditKeys: [UInt32: AgreementPublicKey] = [:]
    private var unchecked: UInt64 = 0

    init(vault: VaultID) { self.vault = vault }

    /// How many there are.
    var count: UInt64 { UInt64(hashes.count) }

    /// Adds the next one. Throws `chain`, `signature`, `newerStatement`.
    mutating func add(_ statement: EvidenceStatement) throws(TrailProblem) {
        let head = statement.head
        guard head.number == count + 1, head.previous == hashes.last ?? .zero, head.time >= time,
            (statement.opened != nil) == EvidenceStatement.isOpen(head.kind)
        else { throw .chain }
        guard statement.signatures.count == head.signers.count else { throw .signature }
        hashes.append(head.hash)
        time = head.time
        guard let body = try Self.body(of: statement) else { return try addClosed(statement) }
        switch body {
        case .vaultInit(let body): try add(body, statement)
        case .founding(let body): try add(body, statement)
        case .auditGrant(let body): try add(body, statement)
        default: throw .chain
        }
    }

    /// What the statements come to. Throws `unfounded`.
    func facts() throws(TrailProblem) -> ChainFacts {
        guard let founding, let first else { throw .unfounded }
        return ChainFacts(
            founding: founding, logKey: first.logKey, auditKeys: auditKeys, hashes: hashes,
            unchecked: unchecked)
    }

    private static func body(
        of statement: EvidenceStatement
    ) throws(TrailProblem) -> StatementBody? {
        guard let opened = statement.opened else { return nil }
        let head = statement.head
        guard head.body == StatementHead.commitment(salt: opened.salt, body: opened.body) else {
            throw .chain
        }
        do throws(StatementError) {
            return try StatementBody.parse(opened.body, of: head)
        } catch {
            if case .newer = error { throw .newerStatement }
            throw .chain
        }
    }

    private mutating func add(
        _ body: InitBody, _ statement: EvidenceStatement
    ) throws(TrailProblem) {
        guard statement.head.number == 1, body.vault == vault else { throw .chain }
        try require(statement, by: [body.firstOperator])
        learn(body.firstOperator, .operator)
        first = body
    }

    private mutating func add(
        _ body: FoundingBody, _ statement: EvidenceStatement
    ) throws(TrailProblem) {
        let people = [body.firstOperator, body.custodian, body.auditor]
        guard founding == nil, let first, first.firstOperator == body.firstOperator,
            first.logKey == body.logKey, body.auditKey.isValid,
            Set(people.map(\.principal)).count == 3, Set(people.map(\.signing)).count == 3
        else { throw .chain }
        try require(statement, by: [body.custodian, body.auditor])
        learn(body.custodian, .custodian)
        learn(body.auditor, .auditor)
        founding = ChainHead(number: count, hash: statement.head.hash)
        auditKeys[1] = body.auditKey
    }

    private mutating func add(
        _ body: AuditGrantBody, _ statement: EvidenceStatement
    ) throws(TrailProblem) {
        guard try isChecked(statement, by: .auditor) else { throw .signature }
        switch body.roles.first {
        case .operator: learn(body.identity, .operator)
        case .auditor: learn(body.identity, .auditor)
        default: break
        }
    }

    private mutating func addClosed(_ statement: EvidenceStatement) throws(TrailProblem) {
        switch statement.head.kind {
        case .vaultInit, .founding, .auditGrant: throw .chain
        case .enlist, .disable, .enable, .amend, .rebind, .reenlist, .storageEpochStart,
            .storageEpochComplete:
            guard try isChecked(statement, by: .operator) else { throw .signature }
        case .auditRevoke:
            guard try isChecked(statement, by: .auditor) else { throw .signature }
        case .careGrant, .careRevoke:
            if try !isChecked(statement, by: .custodian) { unchecked += 1 }
        case .compartmentGeneration, .intakeKey, .intakeGrant, .careRecoveryKey,
            .auditGeneration, .signingKey, .auditRecoveryKey, .policy, .approval, .recoveryGrant,
            .operatorRecovery:
            throw .newerStatement
        }
    }

    /// Whether the one signer is known and signed; false if the key is not known. Throws `signature`
    /// for a wrong signature, and for a signer of another group.
    private func isChecked(
        _ statement: EvidenceStatement, by signer: Signer
    ) throws(TrailProblem) -> Bool {
        guard let name = statement.head.signers.first, statement.head.signers.count == 1 else {
            throw .signature
        }
        guard let known = keys[name] else { return false }
        guard known.signer == signer else { throw .signature }
        try check(statement, 0, known.key)
        return true
    }

    /// Requires the signatures of exactly these.
    private func require(
        _ statement: EvidenceStatement, by people: [PublicIdentity]
    ) throws(TrailProblem) {
        var signing: [Fingerprint: SigningPublicKey] = [:]
        for person in people { signing[person.fingerprint(vault: vault)] = person.signing }
        guard statement.head.signers.count == people.count else { throw .signature }
        for (index, name) in statement.head.signers.enumerated() {
            guard let key = signing[name] else { throw .signature }
            try check(statement, index, key)
        }
    }

    private func check(
        _ statement: EvidenceStatement, _ index: Int, _ key: SigningPublicKey
    ) throws(TrailProblem) {
        do throws(StatementError) {
            try statement.head.check(signature: statement.signatures[index], by: key)
        } catch { throw .signature }
    }

    private mutating func learn(_ person: PublicIdentity, _ signer: Signer) {
        keys[person.fingerprint(vault: vault)] = (person.signing, signer)
    }
}
