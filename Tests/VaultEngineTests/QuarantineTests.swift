import Synchronization
import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// One damaged row: that row is refused, told and shown in health, and the service goes on.
@Suite struct QuarantineTests {
    /// Which row of Ada's is damaged.
    enum Place: CaseIterable { case body, record, subjectKey, head, index, request }

    private static let name = IdempotencyID([UInt8](repeating: 5, count: 16))

    @Test(arguments: Place.allCases)
    func oneDamagedRow(place: Place) throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let bo = try office.addSubject("Bo Diddley", nina, number: "E-2")
        let before = office.disks
        let ada = try office.addSubject("Ada Lovelace", nina, id: Self.name)
        let tag = try #require(nina.care?[.registry]).tag(of: ada.subject)
        office.vault.shutdown()

        var disks = office.disks
        let (space, row) = try victim(place, disks, tag, before)
        var value = row.value
        value[value.count / 2] ^= 0x10
        disks.put(space, row.key, value)
        let again = try Office(disks, of: office)
        try again.unseal()
        let session = try again.login("nina")

        let error = try failure { try reach(place, ada, again, session) }
        guard case .quarantined(let reference) = error else {
            Issue.record("\(place): \(error)")
            return
        }
        #expect(again.codes == [.quarantine])
        #expect(!again.vault.isSealed)
        let told = try again.lines().filter { $0.a?.action == .quarantine }
        #expect(told.map { $0.a?.reference } == [reference])
        #expect(told.allSatisfy { $0.a?.outcome == .unavailable })
        let isOfAda = place != .index && place != .request
        #expect(told.first?.pseudonym == (isOfAda ? ada.pseudonym : nil))

        // The others are served, by name, by number and by identifier.
        #expect(try again.find("Bo Diddley", session).map(\.subject) == [bo.subject])
        #expect(try again.read(bo.subject, bo.record, session).subject == bo.subject)
        _ = try again.addSubject("Cy Twombly", session)
    }

    /// The outcome of a whole self-check is in health when this returns. The one that is under way may
    /// have read rows before they were changed, so two are made.
    private func check(_ office: Office) throws {
        let core = try office.vault.core()
        for _ in 0..<2 {
            core.rows.withLock { $0.ended = nil }
            for _ in 0..<1_000 where core.rows.withLock({ $0.ended }) == nil { core.checkStore() }
            #expect(core.rows.withLock { $0.ended } != nil)
        }
    }

    private func logged(_ office: Office) throws -> [Bool] {
        try office.vault.core().log.flush()
        return try office.lines().compactMap { line in
            guard case .health("row.quarantined", let recovered) = line.a?.detail else {
                return nil
            }
            return recovered
        }
    }

    @Test func aRowThatWasMendedIsAFindingNoMore() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        try check(office)
        #expect(office.codes == [])

        let editor = InMemoryStore(disk: office.disk)
        let row = try #require(try editor.scan(.bodies, from: [], to: nil, limit: 100).last)
        var damaged = row.value
        damaged[damaged.count / 2] ^= 1
        try editor.commit(Batch(writes: [.put(.bodies, row.key, damaged)]))
        let error = try failure { _ = try office.read(ada.subject, ada.record, nina) }
        guard case .quarantined = error else {
            Issue.record("\(error)")
            return
        }
        #expect(office.codes == [.quarantine])
        try check(office)
        #expect(Set(office.codes) == [.quarantine, .storeDiffers])

        try editor.commit(Batch(writes: [.put(.bodies, row.key, row.value)]))
        try check(office)
        #expect(office.codes == [])
        #expect(try logged(office) == [true])
        #expect(try office.read(ada.subject, ada.record, nina).subject == ada.subject)
    }

    @Test func aRowThatIsAsCommittedAndDoesNotOpenStaysAFindingUntilTheNextUnseal() throws {
        let office = try Office.open()
        try office.vault.core().noteDamage("bodies")
        try check(office)
        try check(office)
        #expect(office.codes == [.quarantine])
        try office.vault.seal(try office.login("olga"))
        #expect(office.codes == [.quarantine])
        try office.unseal()
        try check(office)
        #expect(office.codes == [])
    }

    @Test func whileARowIsDamagedTheStoreIsCheckedEveryTenMinutes() throws {
        let office = try Office.open()
        let core = try office.vault.core()
        try check(office)
        core.noteDamage("bodies")
        func isDue(after seconds: UInt64) -> Bool {
            let now = core.world.monotonic()
            core.rows.withLock { $0.ended = now - seconds * 1_000_000 }
            core.checkStoreWhenDue()
            return core.rows.withLock { $0.isRunning || $0.ended != now - seconds * 1_000_000 }
        }
        #expect(!isDue(after: 590))
        #expect(isDue(after: 610))
    }

    /// The row of Ada's that `place` means.
    private func victim(
        _ place: Place, _ disks: Disks, _ tag: VaultKeyring.Tag, _ before: Disks
    ) throws -> (Space, Row) {
        func row(_ space: Space, where matches: (Row) -> Bool) throws -> Row {
            let found = disks.rows[space]?.first(where: matches)
            return try #require(found)
        }
        switch place {
        case .body: return (.bodies, try #require(disks.rows[.bodies]?.last))
        case .record: return (.records, try row(.records) { $0.key.starts(with: tag.bytes) })
        case .subjectKey:
            return (
                .wrappedKeys,
                try row(.wrappedKeys) { $0.key.dropFirst().starts(with: tag.bytes) }
            )
        case .head: return (.careRows, try row(.careRows) { $0.key.starts(with: tag.bytes) })
        case .index: return (.index, try row(.index) { before.value(.index, $0.key) == nil })
        case .request: return (.requests, try #require(disks.rows[.requests]?.first))
        }
    }

    /// A request that meets the damaged row.
    private func reach(
        _ place: Place, _ ada: CreatedSubject, _ office: Office, _ nina: Session
    ) throws {
        switch place {
        case .body, .record, .subjectKey: _ = try office.read(ada.subject, ada.record, nina)
        case .head:
            let fields: JSON.Value = ["names": [["full": "Ada Byron"]]]
            _ = try office.amend(ada.subject, ada.record, base: 1, fields, nina)
        case .index: _ = try office.find("Ada Lovelace", nina)
        case .request:
            _ = try office.addSubject("Ada Lovelace", nina, id: Self.name)
        }
    }
}
