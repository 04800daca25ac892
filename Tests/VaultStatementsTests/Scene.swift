import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

/// Someone with keys, made from a seed of equal bytes.
final class Person: Sendable {
    let identity: PublicIdentity
    let pair: SigningKeyPair

    /// `keys` other than `number` gives the same principal other keys.
    init(_ number: UInt8, keys: UInt8? = nil) throws {
        let seed = [UInt8](repeating: keys ?? number, count: 32)
        pair = try SigningKeyPair(seed: SecretBytes(copying: seed.span))
        let agreement = try AgreementKeyPair(seed: SecretBytes(copying: seed.span))
        identity = PublicIdentity(
            principal: try principalID(number), agreement: agreement.publicKey,
            signing: pair.publicKey)
    }

    var id: PrincipalID { identity.principal }
    var fingerprint: Fingerprint { identity.fingerprint(vault: Scene.vault) }
}

func principalID(_ number: UInt8) throws -> PrincipalID {
    try #require(PrincipalID([UInt8](repeating: number, count: 16)))
}

func digest(_ byte: UInt8) -> Digest {
    let word = UInt64(byte) * 0x0101_0101_0101_0101
    return Digest(words: (word, word, word, word))
}

/// A vault with its people, and short ways to act on its chain.
struct Scene {
    static let vault: VaultID = {
        guard let id = VaultID([UInt8](repeating: 0xA1, count: 16)) else {
            preconditionFailure("internal error: an identifier has 16 bytes")
        }
        return id
    }()

    let theOperator: Person
    let custodian: Person
    let auditor: Person
    var chain: StatementChain
    var now: UInt64 = 1_000

    /// After the init.
    init(sharedUID: Bool = false) throws {
        theOperator = try Person(1)
        custodian = try Person(2)
        auditor = try Person(3)
        let draft = StatementChain.firstDraft(
            Scene.initBody(theOperator, sharedUID: sharedUID), now: now)
        chain = try StatementChain(
            first: draft.sign(with: theOperator.pair), vault: Scene.vault)
    }

    /// After the founding: statements 1 to 4.
    static func founded() throws -> Scene {
        var scene = try Scene()
        try scene.enlist(scene.custodian, "custodian")
        try scene.enlist(scene.auditor, "auditor")
        try scene.chain.append(scene.founding())
        return scene
    }

    static func initBody(
        _ person: Person, vault: VaultID = vault, name: String = "first operator",
        origin: String? = nil, sharedUID: Bool = false
    ) -> InitBody {
        InitBody(
            vault: vault, firstOperator: person.identity, name: name, uid: 1_001,
            storageKey: KeyCommitment(digest(0xE1)), logKey: person.identity.signing,
            origin: origin ?? vault.text + "/node/1", sharedUID: sharedUID)
    }

    func foundingBody(
        firstOperator: Person? = nil, custodian: Person? = nil, auditor: Person? = nil,
        compartments: [Compartment] = Compartment.allCases, logKey: SigningPublicKey? = nil
    ) -> FoundingBody {
        FoundingBody(
            firstOperator: (firstOperator ?? theOperator).identity,
            custodian: (custodian ?? self.custodian).identity,
            auditor: (auditor ?? self.auditor).identity,
            compartments: Dictionary(
                uniqueKeysWithValues: compartments.enumerated().map {
                    ($1, KeyCommitment(digest(UInt8($0) + 0xC0)))
                }),
            linkKey: KeyCommitment(digest(0xB1)), auditKey: self.auditor.identity.agreement,
            logKey: logKey ?? theOperator.identity.signing, policyVersion: 1,
            policyHash: digest(0xD1))
    }

    /// A founding over `body`, signed by those whom it names.
    func founding(_ body: FoundingBody? = nil) throws -> Statement {
        let draft = foundingDraft(body)
        return try draft.statement(signatures: [
            custodian.fingerprint: draft.signature(by: custodian.pair),
            auditor.fingerprint: draft.signature(by: auditor.pair),
        ])
    }

    func foundingDraft(_ body: FoundingBody? = nil) -> DraftStatement {
        chain.draft(
            .founding(body ?? foundingBody()),
            signers: [custodian.fingerprint, auditor.fingerprint], now: now)
    }

    /// The next statement, signed by `person`.
    func signed(_ content: StatementBody, by person: Person) throws -> Statement {
        try chain.draft(content, signers: [person.fingerprint], now: now).sign(with: person.pair)
    }

    @discardableResult
    mutating func act(_ content: StatementBody, by person: Person) throws -> VerifiedStatement {
        try chain.append(signed(content, by: person))
    }

    mutating func enlist(_ person: Person, _ name: String, uid: UInt32? = nil) throws {
        let uid = uid ?? 1_000 + UInt32(person.id.bytes[0])
        try act(
            .enlist(EnlistBody(principal: person.id, name: name, uid: uid)), by: theOperator)
    }

    func careGrant(
        _ person: Person, _ roles: Set<Role> = [.counsellor],
        _ compartments: Set<Compartment> = [.registry, .counselling], ends: UInt64? = nil
    ) -> StatementBody {
        .careGrant(
            CareGrantBody(
                identity: person.identity, roles: roles, compartments: compartments, ends: ends))
    }

    func auditGrant(_ person: Person, _ roles: Set<Role>, ends: UInt64? = nil) -> StatementBody {
        .auditGrant(AuditGrantBody(identity: person.identity, roles: roles, ends: ends))
    }

    /// The rule by which the next statement is refused, `nil` if it is accepted.
    func broken(_ content: StatementBody, by person: Person) throws -> StatementError? {
        broken(try signed(content, by: person))
    }

    func broken(_ statement: Statement) -> StatementError? {
        var copy = chain
        do {
            try copy.append(statement)
            return nil
        } catch {
            return error
        }
    }
}

extension StatementError {
    /// The rule about its signers that a statement broke.
    var signerRule: SignerRule? {
        if case .notEntitled(_, _, let rule) = self { rule } else { nil }
    }

    /// The rule about its content that a statement broke.
    var bodyRule: BodyRule? {
        if case .refused(_, _, let rule) = self { rule } else { nil }
    }
}
