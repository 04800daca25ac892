import Dispatch
import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage

extension Core {
    /// The frame of every write: rules, retry recognition, attempt, commit, log, answer.
    ///
    /// `attempt` makes the encrypted rows; it is called again when somebody else was faster. The
    /// audit entries ride in the same commit, so there is no effect without an entry.
    func change<T: Sendable>(
        _ action: Action, _ kind: RecordKind, about subject: SubjectID, _ content: [UInt8],
        isNew: Bool = false, _ request: FileRequest, _ answer: @escaping Answer<T>,
        attempt: @escaping @Sendable (FileWork) throws(AttemptFailure) -> WriteAttempt<T>,
        remembered: @escaping @Sendable ([UInt8]) -> T?,
        subjectOf: @escaping @Sendable (T) -> SubjectID? = { _ in nil }
    ) {
        guard var work = FileWork(self, action, request) else {
            return refuseWithoutCare(action, request, answer)
        }
        let reference = work.subjectKey(subject)
        switch work.decide(kind) {
        case .denied(let denial):
            let facts = work.facts.with(.denied, failure: "denied", rule: denial.rule.rawValue)
            return refuse(
                facts.about(.unresolved), denial.error(reference: facts.reference), answer)
        case .granted(let grant): work.facts.note(grant)
        }
        guard let keys = work.care[kind.compartment] else {
            let facts = work.facts.with(.denied, failure: "compartment-not-held")
            return refuse(facts, .denied(reference: facts.reference, rule: "login-again"), answer)
        }
        var memory: RememberedWrite?
        if let id = request.idempotency {
            guard let rowKey = try? keys.careRowKey() else {
                let facts = work.facts.with(.denied, failure: "stale-generation")
                return refuse(
                    facts, .denied(reference: facts.reference, rule: "login-again"), answer)
            }
            memory = try? RememberedWrite(
                principal: request.session.principal, id: id, content: content,
                names: keyring.service.names, keys: rowKey, care: work.care)
            guard memory != nil else {
                return refuse(
                    work.facts.with(.unavailable, failure: "memory"),
                    .internalError(reference: work.facts.reference), answer)
            }
        }
        let change = PendingChange(
            core: self, work: work, reference: reference,
            unmade: isNew ? .unresolved : reference, memory: memory, attempt: attempt,
            remembered: remembered, subjectOf: subjectOf, answer: answer)
        change.run(1)
    }
}

extension KeyringError {
    /// Where the row is that does not open or is missing.
    fileprivate var space: Space {
        switch self {
        case .rowDamaged(let row), .rowMissing(let row):
            switch row {
            case .index: .index
            case .head, .careRow: .careRows
            case .statement: .statements
            case .meta: .meta
            default: .wrappedKeys
            }
        default: .wrappedKeys
        }
    }
}

/// A write between its attempts.
struct PendingChange<T: Sendable>: Sendable {
    let core: Core
    let work: FileWork
    let reference: SubjectReference
    /// Whom an attempt that failed is about: nobody, where the subject would have been a new one.
    let unmade: SubjectReference
    let memory: RememberedWrite?
    let attempt: @Sendable (FileWork) throws(AttemptFailure) -> WriteAttempt<T>
    let remembered: @Sendable ([UInt8]) -> T?
    /// Whom a remembered result is about, where that is not the subject of this request.
    let subjectOf: @Sendable (T) -> SubjectID?
    let answer: Answer<T>

    func run(_ number: Int) {
        let lock = work.lock
        do throws(AttemptFailure) {
            let now = core.world.clock()
            var stale: [UInt8]?
            switch try finding(now) {
            case .new: break
            case .expired(let row): stale = row
            case .reused: throw .engine(.idempotencyReused, failure: "idempotency-reused")
            case .damaged: throw .miss(.damaged(.requests))
            case .done(let bytes):
                guard let result = remembered(bytes) else { throw .miss(.damaged(.requests)) }
                return answerAgain(result)
            }
            var made = try attempt(work)
            if let memory {
                made.change.add(
                    try mapKeyring { () throws(KeyringError) in
                        try memory.remember(made.remembered, replacing: stale, now: now)
                    })
            }
            try commit(made, number)
        } catch {
            // Rows that a rotation re-wraps meanwhile do not open under the lock of before.
            guard work.lock !== lock, number < FileLimits.attempts else { return fail(error) }
            again(number)
        }
    }

    /// Takes another look, on another thread than the committer's; after some, not at once, so that
    /// whoever was faster gets done.
    private func again(_ number: Int) {
        guard number > 3 else { return core.chores.async { run(number + 1) } }
        core.chores.asyncAfter(deadline: .now() + .milliseconds(min(number, 20))) {
            run(number + 1)
        }
    }

    private func finding(_ now: UInt64) throws(AttemptFailure) -> RememberedWrite.Finding {
        guard let memory else { return .new }
        do { return try memory.look(core.store, now: now) } catch { throw .miss(.storage(error)) }
    }

    private func commit(_ made: WriteAttempt<T>, _ number: Int) throws(AttemptFailure) {
        var facts = work.facts.about(reference, made.references)
        facts.results = UInt32(made.references.count)
        let entry: FinishedEntry
        do { entry = try core.entry(facts) } catch { throw .engine(error, failure: "sealed") }
        let member = CommitMember(
            preconditions: made.change.preconditions, writes: made.change.writes, entries: [entry])
        core.write(member, hiding: made.rows, reference: facts.reference) { outcome in
            switch outcome {
            case .success: answer(.success(made.result))
            case .failure(.raced) where number < FileLimits.attempts: again(number)
            case .failure(.raced): fail(.engine(.conflict(.stale), failure: "raced"))
            case .failure(.engine(let error)): answer(.failure(error))
            }
        }
    }

    /// The retry of a write that took effect: the first result, with an entry of its own.
    private func answerAgain(_ result: T) {
        guard core.unlogged.isEmpty else {
            // The first entry may still be missing from the log, and this must not come before it.
            return answer(.failure(.outcomePending(reference: work.facts.reference)))
        }
        var facts = work.facts.about(subjectOf(result).map(work.subjectKey) ?? reference)
        facts.rule = "idempotent-retry"
        core.record([facts]) { outcome in
            switch consume outcome {
            case .durable: answer(.success(result))
            case .failed(let error): answer(.failure(error))
            }
        }
    }

    private func fail(_ failure: AttemptFailure) {
        switch failure {
        case .miss(let miss):
            let (facts, error) = work.failure(miss, unmade)
            core.refuse(facts, error, answer)
        case .keyring(.staleGeneration):
            let facts = work.facts.with(.denied, failure: "stale-generation")
            core.refuse(facts, .denied(reference: facts.reference, rule: "login-again"), answer)
        case .keyring(.storage(let error)):
            let (facts, error) = work.failure(.storage(error), unmade)
            core.refuse(facts, error, answer)
        case .keyring(let error):
            let (facts, error) = work.failure(.damaged(error.space), unmade)
            core.refuse(facts, error, answer)
        case .engine(let error, let code):
            core.refuse(work.facts.with(.failed, failure: code).about(unmade), error, answer)
        }
    }
}
