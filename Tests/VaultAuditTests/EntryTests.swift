import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// Entries: sealing, opening, and the one spelling of what is stored.
@Suite("Entries")
struct EntryTests {
    private func full(_ detail: EntryDetail?) throws -> PartA {
        let bytes = [UInt8](repeating: 3, count: 16)
        var part = PartA(time: 17, action: .amend, outcome: .denied)
        part.actor = Actor(
            principal: PrincipalID(bytes), name: "王芳", uid: 0, fingerprint: SHA256.hash([1]),
            roles: [.auditor, .operator], unit: "north")
        part.session = SessionID(bytes)
        part.request = RequestID(bytes)
        part.compartment = .medical
        part.kind = "medical.expense"
        part.purpose = .payment
        part.reasonCode = "r"
        part.ticket = "t"
        part.legalBasis = "l"
        part.consent = "c"
        part.approval = "a"
        part.breakGlass = true
        part.policyVersion = 2
        part.rule = "x"
        part.failure = "f"
        part.reference = "K7"
        part.results = 9
        part.keys = [KeyEpoch(scope: "storage", number: 3), KeyEpoch(scope: "audit", number: 1)]
        part.store = StorePosition(counter: .max, digest: SHA256.hash([2]))
        part.detail = detail
        return part
    }

    private static let details: [EntryDetail?] = [
        nil,
        .epochOpened(
            EpochOpening(
                epoch: 1, auditKey: 2, auditKeyFingerprint: .zero, boxHash: .zero, statement: 3,
                statementHash: .zero)),
        .continued(LogContinuation(origin: "o", size: 1, root: .zero)),
        .unsealed(SealedSummary(adopted: 3, vouched: 2)),
        .tally(Tally(uid: 1, count: 2, first: 3, last: 4)), .statement(number: 1, hash: .zero),
        .erased(tag: [UInt8](repeating: 1, count: 16), highest: 4),
        .contentsErased(first: 1, last: 2), .range(from: 1, to: 2), .progress(done: 1, total: 2),
        .health(code: "log.unpinned", recovered: true),
        .about(
            PrincipalID([UInt8](repeating: 3, count: 16)) ?? Random.identifier(),
            roles: [.counsellor], compartments: [.registry, .medical]),
    ]

    @Test(arguments: details.indices)
    func partsReadBackAsThemselves(index: Int) throws {
        let part = try full(Self.details[index])
        #expect(try PartA(parse: part.encoded) == part)
        let plain = PartA(time: 0, action: .vaultStart, outcome: .success)
        #expect(try PartA(parse: plain.encoded) == plain)
        // In words it is JSON, and every detail has a type.
        let words = try JSON.parse(LineWriter.line { part.write(words: &$0) })
        #expect((words["detail"]?["type"]?.string != nil) == (part.detail != nil))
    }

    @Test func sealingAndOpening() throws {
        let fixture = try LogFixture()
        let subject = SHA256.hash([5])
        let a = try full(nil)
        let b = PartB(subject: .key(subject), reason: "because")
        for openA in [false, true] {
            let entry = try fixture.sealer.finish(a, b, openA: openA)
            #expect(try FinishedEntry(parse: entry.bytes) == entry)
            let record = entry.record(sequence: 7, time: 8)
            #expect(try AuditRecord(parse: record.bytes) == record)
            let opened = try fixture.sealer.open(record)
            #expect(try PartA(parse: opened.a.encoded) == a)
            #expect(try PartB(parse: opened.b.encoded) == b)
            #expect(record.leaf.match == Commitment.match(subject: subject, entry: entry.id))
            #expect((record.content.openA != nil) == openA)
            // Under another epoch, another id, another key.
            let key = SecretBox(try LogFixture.secret(9))
            let vault = fixture.keys.origin.vault
            for other in [
                EntrySealer(vault: vault, epoch: 2, key: key),
                EntrySealer(vault: Random.identifier(), epoch: 1, key: key),
                EntrySealer(vault: vault, epoch: 1, key: SecretBox(try LogFixture.secret(8))),
            ] {
                #expect(throws: AuditError.sodium(.cannotOpen)) { try other.open(record) }
            }
            var moved = record
            moved.leaf.id = Random.identifier()
            #expect(throws: AuditError.self) { try fixture.sealer.open(moved) }
            for change in [\Leaf.commitA, \Leaf.commitB] {
                var other = record
                other.leaf[keyPath: change] = .zero
                #expect(throws: AuditError.sodium(.cannotOpen)) { try fixture.sealer.open(other) }
            }
        }
        // The same contents look different every time, and as long as others.
        let sizes = try ["", "short", String(repeating: "x", count: 60)].map {
            try fixture.sealer.finish(a, PartB(reason: $0)).bytes.count
        }
        #expect(Set(sizes).count == 1)
        #expect(throws: AuditError.tooMany(limit: 1024)) {
            var many = a
            many.keys = [KeyEpoch](repeating: KeyEpoch(scope: "x", number: 1), count: 1025)
            _ = try fixture.sealer.finish(many, PartB())
        }
    }

    /// Every changed byte of a small record is refused, or it is another record in its one spelling.
    @Test func everyChangedByteIsRefusedOrReadsBackAsItself() throws {
        let fixture = try LogFixture()
        let part = PartA(time: 1, action: .vaultStop, outcome: .success)
        let records = [
            FinishedEntry.sealedState(part).record(sequence: 0, time: 1),
            try fixture.sealer.finish(part, PartB()).record(sequence: 0, time: 1),
            try fixture.sealer.finish(part, PartB(), openA: true).record(sequence: 0, time: 1),
        ]
        for record in records {
            let bytes = record.bytes
            var refused = 0
            for index in bytes.indices {
                for change in [UInt8(1), 0x80] {
                    var mangled = bytes
                    mangled[index] ^= change
                    guard let again = try? AuditRecord(parse: mangled) else {
                        refused += 1
                        continue
                    }
                    #expect(again.bytes == mangled, "byte \(index)")
                    #expect(again != record, "byte \(index)")
                }
                #expect(throws: CodingError.self) {
                    try AuditRecord(parse: Array(bytes[..<index]))
                }
            }
            #expect(refused > 40)
            #expect(throws: CodingError.self) { try AuditRecord(parse: bytes + [0]) }
        }
        let encoded = try full(Self.details[1]).encoded
        for index in encoded.indices {
            var mangled = encoded
            mangled[index] ^= 1
            if let again = try? PartA(parse: mangled) { #expect(again.encoded == mangled) }
            #expect(throws: CodingError.self) { try PartA(parse: Array(encoded[..<index])) }
        }
    }
}
