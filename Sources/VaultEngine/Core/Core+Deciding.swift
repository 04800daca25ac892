import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements

extension Core {
    /// What the rules want to know of a principal, as the statement chain has it now.
    func facts(of session: Session) -> PrincipalFacts {
        let directory = keyring.chain.directory
        guard let principal = directory.principal(session.principal) else {
            return PrincipalFacts(
                id: session.principal, roles: [], compartments: [], state: .disabled, endsAt: nil)
        }
        // A key that a later grant replaced has no rights.
        if let identity = principal.identity, identity != session.identity {
            return PrincipalFacts(
                id: session.principal, roles: [], compartments: [], state: .disabled, endsAt: nil)
        }
        if !directory.isFounded, let seat = session.seat {
            return PrincipalFacts(
                id: principal.id, roles: [seat.role],
                compartments: [], state: principal.isDisabled ? .disabled : .active, endsAt: nil)
        }
        var compartments = principal.compartments
        if principal.roles.contains(.custodian) { compartments = Set(directory.compartments.keys) }
        return PrincipalFacts(
            id: principal.id, roles: principal.roles, compartments: compartments,
            state: principal.state.forAccess, endsAt: principal.ends)
    }

    /// Decides what a login may do, by the rules and the directory of this moment.
    func decision(
        _ session: Session, _ action: Action, _ target: AccessTarget = .nothing,
        purpose: PurposeOfUse? = nil
    ) -> AccessDecision {
        let now = world.clock()
        let request = AccessRequest(
            principal: facts(of: session), session: session.facts, action: action, target: target,
            purpose: purpose, now: now)
        let decision = decide(request)
        if decision.isGranted { session.touch(now) }
        return decision
    }

    private static let foundersActs: Set<Action> = [
        .vaultFound, .whoami, .logout, .passwd, .principalList, .principalShow,
    ]

    /// A grant for an action that is not about files, or a typed refusal whose entry is durable.
    /// Blocks until it is.
    func require(
        _ session: Session, _ action: Action, _ target: AccessTarget = .nothing,
        facts: inout EntryFacts
    ) throws(EngineError) -> VaultAccess.Grant {
        // A founder's login, before the founding, is there to found and for nothing else.
        guard session.seat == nil || Self.foundersActs.contains(action) else {
            try record([facts.with(.denied, failure: "not-founded")])
            throw .notFounded
        }
        switch decision(session, action, target) {
        case .granted(let grant):
            facts.note(grant)
            return grant
        case .denied(let denial):
            let refusal = facts.with(
                .denied, failure: "denied", rule: denial.rule.rawValue)
            try record([refusal])
            throw denial.error(reference: facts.reference)
        }
    }
}

extension VaultStatements.Principal.State {
    /// The same state in the words of the access rules.
    var forAccess: PrincipalFacts.State {
        switch self {
        case .enlisted: .enlisted
        case .active: .active
        case .disabled: .disabled
        }
    }
}

extension AccessDecision {
    /// Whether it is a yes; for asking about many kinds, where no record is opened.
    var isGranted: Bool {
        switch self {
        case .granted: true
        case .denied: false
        }
    }
}

extension Denial {
    /// What the caller is told: never anything about a subject.
    func error(reference: String) -> EngineError {
        switch rule {
        case .loginNeeded, .sessionExpired, .sessionIdle, .clockBehind,
            .principalDisabled:
            .loginNeeded
        case .purposeMissing: .purposeNeeded
        default: .denied(reference: reference, rule: rule.rawValue)
        }
    }
}
