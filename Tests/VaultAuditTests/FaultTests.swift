import Synchronization
import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// Each write of a log's life fails: once not done, once done but reported as unknown. After each the log
/// goes on, and after a restart it is whole, holds all that was acknowledged, and nothing twice.
@Suite("Faults of the writer")
struct FaultTests {
    enum Fault: CaseIterable, Sendable {
        case refused, unknownNotDone, unknownDone, unknownAndNoState
    }

    /// Appends of the life below: unseal, three groups, checkpoint, seal, two of the sealed state.
    private static let writes = 8

    @Test(arguments: 0..<writes, Fault.allCases)
    func everyWriteFails(write: Int, fault: Fault) throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        inject(fault, write, fixture.store)
        var acknowledged: [EntryID] = []
        var refused: [EntryID] = []
        var doubtful: [EntryID] = []
        func append(_ entries: [FinishedEntry]) {
            do {
                _ = try log.appendAndWait(entries)
                acknowledged += entries.map(\.id)
            } catch AuditError.outcomeUnknown {
                doubtful += entries.map(\.id)
            } catch {
                refused += entries.map(\.id)
            }
        }
        var isOpen = (try? fixture.unseal(log)) != nil
        if !isOpen {
            try fixture.unseal(log)
            isOpen = true
        }
        for count in [1, 3, 2] { append(try fixture.entries(count)) }
        let checkpoint = try? log.checkpoint()
        if let checkpoint { try expectStored(checkpoint, fixture.store) }
        let isSealed = (try? log.seal()) != nil
        for _ in 0..<2 { append(LogFixture.sealedEntries(1)) }
        log.close()

        let store = fixture.store.copy()
        let again = try fixture.open(store)
        let summary = try fixture.unseal(again)
        let ids = try again.records(0..<again.size).map(\.leaf.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(acknowledged).isSubset(of: ids))
        #expect(Set(refused).isDisjoint(with: ids))
        #expect(Set(ids).isSubset(of: Set(acknowledged).union(doubtful)))
        // Only where the key of the chain was left behind does it hold.
        #expect(summary.adopted >= UInt64(isSealed ? 1 : 0))
        if isSealed, fault != .unknownAndNoState { #expect(summary.held) }
        try expectWhole(again, store, fixture)
        _ = try again.appendAndWait(try fixture.entries(1))
    }

    private func inject(_ fault: Fault, _ write: Int, _ store: MemoryAuditStore) {
        let path = "audit.db"
        store.change { contents in
            contents.appendFaults = [(MemoryAuditStore.Moment, AuditStoreError)?](
                repeating: nil, count: write)
            switch fault {
            case .refused: contents.appendFaults.append((.before, .full(path: path)))
            case .unknownNotDone:
                contents.appendFaults.append((.before, .outcomeUnknown(path: path)))
            case .unknownDone: contents.appendFaults.append((.after, .outcomeUnknown(path: path)))
            case .unknownAndNoState:
                contents.appendFaults.append((.after, .outcomeUnknown(path: path)))
                contents.failStateAfterFault = true
            }
        }
    }

