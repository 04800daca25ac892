import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements

/// A principal as everybody who is logged in may see them.
package struct PrincipalSummary: Sendable {
    /// How far a principal has come.
    package enum State: String, Sendable {
        case enlisted, enrolled, granted, disabled
    }

    /// The identifier.
    package let id: PrincipalID
    /// The name.
    package let name: String
    /// The kernel uid.
    package let uid: UInt32
    /// How far they have come.
    package let state: State
    /// The roles granted.
    package let roles: Set<Role>
    /// The compartments granted.
    package let compartments: Set<Compartment>
    /// The organisational unit.
    package let unit: String?
    /// The employer.
    package let employer: String?
    /// The end of the grant, microseconds since 1970.
    package let ends: UInt64?
    /// Twelve words of the granted keys, or of the enrolled ones, which nobody has confirmed yet.
    package let fingerprintWords: [String]?
}

/// A person who was enlisted, and the code for them.
package struct EnlistedPrincipal: Sendable {
    /// Who.
    package let principal: PrincipalID
    /// The one-time code.
    package let code: String
    /// Until when the code is good, microseconds since 1970.
    package let expires: UInt64
}

/// What a disable or revoke did.
package struct RemovalOutcome: Sendable {
    /// The statement's number.
    package let statement: UInt64
    /// Logins that ended.
    package let sessionsEnded: Int
    /// Compartments whose keys the person has seen: they stay known until the generation is rotated.
    package let keysStayKnown: Set<Compartment>
}

extension Vault {
    /// Everybody, in order of enlisting.
    package func principals(_ session: Session) throws(EngineError) -> [PrincipalSummary] {
        let core = try core()
        var facts = EntryFacts(.principalList, session: session, request: core.newRequest())
        _ = try core.require(session, .principalList, facts: &facts)
        let keyring = core.keyring
        let all = keyring.directory.principals.values.sorted { $0.enlistedBy < $1.enlistedBy }
        let summaries = all.map { core.summary($0, keyring) }
        facts.results = UInt32(summaries.count)
        try core.record([facts])
        return summaries
    }

    /// Logs that an act which was done is answered once more to who asked for it.
    package func noteRetry(of action: Action, session: Session) throws(EngineError) {
        let core = try core()
        guard !session.isOver(at: world.clock()) else { throw .loginNeeded }
        var facts = EntryFacts(action, session: session, request: core.newRequest())
        facts.rule = "idempotent-retry"
        try core.record([facts])
    }

    /// Enlists a name and uid, without any right. Operators.
    package func enlist(
        name: String, uid: UInt32, session: Session
    ) throws(EngineError) -> EnlistedPrincipal {
        let core = try core()
        var facts = EntryFacts(.enlist, session: session, request: core.newRequest())
        _ = try core.require(session, .enlist, facts: &facts)
        let principal: PrincipalID = Random.identifier()
        facts.detail = .about(principal, roles: [], compartments: [])
        let body = EnlistBody(principal: principal, name: name, uid: uid)
        return try core.enlist(.enlist(body), principal, session, facts)
    }

    /// Ends every grant of a person and lets them enrol with new keys. Operators; nobody for an account
    /// that is disabled: whoever gives it back says so.
    package func reenlist(
        _ principal: PrincipalID, session: Session
    ) throws(EngineError) -> EnlistedPrincipal {
        let core = try core()
        var facts = EntryFacts(.reenlist, session: session, request: core.newRequest())
        facts.detail = .about(principal, roles: [], compartments: [])
        _ = try core.require(session, .reenlist, facts: &facts)
        guard let person = core.keyring.directory.principal(principal) else {
            try core.fail(facts, "principal-unknown", .conflict(.principalState))
        }
        return try core.enlist(
            .reenlist(EnlistBody(principal: principal, name: person.name, uid: person.uid)),
            principal, session, facts)
    }

