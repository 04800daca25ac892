import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements
import VaultTestKit

@testable import VaultEngine

/// What operators do to accounts after they are enlisted: and that none of it opens anything.
@Suite struct AccountTests {
    @Test func enablingGivesTheAccountAndNoRight() throws {
        let office = try Office.open()
        let id = try #require(office.ids["nina"])
        let person = try office.addSubject("Ada Lovelace", try office.login("nina"))
        let olga = try office.login("olga")
        #expect(
            try failure { try office.vault.enable(id, session: olga) }
                == .conflict(.principalState))
        _ = try office.vault.disable(id, session: olga)
        let number = try office.vault.enable(id, session: olga)
        #expect(number == 8)
        let shown = try office.vault.principal(id, session: olga)
        #expect(shown.principal.state == .enrolled && shown.principal.roles.isEmpty)
        #expect(
            shown.statements.map(\.kind) == ["enlist", "care-grant", "disable", "enable"])
        #expect(shown.statements.map(\.signers) == [["olga"], ["karl"], ["olga"], ["olga"]])
        guard case .denied = try failure({ try office.login("nina") }) else {
            Issue.record("logged in without a grant")
            return
        }
        // The same keys, granted again by whoever grants, open what they opened.
        try office.grant("nina", .counsellor)
        let nina = try office.login("nina")
        #expect(try office.read(person.subject, person.record, nina).subject == person.subject)
    }

    /// With its boxes gone an enabled custodian holds no key: they must not count as one, or the last
    /// who holds them could be disabled, and every file would be closed for good.
    @Test func anEnabledCustodianIsNotAnotherOne() throws {
        let office = try Office.open()
        try office.employ("paul", .custodian)
        let (paul, karl) = (
            try #require(office.ids["paul"]), try #require(office.ids["karl"])
        )
        let olga = try office.login("olga")
        _ = try office.vault.disable(paul, session: olga)
        _ = try office.vault.enable(paul, session: olga)
        for act in [
            { _ = try office.vault.disable(karl, session: olga) },
            { _ = try office.vault.leave(karl, session: olga) },
            { _ = try office.vault.reenlist(karl, session: olga) },
        ] as [() throws -> Void] {
            #expect(try failure(act) == .conflict(.lastOfRole(.custodian)))
        }
    }

    @Test func amendingChangesTheNameOnly() throws {
        let office = try Office.open()
        let id = try #require(office.ids["nina"])
        let nina = try office.login("nina")
        let olga = try office.login("olga")
        _ = try office.vault.amendPrincipal(id, name: "妮娜", session: olga)
        #expect(try office.vault.principal(id, session: nina).principal.name == "妮娜")
        #expect(try office.find("nobody", nina).isEmpty)
        let taken = try failure {
            try office.vault.amendPrincipal(id, name: "Karl", session: olga)
        }
        #expect(taken == .conflict(.nameTaken))
        guard
            case .invalidArgument = try failure({
                try office.vault.amendPrincipal(id, name: "妮娜", session: olga)
            })
        else {
            Issue.record("the same name was a change")
            return
        }
        let secret = try Office.secret(office.secrets["nina"] ?? [])
        let (_, again) = try office.vault.login(
            name: "妮娜", secret: secret, form: .keyFile, purpose: nil,
            caller: office.caller("nina"))
        #expect(again.name == "妮娜")
    }

    @Test func rebindingMovesTheLoginAndNothingElse() throws {
        let office = try Office.open()
        let id = try #require(office.ids["nina"])
        let nina = try office.login("nina")
        let olga = try office.login("olga")
        let secret = office.secrets["nina"] ?? []
        func login(_ uid: UInt32) throws -> SessionDescription {
            try office.vault.login(
                name: nil, secret: try Office.secret(secret), form: .keyFile, purpose: nil,
                caller: Caller(uid: uid, gid: 1, pid: 1)
            ).1
        }
        #expect(
            try failure {
                try office.vault.rebind(id, uid: Office.uids["karl"] ?? 0, session: olga)
            } == .conflict(.uidTaken))
        let outcome = try office.vault.rebind(id, uid: 4_711, session: olga)
        #expect(outcome.sessionsEnded == 1)
        #expect(try failure { try office.find("x", nina) } == .loginNeeded)
        #expect(try failure { try login(Office.uids["nina"] ?? 0) } == .wrongSecret)
        #expect(try login(4_711).roles == [.counsellor])
    }

    /// An enrolment that was begun at the old uid is void: the person may be another one there now.
    @Test func rebindingVoidsAnEnrolmentUnderWay() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        let code = try office.enlist("paul", by: olga)
        let offer = try office.vault.beginEnrolment(
            name: nil, code: code, form: .keyFile, seat: nil, caller: office.caller("paul"))
        let secret = Office.bytes(offer.secretText)
        _ = try office.vault.rebind(try #require(office.ids["paul"]), uid: 4_712, session: olga)
        let page = office.vault.status(for: office.caller("paul")).fingerprintWords
        #expect(
            try failure {
                try office.vault.completeEnrolment(
                    pending: offer.pending, secret: try Office.secret(secret),
                    vaultFingerprint: page, caller: office.caller("paul"))
            } == .wrongSecret)
    }

    @Test func whoLeavesLeavesAList() throws {
        let office = try Office.open()
        let (id, olga) = (try #require(office.ids["nina"]), try office.login("olga"))
        _ = try office.login("nina")
        let departure = try office.vault.leave(id, session: olga)
        #expect(departure.sessionsEnded == 1 && departure.statement == 7)
        #expect(
            departure.remaining == [
                .init(
                    task: .compartmentKeys, role: .custodian, items: ["registry", "counselling"]),
                .init(task: .grant, role: .custodian, items: ["counsellor"]),
            ])
        // Told again, and done in part: the grant is taken back although it gives nothing any more.
        #expect(try office.vault.leave(id, session: olga).statement == nil)
        _ = try office.vault.revoke(id, session: try office.login("karl"))
        let again = try office.vault.leave(id, session: olga)
        #expect(again.remaining.isEmpty && again.sessionsEnded == 0)
        for name in ["karl", "aude"] {
            let last = try #require(office.ids[name])
            guard
                case .conflict(.lastOfRole) = try failure({
                    try office.vault.leave(last, session: olga)
                })
            else {
                Issue.record("\(name) left as the last of an office")
                return
            }
        }
    }

    @Test func aServiceHasAKeyFileAndOneJob() throws {
        let office = try Office.open()
        func grant(_ name: String, _ roles: [Role], by grantor: String) throws {
            _ = try office.vault.grant(
                GrantRequest(
                    principal: try #require(office.ids[name]), roles: roles, compartments: [],
                    unit: "", employer: "", endsMicroseconds: nil,
                    fingerprintWords: office.words[name] ?? []),
                session: try office.login(grantor))
        }
        let code = try office.enlist("paul", by: try office.login("olga"))
        let offer = try office.vault.beginEnrolment(
            name: nil, code: code, form: .words, seat: nil, caller: office.caller("paul"))
        let words = Office.bytes(offer.secretText)
        office.words["paul"] = offer.fingerprintWords
        _ = try office.vault.completeEnrolment(
            pending: offer.pending, secret: try Office.secret(words),
            vaultFingerprint: office.vault.status(for: office.caller("paul")).fingerprintWords,
            caller: office.caller("paul"))
        guard case .invalidArgument = try failure({ try grant("paul", [.watch], by: "aude") })
        else {
            Issue.record("a service with words was granted")
            return
        }
        let again = try office.vault.reenlist(
            try #require(office.ids["paul"]), session: try office.login("olga")
        ).code
        try office.enrol("paul", again)
        // Custodians grant no service, and auditors one job only.
        guard case .denied = try failure({ try grant("paul", [.watch], by: "karl") }) else {
            Issue.record("a custodian granted a service")
            return
        }
        #expect(throws: EngineError.self) { try grant("paul", [.watch, .backup], by: "aude") }
        try grant("paul", [.watch], by: "aude")
        #expect(try office.login("paul").roles == [.watch])
        let departure = try office.vault.leave(
            try #require(office.ids["paul"]), session: try office.login("olga"))
        #expect(
            departure.remaining == [
                .init(task: .keyFile, role: .operator, items: ["paul"]),
                .init(task: .grant, role: .auditor, items: ["watch"]),
            ])
    }

    @Test func anOperatorWhoLeavesMayKnowTheSlots() throws {
        let office = try Office.open()
        try office.appoint("paul")
        let departure = try office.vault.leave(
            try #require(office.ids["paul"]), session: try office.login("olga"))
        #expect(
            departure.remaining == [
                .init(task: .slots, role: .operator, items: ["init"]),
                .init(task: .storageKey, role: .operator, items: ["1"]),
                .init(task: .grant, role: .auditor, items: ["operator"]),
            ])
    }

    /// Whoever may unseal is named in the header, which no command changes: the last of them stays.
    @Test func theLastWhoMayUnsealStays() throws {
        let office = try Office.open(unsealUIDs: [1001, 1004])
        try office.appoint("paul")
        let paul = try office.login("paul")
        let (olga, nina) = (try office.id("olga", as: paul), try #require(office.ids["nina"]))
        #expect(
            try office.vault.keyStatus(paul).unsealers == [
                .init(uid: 1001, names: ["olga"]), .init(uid: 1004, names: ["nina"]),
            ])
        _ = try office.vault.disable(nina, session: paul)
        #expect(try office.vault.keyStatus(paul).unsealers.last == .init(uid: 1004, names: []))
        for act in [
            { _ = try office.vault.disable(olga, session: paul) },
            { _ = try office.vault.leave(olga, session: paul) },
        ] as [() throws -> Void] {
            #expect(try failure(act) == .conflict(.lastUnsealer(uid: 1001)))
        }
        _ = try office.vault.enable(nina, session: paul)
        _ = try office.vault.disable(olga, session: paul)
        // And from now on that is nina.
        #expect(
            try failure { try office.vault.leave(nina, session: paul) }
                == .conflict(.lastUnsealer(uid: 1004)))
    }

    /// An account that nobody in the directory has is the machine's own, such as the service's, which
    /// unseals unattended. Rights can be taken of whoever may unseal; the account stays.
    @Test func theMachinesOwnAccountMayUnsealToo() throws {
        for (listed, isKept) in [([1001, 990], false), ([1001], true)] as [([UInt32], Bool)] {
            let office = try Office.open(unsealUIDs: listed)
            try office.appoint("paul")
            let paul = try office.login("paul")
            let olga = try office.id("olga", as: paul)
            _ = try office.vault.revoke(olga, session: try office.login("aude"))
            guard isKept else {
                #expect(try office.vault.leave(olga, session: paul).statement != nil)
                continue
            }
            #expect(
                try failure { try office.vault.leave(olga, session: paul) }
                    == .conflict(.lastUnsealer(uid: 1001)))
        }
    }
}
