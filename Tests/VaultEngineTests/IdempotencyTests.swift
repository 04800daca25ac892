import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// A write under a name of the client's: asked again it is answered, not done again.
@Suite struct IdempotencyTests {
    private static let day: UInt64 = 24 * 3600 * 1_000_000

    private func name(_ number: UInt8) throws -> IdempotencyID {
        try #require(IdempotencyID([UInt8](repeating: number, count: 16)))
    }

    @Test func aRetryIsAnsweredWithTheFirstResult() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let first = try office.addSubject("Ada Lovelace", nina, number: "E-1", id: try name(1))
        let made = try office.create(
            first.subject, .counsellingSession, OfficeDay.talk("one"), nina, id: try name(2))
        let amended = try office.amend(
            first.subject, made.record, base: 1, OfficeDay.talk("two"), nina, id: try name(3))
        let rows = office.disk.snapshot()[.bodies]?.count
        // In another login, after a restart, and after the record has moved on.
        try office.restart()
        let again = try office.login("nina")
        _ = try office.amend(first.subject, made.record, base: 2, OfficeDay.talk("three"), again)
        #expect(
            try office.addSubject("Ada Lovelace", again, number: "E-1", id: try name(1)) == first)
        #expect(
            try office.create(
                first.subject, .counsellingSession, OfficeDay.talk("one"), again, id: try name(2))
                == made)
        #expect(
            try office.amend(
                first.subject, made.record, base: 1, OfficeDay.talk("two"), again, id: try name(3))
                == amended)
        #expect(office.disk.snapshot()[.bodies]?.count == rows.map { $0 + 1 })

        // Each with an entry of its own, about the subject that the write was about.
        let lines = try office.lines()
        let retries = lines.filter { $0.a?.rule == "idempotent-retry" }
        #expect(retries.count == 3)
        #expect(retries.allSatisfy { $0.a?.outcome == .success && $0.pseudonym == first.pseudonym })
        #expect(Set(retries.compactMap { $0.a?.request }).count == 3)
        try office.verify([], "after retries")
    }

    @Test func otherContentUnderTheNameIsRefused() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina, id: try name(1))
        let made = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("one"), nina, id: try name(2))
        let before = office.disk.snapshot()[.bodies]?.count
        let attempts: [() throws -> Void] = [
            { _ = try office.addSubject("Ada Byron", nina, id: try name(1)) },
            {
                _ = try office.create(
                    ada.subject, .counsellingSession, OfficeDay.talk("two"), nina, id: try name(2))
            },
            {
                _ = try office.amend(
                    ada.subject, made.record, base: 1, OfficeDay.talk("one"), nina, id: try name(2))
            },
            // Of another compartment, under another key.
            {
                _ = try office.create(
                    ada.subject, .counsellingSession, OfficeDay.talk("one"), nina, id: try name(1))
            },
            { _ = try office.addSubject("Ada Lovelace", nina, id: try name(2)) },
        ]
        for attempt in attempts { #expect(try failure(attempt) == .idempotencyReused) }
        #expect(office.disk.snapshot()[.bodies]?.count == before)
        #expect(office.codes.isEmpty)
        let told = try office.lines().filter { $0.a?.failure == "idempotency-reused" }
        #expect(told.count == attempts.count)
    }

    @Test func anotherPersonsNamesAreTheirOwn() throws {
        let office = try Office.open()
        try office.employ("paul", .counsellor)
        let (nina, paul) = (try office.login("nina"), try office.login("paul"))
        let ada = try office.addSubject("Ada Lovelace", nina, id: try name(1))
        let bo = try office.addSubject("Ada Lovelace", paul, id: try name(1))
        #expect(ada.subject != bo.subject)
        #expect(try office.addSubject("Ada Lovelace", paul, id: try name(1)) == bo)
        #expect(try office.addSubject("Ada Lovelace", nina, id: try name(1)) == ada)
    }

    @Test func namesAreForgottenAfterAWeek() throws {
        let office = try Office.open()
        let ada = try office.addSubject("Ada Lovelace", try office.login("nina"), id: try name(1))
        office.time.change { $0 += 7 * Self.day - 60_000_000 }
        #expect(
            try office.addSubject("Ada Lovelace", try office.login("nina"), id: try name(1)) == ada)
        // Kept to the full hour.
        office.time.change { $0 += 3_660_000_000 }
        let second = try office.addSubject(
            "Ada Lovelace", try office.login("nina"), id: try name(1))
        #expect(second.subject != ada.subject)
        // The new one is remembered in place of the old one.
        #expect(
            try office.addSubject("Ada Lovelace", try office.login("nina"), id: try name(1))
                == second)
        #expect(office.disk.snapshot()[.requests]?.count == 1)
    }

    @Test func expiredNamesAreRemoved() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        for number in 1...3 as ClosedRange<UInt8> {
            _ = try office.addSubject("P \(number)", nina, id: try name(number))
        }
        office.time.change { $0 += 8 * Self.day }
        _ = try office.addSubject("P 4", try office.login("nina"), id: try name(4))
        let core = try office.vault.core()
        core.doChores()
        // Behind it in the committer's queue.
        _ = try core.committer.commit(CommitMember(writes: [.delete(.requests, [1])]))
        #expect(office.disk.snapshot()[.requests]?.count == 1)
        try office.verify([], "after the cleaning")
    }

    @Test func twoAtOnceUnderOneNameAreDoneOnce() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let id = try name(9)
        let (vault, request) = (office.vault, office.request(nina, id))
        let results = try Crowd.run(8) { _ in
            try wait {
                vault.addSubject(fields: ["names": [["full": "Ada Lovelace"]]], request, $0)
            }
        }
        #expect(Set(try results.map { try $0.get().subject.text }).count == 1)
        #expect(office.disk.snapshot()[.bodies]?.count == 1)
        try office.verify([], "after a crowd")
    }
}
