import Synchronization
import VaultAudit

/// Writes that are durable in the store while their entries could not be appended to the log.
///
/// Their rows are not served and no further write starts until the entries stand in the log. After a
/// crash the outbox brings them there; while the daemon lives, a retry does.
final class UnloggedWrites: Sendable {
    private struct State {
        var entries: [FinishedEntry] = []
        var rows: Set<[UInt8]> = []
    }

    private let state = Mutex(State())
    private let any = Atomic<Bool>(false)

    /// Whether there are any.
    var isEmpty: Bool { !any.load(ordering: .acquiring) }

    /// Adds a write: its entries, and the keys of the record rows it made. True if it is the first,
    /// so that somebody has to see to it.
    func add(_ entries: [FinishedEntry], rows: [[UInt8]]) -> Bool {
        state.withLock {
            let isFirst = $0.entries.isEmpty
            $0.entries.append(contentsOf: entries)
            $0.rows.formUnion(rows)
            any.store(true, ordering: .releasing)
            return isFirst
        }
    }

    /// Whether the row of this key waits for its entry.
    func holds(_ row: [UInt8]) -> Bool {
        guard !isEmpty else { return false }
        return state.withLock { $0.rows.contains(row) }
    }

    /// The entries to append next, in order, as many as one append takes.
    var next: [FinishedEntry] { state.withLock { Array($0.entries.prefix(AuditLimits.group)) } }

    /// Says that these first entries stand in the log; true when none is left.
    func logged(_ count: Int) -> Bool {
        state.withLock {
            $0.entries.removeFirst(count)
            guard $0.entries.isEmpty else { return false }
            $0.rows = []
            any.store(false, ordering: .releasing)
            return true
        }
    }
}
