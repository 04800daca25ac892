import Dispatch
import Synchronization
package import VaultAudit
package import VaultCoding
package import VaultSodium
package import VaultStorage

/// One request's part of a group commit.
package struct CommitMember: Sendable {
    /// What must hold, judged after the members before this one.
    package var preconditions: [Precondition]
    /// The rows it changes.
    package var writes: [Write]
    /// The finished audit entries that tell what it did; they ride in the outbox.
    package var entries: [FinishedEntry]

    /// A member of these parts.
    package init(
        preconditions: [Precondition] = [], writes: [Write] = [], entries: [FinishedEntry] = []
    ) {
        self.preconditions = preconditions
        self.writes = writes
        self.entries = entries
    }
}

/// Why a member was not committed.
package enum CommitError: Error, Sendable, Equatable {
    /// A precondition of this member does not hold; the other members of its group went on.
    case preconditionFailed(index: Int)
    /// The store refused the whole group; nothing of it was written.
    case storage(StorageError)
    /// The store may or may not hold the group, or somebody else wrote to it: the vault must be
    /// sealed and opened again.
    case stopped
}

/// A store state that an audit entry can name: durable, with its digest.
package struct StoreMark: Sendable, Equatable {
    /// Commits since the store was made.
    package let counter: UInt64
    /// The digest after that commit.
    package let digest: Digest
}

