import Dispatch
import Synchronization
import VaultAudit
import VaultCoding
import VaultStorage

/// Why a write did not take effect.
enum WriteFailure: Error, Sendable {
    /// A precondition does not hold: somebody was faster. Look again.
    case raced
    case engine(EngineError)
}

/// How an append ended, in the engine's words.
enum RecordOutcome: ~Copyable, Sendable {
    /// The entries are durable.
    case durable(AuditReceipt)
    case failed(EngineError)
}

/// A value that one reader takes out, for handing a receipt or grant through a callback.
final class Once<Value: ~Copyable & Sendable>: Sendable {
    private let slot: Mutex<Value?>

    init(_ value: consuming sending Value) { slot = Mutex(value) }

    func take() -> sending Value? { slot.withLock { $0.take() } }
}

extension Core {
    /// Appends entries to the log; `then` is called on the log's thread once they are durable.
    func append(
        _ entries: [FinishedEntry],
        then: @escaping @Sendable (consuming RecordOutcome) -> Void
    ) {
        log.append(entries) { outcome in
            switch consume outcome {
            case .durable(let receipt):
                self.logWorks()
                then(.durable(receipt))
            case .failed(let error):
                self.logFails(error)
                then(.failed(Self.unavailable(error)))
            }
        }
    }

    /// Finishes and appends entries, then calls `then`.
    func record(
        _ facts: [EntryFacts],
        then: @escaping @Sendable (consuming RecordOutcome) -> Void
    ) {
        var entries: [FinishedEntry] = []
        do throws(EngineError) {
            for fact in facts { entries.append(try entry(fact)) }
        } catch {
            return then(.failed(error))
        }
        append(entries, then: then)
    }

    /// Finishes and appends entries and waits until they are durable. Not for event loops.
    @discardableResult
    func record(_ facts: [EntryFacts]) throws(EngineError) -> AuditReceipt {
        var entries: [FinishedEntry] = []
        for fact in facts { entries.append(try entry(fact)) }
        return try appendAndWait(entries)
    }

    /// Appends entries and waits until they are durable. Not for event loops.
    @discardableResult
    func appendAndWait(_ entries: [FinishedEntry]) throws(EngineError) -> AuditReceipt {
        let done = DispatchSemaphore(value: 0)
        let receipt = Mutex<AuditReceipt?>(nil)
        let failure = Mutex<EngineError?>(nil)
        append(entries) { outcome in
            switch consume outcome {
            case .durable(let value):
                var handed: AuditReceipt? = consume value
                receipt.withLock { $0 = handed.take() }
            case .failed(let error): failure.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
        guard let value = receipt.withLock({ $0.take() }) else { throw .sealed }
        return value
    }

    /// Answers a failure after its entry is durable; when the log cannot take the entry, that is the
    /// answer.
    func refuse<T>(_ facts: EntryFacts, _ error: EngineError, _ answer: @escaping Answer<T>) {
        record([facts]) { outcome in
            switch consume outcome {
            case .durable: answer(.failure(error))
            case .failed(let logError): answer(.failure(logError))
            }
        }
    }

    static func unavailable(_ error: AuditError) -> EngineError {
        switch error {
        case .busy: .tooManyRequests(retryMicroseconds: 100_000)
        case .sealed, .closed: .sealed
        default: .unavailable(.logUnavailable, detail: "\(error)")
        }
    }

    /// Whether an append failed within the last second: nothing is changed then, since its entry
    /// would have nowhere to go. After that second a write may try the log again.
    var logFailedJustNow: Bool {
        let failed = logFailure.load(ordering: .relaxed)
        return failed != 0 && world.monotonic() < failed + 1_000_000
    }

    /// Notes that an append failed. A refused one says nothing of the log.
    func logFails(_ error: AuditError) {
        switch error.standing {
        case .refused: return
        case .failing: break
        case .lost:
            logLost.store(true, ordering: .releasing)
            distress(.log)
        }
        health.raise(.logUnavailable, detail: "\(error)")
        let before = logFailure.exchange(max(world.monotonic(), 1), ordering: .relaxed)
        if before == 0 { world.diagnostics(.logUnavailable(detail: "\(error)")) }
    }

    func logWorks() {
        guard logFailure.exchange(0, ordering: .relaxed) != 0 else { return }
        health.clear(.logUnavailable)
        world.diagnostics(.logAvailable)
        noteHealth(.logUnavailable, recovered: true)
    }
}

extension AuditError {
    /// What a failed append says of the log.
    enum Standing {
        /// Nothing: too much at once, or the vault is being sealed.
        case refused
        /// The store refuses; the next append may work.
        case failing
        /// It is not known what the log holds, or it does not hold what it must: it has to be opened
        /// again, and until then nothing may be appended twice.
        case lost
    }

    /// What this error says.
    var standing: Standing {
        switch self {
        case .sealed, .notSealed, .tooMany, .closed, .outOfRange, .busy: .refused
        case .store, .sodium: .failing
        case .outcomeUnknown, .malformed, .misplaced, .wrongRoot, .headNotAuthentic,
            .checkpointNotAuthentic, .otherOrigin, .truncated, .unauthenticated, .missingTile:
            .lost
        }
    }
}
