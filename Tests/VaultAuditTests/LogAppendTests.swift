import Dispatch
import Synchronization
import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// What an append does when all goes well.
@Suite("Appending to the log")
struct LogAppendTests {
    @Test func entriesGetPlacesInOrder() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        let first = try fixture.entries(3)
        let second = try fixture.entries(2)
        let receipt = try log.appendAndWait(first)
        #expect(receipt.sequences == 0..<3)
        let next = try log.appendAndWait(second)
        #expect(next.sequences == 3..<5)
        let records = try log.records(0..<5)
        #expect(records.map(\.leaf.id) == (first + second).map(\.id))
        #expect(records.map(\.leaf.sequence) == [0, 1, 2, 3, 4])
        #expect(records.map(\.content) == (first + second).map(\.content))
        #expect(log.size == 5)
        #expect(try log.entryIDs(from: 3) == Set(second.map(\.id)))
        #expect(throws: AuditError.outOfRange(size: 5)) { try log.records(4..<6) }
        #expect(throws: AuditError.outOfRange(size: 5)) { try log.entryIDs(from: 6) }
    }

    @Test func headIsOfTheWholeTree() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        for count in [1, 255, 1, 300, 4096] {
            _ = try log.appendAndWait(try fixture.entries(count))
            let head = try #require(log.newestHead)
            #expect(head.size == log.size)
            #expect(head.origin == fixture.keys.origin)
            #expect(head.store == StorePosition(counter: 5, digest: SHA256.hash([5])))
            #expect(try head.root == fixture.referenceRoot())
            let isAuthentic = head.isAuthentic(fixture.keys.mac.bytes)
            #expect(isAuthentic)
            #expect(fixture.store.change { $0.head } == head.bytes)
        }
    }

    @Test func timeNeverGoesBack() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        for time: UInt64 in [50, 40, 0, 60, .max] {
            fixture.clock.withLock { $0 = time }
            _ = try log.appendAndWait(try fixture.entries(2))
        }
        let times = try log.records(0..<10).map(\.leaf.time)
        #expect(times == [50, 51, 52, 53, 54, 55, 60, 61, 1 << 62, 1 << 62 + 1])
    }

    @Test func whatArrivesDuringAWriteIsOneBatch() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed(1)
        let gate = DispatchSemaphore(value: 0)
        let entered = DispatchSemaphore(value: 0)
        fixture.store.change { contents in
            contents.appends = 0
            contents.gate = {
                entered.signal()
                gate.wait()
            }
        }
        let order = Mutex<[Range<UInt64>]>([])
        let entries = try fixture.entries(1)
        var isWriting = false
        for _ in 0..<100 {
            log.append(entries) { outcome in
                let sequences = Answer(outcome).sequences
                order.withLock { $0.append(sequences ?? 0..<0) }
            }
            // The first one is being written now; all others find the writer at work.
            if !isWriting { entered.wait() }
            isWriting = true
        }
        fixture.store.change { $0.gate = nil }
        gate.signal()
        log.flush()
        #expect(order.withLock { $0 } == (1..<101).map { $0..<$0 + 1 })
        #expect(fixture.store.change { $0.appends } == 2)
    }

    @Test func manyThreads() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        let seen = Mutex<[UInt64: EntryID]>([:])
        let entries = try fixture.entries(800)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for index in 0..<100 {
                let entry = entries[thread * 100 + index]
                guard let receipt = try? log.appendAndWait([entry]) else { continue }
                let sequence = receipt.sequences.lowerBound
                seen.withLock { $0[sequence] = entry.id }
            }
        }
        let records = try log.records(0..<800)
        #expect(records.map { seen.withLock { $0 }[$0.leaf.sequence] } == records.map(\.leaf.id))
        #expect(try log.newestHead?.root == fixture.referenceRoot())
    }

    @Test func refusals() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        #expect(throws: AuditError.sealed) { _ = try log.appendAndWait(try fixture.entries(1)) }
        try fixture.unseal(log)
        #expect(throws: AuditError.notSealed) {
            _ = try log.appendAndWait(LogFixture.sealedEntries(1))
        }
        #expect(throws: AuditError.tooMany(limit: 4096)) {
            _ = try log.appendAndWait(try fixture.entries(4097))
        }
        #expect(throws: AuditError.notSealed) { try fixture.unseal(log) }
        let receipt = try log.appendAndWait([])
        #expect(receipt.sequences == 0..<0)
        log.close()
        log.close()
        #expect(throws: AuditError.closed) { _ = try log.appendAndWait([]) }
        #expect(throws: AuditError.store(.closed)) { try log.checkpoint() }
        #expect(throws: AuditError.store(.closed)) { try log.seal() }
    }

    @Test func queueIsBounded() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        let gate = DispatchSemaphore(value: 0)
        let entered = DispatchSemaphore(value: 0)
        fixture.store.change {
            $0.gate = {
                entered.signal()
                gate.wait()
            }
        }
        let group = try fixture.entries(AuditLimits.group)
        let outcomes = Mutex<(done: Int, busy: Int)>((0, 0))
        // One that is being written, a full queue, and one too many.
        let fit = AuditLimits.queue / AuditLimits.group + 1
        for number in 0...fit {
            if number == 1 { entered.wait() }
            log.append(group) { outcome in
                switch outcome {
                case .durable: outcomes.withLock { $0.done += 1 }
                case .failed(let error): if error == .busy { outcomes.withLock { $0.busy += 1 } }
                }
            }
        }
        #expect(outcomes.withLock { $0.busy } == 1)
        fixture.store.change { $0.gate = nil }
        gate.signal()
        log.flush()
        #expect(outcomes.withLock { $0.done } == fit)
        _ = try log.appendAndWait(group)
    }

    /// A checkpoint covers what was durable before its batch, so that no second tree of its size can
    /// ever be signed; it comes with the first batch after the limit.
    @Test func checkpointsAreSignedInTime() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed()
        for _ in 0..<30 { _ = try log.appendAndWait(try fixture.entries(100)) }
        _ = try log.appendAndWait(try fixture.entries(1))
        let last = try log.checkpoint()
        #expect(try log.checkpoint() == last)
        // On a slow machine the clock adds some in between; there are never fewer.
        let sizes = [0] + fixture.store.change { $0.checkpoints.map(\.size) }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 <= 1100 })
        #expect(sizes.last == 3001)
        for stored in fixture.store.change({ $0.checkpoints }) {
            let checkpoint = try UnverifiedCheckpoint(parse: stored.note).verify(
                fixture.keys.verifierKey)
            #expect(checkpoint.size == stored.size)
            #expect(try checkpoint.root == fixture.referenceRoot(Int(stored.size)))
        }
        #expect(log.newestCheckpoint == last)
    }

    @Test func idleTailIsSigned() throws {
        let fixture = try LogFixture()
        let log = try fixture.unsealed(3)
        #expect(log.newestCheckpoint == nil)
        let stop = DispatchTime.now() + .seconds(20)
        while log.newestCheckpoint == nil, DispatchTime.now() < stop {
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(20))
        }
        #expect(log.newestCheckpoint?.size == 3)
    }
}
