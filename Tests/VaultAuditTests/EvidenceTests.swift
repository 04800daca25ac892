import Testing
import VaultCoding
import VaultSodium
import VaultStatements

@testable import VaultAudit

/// What a verifier says of files that are well, and of their pins.
@Suite("Evidence files")
struct EvidenceTests {
    @Test func aWholeFileIsValid() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        let report = try judge(lines)
        #expect(report.verdict == .valid)
        let trail = try #require(report.trail)
        #expect(trail.vault == fixture.vault)
        #expect(trail.fingerprintWords == fixture.chain.directory.vaultFingerprintWords)
        #expect(trail.verifierKey == fixture.key)
        #expect(trail.range == 0..<14)
        #expect(trail.size == 14)
        #expect(trail.statements == 4)
        #expect(trail.unchecked == 0)
        #expect(trail.counts.entries == 14)
        #expect(trail.counts.missing == 0)
        #expect(trail.counts.sealed == SealedTally(total: 3, vouched: 2, open: 0))
        #expect(trail.counts.sealed.unauthenticated == 1)
        #expect(trail.pin == .none)
        #expect(trail.tail.entries == 14)
        #expect(trail.tail.since == trail.counts.firstTime)
    }

    @Test func everyLineReadsBackAsItself() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(subject: fixture.subject, disclosing: true)
        #expect(try EvidenceHeader(parse: lines[0]).line == lines[0])
        for line in lines[1..<fixture.preamble] {
            #expect(try EvidenceStatement(parse: line).line == line)
        }
        for line in lines[fixture.preamble..<lines.count - 1] {
            let entry = try EvidenceEntry(parse: line)
            #expect(entry.line == line)
            #expect(entry.check() == nil)
            // Any reader of JSON understands it.
            _ = try JSON.parse(line)
        }
        let last = try #require(lines.last)
        #expect(try EvidenceFooter(parse: last) == EvidenceFooter(entries: 14))
        #expect(text(last) == "{\"end\":true,\"entries\":14}")
    }

    @Test func wordsAreThoseOfTheEntry() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(disclosing: true)
        let words = try JSON.parse(lines[fixture.preamble + 5])
        #expect(words["action"]?.string == "record.read")
        #expect(words["outcome"]?.string == "success")
        #expect(words["name"]?.string == "李梅")
        #expect(words["purpose"]?.string == "TREAT")
        #expect(words["about"]?["reason"]?.string == "a \"reason\"\n\u{7F}")
        #expect(
            words["about"]?["subject"]?.string == SubjectName.pseudonym(of: fixture.subject))
        #expect(UTCTime.text(1_785_587_696_000_001) == "2026-08-01T12:34:56.000001Z")
        #expect(UTCTime.text(951_782_400_000_000) == "2000-02-29T00:00:00.000000Z")
        // Closed unless asked for: not even a pseudonym.
        for line in try fixture.export() {
            #expect(!text(line).contains("\"b\":"))
            #expect(!text(line).contains("\"about\":{"))
        }
    }

    @Test func everyRangeAndCheckpointVerifies() throws {
        let fixture = try TrailFixture.living()
        for from in UInt64(0)...14 {
            for to in from...14 {
                let lines = try fixture.export(from: from, to: to)
                let report = try judge(lines)
                // Epoch 1 was opened before the founding, which only a range from 0 shows.
                let unproven = from == 1 && to >= 2
                #expect(
                    report.verdict
                        == (unproven
                            ? .incomplete(TrailFinding(.unproven, at: 1)) : .valid),
                    "\(from)..<\(to)")
            }
        }
        #expect(throws: AuditError.outOfRange(size: 14)) { try fixture.export(from: 3, to: 15) }
        #expect(throws: AuditError.outOfRange(size: 14)) { try fixture.export(from: 4, to: 3) }
    }

    @Test func pins() throws {
        let fixture = try TrailFixture()
        var checkpoints: [Checkpoint] = []
        try fixture.live()
        for _ in 0..<6 {
            checkpoints.append(try fixture.log.checkpoint())
            try fixture.append(try fixture.read(3))
        }
        let last = try fixture.log.checkpoint()
        let lines = try fixture.export()
        for pin in checkpoints + [last] {
            let trail = try #require(try judge(lines, pin: pin).trail)
            #expect(try judge(lines, pin: pin).verdict == .valid)
            #expect(trail.pin == .held(size: pin.size))
            #expect(trail.tail.entries == 20 - pin.size)
            #expect((trail.tail.since == nil) == (pin.size == 20))
        }
        // A range that begins behind the pin, or ends before it, does not reach it by itself …
        let behind = try fixture.export(from: 17, to: 18)
        #expect(try judge(behind, pin: checkpoints[0]).trail?.pin == .unrelated(size: 14))
        #expect(try judge(behind, pin: checkpoints[3]).trail?.pin == .held(size: 17))
        #expect(try judge(behind, pin: checkpoints[4]).trail?.pin == .held(size: 18))
        #expect(try judge(behind, pin: checkpoints[5]).trail?.pin == .unrelated(size: 19))
        // … but with a proof of the way.
        for pin in [checkpoints[0], checkpoints[5]] {
            let proved = try fixture.export(from: 17, to: 18, since: pin)
            #expect(try judge(proved, pin: pin).trail?.pin == .held(size: pin.size))
            #expect(try judge(proved).verdict == .valid)
        }
        // From a checkpoint on.
        let since = try fixture.export(since: checkpoints[2])
        #expect(try judge(since, pin: checkpoints[2]).trail?.range == 16..<20)
        #expect(try judge(since, pin: checkpoints[2]).trail?.pin == .held(size: 16))
        // A pin that is newer than the file says nothing.
        let old = try fixture.export(checkpoint: checkpoints[0])
        #expect(try judge(old, pin: last).verdict == .valid)
        #expect(try judge(old, pin: last).trail?.pin == .newer(size: 20))
    }

    @Test func pinsThatSpeakAgainstIt() throws {
        let fixture = try TrailFixture.living()
        let other = try TrailFixture.living()
        let lines = try fixture.export()
        // The same keys, another life: the log was rewritten.
        let rewritten = try other.log.checkpoint()
        #expect(try judge(lines, pin: rewritten).verdict == .invalid(TrailFinding(.contradicted)))
        try fixture.append(try fixture.read(3))
        let grown = try fixture.export()
        #expect(try judge(grown, pin: rewritten).verdict == .invalid(TrailFinding(.contradicted)))
        let stranger = try TrailFixture(LogFixture(seed: 20))
        try stranger.live()
        #expect(
            try judge(lines, pin: stranger.log.checkpoint()).verdict
                == .invalid(TrailFinding(.otherLog)))
        let incarnation = try TrailFixture(LogFixture(incarnation: 2))
        try incarnation.live()
        #expect(
            try judge(lines, pin: incarnation.log.checkpoint()).verdict
                == .invalid(TrailFinding(.otherLog)))
        // An export from a checkpoint that is not of this log is refused by the writer.
        #expect(throws: AuditError.wrongRoot(size: 14)) { try fixture.export(since: rewritten) }
        #expect(throws: AuditError.self) {
            try fixture.export(since: stranger.log.checkpoint())
        }
    }

    @Test func missingContents() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(without: 2)
        let report = try judge(lines)
        #expect(report.verdict == .incomplete(TrailFinding(.missing, at: 5)))
        #expect(report.trail?.counts.missing == 3)
        #expect(lines.contains { text($0).contains("\"missing\":true") })
        // Approved and said so, it is whole.
        var part = fixture.part(.auditExport, .contentsErased(first: 2, last: 2))
        try fixture.append(try fixture.sealer(3).finish(part, PartB(), openA: true))
        #expect(try judge(fixture.export(without: 2)).verdict.finding?.problem == .missing)
        part.approval = "request 7"
        try fixture.append(try fixture.sealer(3).finish(part, PartB(), openA: true))
        #expect(try judge(fixture.export(without: 2)).verdict == .valid)
    }

    @Test func oneSubjectIsComplete() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(subject: fixture.subject)
        let report = try judge(lines)
        #expect(report.verdict == .valid)
        #expect(report.trail?.counts.ofSubject == 3)
        #expect(report.trail?.counts.disclosed == 3)
        #expect(report.trail?.pseudonym == SubjectName.pseudonym(of: fixture.subject))
        // The same with one of them closed: a claim of completeness that does not hold.
        let closed = try fixture.export()
        var mixed = lines
        mixed[fixture.preamble + 7] = closed[fixture.preamble + 7]
        #expect(try judge(mixed).verdict == .invalid(TrailFinding(.subject, at: 7)))
    }
}
