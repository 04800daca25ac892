import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

@Suite struct FoundingTests {
    /// Init and both enlistings, ready to found.
    private static func ready() throws -> Scene {
        var scene = try Scene()
        try scene.enlist(scene.custodian, "custodian")
        try scene.enlist(scene.auditor, "auditor")
        return scene
    }

    @Test func initMakesOneOperatorAndNothingElse() throws {
        let directory = try Scene().chain.directory
        #expect(directory.vault == Scene.vault)
        #expect(directory.principals.count == 1)
        #expect(directory.principal(named: "first operator")?.roles == [.operator])
        #expect(directory.storageEpochs.count == 1)
        #expect(
            directory.commitment(.storage, number: 1) == KeyCommitment(digest(0xE1)))
        #expect(directory.compartments.isEmpty)
        #expect(directory.auditKeys.isEmpty)
        #expect(directory.linkKey == nil)
        #expect(!directory.isFounded)
        #expect(directory.vaultFingerprintWords == nil)
        #expect(directory.policyVersion == 0)
        #expect(directory.origin == Scene.vault.text + "/node/1")
    }

    @Test func initIsSignedByTheKeysThatItNames() throws {
        let person = try Person(1)
        let other = try Person(2)
        let draft = StatementChain.firstDraft(Scene.initBody(person), now: 0)
        #expect(throws: StatementError.badSignature(number: 1)) {
            try StatementChain(first: draft.sign(with: other.pair), vault: Scene.vault)
        }
        let vault = try #require(VaultID([UInt8](repeating: 0xA2, count: 16)))
        #expect(throws: StatementError.otherVault) {
            try StatementChain(first: draft.sign(with: person.pair), vault: vault)
        }
        for body in [
            Scene.initBody(person, name: " "),
            Scene.initBody(person, origin: "elsewhere/node/1"),
            Scene.initBody(person, origin: Scene.vault.text + "/no de/1"),
        ] {
            let draft = StatementChain.firstDraft(body, now: 0)
            #expect(throws: StatementError.self) {
                try StatementChain(first: draft.sign(with: person.pair), vault: Scene.vault)
            }
        }
    }

    @Test func aChainBeginsWithAnInitAndHasOne() throws {
        var scene = try Self.ready()
        #expect(throws: StatementError.empty) {
            try StatementChain(encoded: [], vault: Scene.vault)
        }
        let second = scene.chain.statements[1].statement
        #expect(throws: StatementError.outOfOrder(expected: 1, found: 2)) {
            try StatementChain(first: second, vault: Scene.vault)
        }
        let enlist = EnlistBody(principal: try principalID(9), name: "x", uid: 9)
        let draft = DraftStatement(
            number: 1, previous: .zero, time: 0, signers: [scene.theOperator.fingerprint],
            content: .enlist(enlist), salt: .zero)
        #expect(
            throws: StatementError.notEntitled(number: 1, kind: .enlist, .firstIsInit)
        ) {
            try StatementChain(first: draft.sign(with: scene.theOperator.pair), vault: Scene.vault)
        }
        for founded in [false, true] {
            if founded { try scene.chain.append(scene.founding()) }
            let error = try scene.broken(
                .vaultInit(Scene.initBody(scene.theOperator)), by: scene.theOperator)
            #expect(error?.signerRule == .onlyTheFirst)
        }
    }

    @Test func foundingGivesTheThreeTheirLocks() throws {
        let scene = try Scene.founded()
        let directory = scene.chain.directory
        #expect(directory.isFounded)
        #expect(directory.foundingHash == scene.chain.head.hash)
        #expect(directory.vaultFingerprintWords?.count == 12)
        let custodian = try #require(directory.principal(scene.custodian.id))
        #expect(custodian.roles == [.custodian])
        #expect(custodian.compartments == Set(Compartment.allCases))
        #expect(custodian.grantedBy == 4)
        #expect(directory.principal(scene.auditor.id)?.roles == [.auditor])
        #expect(directory.principal(scene.auditor.id)?.compartments == [])
        #expect(directory.auditKeys == [1: scene.auditor.identity.agreement])
        #expect(directory.generation(of: .medical) == 1)
        #expect(
            directory.commitment(.compartment, compartment: .registry, number: 1)
                == KeyCommitment(digest(0xC0)))
        #expect(directory.commitment(.compartment, compartment: .registry, number: 2) == nil)
        #expect(directory.commitment(.link, number: 1) == KeyCommitment(digest(0xB1)))
        #expect(directory.policyVersion == 1)
    }

    @Test func foundingTakesBothSignatures() throws {
        let scene = try Self.ready()
        let draft = scene.foundingDraft()
        try scene.chain.check(draft)
        let custodian = draft.signature(by: scene.custodian.pair)
        let auditor = draft.signature(by: scene.auditor.pair)
        try scene.chain.check(custodian, by: scene.custodian.fingerprint, of: draft)
        #expect(throws: StatementError.badSignature(number: 4)) {
            try scene.chain.check(custodian, by: scene.auditor.fingerprint, of: draft)
        }
        #expect(throws: StatementError.badSignature(number: 4)) {
            try scene.chain.check(custodian, by: scene.theOperator.fingerprint, of: draft)
        }
        #expect(throws: StatementError.signatureMissing(number: 4)) {
            try draft.statement(signatures: [scene.custodian.fingerprint: custodian])
        }
        #expect(throws: StatementError.signatureMissing(number: 4)) {
            try draft.sign(with: scene.custodian.pair)
        }
        for (first, second) in [(custodian, custodian), (auditor, custodian), (auditor, auditor)] {
            let forged = try draft.statement(signatures: [
                scene.custodian.fingerprint: first, scene.auditor.fingerprint: second,
            ])
            #expect(scene.broken(forged) == .badSignature(number: 4))
        }
    }

    @Test func aStatementInBetweenVoidsTheDraft() throws {
        var scene = try Self.ready()
        let founding = try scene.founding()
        #expect(scene.broken(founding) == nil)
        let draft = scene.foundingDraft()
        try scene.enlist(try Person(9), "someone")
        #expect(scene.broken(founding) == .outOfOrder(expected: 5, found: 4))
        #expect(throws: StatementError.outOfOrder(expected: 5, found: 4)) {
            try scene.chain.check(draft)
        }
    }

    @Test func aVaultIsFoundedOnce() throws {
        let scene = try Scene.founded()
        #expect(scene.broken(try scene.founding())?.signerRule == .foundedOnce)
    }

    @Test func foundingNamesItsSignersAndNoOther() throws {
        let scene = try Self.ready()
        let content = StatementBody.founding(scene.foundingBody())
        // By one of them alone, by the operator in place of one, by one twice.
        #expect(try scene.broken(content, by: scene.custodian)?.signerRule == .namedKeys)
        for pair in [
            [scene.custodian, scene.theOperator], [scene.theOperator, scene.auditor],
        ] {
            let draft = scene.chain.draft(content, signers: pair.map(\.fingerprint), now: 1_000)
            let statement = try draft.statement(
                signatures: Dictionary(
                    uniqueKeysWithValues: pair.map {
                        ($0.fingerprint, draft.signature(by: $0.pair))
                    }))
            #expect(scene.broken(statement)?.signerRule == .namedKeys)
        }
    }

    @Test func foundingFitsTheInit() throws {
        let scene = try Self.ready()
        let other = try Person(1, keys: 11)
        let cases: [(FoundingBody, BodyRule)] = [
            (scene.foundingBody(firstOperator: other), .initOperator),
            (scene.foundingBody(logKey: other.identity.signing), .initLogKey),
            (scene.foundingBody(compartments: [.medical]), .hasRegistry),
            (scene.foundingBody(compartments: []), .hasRegistry),
        ]
        for (body, rule) in cases {
            #expect(scene.broken(try scene.founding(body))?.bodyRule == rule)
        }
    }

    @Test func foundersAreThreeEnlistedPeopleWithTheirOwnKeys() throws {
        var scene = try Self.ready()
        func rule(custodian: Person, auditor: Person) throws -> StatementError? {
            let body = scene.foundingBody(custodian: custodian, auditor: auditor)
            let people = [custodian, auditor]
            let draft = scene.chain.draft(
                .founding(body), signers: people.map(\.fingerprint), now: 1_000)
            var signatures: [Fingerprint: [UInt8]] = [:]
            for person in people {
                signatures[person.fingerprint] = draft.signature(by: person.pair)
            }
            return scene.broken(try draft.statement(signatures: signatures))
        }
        #expect(try rule(custodian: scene.custodian, auditor: scene.auditor) == nil)
        // One person in both seats: under one key, and with two pairs of keys.
        #expect(
            try rule(custodian: scene.custodian, auditor: scene.custodian)?.signerRule
                == .namedKeys)
        let twin = try Person(2, keys: 22)
        #expect(try rule(custodian: scene.custodian, auditor: twin)?.bodyRule == .twoPeople)
        // Two seats, one pair of keys; the operator in a seat; the operator's keys in a seat.
        let shared = try Person(3, keys: 2)
        #expect(try rule(custodian: scene.custodian, auditor: shared)?.bodyRule == .twoPeople)
        #expect(
            try rule(custodian: scene.theOperator, auditor: scene.auditor)?.bodyRule == .twoPeople)
        let puppet = try Person(2, keys: 1)
        #expect(try rule(custodian: puppet, auditor: scene.auditor)?.bodyRule == .twoPeople)
        let stranger = try Person(9)
        #expect(
            try rule(custodian: stranger, auditor: scene.auditor)?.bodyRule == .knownPrincipal)
        try scene.act(
            .disable(PrincipalBody(principal: scene.custodian.id)), by: scene.theOperator)
        #expect(
            try rule(custodian: scene.custodian, auditor: scene.auditor)?.bodyRule == .isEnabled)
    }
}
