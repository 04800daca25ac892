import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

/// Who may sign what, as a table: every kind with one signer, signed by everyone there is.
@Suite struct SignerRuleTests {
    /// A founded vault with staff of every sort.
    private struct Staff {
        var scene: Scene
        let counsellor: Person
        let secondOperator: Person
        let backup: Person
        let disabled: Person
        let ended: Person
        let revoked: Person
        let stranger: Person
        let newcomer: Person

        init() throws {
            scene = try Scene.founded()
            counsellor = try Person(4)
            secondOperator = try Person(5)
            backup = try Person(6)
            disabled = try Person(7)
            ended = try Person(8)
            revoked = try Person(9)
            stranger = try Person(10)
            newcomer = try Person(11)
            let all = [counsellor, secondOperator, backup, disabled, ended, revoked, newcomer]
            for (index, person) in all.enumerated() { try scene.enlist(person, "p\(index)") }
            let everything = Set(Compartment.allCases)
            for (content, by) in [
                (scene.careGrant(counsellor), scene.custodian),
                (scene.auditGrant(secondOperator, [.operator]), scene.auditor),
                (scene.auditGrant(backup, [.backup]), scene.auditor),
                (scene.careGrant(disabled, [.custodian], everything), scene.custodian),
                (scene.careGrant(ended, [.custodian], everything, ends: 2_000), scene.custodian),
                (scene.auditGrant(revoked, [.auditor]), scene.auditor),
                (.auditRevoke(PrincipalBody(principal: revoked.id)), scene.auditor),
                (.disable(PrincipalBody(principal: disabled.id)), scene.theOperator),
            ] {
                try scene.act(content, by: by)
            }
            scene.now = 2_000
        }

        /// One valid statement of each kind with one signer.
        var contents: [StatementBody] {
            get throws {
                [
                    .enlist(EnlistBody(principal: try principalID(99), name: "new", uid: 9_999)),
                    .disable(PrincipalBody(principal: counsellor.id)),
                    .enable(PrincipalBody(principal: disabled.id)),
                    .amend(AmendBody(principal: counsellor.id, name: "renamed")),
                    .rebind(RebindBody(principal: counsellor.id, uid: 9_998)),
                    .reenlist(EnlistBody(principal: counsellor.id, name: "new", uid: 9_999)),
                    .storageEpochStart(
                        StorageEpochStartBody(epoch: 2, storageKey: KeyCommitment(digest(2)))),
                    scene.careGrant(newcomer),
                    .careRevoke(PrincipalBody(principal: counsellor.id)),
                    scene.auditGrant(newcomer, [.operator]),
                    .auditRevoke(PrincipalBody(principal: backup.id)),
                ]
            }
        }
    }

    @Test func afterTheFoundingEachKindHasItsGroup() throws {
        let staff = try Staff()
        let scene = staff.scene
        let signers: [(Person, Role?, SignerRule?)] = [
            (scene.theOperator, .operator, nil), (staff.secondOperator, .operator, nil),
            (scene.custodian, .custodian, nil), (scene.auditor, .auditor, nil),
            (staff.counsellor, .counsellor, nil), (staff.backup, .backup, nil),
            (staff.disabled, nil, .notDisabled), (staff.ended, nil, .notEnded),
            (staff.revoked, nil, .knownKey), (staff.stranger, nil, .knownKey),
            (staff.newcomer, nil, .knownKey),
        ]
        for content in try staff.contents {
            let (wanted, rule): (Role, SignerRule) =
                switch content.kind.rawValue {
                case 16...31: (.operator, .operatorSigns)
                case 32...47: (.custodian, .custodianSigns)
                default: (.auditor, .auditorSigns)
                }
            for (person, role, refusal) in signers {
                let error = try scene.broken(content, by: person)
                let expected = refusal ?? (role == wanted ? nil : rule)
                let who = person.id.bytes[0]
                #expect(error?.signerRule == expected, "\(content.kind) by \(who)")
                #expect((error == nil) == (expected == nil), "\(content.kind) by \(who)")
            }
        }
    }

