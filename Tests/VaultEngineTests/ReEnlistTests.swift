import Testing
import VaultAccess
import VaultCoding
import VaultKeyring
import VaultStatements
import VaultTestKit

@testable import VaultEngine

/// Who was given a new code has to enrol, and everybody is told so.
@Suite struct ReEnlistTests {
    private func request(_ name: String, _ role: Role, _ office: Office) throws -> GrantRequest {
        GrantRequest(
            principal: try #require(office.ids[name]), roles: [role], compartments: [], unit: "",
            employer: "", endsMicroseconds: nil, fingerprintWords: office.words[name] ?? [])
    }

    /// Granted before or not: the old keys serve nobody while the code is out.
    @Test(arguments: [false, true]) func theOldKeysServeNobody(wasGranted: Bool) throws {
        let office = try Office.open()
        try office.enrol("paul", try office.enlist("paul", by: try office.login("olga")))
        if wasGranted { try office.grant("paul", .caseworker) }
        let (id, olga) = (try #require(office.ids["paul"]), try office.login("olga"))
        let code = try office.vault.reenlist(id, session: olga).code
        let shown = try office.vault.principal(id, session: olga).principal
        #expect(shown.state == .enlisted && shown.fingerprintWords == nil)
        #expect(office.vault.status(for: office.caller("paul")).nextStep == .enrol)
        #expect(
            try office.vault.greeting(olga).notices
                == [.init(code: .enlisted, about: ["paul"], due: nil)])
        guard case .denied(_, "code-out") = try failure({ try office.login("paul") }) else {
            Issue.record("not told of the code")
            return
        }
        let karl = try office.login("karl")
        let wish = try request("paul", .caseworker, office)
        for act in [
            { try office.vault.checkGrant(wish, session: karl) },
            { _ = try office.vault.grant(wish, session: karl) },
        ] as [() throws -> Void] {
            #expect(try failure(act) == .conflict(.principalState))
        }
        try office.enrol("paul", code)
        #expect(try office.vault.principal(id, session: olga).principal.state == .enrolled)
        guard case .denied(_, "not-granted") = try failure({ try office.login("paul") }) else {
            Issue.record("not told of the grant")
            return
        }
        try office.grant("paul", .caseworker)
        #expect(try office.login("paul").roles == [.caseworker])
    }

    @Test func theOfficeWaitsForThem() throws {
        let office = try Office.open()
        let (id, olga) = (try #require(office.ids["nina"]), try office.login("olga"))
        _ = try office.vault.reenlist(id, session: olga)
        #expect(office.vault.status(for: office.caller("olga")).nextStep == .enrolFirst)
    }

    /// A disabling is taken back by name, not along with a new code.
    @Test func whoIsDisabledStaysSo() throws {
        let office = try Office.open()
        let (id, olga) = (try #require(office.ids["nina"]), try office.login("olga"))
        _ = try office.vault.disable(id, session: olga)
        #expect(
            try failure { try office.vault.reenlist(id, session: olga) }
                == .conflict(.principalState))
        #expect(try office.vault.principal(id, session: olga).principal.state == .disabled)
        _ = try office.vault.enable(id, session: olga)
        try office.enrol("nina", try office.vault.reenlist(id, session: olga).code)
    }

    /// Before the founding nobody can be enabled: a new code is the way back.
    @Test func beforeTheFoundingItIsTheWayBack() throws {
        let office = try Office()
        try office.unseal()
        let olga = try office.login("olga")
        _ = try office.enlist("karl", by: olga)
        let id = try #require(office.ids["karl"])
        _ = try office.vault.disable(id, session: olga)
        try office.enrol("karl", try office.vault.reenlist(id, session: olga).code)
    }

    /// What bars an act is told where it is no right that the caller lacks.
    @Test func theReasonThatIsNotTheirs() throws {
        let office = try Office.open()
        let (aude, olga) = (try office.login("aude"), try office.login("olga"))
        let wish = try request("nina", .intake, office)
        guard
            case .denied(_, DenialRule.grantSeparation.rawValue) = try failure({
                try office.vault.checkGrant(wish, session: aude)
            })
        else {
            Issue.record("not told of the other's role")
            return
        }
        let own = try office.id("olga", as: olga)
        guard
            case .denied(let reference, "not-oneself") = try failure({
                try office.vault.rebind(own, uid: 7, session: olga)
            }), !reference.isEmpty
        else {
            Issue.record("rebound themselves")
            return
        }
    }
}
