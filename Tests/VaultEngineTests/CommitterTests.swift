import Dispatch
import Foundation
import Synchronization
import Testing
import VaultAudit
import VaultCoding
import VaultSodium
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// The one writer of the store, apart from everything else.
@Suite struct CommitterTests {
    /// A committer over a store that can be held up, so that what arrives meanwhile is one group.
    private struct Bench {
        let disk = InMemoryDisk()
        let key: SecretBox
        let gate = GatedStore.Gate()
        let faulty: FaultyStore
        let committer: Committer
        let size = Office.Box<UInt64>(0)

        init() throws {
            key = SecretBox(try SecretBytes(random: 32))
            let row = try StoreDigest().row(logSize: 0, mac: key.bytes)
            let base = InMemoryStore(disk: disk)
            try base.commit(Batch(writes: [.put(.meta, StoreDigest.rowKey, row)]))
            faulty = FaultyStore(base)
            let size = size
            committer = Committer(
                store: GatedStore(base: faulty, gate: gate), macKey: key, digest: StoreDigest(),
                row: row, logSize: { size.value })
        }

        /// What the digest row on the disk says.
        func stored() throws -> (digest: StoreDigest, logSize: UInt64) {
            let store = InMemoryStore(disk: disk)
            let row = try #require(try store.get(.meta, StoreDigest.rowKey))
            let found = StoreDigest.read(row: row, mac: key.bytes)
            return try #require(found)
        }

        /// Commits members that arrive while the store is held up by another one: together.
        func group(_ members: [CommitMember]) -> [Result<StoreMark, CommitError>] {
            gate.isClosed = true
            let results = Mutex<[Int: Result<StoreMark, CommitError>]>([:])
            let done = DispatchSemaphore(value: 0)
            let first = CommitMember(writes: [.put(.meta, [0xFF], [1])])
            committer.submit(first) { _ in done.signal() }
            gate.awaitCommit()
            for (number, member) in members.enumerated() {
                committer.submit(member) { result in
                    results.withLock { $0[number] = result }
                    done.signal()
                }
            }
            gate.isClosed = false
            for _ in 0...members.count { done.wait() }
            return results.withLock { results in members.indices.compactMap { results[$0] } }
        }

        func get(_ key: UInt8) throws -> [UInt8]? {
            try InMemoryStore(disk: disk).get(.records, [key])
        }
    }

    private static func put(
        _ key: UInt8, _ value: UInt8, if conditions: [Precondition] = []
    ) -> CommitMember {
        CommitMember(preconditions: conditions, writes: [.put(.records, [key], [value])])
    }

    @Test func oneFailedPreconditionDropsOutAlone() throws {
        let bench = try Bench()
        _ = try bench.committer.commit(Self.put(1, 1))
        let before = bench.committer.newest.counter
        let results = bench.group([
            Self.put(2, 2, if: [.absent(.records, [2])]),
            // Judged behind the first one: 2 is there now.
            Self.put(3, 3, if: [.absent(.records, [9]), .absent(.records, [2])]),
            Self.put(2, 4, if: [.equals(.records, [2], [2])]),
            Self.put(4, 5, if: [.equals(.records, [1], [7])]),
            Self.put(5, 6, if: [.equals(.records, [2], [4])]),
            CommitMember(
                preconditions: [.absent(.records, [3])], writes: [.delete(.records, [1])]),
            Self.put(6, 7, if: [.absent(.records, [1])]),
        ])
        let failed = results.map { result -> Int? in
            if case .failure(.preconditionFailed(let index)) = result { index } else { nil }
        }
        #expect(failed == [nil, 1, nil, 0, nil, nil, nil])
        let marks = results.compactMap { try? $0.get() }
        // One commit for all of them, behind the one that held up the store.
        #expect(Set(marks.map(\.counter)) == [before + 2])
        #expect(try bench.get(1) == nil && bench.get(2) == [4] && bench.get(3) == nil)
        #expect(try bench.get(4) == nil && bench.get(5) == [6] && bench.get(6) == [7])
        #expect(try bench.stored().digest.digest == marks.first?.digest)
    }

