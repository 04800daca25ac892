import Dispatch
import Synchronization
package import VaultCoding

/// The audit log of one daemon: appends in groups, durable before anybody is answered.
///
/// One thread collects what has arrived, gives it sequence and time, hashes, writes it with a head
/// in one durable append of the store, and answers all. Nothing is dropped and nobody is answered
/// early; if the store fails, those of the batch are told, the tree goes back, and the next append
/// tries again. Opens sealed: only entries of the sealed state can be appended until ``unseal(_:position:)``.
package final class AuditLog: Sendable {
    /// Called on the writer's thread, in the order of the appends. Must not wait for the log.
    package typealias Completion = @Sendable (consuming AppendOutcome) -> Void

    let store: any AuditStore
    private let writer: Mutex<LogWriter>
    private let queue = AppendQueue()
    private let published: Mutex<Published>
    private let health: Mutex<LogHealth>
    private let report: @Sendable (LogHealth) -> Void
    private let thread = Mutex<LogThread?>(nil)

    /// What readers may know, always of durable entries.
    private struct Published {
        var size: UInt64
        var head: LogHead?
        var checkpoint: Checkpoint?
    }

    /// Opens the log in `store`: rebuilds the tree and compares it with the newest head, whose MAC is
    /// checked at unseal. `clock` gives microseconds since 1970; `health` is told on changes, on the
    /// writer's thread.
    package static func open(
        store: any AuditStore, clock: @escaping @Sendable () -> UInt64,
        health: @escaping @Sendable (LogHealth) -> Void = { _ in }
    ) throws(AuditError) -> AuditLog {
        let log = AuditLog(
            store: store, loaded: try LoadedLog(store), clock: clock, health: health)
        log.start()
        return log
    }

    private init(
        store: any AuditStore, loaded: LoadedLog, clock: @escaping @Sendable () -> UInt64,
        health: @escaping @Sendable (LogHealth) -> Void
    ) {
        self.store = store
        published = Mutex(Published(size: loaded.tree.size, head: loaded.head))
        writer = Mutex(LogWriter(store: store, loaded: loaded, clock: clock))
        self.health = Mutex(.well)
        report = health
    }

    // MARK: Appending

    /// Appends entries, which stay together and in order. `completion` is called once they are
    /// durable, or at once and on the caller's thread if they are refused: `busy`, `closed`,
    /// `tooMany`. Other errors come on the writer's thread.
    package func append(_ entries: [FinishedEntry], _ completion: @escaping Completion) {
        guard entries.count <= AuditLimits.group else {
            return completion(.failed(.tooMany(limit: AuditLimits.group)))
        }
        let job = AppendQueue.Job(entries: entries, completion: completion)
        if let refusal = queue.add(job) { completion(.failed(refusal)) }
    }

    /// Waits until everything appended before is answered. Not from a completion.
    package func flush() {
        let done = DispatchSemaphore(value: 0)
        append([]) { _ in done.signal() }
        done.wait()
    }

    // MARK: Sealing

    /// Gives the log its keys. Checks the newest head's MAC and origin, adopts what was logged while
    /// sealed and covers it with a new head; says how many entries those were, and how many of them
    /// their chain vouches for. `position` gives the newest durable state of the store and is asked
    /// once a batch, on any thread.
    ///
    /// Throws `headNotAuthentic`, `otherOrigin`, `checkpointNotAuthentic`, `truncated`, `wrongRoot`,
    /// `unauthenticated`: the log was altered or is another one; `notSealed`; `store`.
    package func unseal(
        _ keys: LogKeys, position: @escaping @Sendable () -> StorePosition
    ) throws(AuditError) -> SealedSummary {
        try writer.withLock { writer throws(AuditError) in
            let summary = try writer.unseal(keys, position: position)
            publish(writer)
            return summary
        }
    }

    /// Answers what waits, signs a last checkpoint, leaves the key of the sealed-state chain wrapped,
    /// and forgets the keys. The keys are forgotten also if this throws. Not from a completion.
    package func seal() throws(AuditError) {
        flush()
        try writer.withLock { writer throws(AuditError) in
            defer { publish(writer) }
            try writer.seal()
        }
    }

    // MARK: Checkpoints

    /// A checkpoint over everything durable, itself durable. Throws `sealed`, `store`. Not from a
    /// completion.
    package func checkpoint() throws(AuditError) -> Checkpoint {
        try writer.withLock { writer throws(AuditError) in
            let checkpoint = try writer.sign()
            publish(writer)
            return checkpoint
        }
    }

    /// The newest durable checkpoint under the present origin; nil while sealed since opening.
    package var newestCheckpoint: Checkpoint? { published.withLock { $0.checkpoint } }

    // MARK: Reading

    /// The number of durable entries.
    package var size: UInt64 { published.withLock { $0.size } }

    /// The newest durable head; authentic once the log has been unsealed.
    package var newestHead: LogHead? { published.withLock { $0.head } }

    /// The records of a range, parsed, each in its place. Throws `outOfRange`, `misplaced`,
    /// `malformed`, `store`.
    package func records(_ range: Range<UInt64>) throws(AuditError) -> [AuditRecord] {
        let size = size
        guard range.upperBound <= size else { throw .outOfRange(size: size) }
        return try LoadedLog.records(store, range.lowerBound, range.count)
    }

    /// The ids of the entries from `size` on. Throws `outOfRange`, and as ``records(_:)`` does.
    package func entryIDs(from size: UInt64) throws(AuditError) -> Set<EntryID> {
        let end = self.size
        guard size <= end else { throw .outOfRange(size: end) }
        var ids: Set<EntryID> = []
        var next = size
        while next < end {
            let upper = min(end, next + UInt64(AuditLimits.batch))
            for record in try records(next..<upper) { ids.insert(record.leaf.id) }
            next = upper
        }
        return ids
    }

    /// Whether a head is by the key that the log has now; false while sealed.
    func isAuthentic(_ head: LogHead) -> Bool {
        writer.withLock { $0.isAuthentic(head) }
    }

    /// Reads hashes and makes proofs of the first `size` entries. Throws `outOfRange`.
    package func tree(of size: UInt64) throws(AuditError) -> TreeReader<StoreTiles> {
        guard size <= self.size else { throw .outOfRange(size: self.size) }
        return TreeReader(size: size, source: StoreTiles(store))
    }

    // MARK: The end

    /// Answers what waits and closes the store; later appends are refused. Does not seal. Not from a
    /// completion. May be called again.
    package func close() {
        queue.close()
        thread.withLock { $0.take() }?.join()
        store.close()
    }

    // MARK: The writer's thread

    private func start() {
        let started = LogThread(name: "audit-log") { self.run() }
        thread.withLock { $0 = started }
    }

    private func run() {
        var due: DispatchTime?
        while let jobs = queue.take(until: due) {
            var rest = jobs[...]
            let isDue = due.map { $0 <= .now() } ?? false
            if rest.isEmpty, isDue { signWhenIdle() }
            var signing = isDue
            while !rest.isEmpty {
                write(nextBatch(&rest), signing: signing)
                signing = false
            }
            let wants = writer.withLock { $0.wantsCheckpoint }
            if !wants {
                due = nil
            } else if due == nil || isDue {
                due = .now() + .microseconds(Int(AuditLimits.checkpointInterval))
            }
        }
    }

    /// Takes jobs off `jobs`, together at most a batch, but always one.
    private func nextBatch(_ jobs: inout ArraySlice<AppendQueue.Job>) -> ArraySlice<AppendQueue.Job>
    {
        var count = 0
        var end = jobs.startIndex
        while end < jobs.endIndex {
            count += jobs[end].entries.count
            if count > AuditLimits.batch, end > jobs.startIndex { break }
            end += 1
        }
        defer { jobs = jobs[end...] }
        return jobs[..<end]
    }

    private func write(_ jobs: ArraySlice<AppendQueue.Job>, signing: Bool) {
        var refusals: [Int: AuditError] = [:]
        var entries: [FinishedEntry] = []
        let outcome: Result<UInt64, AuditError> = writer.withLock { writer in
            for index in jobs.indices {
                if let refusal = writer.refusal(of: jobs[index].entries) {
                    refusals[index] = refusal
                } else {
                    entries += jobs[index].entries
                }
            }
            guard !entries.isEmpty else { return .success(writer.tree.size) }
            let isDue = signing || writer.uncovered >= AuditLimits.checkpointEntries
            defer { publish(writer) }
            do throws(AuditError) {
                return .success(try writer.append(entries, signing: isDue))
            } catch {
                return .failure(error)
            }
        }
        if !entries.isEmpty { note(outcome) }
        var next = (try? outcome.get()) ?? 0
        for index in jobs.indices {
            let job = jobs[index]
            if let refusal = refusals[index] {
                job.completion(.failed(refusal))
                continue
            }
            switch outcome {
            case .success:
                let end = next + UInt64(job.entries.count)
                job.completion(.durable(AuditReceipt(sequences: next..<end)))
                next = end
            case .failure(let error): job.completion(.failed(error))
            }
        }
    }

    /// A second has passed since an entry, and no other came to take the checkpoint along.
    private func signWhenIdle() {
        let outcome: Result<UInt64, AuditError> = writer.withLock { writer in
            guard writer.wantsCheckpoint else { return .success(0) }
            defer { publish(writer) }
            do throws(AuditError) {
                _ = try writer.sign()
                return .success(0)
            } catch {
                return .failure(error)
            }
        }
        note(outcome)
    }

    private func publish(_ writer: borrowing LogWriter) {
        let (size, head, checkpoint) = (writer.tree.size, writer.head, writer.checkpoint)
        published.withLock { $0 = Published(size: size, head: head, checkpoint: checkpoint) }
    }

    private func note(_ outcome: Result<UInt64, AuditError>) {
        let now: LogHealth =
            switch outcome {
            case .success: .well
            case .failure(.store(let error)): .failing(error)
            case .failure(let error): .stopped(error)
            }
        let changed = health.withLock { health in
            defer { health = now }
            return health != now
        }
        if changed { report(now) }
    }
}
