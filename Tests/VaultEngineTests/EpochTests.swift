import Testing
import VaultAudit
import VaultCoding
import VaultTestKit

@testable import VaultEngine

/// Audit epochs: one at each unseal, one at the founding, one a day, and never one number twice.
@Suite struct EpochTests {
    private static let day: UInt64 = 24 * 3600 * 1_000_000

    private func openings(_ office: Office) throws -> [EpochOpening] {
        try office.lines().compactMap { line in
            if case .epochOpened(let opening) = line.a?.detail { opening } else { nil }
        }
    }

    @Test func foundingUnsealAndDayEachBeginOne() throws {
        let office = try Office()
        try office.unseal()
        let core = try office.vault.core()
        let before = core.trail.epoch
        try office.found()
        #expect(core.trail.epoch == before + 1)
        try office.employ("nina", .counsellor)
        // Boxed to nobody before the founding, to the audit key from then on.
        let atFounding = try openings(office)
        #expect(atFounding.map(\.epoch) == Array(1...before + 1))
        #expect(atFounding.last?.auditKey == 1)
        #expect(atFounding.dropLast().allSatisfy { $0.auditKey == 0 && $0.boxHash == .zero })

        let nina = try office.login("nina")
        _ = try office.addSubject("Ada Lovelace", nina)
        core.doChores()
        #expect(core.trail.epoch == before + 1)
        office.time.change { $0 += Self.day - 10_000_000 }
        core.doChores()
        #expect(core.trail.epoch == before + 1)
        office.time.change { $0 += 10_000_000 }
        core.doChores()
        #expect(core.trail.epoch == before + 2)
        core.doChores()
        #expect(core.trail.epoch == before + 2)
        _ = try office.addSubject("Bo Diddley", try office.login("nina"))
        try office.restart()
        #expect(try office.vault.core().trail.epoch == before + 3)
        try office.kill()
        try office.unseal()
        #expect(try office.vault.core().trail.epoch == before + 4)

        // The auditor opens every epoch, those from before the founding too, and each one's first
        // entry stands before any other of it.
        let lines = try office.lines()
        #expect(lines.allSatisfy { $0.leaf.epoch == 0 || $0.a != nil })
        var begun: Set<UInt32> = []
        for line in lines where line.leaf.epoch != 0 {
            if case .epochOpened(let opening) = line.a?.detail {
                #expect(opening.epoch == line.leaf.epoch)
                #expect(begun.insert(opening.epoch).inserted)
            } else {
                #expect(begun.contains(line.leaf.epoch))
            }
        }
        #expect(begun.count == Int(before) + 4)
        try office.verify([], "after epochs")
    }

    @Test func aClockSetBackMakesNoDayLonger() throws {
        let office = try Office.open()
        office.vault.shutdown()
        let age = Office.Box<UInt64>(0)
        var world = try office.world()
        world.monotonic = { age.value }
        try office.kill(into: world)
        try office.unseal()
        let core = try office.vault.core()
        let epoch = core.trail.epoch
        office.time.change { $0 -= 30 * Self.day }
        age.value = Self.day - 1
        core.doChores()
        #expect(core.trail.epoch == epoch)
        age.value = Self.day
        core.doChores()
        #expect(core.trail.epoch == epoch + 1)
    }

    @Test func aFullEpochEnds() throws {
        let office = try Office.open()
        let core = try office.vault.core()
        #expect(!core.trail.isDue(auditKey: 1))
        #expect(core.trail.isDue(auditKey: 2))
        let epoch = core.trail.epoch
        for _ in 0..<3 { try core.openEpoch() }
        #expect(core.trail.epoch == epoch + 3)
        try office.verify([], "after epochs")
    }

    @Test func entriesOfTheEpochBeforeMayComeLate() throws {
        let office = try Office.open()
        let core = try office.vault.core()
        // Finished under the old epoch, appended under the new one.
        let facts = EntryFacts(.vaultHealth, request: core.newRequest())
        let entry = try core.entry(facts)
        try core.openEpoch()
        try core.appendAndWait([entry])
        let lines = try office.lines()
        let line = try #require(lines.first { $0.leaf.id == entry.id })
        #expect(line.a?.action == .vaultHealth && line.leaf.epoch == core.trail.epoch - 1)
    }
}
