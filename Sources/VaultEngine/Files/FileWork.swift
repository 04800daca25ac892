import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage

/// A request about files on its way: the login, its open compartments, and the facts so far.
struct FileWork {
    let core: Core
    let session: Session
    let care: CareLock
    let purpose: PurposeOfUse?
    var facts: EntryFacts

    /// Nil when the login has no care lock: nothing on files is theirs.
    init?(_ core: Core, _ action: Action, _ request: FileRequest) {
        guard let care = request.session.care else { return nil }
        self.core = core
        session = request.session
        self.care = care
        purpose = request.purpose
        facts = EntryFacts(
            action, session: request.session, request: core.newRequest(), purpose: request.purpose)
    }

    /// The storage lock of this moment: a rotation may have moved it since the last attempt.
    var lock: StorageLock { core.keyring.lock }

    var locator: RecordLocator {
        RecordLocator(core: core, care: care, subjects: session.subjects)
    }

    /// k_s of a subject: found in entries, never shown here.
    func subjectKey(_ subject: SubjectID) -> SubjectReference {
        guard let compartment = care.compartments.first, let keys = care[compartment],
            let pseudonym = try? keys.pseudonym(of: subject)
        else { return .unresolved }
        return .key(pseudonym.secret)
    }

    /// Decides about a kind, noting it in the facts.
    mutating func decide(_ kind: RecordKind) -> AccessDecision {
        facts.compartment = kind.compartment
        facts.kind = kind.name
        return core.decision(session, facts.action, .records(kind), purpose: purpose)
    }

    /// Decides about a kind where no record of it is opened; nil is a yes.
    mutating func denial(of kind: RecordKind) -> Denial? {
        switch decide(kind) {
        case .granted: nil
        case .denied(let denial): denial
        }
    }

    /// Whether the action is open to this login for any kind at all; the refusal otherwise.
    ///
    /// Judged before anything is looked up, so that the answer cannot depend on a subject.
    func obstacle() -> (facts: EntryFacts, error: EngineError)? {
        var denial: Denial?
        for kind in RecordKind.allCases {
            switch core.decision(session, facts.action, .records(kind), purpose: purpose) {
            case .granted: return nil
            case .denied(let found): denial = better(denial, found)
            }
        }
        guard let denial else { return nil }
        return (
            facts.with(.denied, failure: "denied", rule: denial.rule.rawValue),
            denial.error(reference: facts.reference)
        )
    }

    /// Of several refusals the one that tells the caller most of what to do.
    private func better(_ old: Denial?, _ new: Denial) -> Denial {
        guard let old else { return new }
        return new.rule == .purposeMissing || new.rule == .purposeNotForRole ? new : old
    }

    /// The answer and the entry for something that is not there, not allowed, or damaged.
    /// A login that ended under the request hears that, whether or not something is there.
    func failure(
        _ miss: RecordLocator.Miss, _ subject: SubjectReference
    ) -> (facts: EntryFacts, error: EngineError) {
        if session.isOver(at: core.world.clock()), miss.isAnswer {
            return (facts.with(.denied, failure: "login-needed").about(subject), .loginNeeded)
        }
        return switch miss {
        case .absent:
            (
                facts.with(.failed, failure: "not-found").about(subject),
                .notFound(reference: facts.reference)
            )
        case .denied(let denial):
            // The same answer as for a record that does not exist.
            (
                facts.with(.denied, failure: "denied", rule: denial.rule.rawValue).about(subject),
                .notFound(reference: facts.reference)
            )
        case .damaged(let space):
            core.quarantine(facts.with(.unavailable, failure: "quarantined").about(subject), space)
        case .storage(let error):
            (
                facts.with(.unavailable, failure: "store-unavailable").about(subject),
                Core.unavailable(error)
            )
        }
    }
}

extension Core {
    /// Refuses a request that cannot be understood; whoever may not make it at all hears that.
    func reject<T>(
        _ action: Action, _ request: FileRequest, _ failure: String, _ error: EngineError,
        _ answer: @escaping Answer<T>
    ) {
        guard let work = FileWork(self, action, request) else {
            return refuseWithoutCare(action, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        refuse(work.facts.with(.failed, failure: failure).about(.unresolved), error, answer)
    }

    /// Notes a row that does not open: red health, the operator's journal, an entry, a typed error.
    func quarantine(
        _ facts: EntryFacts, _ space: Space
    ) -> (facts: EntryFacts, error: EngineError) {
        var entry = facts
        entry.action = .quarantine
        noteDamage("\(space)")
        world.diagnostics(.quarantined(space: "\(space)", reference: facts.reference))
        return (entry, .quarantined(reference: facts.reference))
    }
}
