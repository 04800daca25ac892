import Testing
import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStatements
import VaultTestKit

@testable import VaultEngine

/// How people come in: enlisting, enrolling, founding, and the acts that end in each other's way.
@Suite struct EnrolmentTests {
    private func begin(
        _ name: String, _ code: String, _ office: Office, seat: FoundingSeat? = nil
    ) throws -> (pending: String, secret: [UInt8]) {
        let offer = try office.vault.beginEnrolment(
            name: nil, code: code, form: .keyFile, seat: seat, caller: office.caller(name))
        return (offer.pending, Office.bytes(offer.secretText))
    }

    private func complete(
        _ name: String, _ pending: String, _ secret: [UInt8], _ office: Office,
        words: [String]? = nil
    ) throws {
        let page = office.vault.status(for: office.caller(name)).fingerprintWords
        _ = try office.vault.completeEnrolment(
            pending: pending, secret: try Office.secret(secret), vaultFingerprint: words ?? page,
            caller: office.caller(name))
    }

    @Test func onlyTheCodesOwnerEnrols() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        let code = try office.enlist("paul", by: olga)
        // A stranger's account, somebody else's code, and a code that is none.
        #expect(try failure { try begin("nobody", code, office) } == .wrongSecret)
        #expect(try failure { try begin("nina", code, office) } == .conflict(.principalState))
        #expect(try failure { try begin("paul", "ABCD-EFGH", office) } == .wrongSecret)
        let told = try office.lines().filter { $0.a?.action == .enrol && $0.a?.outcome == .denied }
        #expect(told.count == 3)
        let (pending, secret) = try begin("paul", code, office)
        // Typed back wrong, by another account, with another page in hand.
        var wrong = secret
        wrong[wrong.count / 2] = wrong[wrong.count / 2] == 0x61 ? 0x62 : 0x61
        #expect(try failure { try complete("paul", pending, wrong, office) } == .wrongSecret)
        #expect(try failure { try complete("nina", pending, secret, office) } == .wrongSecret)
        #expect(
            try failure {
                try complete("paul", pending, secret, office, words: office.words["olga"])
            } == .conflict(.fingerprint))
        try complete("paul", pending, secret, office)
        // The code is used up, and so is the offer.
        #expect(try failure { try complete("paul", pending, secret, office) } == .wrongSecret)
        #expect(try failure { try begin("paul", code, office) } == .wrongSecret)
    }

    @Test func offersEnd() throws {
        let office = try Office.open()
        let code = try office.enlist("paul", by: try office.login("olga"))
        let first = try begin("paul", code, office)
        office.time.change { $0 += LoginLimits.enrolment }
        #expect(
            try failure { try complete("paul", first.pending, first.secret, office) }
                == .wrongSecret)
        let second = try begin("paul", code, office)
        office.vault.abandonEnrolment(pending: second.pending, caller: office.caller("paul"))
        #expect(
            try failure { try complete("paul", second.pending, second.secret, office) }
                == .wrongSecret)
        // No account keeps more than a few open.
        try office.vault.core().doChores()
        for _ in 0..<LoginLimits.enrolmentsPerUID { _ = try begin("paul", code, office) }
        guard case .tooManyRequests = try failure({ try begin("paul", code, office) }) else {
            Issue.record("one more offer")
            return
        }
        // A code from before a re-enlisting is void.
        let id = try #require(office.ids["paul"])
        let next = try office.vault.reenlist(id, session: try office.login("olga")).code
        #expect(try failure { try begin("paul", code, office) } == .wrongSecret)
        office.time.change { $0 += LoginLimits.enrolment }
        try office.vault.core().doChores()
        try office.enrol("paul", next)
    }

    @Test func wordsOfAnotherGrantNothing() throws {
        let office = try Office.open()
        try office.enrol("paul", try office.enlist("paul", by: try office.login("olga")))
        let own = office.words["paul"]
        office.words["paul"] = office.words["nina"]
        #expect(
            try failure { try office.grant("paul", .counsellor) } == .conflict(.fingerprint))
        guard case .denied = try failure({ try office.login("paul") }) else {
            Issue.record("logged in without a grant")
            return
        }
        office.words["paul"] = own
        try office.grant("paul", .counsellor)
        _ = try office.login("paul")
    }

    @Test func beforeTheFoundingNothingElseWorks() throws {
        let office = try Office()
        try office.unseal()
        let olga = try office.login("olga")
        try office.enrol("karl", try office.enlist("karl", by: olga), seat: .custodian)
        let karl = try office.login("karl")
        #expect(try failure { try office.addSubject("x", karl) } == .notFounded)
        #expect(try failure { try office.find("x", karl) } == .notFounded)
        #expect(try failure { try office.vault.auditTail(limit: 1, session: karl) } == .notFounded)
        #expect(try failure { try office.grant("karl", .counsellor) } == .notFounded)
        // The draft is not there before both seats are taken, and a signature under another is void.
        #expect(try office.vault.foundingDraft(karl).auditor == nil)
        #expect(
            try failure {
                try office.vault.signFounding(draft: .zero, otherWords: [], session: karl)
            } == .conflict(.stale))
        let code = try office.enlist("nina", by: olga)
        #expect(
            try failure { try office.enrol("nina", code, seat: .custodian) }
                == .conflict(.principalState))
        try office.enrol("aude", try office.enlist("aude", by: olga), seat: .auditor)
        let draft = try office.vault.foundingDraft(karl)
        #expect(
            try failure {
                try office.vault.signFounding(
                    draft: draft.hash, otherWords: office.words["karl"] ?? [], session: karl)
            } == .conflict(.fingerprint))
        #expect(
            try !office.vault.signFounding(
                draft: draft.hash, otherWords: office.words["aude"] ?? [], session: karl
            ).committed)
        // A statement in between voids the half-signed draft.
        _ = try office.enlist("paul", by: olga)
        let aude = try office.login("aude")
        #expect(
            try failure {
                try office.vault.signFounding(
                    draft: draft.hash, otherWords: office.words["karl"] ?? [], session: aude)
            } == .conflict(.stale))
        for (name, other) in [("aude", "karl"), ("karl", "aude")] {
            let session = try office.login(name)
            let draft = try office.vault.foundingDraft(session)
            _ = try office.vault.signFounding(
                draft: draft.hash, otherWords: office.words[other] ?? [], session: session)
        }
        #expect(office.vault.status(for: office.caller("karl")).founded == true)
        // The founders' logins are over; nobody takes a seat any more.
        #expect(try failure { try office.vault.foundingDraft(karl) } == .loginNeeded)
        let late = try office.enlist("zoe", by: try office.login("olga"))
        #expect(
            try failure { try begin("nobody", late, office, seat: .auditor) } == .alreadyFounded)
        try office.enrol("nina", code)
        try office.grant("nina", .counsellor)
        try office.verify([], "after the founding")
    }

    /// Two custodians who revoke each other at the same moment: one of them stays.
    @Test func theLastCustodianStays() throws {
        for _ in 0..<4 {
            let office = try Office.open()
            try office.employ("paul", .custodian)
            let vault = office.vault
            let pairs = [
                (try office.login("karl"), try #require(office.ids["paul"])),
                (try office.login("paul"), try #require(office.ids["karl"])),
            ]
            let results = try Crowd.run(2) { number in
                try vault.revoke(pairs[number].1, session: pairs[number].0).statement
            }
            let done = results.count { (try? $0.get()) != nil }
            #expect(done == 1)
            let directory = try vault.core().keyring.directory
            #expect(directory.principals.values.count { $0.roles.contains(.custodian) } == 1)
        }
    }
}
