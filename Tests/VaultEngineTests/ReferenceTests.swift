import Testing
import VaultAudit
import VaultCoding
import VaultTestKit

@testable import VaultEngine

/// A refusal names a reference, and an auditor finds its entry by that, and by nothing else.
@Suite struct ReferenceTests {
    private func refused(_ act: () throws -> Void) throws -> String {
        guard case .denied(let reference, _) = try failure(act) else {
            Issue.record("not denied")
            return ""
        }
        return reference
    }

    @Test func findsTheEntriesOfThatRequestAlone() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        let aude = try office.login("aude")
        let vault = office.vault
        let other = try refused { _ = try vault.auditTail(limit: 1, session: olga) }
        let reference = try refused { _ = try vault.auditCheckpoint(olga) }
        let found = try vault.auditEntries(reference: reference, limit: 9, session: aude)
        #expect(found.map(\.a?.reference) == [reference])
        #expect(found.map(\.a?.action) == [.auditCheckpoint])
        #expect(found.first?.a?.rule == "deny:role-missing")
        // As it may be read out.
        let typed = "\(reference.prefix(4))-\(reference.dropFirst(4))".lowercased()
        let again = try vault.auditEntries(reference: typed, limit: 9, session: aude)
        #expect(again.map(\.leaf) == found.map(\.leaf))
        #expect(
            try vault.auditEntries(reference: other, limit: 9, session: aude).map(\.a?.action)
                == [.auditRead])
    }

    /// Also when it lies pages back, and what was looked at is in the log.
    @Test func looksThroughTheWholeLog() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        let aude = try office.login("aude")
        let vault = office.vault
        let reference = try refused { _ = try vault.auditCheckpoint(olga) }
        for _ in 0..<2_100 { try vault.noteRetry(of: .principalList, session: aude) }
        let size = office.logDisk.withContents { UInt64($0.records.count) }
        let found = try vault.auditEntries(reference: reference, limit: 1, session: aude)
        #expect(found.map(\.a?.action) == [.auditCheckpoint])
        let absent = try vault.auditEntries(reference: "0000000000", limit: 1, session: aude)
        #expect(absent.isEmpty)
        let looks = try vault.auditTail(limit: 2, session: aude).compactMap(\.a)
        #expect(looks.map(\.action) == [.auditRead, .auditRead])
        #expect(looks.map(\.results) == [1, 0])
        #expect(looks[0].detail == .range(from: 0, to: size))
        #expect(looks[1].detail == .range(from: 0, to: size + 1))
    }

    @Test func isForAuditorsAndForReferences() throws {
        let office = try Office.open()
        let vault = office.vault
        for name in ["olga", "karl", "nina"] {
            let session = try office.login(name)
            _ = try refused {
                _ = try vault.auditEntries(reference: "0000000000", limit: 1, session: session)
            }
        }
        let aude = try office.login("aude")
        for typed in ["", "000000000", "00000000000", "000000000U", "deny:role-"] {
            let error = try failure {
                _ = try vault.auditEntries(reference: typed, limit: 1, session: aude)
            }
            guard case .invalidArgument("reference", _) = error else {
                Issue.record("\(typed): \(error)")
                continue
            }
        }
    }
}
