import Testing
import VaultCoding
import VaultSodium
import VaultStatements

@testable import VaultAudit

/// The log as it lies in its store, well and altered behind the daemon's back.
@Suite("Verifying the live log")
struct LiveVerifierTests {
    /// A life that goes on for three tiles.
    private func scene() throws -> TrailFixture {
        let fixture = try TrailFixture.living()
        for _ in 0..<6 {
            let entries = try (0..<100).map { _ in try fixture.read(3) }
            _ = try fixture.log.appendAndWait(entries)
            _ = try fixture.log.checkpoint()
        }
        return fixture
    }

    private func report(
        _ fixture: TrailFixture, from: UInt64? = nil, to: UInt64? = nil, without: UInt32? = nil
    ) throws -> LiveReport {
        var verifier = try #require(
            try LiveVerifier(
                log: fixture.log, key: fixture.key, chain: fixture.chain, from: from, to: to))
        var steps: UInt64 = 0
        while try verifier.step(sealer: { $0 == without ? nil : fixture.sealers[$0] }) {
            #expect(verifier.done > steps)
            steps = verifier.done
        }
        return verifier.report()
    }

    private func problem(_ fixture: TrailFixture) throws -> TrailProblem? {
        try report(fixture).verdict.finding?.problem
    }

    @Test func aWholeLogIsValid() throws {
        let fixture = try scene()
        let whole = try report(fixture)
        #expect(whole.verdict == .valid)
        #expect(whole.counts.entries == 614)
        #expect(whole.counts.sealed == SealedTally(total: 3, vouched: 2, open: 0))
        for (from, to) in [(2, 614), (255, 257), (256, 512), (614, 614), (0, 0), (0, 300)] {
            let part = try report(fixture, from: UInt64(from), to: UInt64(to))
            #expect(part.verdict == .valid, "\(from)..<\(to)")
            #expect(part.counts.entries == UInt64(to - from))
        }
        #expect(throws: AuditError.outOfRange(size: 614)) { try report(fixture, to: 615) }
        #expect(throws: AuditError.outOfRange(size: 614)) { try report(fixture, from: 3, to: 2) }
    }

    @Test func contentsThatDoNotOpenAreMissing() throws {
        let fixture = try scene()
        #expect(
            try report(fixture, without: 2).verdict == .incomplete(TrailFinding(.missing, at: 5)))
        fixture.base.store.change { $0.records[6][$0.records[6].count - 1] ^= 1 }
        #expect(try report(fixture).verdict == .incomplete(TrailFinding(.missing, at: 6)))
    }

    @Test func alteredRecords() throws {
        let fixture = try scene()
        let good = fixture.base.store.change { $0.records }
        func altered(_ change: (inout [[UInt8]]) -> Void) throws -> TrailVerdict {
            fixture.base.store.change {
                $0.records = good
                change(&$0.records)
            }
            return try report(fixture).verdict
        }
        // In the label, the sequence, the time, the match, and the mode.
        #expect(try altered { $0[40][3] ^= 1 } == .invalid(TrailFinding(.record, at: 40)))
        #expect(try altered { $0[40][24] ^= 1 } == .invalid(TrailFinding(.sequence, at: 40)))
        #expect(try altered { $0[40][29] ^= 1 }.finding?.problem == .time)
        #expect(try altered { $0[40][60] ^= 1 }.finding?.problem == .match)
        #expect(try altered { $0[40][149] = 9 } == .invalid(TrailFinding(.record, at: 40)))
        #expect(try altered { $0.swapAt(40, 41) } == .invalid(TrailFinding(.sequence, at: 40)))
        #expect(try altered { $0[13][60] ^= 1 }.finding?.problem == .root)
        #expect(try altered { $0.removeLast() } == .invalid(TrailFinding(.sequence, at: 613)))
        #expect(try altered { _ in } == .valid)
    }

    @Test func alteredTilesHeadsAndCheckpoints() throws {
        let fixture = try scene()
        let store = fixture.base.store
        func altered(_ change: (inout MemoryAuditStore.Contents) -> Void) throws -> TrailProblem? {
            let (tiles, head, checkpoints) = store.change {
                ($0.tiles, $0.head, $0.checkpoints)
            }
            store.change { change(&$0) }
            let found = try problem(fixture)
            store.change { ($0.tiles, $0.head, $0.checkpoints) = (tiles, head, checkpoints) }
            return found
        }
        for id in store.change({ Array($0.tiles.keys) }) {
            #expect(try altered { $0.tiles[id]?[5] ^= 1 } == .tile, "\(id)")
            #expect(try altered { $0.tiles[id] = nil } == .tile, "\(id)")
        }
        #expect(try altered { $0.head = nil } == .head)
        #expect(try altered { $0.head?[80] ^= 1 } == .head)
        let count = store.change { $0.checkpoints.count }
        for index in 0..<count {
            #expect(try altered { $0.checkpoints[index].note[120] ^= 1 } == .checkpoint)
        }
        #expect(try altered { $0.checkpoints[1].note = $0.checkpoints[0].note } == .checkpoint)
        let other = try scene()
        let foreign = other.base.store.change { $0.checkpoints }
        #expect(try altered { $0.checkpoints[2] = foreign[2] } == .root)
        #expect(try problem(fixture) == nil)
    }

    @Test func beforeTheFoundingThereIsNothingToJudgeBy() throws {
        let fixture = try TrailFixture()
        try fixture.unseal(epoch: 1, key: 0)
        let verifier = try LiveVerifier(log: fixture.log, key: fixture.key, chain: fixture.chain)
        #expect(verifier == nil)
    }
}