    /// Ends a person's logins and grants at once. Operators; nobody for the last of an office or the
    /// last who may unseal.
    package func disable(
        _ principal: PrincipalID, session: Session
    ) throws(EngineError) -> RemovalOutcome {
        let core = try core()
        var facts = EntryFacts(.disable, session: session, request: core.newRequest())
        facts.detail = .about(principal, roles: [], compartments: [])
        _ = try core.require(session, .disable, facts: &facts)
        return try core.disable(principal, session, facts)
    }

    /// Takes a person's rights: care roles by a custodian, auditors and operators by an auditor.
    package func revoke(
        _ principal: PrincipalID, session: Session
    ) throws(EngineError) -> RemovalOutcome {
        let core = try core()
        var facts = EntryFacts(.revoke, session: session, request: core.newRequest())
        guard core.keyring.directory.isFounded else {
            try core.fail(facts, "not-founded", .notFounded)
        }
        // A grant that was disabled is there to be taken back as well.
        guard let grant = core.keyring.directory.principal(principal)?.grant,
            let role = grant.roles.sorted().first
        else { try core.fail(facts, "no-roles", .conflict(.principalState)) }
        let change = MembershipChange(role: role, member: principal, held: grant.roles)
        facts.detail = .about(
            principal, roles: grant.roles.sorted(), compartments: grant.compartments.sorted())
        _ = try core.require(session, .revoke, .membership(change), facts: &facts)
        let subject = PrincipalBody(principal: principal)
        let body: StatementBody =
            role.group == .care ? .careRevoke(subject) : .auditRevoke(subject)
        return try core.remove(principal, body, session, facts)
    }
}

extension Core {
    /// Requires that somebody else holds the roles of a principal which no vault can do without. With
    /// the boxes of the last custodian or auditor their keys would be gone for good, and nobody could
    /// enlist without an operator. Only while holding `acts`: two of them may go at once.
    func requireOthers(
        than principal: PrincipalID, _ facts: EntryFacts
    ) throws(EngineError) {
        let directory = keyring.directory
        guard directory.isFounded, let roles = directory.principal(principal)?.roles else { return }
        let now = world.clock()
        for role in [Role.custodian, .auditor, .operator] where roles.contains(role) {
            let others = directory.principals.values.contains {
                $0.id != principal && $0.roles(at: now).contains(role)
            }
            guard others else { try fail(facts, "last-of-role", .conflict(.lastOfRole(role))) }
        }
    }

    /// Requires that another account may unseal, before the one of this person is shut out: the list
    /// stays as the vault was made with it. An account that nobody in the directory has is the
    /// machine's own, such as the service's. Only while holding `acts`.
    func requireOtherUnsealer(
        than principal: PrincipalID, _ facts: EntryFacts
    ) throws(EngineError) {
        let (directory, unsealers) = (keyring.directory, keyring.header.unsealUIDs)
        guard let person = directory.principal(principal), !person.isDisabled,
            unsealers.contains(person.uid)
        else { return }
        let others = unsealers.contains { uid in
            let holders = directory.principals(uid: uid)
            return holders.isEmpty || holders.contains { $0.id != principal && !$0.isDisabled }
        }
        guard others else {
            try fail(facts, "last-unsealer", .conflict(.lastUnsealer(uid: person.uid)))
        }
    }

    /// The compartments whose keys a grant has shown; it may be disabled.
    static func known(
        by principal: VaultStatements.Principal?, _ directory: Directory
    ) -> Set<Compartment> {
        guard let grant = principal?.grant else { return [] }
        return grant.roles.contains(.custodian)
            ? Set(directory.compartments.keys) : grant.compartments
    }

