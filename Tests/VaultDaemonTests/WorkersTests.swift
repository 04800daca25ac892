import Dispatch
import Synchronization
import Testing
import VaultEngine

@testable import VaultDaemon

@Suite struct WorkersTests {
    @Test func runsEverythingThatItTakes() {
        let workers = Workers()
        let done = Mutex(0)
        var taken = 0
        for user in 0..<40 as Range<UInt32> {
            for lane in Workers.Lane.allCases
            where workers.submit(lane, user: user, { done.withLock { $0 += 1 } }) {
                taken += 1
            }
        }
        workers.finish()
        #expect(done.withLock { $0 } == taken)
        #expect(taken > 40)
        #expect(!workers.submit(.act, user: 1) {})
    }

    @Test func boundsAUserAndNobodyElse() {
        let workers = Workers()
        let gate = DispatchSemaphore(value: 0)
        var taken = 0
        while workers.submit(.derivation, user: 7, { gate.wait() }) { taken += 1 }
        #expect(taken == Workers.Lane.derivation.perUser)
        // Another user, and another lane of the same one, still have room.
        #expect(workers.submit(.derivation, user: 8) {})
        #expect(workers.submit(.act, user: 7) {})
        for _ in 0..<taken { gate.signal() }
        workers.finish()
    }

    @Test func givesTheRoomBack() {
        let workers = Workers()
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<10 * Workers.Lane.stream.perUser {
            // The count falls after the body has ended, so it may take a moment.
            while !workers.submit(.stream, user: 1, { done.signal() }) {}
        }
        for _ in 0..<10 * Workers.Lane.stream.perUser { done.wait() }
        workers.finish()
    }

    @Test func tellsRefusalsTogether() {
        let told = Mutex<[UInt32: [Int]]>([:])
        let tally = RefusalTally(interval: .milliseconds(20)) { caller, count in
            told.withLock { $0[caller.uid, default: []].append(count) }
        }
        for _ in 0..<1_000 { tally.note(.init(uid: 5, gid: 5, pid: 1)) }
        tally.note(.init(uid: 6, gid: 5, pid: 1))
        tally.flush()
        #expect(told.withLock { $0[5]?.reduce(0, +) } == 1_000)
        #expect(told.withLock { $0[5]?.count ?? 0 } <= 2)
        #expect(told.withLock { $0[6] } == [1])
    }
}
