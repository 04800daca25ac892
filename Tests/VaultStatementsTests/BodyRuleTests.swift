import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

/// What a statement may say: each rule broken once, next to what is allowed.
@Suite struct BodyRuleTests {
    @Test func namesArePlain() throws {
        let scene = try Scene.founded()
        for name in ["王小明", "O'Neill-Smith", String(repeating: "名", count: 42)] {
            #expect(try enlist(scene, 20, name: name) == nil)
        }
        for name in [
            "", " x", "x ", "a\nb", "a\u{1B}[2Jb", "a\u{202E}b", "a\u{200B}b", "a\u{3000}b",
            "a\u{7F}", "a\u{2028}b", String(repeating: "名", count: 43),
        ] {
            let error = try enlist(scene, 20, name: name)
            let isTooLong = name.utf8.count > 128
            #expect(isTooLong ? error != nil : error?.bodyRule == .plainText)
        }
    }

    @Test func enlistingTakesAFreshIdNameAndUID() throws {
        var scene = try Scene.founded()
        #expect(try enlist(scene, 2)?.bodyRule == .newPrincipal)
        #expect(try enlist(scene, 20, name: "CUSTODIAN")?.bodyRule == .freeName)
        #expect(try enlist(scene, 20, uid: 1_002)?.bodyRule == .freeUID)
        // A leaver's uid may go to the next person, and then the leaver cannot come back beside them.
        let leaver = try Person(4)
        try scene.enlist(leaver, "leaver", uid: 2_000)
        let principal = PrincipalBody(principal: leaver.id)
        try scene.act(.disable(principal), by: scene.theOperator)
        try scene.enlist(try Person(5), "next", uid: 2_000)
        #expect(
            try scene.broken(.enable(principal), by: scene.theOperator)?.bodyRule == .freeUID)
        #expect(try enlist(scene, 20, name: "leaver")?.bodyRule == .freeName)
    }

    @Test func amendingAndRebindingChangeOneThing() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        let amend = StatementBody.amend(AmendBody(principal: person.id, name: "王小明"))
        let rebind = StatementBody.rebind(RebindBody(principal: person.id, uid: 2_000))
        for content in [amend, rebind] {
            #expect(
                try scene.broken(content, by: scene.theOperator)?.bodyRule == .knownPrincipal)
        }
        try scene.enlist(person, "p", uid: 1_500)
        try scene.act(scene.careGrant(person), by: scene.custodian)
        let before = try #require(scene.chain.directory.principal(person.id))
        let bad: [(StatementBody, BodyRule)] = [
            (.amend(AmendBody(principal: person.id, name: "p")), .changesSomething),
            (.amend(AmendBody(principal: person.id, name: " p")), .plainText),
            (.amend(AmendBody(principal: person.id, name: "Custodian")), .freeName),
            (.rebind(RebindBody(principal: person.id, uid: 1_500)), .changesSomething),
            (.rebind(RebindBody(principal: person.id, uid: 1_002)), .freeUID),
        ]
        for (content, rule) in bad {
            #expect(try scene.broken(content, by: scene.theOperator)?.bodyRule == rule)
        }
        try scene.act(amend, by: scene.theOperator)
        #expect(scene.chain.directory.principal(named: "p") == nil)
        #expect(scene.chain.directory.principal(named: "王小明")?.id == person.id)
        try scene.act(rebind, by: scene.theOperator)
        #expect(scene.chain.directory.principals(uid: 1_500).isEmpty)
        let after = try #require(scene.chain.directory.principal(person.id))
        #expect(after.uid == 2_000 && after.grant == before.grant)
        #expect(after.enlistedBy == before.enlistedBy)
        // A name of one's own in other letters is a change; both are free for others afterwards.
        try scene.enlist(try Person(5), "P", uid: 1_500)
    }

    @Test func aSharedUIDIsForDemonstrations() throws {
        var scene = try Scene(sharedUID: true)
        try scene.enlist(scene.custodian, "a", uid: 1_001)
        try scene.enlist(scene.auditor, "b", uid: 1_001)
        #expect(scene.chain.directory.sharedUID)
        #expect(scene.chain.directory.principals(uid: 1_001).count == 3)
    }

    @Test func statesFollowEachOther() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        let principal = PrincipalBody(principal: person.id)
        for content in [StatementBody.disable(principal), .enable(principal)] {
            #expect(
                try scene.broken(content, by: scene.theOperator)?.bodyRule == .knownPrincipal)
        }
        #expect(
            try scene.broken(scene.careGrant(person), by: scene.custodian)?.bodyRule
                == .knownPrincipal)
        try scene.enlist(person, "p")
        #expect(
            try scene.broken(.enable(principal), by: scene.theOperator)?.bodyRule == .isDisabled)
        for (content, by) in [
            (StatementBody.careRevoke(principal), scene.custodian),
            (.auditRevoke(principal), scene.auditor),
        ] {
            #expect(try scene.broken(content, by: by)?.bodyRule == .holdsGrant)
        }
        try scene.act(scene.careGrant(person), by: scene.custodian)
        #expect(
            try scene.broken(.auditRevoke(principal), by: scene.auditor)?.bodyRule == .holdsGrant)
        try scene.act(.disable(principal), by: scene.theOperator)
        #expect(
            try scene.broken(.disable(principal), by: scene.theOperator)?.bodyRule == .isEnabled)
        #expect(
            try scene.broken(scene.careGrant(person), by: scene.custodian)?.bodyRule == .isEnabled)
        #expect(scene.chain.directory.principal(person.id)?.roles == [])
        // The account is back, the grant is not: it takes whoever grants to give it again.
        try scene.act(.enable(principal), by: scene.theOperator)
        let back = try #require(scene.chain.directory.principal(person.id))
        #expect(back.state == .enlisted && back.grant == nil && back.roles == [])
        #expect(scene.chain.directory.principal(fingerprint: person.fingerprint) == nil)
        try scene.act(scene.careGrant(person), by: scene.custodian)
        #expect(scene.chain.directory.principal(person.id)?.roles == [.counsellor])
    }

    @Test func eachGroupGrantsItsOwnRoles() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        for role in Role.allCases {
            let everything = Set(Compartment.allCases)
            let care = try scene.broken(
                scene.careGrant(person, [role], everything), by: scene.custodian)
            #expect(care?.bodyRule == (role.group == .care ? nil : .careRoles))
            let audit = try scene.broken(scene.auditGrant(person, [role]), by: scene.auditor)
            #expect(audit?.bodyRule == (role.group == .care ? .auditorsRole : nil))
        }
        for roles: Set<Role> in [[], [.counsellor, .operator], [.caseworker, .auditor]] {
            #expect(
                try scene.broken(scene.careGrant(person, roles), by: scene.custodian)?.bodyRule
                    == .careRoles)
        }
        for roles: Set<Role> in [[], [.auditor, .operator], [.backup, .watch]] {
            #expect(
                try scene.broken(scene.auditGrant(person, roles), by: scene.auditor)?.bodyRule
                    == .auditorsRole)
        }
    }

    @Test func groupsExcludeEachOther() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        try scene.act(scene.careGrant(person), by: scene.custodian)
        for role in [Role.operator, .auditor, .backup] {
            #expect(
                try scene.broken(scene.auditGrant(person, [role]), by: scene.auditor)?.bodyRule
                    == .separation)
        }
        // After a revoke, the same keys stay outside the other groups: they may still open things.
        try scene.act(.careRevoke(PrincipalBody(principal: person.id)), by: scene.custodian)
        #expect(
            try scene.broken(scene.auditGrant(person, [.operator]), by: scene.auditor)?.bodyRule
                == .freshKeys)
        let renewed = try Person(4, keys: 44)
        #expect(try scene.broken(scene.auditGrant(renewed, [.operator]), by: scene.auditor) == nil)
        #expect(
            try scene.broken(scene.careGrant(scene.theOperator), by: scene.custodian)?.bodyRule
                == .separation)
    }

    @Test func compartmentsAreKnownAndACustodianHoldsAll() throws {
        var scene = try Scene()
        try scene.enlist(scene.custodian, "custodian")
        try scene.enlist(scene.auditor, "auditor")
        let few: [Compartment] = [.registry, .medical]
        try scene.chain.append(scene.founding(scene.foundingBody(compartments: few)))
        let person = try Person(4)
        try scene.enlist(person, "p")
        func rule(_ roles: Set<Role>, _ compartments: Set<Compartment>) throws -> BodyRule? {
            try scene.broken(
                scene.careGrant(person, roles, compartments), by: scene.custodian)?.bodyRule
        }
        #expect(try rule([.counsellor], []) == .knownCompartments)
        #expect(try rule([.counsellor], [.legal]) == .knownCompartments)
        #expect(try rule([.counsellor], [.medical]) == nil)
        #expect(try rule([.custodian], [.medical]) == .custodianHoldsAll)
        #expect(try rule([.custodian], Set(few)) == nil)
    }

    @Test func grantsEndLaterAndTextsArePlain() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        #expect(
            try scene.broken(scene.careGrant(person, ends: scene.now), by: scene.custodian)?
                .bodyRule == .endsLater)
        #expect(
            try scene.broken(
                scene.auditGrant(person, [.auditor], ends: scene.now), by: scene.auditor)?
                .bodyRule == .endsLater)
        let unit = StatementBody.careGrant(
            CareGrantBody(
                identity: person.identity, roles: [.counsellor], compartments: [.registry],
                unit: "a\u{202E}b"))
        #expect(try scene.broken(unit, by: scene.custodian)?.bodyRule == .plainText)
    }

    @Test func keysServeOnePrincipal() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        try scene.enlist(try Person(5), "q")
        try scene.act(scene.careGrant(person), by: scene.custodian)
        let thief = try Person(5, keys: 4)
        #expect(
            try scene.broken(scene.careGrant(thief), by: scene.custodian)?.bodyRule == .freshKeys)
        // Half of somebody's keys is as bad as both.
        let mixed = PublicIdentity(
            principal: thief.id, agreement: try Person(6).identity.agreement,
            signing: person.identity.signing)
        let half = StatementBody.careGrant(
            CareGrantBody(identity: mixed, roles: [.counsellor], compartments: [.registry]))
        #expect(try scene.broken(half, by: scene.custodian)?.bodyRule == .freshKeys)
        let other = try Person(4, keys: 44)
        #expect(
            try scene.broken(scene.careGrant(other), by: scene.custodian)?.bodyRule == .sameKeys)
    }

    @Test func keysArePointsOfTheirCurves() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        for identity in [
            PublicIdentity(
                principal: person.id, agreement: AgreementPublicKey(raw: .zero),
                signing: person.identity.signing),
            PublicIdentity(
                principal: person.id, agreement: person.identity.agreement,
                signing: SigningPublicKey(raw: .zero)),
        ] {
            let grant = StatementBody.auditGrant(
                AuditGrantBody(identity: identity, roles: [.auditor]))
            #expect(try scene.broken(grant, by: scene.auditor)?.bodyRule == .validKeys)
        }
    }

    @Test func reenlistingEndsGrantsAndKeysForEver() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        try scene.act(scene.careGrant(person), by: scene.custodian)
        let again = EnlistBody(principal: person.id, name: "p renamed", uid: 3_000)
        try scene.act(.reenlist(again), by: scene.theOperator)
        let now = try #require(scene.chain.directory.principal(person.id))
        #expect(now.state == .enlisted)
        #expect(now.grant == nil)
        #expect(now.uid == 3_000)
        #expect(scene.chain.directory.principal(named: "p") == nil)
        #expect(scene.chain.directory.principal(named: "P Renamed")?.id == person.id)
        #expect(scene.chain.directory.principal(fingerprint: person.fingerprint) == nil)
        #expect(
            try scene.broken(scene.careGrant(person), by: scene.custodian)?.bodyRule == .freshKeys)
        let renewed = try Person(4, keys: 44)
        try scene.act(scene.careGrant(renewed), by: scene.custodian)
        // A revoke before the second re-enlist does not save the keys either.
        try scene.act(.careRevoke(PrincipalBody(principal: person.id)), by: scene.custodian)
        try scene.act(.reenlist(again), by: scene.theOperator)
        #expect(
            try scene.broken(scene.careGrant(renewed), by: scene.custodian)?.bodyRule
                == .freshKeys)
    }

    @Test func revokedKeysMayBeGrantedAgainInTheirGroup() throws {
        var scene = try Scene.founded()
        let person = try Person(4)
        try scene.enlist(person, "p")
        try scene.act(scene.careGrant(person), by: scene.custodian)
        try scene.act(.careRevoke(PrincipalBody(principal: person.id)), by: scene.custodian)
        #expect(scene.chain.directory.principal(person.id)?.state == .enlisted)
        try scene.act(scene.careGrant(person, [.caseworker]), by: scene.custodian)
        // A second grant to the same keys replaces the first.
        try scene.act(scene.careGrant(person, [.analyst], [.registry]), by: scene.custodian)
        let now = try #require(scene.chain.directory.principal(person.id))
        #expect(now.roles == [.analyst])
        #expect(now.compartments == [.registry])
        #expect(now.grantedBy == scene.chain.head.number)
    }

    @Test func theVaultKeepsAnOperator() throws {
        var scene = try Scene.founded()
        let first = PrincipalBody(principal: scene.theOperator.id)
        #expect(
            try scene.broken(.auditRevoke(first), by: scene.auditor)?.bodyRule == .lastOperator)
        let second = try Person(4)
        try scene.enlist(second, "second")
        try scene.act(scene.auditGrant(second, [.operator]), by: scene.auditor)
        #expect(try scene.broken(.auditRevoke(first), by: scene.auditor) == nil)
        // One whose grant has ended does not count.
        let third = try Person(5)
        try scene.enlist(third, "third")
        try scene.act(scene.auditGrant(third, [.operator], ends: 3_000), by: scene.auditor)
        scene.now = 3_000
        try scene.act(.disable(first), by: second)
        let other = PrincipalBody(principal: second.id)
        #expect(
            try scene.broken(.auditRevoke(other), by: scene.auditor)?.bodyRule == .lastOperator)
    }

    @Test func storageEpochsFollowEachOther() throws {
        var scene = try Scene.founded()
        func start(_ epoch: UInt32) -> StatementBody {
            .storageEpochStart(
                StorageEpochStartBody(epoch: epoch, storageKey: KeyCommitment(digest(9))))
        }
        func complete(_ epoch: UInt32) -> StatementBody {
            .storageEpochComplete(StorageEpochCompleteBody(epoch: epoch))
        }
        let by = scene.theOperator
        for epoch: UInt32 in [0, 1, 3, .max] {
            #expect(try scene.broken(start(epoch), by: by)?.bodyRule == .nextEpoch)
        }
        #expect(try scene.broken(complete(1), by: by)?.bodyRule == .previousEpoch)
        try scene.act(start(2), by: by)
        #expect(scene.chain.directory.storageEpochs[1]?.state == .previous)
        #expect(scene.chain.directory.currentStorageEpoch == 2)
        #expect(try scene.broken(start(3), by: by)?.bodyRule == .oneRotation)
        #expect(try scene.broken(complete(2), by: by)?.bodyRule == .previousEpoch)
        try scene.act(complete(1), by: by)
        #expect(scene.chain.directory.storageEpochs[1]?.state == .retired)
        #expect(scene.chain.directory.storageEpochs[2]?.state == .current)
        #expect(try scene.broken(start(3), by: by) == nil)
    }

    private func enlist(
        _ scene: Scene, _ number: UInt8, name: String = "new", uid: UInt32 = 9_999
    ) throws -> StatementError? {
        let body = EnlistBody(principal: try principalID(number), name: name, uid: uid)
        return try scene.broken(.enlist(body), by: scene.theOperator)
    }
}