    fileprivate func enlist(
        _ body: StatementBody, _ principal: PrincipalID, _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) -> EnlistedPrincipal {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            // Before the founding no account is enabled, and this is the way back.
            if keyring.directory.isFounded,
                keyring.directory.principal(principal)?.isDisabled == true
            {
                try fail(facts, "is-disabled", .conflict(.principalState))
            }
            try requireOthers(than: principal, facts)
            let now = world.clock()
            let keyring = keyring
            let old = keyring.directory.principal(principal)?.fingerprint
            var issued = ""
            let rows = { (chain: StatementChain) throws(EngineError) -> KeyringChange in
                try fromKeyring(places) { () throws(KeyringError) in
                    let code = try EnrolmentCode.issue(
                        for: principal, statement: chain.head.number, now: now, self.store,
                        lock: keyring.lock)
                    issued = code.text
                    guard let old else { return code.change }
                    return code.change.adding(
                        try BoxRows.removal(
                            of: old, directory: keyring.directory, service: keyring.service))
                }
            }
            _ = try state(
                body, by: session, facts, also: rows,
                applied: { sessions.endChanged { $0.principal == principal } })
            return EnlistedPrincipal(
                principal: principal, code: issued, expires: now + EnrolmentCode.lifetime)
        }
    }

    /// Shuts an account out. Nobody's who is needed: the last of an office, the last who may unseal.
    func disable(
        _ principal: PrincipalID, _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) -> RemovalOutcome {
        try remove(
            principal, .disable(PrincipalBody(principal: principal)), session, facts
        ) { () throws(EngineError) in try requireOtherUnsealer(than: principal, facts) }
    }

    fileprivate func remove(
        _ principal: PrincipalID, _ body: StatementBody, _ session: Session, _ facts: EntryFacts,
        requiring more: () throws(EngineError) -> Void = {}
    ) throws(EngineError) -> RemovalOutcome {
        try acts.withLock { _ throws(EngineError) in
            try requireOthers(than: principal, facts)
            try more()
            let keyring = keyring
            let old = keyring.directory.principal(principal)
            let rows = { (_: StatementChain) throws(EngineError) -> KeyringChange in
                guard let fingerprint = old?.fingerprint else { return KeyringChange() }
                return try fromKeyring(ErrorPlaces(self.world)) { () throws(KeyringError) in
                    try BoxRows.removal(
                        of: fingerprint, directory: keyring.directory, service: keyring.service)
                }
            }
            var ended = 0
            let statement = try state(
                body, by: session, facts, also: rows,
                applied: { ended = sessions.endChanged { $0.principal == principal } })
            let known = Self.known(by: old, keyring.directory)
            return RemovalOutcome(
                statement: statement.head.number, sessionsEnded: ended, keysStayKnown: known)
        }
    }

    /// The keys that somebody enrolled with, to which rights may go; nil before they have enrolled,
    /// and after a re-enlisting until they have enrolled anew: their old keys serve nobody.
    func enrolled(_ person: VaultStatements.Principal, _ keyring: Keyring) -> StoredPrincipal? {
        let stored = try? StoredPrincipal.read(person.id, store, lock: keyring.lock)
        guard person.grant == nil, let keys = stored?.identity else { return stored }
        let isOut = try? EnrolmentCode.isOut(for: person.id, store, lock: keyring.lock)
        let mayServe = keyring.directory.people.mayBeGranted(keys) && isOut != true
        return mayServe ? stored : nil
    }

    func summary(
        _ principal: VaultStatements.Principal, _ keyring: Keyring
    ) -> PrincipalSummary {
        let stored = enrolled(principal, keyring)
        let words =
            principal.fingerprint?.words
            ?? stored?.identity.fingerprint(vault: keyring.directory.vault).words
        let state: PrincipalSummary.State =
            principal.isDisabled
            ? .disabled : principal.grant != nil ? .granted : stored != nil ? .enrolled : .enlisted
        return PrincipalSummary(
            id: principal.id, name: principal.name, uid: principal.uid, state: state,
            roles: principal.roles, compartments: principal.compartments, unit: principal.unit,
            employer: principal.employer, ends: principal.ends, fingerprintWords: words)
    }
}