    @Test func aGroupInWhichAllFailWritesNothing() throws {
        let bench = try Bench()
        _ = try bench.committer.commit(Self.put(1, 1))
        let before = bench.committer.newest
        let commits = bench.faulty.count(of: .commit)
        #expect(throws: CommitError.preconditionFailed(index: 0)) {
            try bench.committer.commit(Self.put(2, 2, if: [.absent(.records, [1])]))
        }
        #expect(bench.committer.newest == before)
        #expect(bench.faulty.count(of: .commit) == commits)
    }

    @Test(arguments: [3, 17, 2_026] as [UInt64])
    func digestIsThatOfTheRows(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let bench = try Bench()
        for round in 0..<60 {
            let members = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                member(&random)
            }
            if Bool.random(using: &random) {
                _ = bench.group(members)
            } else {
                for member in members { _ = try? bench.committer.commit(member) }
            }
            guard round % 6 == 0 else { continue }
            let store = InMemoryStore(disk: bench.disk)
            let stored = try bench.stored().digest
            #expect(stored.coversSameRows(as: try StoreDigest.recompute(store)))
            #expect(
                bench.committer.newest
                    == StoreMark(counter: stored.counter, digest: stored.digest))
        }
    }

    private func member(_ random: inout SeededGenerator) -> CommitMember {
        var member = CommitMember()
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let space = [Space.records, .wrappedKeys, .index, .requests].randomElement(
                using: &random)
            let key = [UInt8.random(in: 0..<12, using: &random)]
            guard let space else { continue }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: member.writes.append(.delete(space, key))
            case 1: member.preconditions.append(.absent(space, key))
            default:
                let value = random.bytes(Int.random(in: 0...3, using: &random))
                member.writes.append(.put(space, key, value))
            }
        }
        return member
    }

    @Test func aSecondWriterIsNoticed() throws {
        let bench = try Bench()
        _ = try bench.committer.commit(Self.put(1, 1))
        // Another daemon on the same store, from the same state on.
        let store = InMemoryStore(disk: bench.disk)
        let row = try #require(try store.get(.meta, StoreDigest.rowKey))
        let other = Committer(
            store: store, macKey: bench.key, digest: try bench.stored().digest, row: row,
            logSize: { 0 })
        _ = try other.commit(Self.put(2, 2))
        #expect(throws: CommitError.stopped) { try bench.committer.commit(Self.put(3, 3)) }
        #expect(throws: CommitError.stopped) { try bench.committer.commit(Self.put(4, 4)) }
        #expect(try bench.get(2) == [2] && bench.get(3) == nil && bench.get(4) == nil)
        _ = try other.commit(Self.put(5, 5))
    }

    @Test func whatTheStoreRefusesIsNotThere() throws {
        let bench = try Bench()
        _ = try bench.committer.commit(Self.put(1, 1))
        let before = bench.committer.newest
        for call in [StoreFault.Call.get, .commit] {
            bench.faulty.failNext(call, .before, with: .full(path: "x"))
            #expect(throws: CommitError.storage(.full(path: "x"))) {
                try bench.committer.commit(Self.put(2, 2, if: [.absent(.records, [2])]))
            }
            #expect(bench.committer.newest == before)
            #expect(try bench.get(2) == nil)
        }
        // The next one works, and the digest is that of the rows.
        _ = try bench.committer.commit(Self.put(2, 2))
        let store = InMemoryStore(disk: bench.disk)
        #expect(
            try bench.stored().digest.coversSameRows(as: try StoreDigest.recompute(store)))
    }

    @Test(arguments: StoreFault.Moment.allCases)
    func doubtStopsTheCommitter(moment: StoreFault.Moment) throws {
        let bench = try Bench()
        _ = try bench.committer.commit(Self.put(1, 1))
        bench.faulty.failNext(.commit, moment, with: .outcomeUnknown(path: "x"))
        #expect(throws: CommitError.stopped) { try bench.committer.commit(Self.put(2, 2)) }
        #expect(throws: CommitError.stopped) { try bench.committer.commit(Self.put(3, 3)) }
        // Whatever took effect did so whole.
        #expect(try bench.get(2) == (moment == .after ? [2] : nil))
        let store = InMemoryStore(disk: bench.disk)
        #expect(
            try bench.stored().digest.coversSameRows(as: try StoreDigest.recompute(store)))
    }

    @Test func stopAnswersEverybody() throws {
        let bench = try Bench()
        let answered = Mutex(0)
        for number in 0..<40 as Range<UInt8> {
            bench.committer.submit(Self.put(number, 1)) { _ in answered.withLock { $0 += 1 } }
        }
        bench.committer.stop()
        #expect(answered.withLock { $0 } == 40)
        #expect(throws: CommitError.stopped) { try bench.committer.commit(Self.put(1, 1)) }
    }

    @Test func manyThreadsAreAllAnswered() throws {
        let bench = try Bench()
        let committer = bench.committer
        let results = try Crowd.run(8) { thread in
            for number in 0..<50 as Range<UInt8> {
                _ = try committer.commit(
                    CommitMember(
                        preconditions: [.absent(.records, [UInt8(thread), number])],
                        writes: [.put(.records, [UInt8(thread), number], [1])]))
            }
        }
        for result in results { try result.get() }
        #expect(bench.disk.snapshot()[.records]?.count == 400)
        let store = InMemoryStore(disk: bench.disk)
        #expect(
            try bench.stored().digest.coversSameRows(as: try StoreDigest.recompute(store)))
    }

    @Test func entriesRideInTheOutboxUntilTheyAreLogged() throws {
        let bench = try Bench()
        bench.size.value = 12
        let vault = try #require(VaultID([UInt8](repeating: 1, count: 16)))
        let sealer = EntrySealer(
            vault: vault, epoch: 1, key: SecretBox(try SecretBytes(random: 32)))
        let entries = try (0..<3).map { _ in
            try sealer.finish(PartA(time: 1, action: .create, outcome: .success), PartB())
        }
        let results = bench.group([
            CommitMember(writes: [.put(.records, [1], [1])], entries: [entries[0], entries[1]]),
            // Its entry does not come without it.
            CommitMember(
                preconditions: [.absent(.records, [1])], writes: [], entries: [entries[2]]),
        ])
        #expect(results.count == 2)
        let rows = bench.disk.snapshot()[.outbox] ?? []
        let read = rows.compactMap {
            OutboxRow.read(key: $0.key, value: $0.value, mac: bench.key.bytes)
        }.sorted { $0.position < $1.position }
        #expect(read.map(\.entry.id) == [entries[0].id, entries[1].id])
        #expect(read.map(\.position) == [0, 1])
        #expect(read.allSatisfy { $0.logSize == 12 && $0.counter == 2 })
        #expect(try bench.stored().logSize == 12)
        // Gone with the next commit, also when the one between failed.
        bench.committer.logged([entries[0].id, entries[1].id])
        bench.faulty.failNext(.commit, .before, with: .full(path: "x"))
        _ = try? bench.committer.commit(Self.put(2, 2))
        #expect(bench.disk.snapshot()[.outbox]?.count == 2)
        _ = try? bench.committer.commit(Self.put(2, 2, if: [.absent(.records, [1])]))
        #expect(bench.disk.snapshot()[.outbox]?.count == 2)
        _ = try bench.committer.commit(Self.put(2, 2))
        #expect(bench.disk.snapshot()[.outbox] == nil)
    }
}