    @Test func beforeTheFoundingOnlyTheFirstOperatorActs() throws {
        var scene = try Scene()
        let other = try Person(4)
        try scene.enlist(other, "other")
        let principal = PrincipalBody(principal: other.id)
        let enlist = EnlistBody(principal: try principalID(99), name: "new", uid: 9_999)
        let again = EnlistBody(principal: other.id, name: "other", uid: 1_004)
        for content in [
            StatementBody.enlist(enlist), .disable(principal), .reenlist(again),
        ] {
            #expect(try scene.broken(content, by: scene.theOperator) == nil)
            #expect(try scene.broken(content, by: other)?.signerRule == .knownKey)
        }
        let epoch = StorageEpochStartBody(epoch: 2, storageKey: KeyCommitment(digest(2)))
        for content in [
            StatementBody.enable(principal), .storageEpochStart(epoch),
            .storageEpochComplete(StorageEpochCompleteBody(epoch: 1)), scene.careGrant(other),
            .careRevoke(principal), scene.auditGrant(other, [.operator]), .auditRevoke(principal),
        ] {
            for person in [scene.theOperator, other] {
                #expect(try scene.broken(content, by: person)?.signerRule == .beforeFounding)
            }
        }
    }

    @Test func nobodyActsOnThemselves() throws {
        let scene = try Scene.founded()
        let everything = Set(Compartment.allCases)
        let cases: [(Person, [StatementBody])] = [
            (
                scene.theOperator,
                [
                    .disable(PrincipalBody(principal: scene.theOperator.id)),
                    .reenlist(
                        EnlistBody(principal: scene.theOperator.id, name: "again", uid: 1_001)),
                ]
            ),
            (
                scene.custodian,
                [
                    scene.careGrant(scene.custodian, [.custodian, .counsellor], everything),
                    .careRevoke(PrincipalBody(principal: scene.custodian.id)),
                ]
            ),
            (
                scene.auditor,
                [
                    scene.auditGrant(scene.auditor, [.operator]),
                    .auditRevoke(PrincipalBody(principal: scene.auditor.id)),
                ]
            ),
        ]
        for (person, contents) in cases {
            for content in contents {
                #expect(try scene.broken(content, by: person)?.signerRule == .notOneself)
            }
        }
    }

    @Test func oneActHasOneSigner() throws {
        let scene = try Scene.founded()
        let new = EnlistBody(principal: try principalID(99), name: "new", uid: 9_999)
        let draft = scene.chain.draft(
            .enlist(new), signers: [scene.theOperator.fingerprint, scene.auditor.fingerprint],
            now: scene.now)
        let statement = try draft.statement(signatures: [
            scene.theOperator.fingerprint: draft.signature(by: scene.theOperator.pair),
            scene.auditor.fingerprint: draft.signature(by: scene.auditor.pair),
        ])
        #expect(scene.broken(statement)?.signerRule == .oneSigner)
    }

    @Test func aGrantEndsAtItsInstant() throws {
        var scene = try Scene.founded()
        let second = try Person(4)
        try scene.enlist(second, "second")
        try scene.act(scene.auditGrant(second, [.auditor], ends: 5_000), by: scene.auditor)
        let content = scene.auditGrant(second, [.operator])
        scene.now = 4_999
        #expect(scene.chain.directory.principal(second.id)?.roles(at: 4_999) == [.auditor])
        let revoke = StatementBody.auditRevoke(PrincipalBody(principal: scene.auditor.id))
        #expect(try scene.broken(revoke, by: second) == nil)
        scene.now = 5_000
        #expect(scene.chain.directory.principal(second.id)?.roles(at: 5_000) == [])
        #expect(try scene.broken(revoke, by: second)?.signerRule == .notEnded)
        #expect(try scene.broken(content, by: second)?.signerRule == .notEnded)
    }
}