    /// A checkpoint that was given out is in the store, unless it is of the empty log.
    private func expectStored(_ checkpoint: Checkpoint, _ store: MemoryAuditStore) throws {
        guard checkpoint.size > 0 else { return }
        #expect(
            store.change { $0.checkpoints.contains { $0.note == checkpoint.note } },
            "a checkpoint left before it was durable")
    }

    private func expectWhole(
        _ log: AuditLog, _ store: MemoryAuditStore, _ fixture: LogFixture
    ) throws {
        let leaves = try store.change { contents in
            try contents.records.map { try LeafHash.of(record: $0) }
        }
        let tree = ReferenceTree(leaves: leaves)
        #expect(log.newestHead?.root == tree.root(0..<leaves.count))
        var roots: [UInt64: Digest] = [:]
        for stored in store.change({ $0.checkpoints }) {
            let checkpoint = try UnverifiedCheckpoint(parse: stored.note)
                .verify(fixture.keys.verifierKey)
            #expect(checkpoint.root == tree.root(0..<Int(checkpoint.size)))
            // Never two different trees of one size.
            #expect(roots[checkpoint.size] ?? checkpoint.root == checkpoint.root)
            roots[checkpoint.size] = checkpoint.root
        }
        let times = try log.records(0..<log.size).map(\.leaf.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }

    /// A signature leaves the machine's memory before anybody knows whether its batch was written, so
    /// it is over what was durable before: no second tree of that size can come to be.
    @Test func neverTwoCheckpointsOfOneSize() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed(Int(AuditLimits.checkpointEntries))
        fixture.store.change { $0.appendFaults = [(.before, .full(path: "audit.db"))] }
        #expect(throws: AuditError.store(.full(path: "audit.db"))) {
            try log.appendAndWait(try fixture.entries(5))
        }
        _ = try log.appendAndWait(try fixture.entries(5))
        _ = try log.checkpoint()
        var roots: [Substring: Substring] = [:]
        for text in fixture.signed.texts.withLock({ $0 }) {
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
            #expect(roots[lines[1]] ?? lines[2] == lines[2], "size \(lines[1])")
            roots[lines[1]] = lines[2]
        }
        #expect(roots.count == 2)
    }

    @Test func healthIsToldOnChangesOnly() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed(1)
        let full = AuditStoreError.full(path: "audit.db")
        fixture.store.change {
            $0.appendFaults = [(.before, full), (.before, full), nil, (.before, full)]
        }
        for _ in 0..<2 {
            #expect(throws: AuditError.store(full)) {
                try log.appendAndWait(try fixture.entries(1))
            }
        }
        _ = try log.appendAndWait(try fixture.entries(1))
        _ = try? log.appendAndWait(try fixture.entries(1))
        _ = try log.appendAndWait(try fixture.entries(1))
        log.flush()
        #expect(
            fixture.health.withLock { $0 } == [.failing(full), .well, .failing(full), .well])
        #expect(log.size == 3)
    }
}

/// What was logged while sealed, and what an unseal makes of it.
@Suite("The sealed state")
struct SealedStateTests {
    /// A log that was sealed after five entries and has three of the sealed state.
    private func scene() throws -> LogFixture {
        let fixture = try LogFixture()
        let log = try fixture.unsealed(5)
        try log.seal()
        for _ in 0..<3 { _ = try log.appendAndWait(LogFixture.sealedEntries(1)) }
        log.close()
        return fixture
    }

    private func summary(
        _ fixture: LogFixture, _ change: (inout MemoryAuditStore.Contents) throws -> Void
    ) throws -> SealedSummary {
        let store = fixture.store.copy()
        try store.change { try change(&$0) }
        return try fixture.unseal(fixture.open(store))
    }

    @Test func anUnsealAdoptsAndVouches() throws {
        let fixture = try scene()
        #expect(try summary(fixture) { _ in } == SealedSummary(adopted: 3, vouched: 3))
        let store = fixture.store.copy()
        let log = try fixture.open(store)
        try fixture.unseal(log)
        #expect(store.change { $0.sealedChain } == nil)
        #expect(log.newestHead?.size == 8)
        // Sealed anew, the chain begins anew.
        try log.seal()
        _ = try log.appendAndWait(LogFixture.sealedEntries(2))
        #expect(try fixture.unseal(log) == SealedSummary(adopted: 2, vouched: 2))
    }

