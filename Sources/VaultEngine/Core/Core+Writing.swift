import Dispatch
import Synchronization
import VaultAudit
import VaultCoding
import VaultStorage

extension Core {
    /// Makes a change durable, then its entries, then calls `then`.
    ///
    /// Commit points: the store's commit (rows and outbox entries together), then the log's append.
    /// Death between them: recovery appends the entries at the next unseal. When the append fails
    /// while the daemon lives, the answer is `outcomePending`, the rows in `hiding` are not served,
    /// and a retry brings the entries into the log.
    func write(
        _ member: CommitMember, hiding rows: [[UInt8]] = [], reference: String,
        then: @escaping @Sendable (Result<StoreMark, WriteFailure>) -> Void
    ) {
        guard unlogged.isEmpty, !logFailedJustNow else {
            return then(.failure(.engine(Self.logDown)))
        }
        committer.submit(member) { outcome in
            switch outcome {
            case .failure(let error): then(.failure(self.translate(error)))
            case .success(let mark):
                if self.health.clear(.storeUnavailable) {
                    self.noteHealth(.storeUnavailable, recovered: true)
                }
                self.log(member.entries, rows, mark, reference, then)
            }
        }
    }

    /// The same, waiting for the end. Not for event loops.
    @discardableResult
    func write(
        _ member: CommitMember, hiding rows: [[UInt8]] = [], reference: String
    ) throws(WriteFailure) -> StoreMark {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<StoreMark, WriteFailure>?>(nil)
        write(member, hiding: rows, reference: reference) { outcome in
            result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = result.withLock({ $0 }) else { throw .engine(.sealed) }
        return try outcome.get()
    }

    private static let logDown = EngineError.unavailable(.logUnavailable)

    private func log(
        _ entries: [FinishedEntry], _ rows: [[UInt8]], _ mark: StoreMark, _ reference: String,
        _ then: @escaping @Sendable (Result<StoreMark, WriteFailure>) -> Void
    ) {
        guard !entries.isEmpty else { return then(.success(mark)) }
        append(entries) { outcome in
            switch consume outcome {
            case .durable:
                self.committer.logged(entries.map(\.id))
                then(.success(mark))
            case .failed:
                if self.unlogged.add(entries, rows: rows) { self.retryLater(1) }
                then(.failure(.engine(.outcomePending(reference: reference))))
            }
        }
    }

    /// Tries to append what waits until it works, soon at first and then every second: one try at a
    /// time, or an entry would stand in the log twice. Where it is not known whether entries are there
    /// already, the next unseal finds out.
    private func retryLater(_ number: Int) {
        let wait = DispatchTimeInterval.milliseconds(min(20 << min(number, 6), 1000))
        chores.asyncAfter(deadline: .now() + wait) { [weak self] in self?.retry(number) }
    }

    private func retry(_ number: Int) {
        guard !isStopped, !logLost.load(ordering: .acquiring) else { return }
        let entries = unlogged.next
        append(entries) { outcome in
            switch consume outcome {
            case .durable:
                self.committer.logged(entries.map(\.id))
                if !self.unlogged.logged(entries.count) { self.chores.async { self.retry(1) } }
            case .failed: self.retryLater(number + 1)
            }
        }
    }

    private func translate(_ error: CommitError) -> WriteFailure {
        switch error {
        case .preconditionFailed: return .raced
        case .storage(let error):
            if health.raise(.storeUnavailable, detail: "\(error)") {
                world.diagnostics(.storeUnavailable(detail: "\(error)"))
                noteHealth(.storeUnavailable, recovered: false)
            }
            return .engine(Self.unavailable(error))
        case .stopped:
            distress(.storeUncertain)
            return .engine(.sealed)
        }
    }

    static func unavailable(_ error: StorageError) -> EngineError {
        switch error {
        case .full:
            .unavailable(.diskFull)
        case .tooLarge(let limit):
            .invalidArgument(name: "body", problem: "larger than \(limit) bytes")
        default: .unavailable(.storeUnavailable, detail: "\(error)")
        }
    }
}