/// A group asks the store for each row once, however many members name it.
@Suite struct CommitOverlayTests {
    /// A store that counts what it is asked.
    private final class CountingStore: ByteStore {
        let base: any ByteStore
        let asked = Mutex<[[UInt8]: Int]>([:])

        init(_ base: any ByteStore) { self.base = base }

        func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
            asked.withLock { $0[key, default: 0] += 1 }
            return try base.get(space, key)
        }

        func scan(
            _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
        ) throws(StorageError) -> [Row] {
            try base.scan(space, from: lower, to: upper, limit: limit)
        }

        func commit(_ batch: Batch) throws(StorageError) { try base.commit(batch) }
        func close() { base.close() }
    }

    @Test func rowsAreReadOnceAndSeenAsChanged() throws {
        let base = InMemoryStore()
        try base.commit(Batch(writes: [.put(.meta, [1], [10]), .put(.meta, [2], [20])]))
        let store = CountingStore(base)
        var overlay = CommitOverlay(store: store)
        for number in 0..<5 as Range<UInt8> {
            let fence: [Precondition] = [.equals(.meta, [1], [10]), .absent(.records, [number])]
            #expect(try overlay.firstFailure(of: fence) == nil)
            try overlay.apply([.put(.records, [number], [7]), .put(.meta, [2], [number])])
            #expect(try overlay.firstFailure(of: fence) == 1)
        }
        #expect(try overlay.firstFailure(of: [.equals(.meta, [2], [4])]) == nil)
        try overlay.apply([.delete(.meta, [2])])
        #expect(try overlay.firstFailure(of: [.absent(.meta, [2])]) == nil)
        // The row [1] and [2] of one space and the same keys of the other, once each.
        #expect(store.asked.withLock { $0 } == [[0]: 1, [1]: 2, [2]: 2, [3]: 1, [4]: 1])
        #expect(overlay.writes.count == 6)
    }
}

/// A store whose commits wait at a gate.
private final class GatedStore: ByteStore {
    final class Gate: Sendable {
        private let state = Mutex((isClosed: false, isWaiting: false))

        var isClosed: Bool {
            get { state.withLock { $0.isClosed } }
            set { state.withLock { $0.isClosed = newValue } }
        }

        /// Waits until a commit stands at the gate.
        func awaitCommit() {
            while !state.withLock({ $0.isWaiting }) { Thread.sleep(forTimeInterval: 0.0002) }
        }

        func pass() {
            state.withLock { $0.isWaiting = true }
            while isClosed { Thread.sleep(forTimeInterval: 0.0002) }
            state.withLock { $0.isWaiting = false }
        }
    }

    let base: any ByteStore
    let gate: Gate

    init(base: any ByteStore, gate: Gate) {
        self.base = base
        self.gate = gate
    }

    func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        try base.get(space, key)
    }

    func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row] {
        try base.scan(space, from: lower, to: upper, limit: limit)
    }

    func commit(_ batch: Batch) throws(StorageError) {
        gate.pass()
        try base.commit(batch)
    }

    func close() { base.close() }
}
