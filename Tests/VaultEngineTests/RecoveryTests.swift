import Testing
import VaultAudit
import VaultCoding
import VaultStorage

@testable import VaultEngine

/// The power goes off at every moment of a day: after every write to store, log or header.
@Suite struct RecoveryTests {
    @Test func everyMomentOfADayOpensAndIsComplete() throws {
        let office = try Office.open()
        office.vault.shutdown()
        let recorder = Recorder(office)
        office.vault = try Vault(try recorder.world(office))
        try office.unseal()
        let day = OfficeDay(office)
        day.acknowledged = { recorder.acknowledge($0) }
        for step in day.steps { try step.run() }
        office.vault.shutdown()

        let moments = recorder.moments
        #expect(moments.contains { $0.cause == .header })
        #expect(moments.count { $0.cause == .store } > 15)
        var recovered = 0
        for (number, moment) in moments.enumerated() {
            let again = try Office(moment.disks, of: office)
            try again.unseal()
            recovered += again.recoveredEntries
            try again.verify(
                day.written.prefix(moment.acknowledged), "moment \(number) after \(moment.cause)")
            // Killed and opened once more: what was recovered is not recovered again.
            try again.kill()
            try again.unseal()
            #expect(again.recoveredEntries == 0, "moment \(number)")
            try again.verify(
                day.written.prefix(moment.acknowledged), "moment \(number), once more")
            again.vault.shutdown()
        }
        // Between every commit with an entry and its append there was a moment.
        #expect(recovered > 10)
    }
}

extension Office {
    /// Entries that the newest unseal brought from the outbox into the log.
    var recoveredEntries: Int {
        for note in diagnostics.value.reversed() {
            if case .unsealed(_, _, let recovered) = note { return recovered }
        }
        return 0
    }
}
