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