/// The only writer of the store: groups what has arrived into one durable commit.
///
/// Each member's preconditions are judged against the store as the members before it leave it; one
/// that fails drops out alone. The group's old values are read, the digest is brought up to date and
/// everything, with the outbox rows and the digest row, goes out in one batch under `equals` on the
/// digest row, so that a second writer is noticed. Commit point: the store's `commit` returning.
/// Death before it: nothing happened and nobody was answered. Death after it: rows and outbox
/// entries are there together, and recovery brings the entries into the log.
package final class Committer: Sendable {
    /// Members in one group: bounds the size of a transaction and the wait of the first member.
    private static let groupLimit = 256

    private struct Pending {
        let member: CommitMember
        let completion: @Sendable (Result<StoreMark, CommitError>) -> Void
    }

    private struct State {
        var queue: [Pending] = []
        var finishedEntries: [EntryID] = []
        var isDraining = false
        var isStopped = false
    }

    /// What only the draining queue touches.
    private struct Tip {
        var digest: StoreDigest
        var row: [UInt8]
        var check: SelfCheck?
    }

    private let store: any ByteStore
    private let macKey: SecretBox
    private let logSize: @Sendable () -> UInt64
    private let queue = DispatchQueue(label: "carevault.committer", qos: .userInitiated)
    private let state = Mutex(State())
    private let tip: Mutex<Tip>
    private let mark: Mutex<StoreMark>

    /// A committer over a store whose digest row is `row`, already checked and read as `digest`.
    ///
    /// `logSize` gives the number of durable entries of the log.
    package init(
        store: any ByteStore, macKey: SecretBox, digest: StoreDigest, row: [UInt8],
        logSize: @escaping @Sendable () -> UInt64
    ) {
        self.store = store
        self.macKey = macKey
        self.logSize = logSize
        tip = Mutex(Tip(digest: digest, row: row))
        mark = Mutex(StoreMark(counter: digest.counter, digest: digest.digest))
    }

    /// The newest durable state of the store.
    package var newest: StoreMark { mark.withLock { $0 } }

    /// Hands a member in. `completion` is called once, on the committer's thread, when the group is
    /// durable or was refused.
    package func submit(
        _ member: CommitMember,
        completion: @escaping @Sendable (Result<StoreMark, CommitError>) -> Void
    ) {
        let start = state.withLock { state in
            if state.isStopped { return nil as Bool? }
            state.queue.append(Pending(member: member, completion: completion))
            defer { state.isDraining = true }
            return !state.isDraining
        }
        switch start {
        case nil: completion(.failure(.stopped))
        case true?: queue.async { self.drain() }
        case false?: break
        }
    }

    /// Commits one member and waits. Not for event loops.
    package func commit(_ member: CommitMember) throws(CommitError) -> StoreMark {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<StoreMark, CommitError>?>(nil)
        submit(member) { outcome in
            result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = result.withLock({ $0 }) else { throw .stopped }
        return try outcome.get()
    }

    /// Says that these entries stand durably in the log: their outbox rows go with a later commit.
    package func logged(_ entries: [EntryID]) {
        state.withLock { $0.finishedEntries.append(contentsOf: entries) }
    }

    /// Refuses what comes from now on and waits for what is under way.
    package func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync {}
    }

    /// Takes one step of the self-check: begins one, reads a page, or ends it. Commits wait for as
    /// long as a page takes. Not for event loops.
    func checkStep() -> SelfCheckOutcome {
        tip.withLock { tip in
            do throws(StorageError) {
                var check = tip.check ?? SelfCheck()
                let isOver = try check.walk(store)
                tip.check = isOver ? nil : check
                guard isOver else { return .running }
                return check.agrees(with: tip.digest) ? .holds : .differs
            } catch {
                tip.check = nil
                return .failed(error)
            }
        }
    }

    private func drain() {
        while true {
            let (group, finished) = state.withLock { state -> ([Pending], [EntryID]) in
                let group = Array(state.queue.prefix(Self.groupLimit))
                state.queue.removeFirst(group.count)
                guard !group.isEmpty else {
                    state.isDraining = false
                    return ([], [])
                }
                defer { state.finishedEntries = [] }
                return (group, state.finishedEntries)
            }
            guard !group.isEmpty else { return }
            commit(group, finished: finished)
        }
    }

    private func commit(_ group: [Pending], finished: [EntryID]) {
        var results: [Result<StoreMark, CommitError>] = []
        do throws(CommitError) {
            results = try tip.withLock { tip throws(CommitError) in
                try perform(group, finished: finished, tip: &tip)
            }
        } catch {
            results = group.map { _ in .failure(error) }
            if error == .stopped { refuseFromNowOn() }
            // The rows are still there; a later commit removes them.
            state.withLock { $0.finishedEntries.append(contentsOf: finished) }
        }
        for (pending, result) in zip(group, results) { pending.completion(result) }
    }

    private func perform(
        _ group: [Pending], finished: [EntryID], tip: inout Tip
    ) throws(CommitError) -> [Result<StoreMark, CommitError>] {
        var overlay = CommitOverlay(store: store)
        var failures: [Int: CommitError] = [:]
        var entries: [FinishedEntry] = []
        for (index, pending) in group.enumerated() {
            do throws(StorageError) {
                if let failed = try overlay.firstFailure(of: pending.member.preconditions) {
                    failures[index] = .preconditionFailed(index: failed)
                    continue
                }
                try overlay.apply(pending.member.writes)
                entries.append(contentsOf: pending.member.entries)
            } catch { throw .storage(error) }
        }
        guard failures.count < group.count else {
            state.withLock { $0.finishedEntries.append(contentsOf: finished) }
            return group.indices.map { .failure(failures[$0] ?? .stopped) }
        }
        var next = tip.digest
        overlay.update(&next)
        next.advance()
        var batch = Batch()
        batch.writes = overlay.writes
        let row = try finish(&batch, next, entries: entries, finished: finished)
        batch.preconditions = [.equals(.meta, StoreDigest.rowKey, tip.row)]
        do throws(StorageError) { try store.commit(batch) } catch {
            switch error {
            case .preconditionFailed, .outcomeUnknown: throw .stopped
            default: throw .storage(error)
            }
        }
        if var check = tip.check {
            overlay.tell(&check)
            tip.check = check
        }
        tip.digest = next
        tip.row = row
        let newest = StoreMark(counter: next.counter, digest: next.digest)
        mark.withLock { $0 = newest }
        return group.indices.map { failures[$0].map { .failure($0) } ?? .success(newest) }
    }

    /// Appends outbox rows, the removal of finished ones, and the digest row, which it returns.
    private func finish(
        _ batch: inout Batch, _ next: StoreDigest, entries: [FinishedEntry], finished: [EntryID]
    ) throws(CommitError) -> [UInt8] {
        let size = logSize()
        do throws(SodiumError) {
            for (position, entry) in entries.enumerated() {
                let row = OutboxRow(
                    counter: next.counter, position: UInt32(position), logSize: size, entry: entry)
                batch.writes.append(
                    .put(.outbox, OutboxRow.key(entry.id), try row.value(mac: macKey.bytes)))
            }
            for id in finished { batch.writes.append(.delete(.outbox, OutboxRow.key(id))) }
            let row = try next.row(logSize: size, mac: macKey.bytes)
            batch.writes.append(.put(.meta, StoreDigest.rowKey, row))
            return row
        } catch {
            // Only guarded memory can be missing here; nothing was written.
            throw .storage(.unavailable(path: "memory", code: 12, operation: "allocate"))
        }
    }

    private func refuseFromNowOn() {
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.queue = [] }
            return state.queue
        }
        for pending in waiting { pending.completion(.failure(.stopped)) }
    }
}
