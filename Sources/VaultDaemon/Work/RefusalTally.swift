import Dispatch
import Synchronization
package import VaultEngine

/// Counts refusals before login by user, and tells them to the log together: a flood of them must
/// not become a flood of entries.
package final class RefusalTally: Sendable {
    private struct State {
        var counts: [UInt32: (caller: Caller, count: Int)] = [:]
        var isScheduled = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "carevault.refusals", qos: .utility)
    private let interval: Duration
    private let record: @Sendable (Caller, Int) -> Void

    /// Tells `record` at most once an interval for each user; on a thread of its own, blocking is
    /// fine.
    package init(interval: Duration, record: @escaping @Sendable (Caller, Int) -> Void) {
        self.interval = interval
        self.record = record
    }

    /// Counts one.
    package func note(_ caller: Caller) {
        let mustSchedule = state.withLock { state in
            let count = state.counts[caller.uid]?.count ?? 0
            state.counts[caller.uid] = (caller, count + 1)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard mustSchedule else { return }
        let (seconds, attoseconds) = interval.components
        let wait = DispatchTimeInterval.nanoseconds(
            Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
        queue.asyncAfter(deadline: .now() + wait) { self.tell() }
    }

    /// Tells what has been counted and returns when it is told.
    package func flush() { queue.sync { tell() } }

    private func tell() {
        let counts = state.withLock { state in
            defer {
                state.counts = [:]
                state.isScheduled = false
            }
            return state.counts
        }
        for (caller, count) in counts.values { record(caller, count) }
    }
}