    @Test func afterAColdStartNothingIsVouchedFor() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        _ = try log.appendAndWait(LogFixture.sealedEntries(2))
        #expect(try fixture.unseal(log) == SealedSummary(adopted: 2, vouched: 0))
        log.close()
        let again = try fixture.open(fixture.store.copy())
        _ = try again.appendAndWait(LogFixture.sealedEntries(1))
        #expect(try fixture.unseal(again) == SealedSummary(adopted: 1, vouched: 0))
    }

    @Test func forgedAndDroppedEntriesAreNotVouchedFor() throws {
        let fixture = try scene()
        func rewritten(_ index: Int, _ change: (inout AuditRecord) -> Void) throws -> SealedSummary
        {
            try summary(fixture) { contents in
                var record = try AuditRecord(parse: contents.records[index])
                change(&record)
                contents.records[index] = record.bytes
            }
        }
        #expect(
            try rewritten(6) { $0.leaf.match = .zero } == SealedSummary(adopted: 3, vouched: 1))
        #expect(
            try rewritten(5) { record in
                guard case .sealed(let part, _) = record.content else { return }
                record.content = .sealed(part, mac: nil)
            } == SealedSummary(adopted: 3, vouched: 0))
        #expect(
            try summary(fixture) { $0.records.removeLast() }
                == SealedSummary(adopted: 2, vouched: 2))
        #expect(
            try summary(fixture) { $0.sealedChain?[40] ^= 1 }
                == SealedSummary(adopted: 3, vouched: 0))
        #expect(
            try summary(fixture) { $0.sealedChain = nil } == SealedSummary(adopted: 3, vouched: 0))
        #expect(
            try summary(fixture) { contents in
                let last = try AuditRecord(parse: contents.records[7])
                let forged = LogFixture.sealedEntries(1)[0]
                    .record(sequence: 8, time: last.leaf.time + 1)
                contents.records.append(forged.bytes)
            } == SealedSummary(adopted: 4, vouched: 3))
    }

    @Test func nothingElseIsAdopted() throws {
        let fixture = try scene()
        func refusal(_ change: (inout MemoryAuditStore.Contents) throws -> Void) throws
            -> AuditError?
        {
            do {
                _ = try summary(fixture, change)
                return nil
            } catch let error as AuditError { return error }
        }
        let entry = try fixture.entries(1)[0]
        #expect(
            try refusal { $0.records.append(entry.record(sequence: 8, time: 1 << 40).bytes) }
                == .unauthenticated(from: 8))
        #expect(
            try refusal { contents in
                var record = try AuditRecord(parse: contents.records[6])
                record.leaf.time = 1
                contents.records[6] = record.bytes
            } == .unauthenticated(from: 6))
        // The head and what it covers.
        #expect(try refusal { $0.records[2][40] ^= 1 } == .wrongRoot(size: 5))
        #expect(
            try refusal { $0.records.removeLast(4) } == .truncated(expected: 5, found: 4))
        #expect(try refusal { $0.head?[70] ^= 1 } != nil)
        let last = fixture.store.change { $0.head?.count ?? 1 } - 1
        #expect(try refusal { $0.head?[last] ^= 1 } == .headNotAuthentic)
        #expect(try refusal { $0.head = nil } == .unauthenticated(from: 0))
        #expect(
            try refusal { $0.checkpoints[0].note[130] ^= 1 } == .checkpointNotAuthentic(size: 5))
        let other = try LogFixture()
        _ = try other.unsealed(5).checkpoint()
        let foreign = other.store.change { $0.checkpoints }
        #expect(try refusal { $0.checkpoints = foreign } == .wrongRoot(size: 5))
    }

    @Test func anotherOriginIsRefused() throws {
        let fixture = try scene()
        let other = try LogFixture(store: fixture.store.copy(), incarnation: 2)
        let expected = AuditError.otherOrigin(
            expected: other.keys.origin.text, found: fixture.keys.origin.text)
        #expect(throws: expected) { try other.unseal(other.open()) }
        let stranger = try LogFixture(store: fixture.store.copy(), seed: 20)
        #expect(throws: AuditError.headNotAuthentic) { try stranger.unseal(stranger.open()) }
    }
}
