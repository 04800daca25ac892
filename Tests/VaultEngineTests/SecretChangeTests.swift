import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// A new secret over the same keys.
@Suite struct SecretChangeTests {
    private func begin(
        _ name: String, _ secret: [UInt8], _ session: Session, _ office: Office,
        form: SecretForm = .keyFile
    ) throws -> (pending: String, secret: [UInt8]) {
        let offer = try office.vault.beginSecretChange(
            old: try Office.secret(secret), form: form, session: session,
            caller: office.caller(name))
        return (offer.pending, Office.bytes(offer.secretText))
    }

    private func complete(
        _ name: String, _ pending: String, _ secret: [UInt8], _ session: Session, _ office: Office
    ) throws -> Int {
        try office.vault.completeSecretChange(
            pending: pending, secret: try Office.secret(secret), session: session,
            caller: office.caller(name))
    }

    @Test(arguments: [SecretForm.keyFile, .words])
    func theKeysStayAndTheOldSecretOpensNothing(form: SecretForm) throws {
        let office = try Office.open()
        let old = try #require(office.secrets["nina"])
        let other = try office.login("nina")
        let nina = try office.login("nina")
        let person = try office.addSubject("Ada Lovelace", nina)
        let fingerprint = nina.fingerprint
        let (pending, new) = try begin("nina", old, nina, office, form: form)
        // Nothing is stored until it was typed back, not even after a wrong try.
        var wrong = new
        wrong[wrong.count / 2] = wrong[wrong.count / 2] == 0x61 ? 0x62 : 0x61
        #expect(try failure { try complete("nina", pending, wrong, nina, office) } == .wrongSecret)
        #expect(try office.login("nina").fingerprint == fingerprint)
        #expect(try complete("nina", pending, new, nina, office) == 2)
        #expect(try failure { try office.find("x", other) } == .loginNeeded)
        #expect(try office.find("Ada Lovelace", nina).count == 1)
        #expect(try failure { try office.login("nina") } == .wrongSecret)
        office.secrets["nina"] = new
        let again = try office.login("nina")
        #expect(again.fingerprint == fingerprint)
        #expect(try office.read(person.subject, person.record, again).subject == person.subject)
        // The offer is used up; after a restart it is the new one still.
        #expect(try failure { try complete("nina", pending, new, again, office) } == .wrongSecret)
        try office.restart()
        _ = try office.login("nina")
        let told = try office.lines().filter { $0.a?.action == .passwd }
        #expect(told.map { $0.a?.outcome } == [.success])
    }

    @Test func wrongSecretsAreCountedAndTold() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let theirs = try #require(office.secrets["karl"])
        for _ in 0...LoginLimits.freeFailures {
            #expect(
                try failure { try begin("nina", theirs, nina, office).pending } == .wrongSecret)
        }
        guard
            case .tooManyRequests = try failure({ try begin("nina", theirs, nina, office).pending })
        else {
            Issue.record("guessing costs nothing")
            return
        }
        let told = try office.lines().filter { $0.a?.action == .passwd }
        #expect(told.allSatisfy { $0.a?.outcome == .denied && $0.a?.failure == "wrong-secret" })
        #expect(told.count == LoginLimits.freeFailures + 1)
        office.time.value += 10_000_000
        let again = try office.login("nina")
        #expect(again.failedTries == LoginLimits.freeFailures + 1)
    }

    @Test func anOfferServesItsPersonAndLogin() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let (pending, new) = try begin("nina", try #require(office.secrets["nina"]), nina, office)
        let karl = try office.login("karl")
        #expect(try failure { try complete("karl", pending, new, karl, office) } == .wrongSecret)
        // Disabled before it was typed back: no secret for somebody without an account.
        _ = try office.vault.disable(
            try #require(office.ids["nina"]), session: try office.login("olga"))
        #expect(try failure { try complete("nina", pending, new, nina, office) } == .loginNeeded)
    }

    @Test func ofTwoChangesTheFirstCounts() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let old = try #require(office.secrets["nina"])
        let (one, first) = try begin("nina", old, nina, office)
        let (two, second) = try begin("nina", old, nina, office)
        _ = try complete("nina", one, first, nina, office)
        #expect(
            try failure { try complete("nina", two, second, nina, office) } == .conflict(.stale))
        office.secrets["nina"] = first
        _ = try office.login("nina")
    }

    /// The row is re-wrapped under another storage key between the two steps.
    @Test func aRotationInBetweenIsKept() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let (pending, new) = try begin("nina", try #require(office.secrets["nina"]), nina, office)
        _ = try office.vault.rotateStorage(
            .start, dryRun: false, session: try office.login("olga"))
        _ = try complete("nina", pending, new, nina, office)
        office.secrets["nina"] = new
        _ = try office.login("nina")
    }

    @Test func theLastLoginIsTold() throws {
        let office = try Office.open()
        let first = try office.login("nina")
        #expect(first.lastLogin == nil && first.failedTries == 0)
        let then = first.openedAt
        // A statement by them in between re-pins the row and keeps the time.
        office.time.value += 60_000_000
        let own = try #require(office.secrets["nina"])
        office.secrets["nina"] = office.secrets["karl"]
        #expect(try failure { try office.login("nina") } == .wrongSecret)
        office.secrets["nina"] = own
        let second = try office.login("nina")
        #expect(second.lastLogin == then && second.failedTries == 1)
        try office.restart()
        let third = try office.login("nina")
        #expect(third.lastLogin == second.openedAt && third.failedTries == 0)
        let karl = try office.login("karl")
        try office.grant("nina", .counsellor)
        #expect(try office.login("karl").lastLogin != nil)
        #expect(try office.login("karl").lastLogin ?? 0 >= karl.openedAt)
    }

    @Test func whatWaitsIsTold() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        #expect(try office.vault.greeting(olga).notices.isEmpty)
        let code = try office.enlist("paul", by: olga)
        #expect(
            try office.vault.greeting(try office.login("olga")).notices
                == [.init(code: .enlisted, about: ["paul"], due: nil)])
        try office.enrol("paul", code)
        for name in ["karl", "aude"] {
            #expect(
                try office.vault.greeting(try office.login(name)).notices
                    == [.init(code: .enrolled, about: ["paul"], due: nil)])
        }
        let end = office.time.value + 86_400_000_000
        _ = try office.vault.grant(
            GrantRequest(
                principal: try #require(office.ids["paul"]), roles: [.counsellor],
                compartments: [], unit: "", employer: "", endsMicroseconds: end,
                fingerprintWords: office.words["paul"] ?? []),
            session: try office.login("karl"))
        #expect(
            try office.vault.greeting(try office.login("karl")).notices
                == [.init(code: .grantsEnding, about: ["paul"], due: end)])
        #expect(
            try office.vault.greeting(try office.login("paul")).notices
                == [.init(code: .ownGrantEnding, about: [], due: end)])
        #expect(try office.vault.greeting(try office.login("nina")).notices.isEmpty)
        office.time.value += 8 * 86_400_000_000
        let late = try office.vault.greeting(try office.login("aude")).notices
        #expect(late.map(\.code) == [.unpinned])
    }
}
