import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultStatements

/// What a custodian or auditor grants, and the words that the person read out.
package struct GrantRequest: Sendable {
    /// To whom.
    package var principal: PrincipalID
    /// Which roles; of one group.
    package var roles: [Role]
    /// Which compartments; those that the roles work in when empty.
    package var compartments: [Compartment]
    /// The organisational unit.
    package var unit: String
    /// The employer.
    package var employer: String
    /// The end, microseconds since 1970.
    package var endsMicroseconds: UInt64?
    /// The person's twelve words.
    package var fingerprintWords: [String]

    /// A request of these parts.
    package init(
        principal: PrincipalID, roles: [Role], compartments: [Compartment], unit: String,
        employer: String, endsMicroseconds: UInt64?, fingerprintWords: [String]
    ) {
        self.principal = principal
        self.roles = roles
        self.compartments = compartments
        self.unit = unit
        self.employer = employer
        self.endsMicroseconds = endsMicroseconds
        self.fingerprintWords = fingerprintWords
    }
}

extension Vault {
    /// Grants roles to an enrolled person whose words were confirmed, and boxes the keys to them.
    /// Returns the statement's number. Custodians grant care roles, auditors the others.
    package func grant(
        _ request: GrantRequest, session: Session
    ) throws(EngineError) -> UInt64 {
        let core = try core()
        let (wish, facts) = try core.allowed(request, session)
        return try core.grant(request, wish, session, facts)
    }

    /// Refuses what ``grant(_:session:)`` would refuse whatever the words are, with the same entry, so
    /// that nobody reads twelve words out in vain. Where nothing is in the way there is nothing to log:
    /// nothing was shown and nothing changed.
    package func checkGrant(_ request: GrantRequest, session: Session) throws(EngineError) {
        let core = try core()
        let (wish, facts) = try core.allowed(request, session)
        try core.check(request, wish, session, facts)
    }

    /// The compartments that roles work in.
    package static func compartments(of roles: Set<Role>) -> [Compartment] {
        var result: Set<Compartment> = []
        for role in roles {
            switch role {
            case .custodian: result.formUnion(Compartment.allCases)
            case .counsellor: result.formUnion([.registry, .counselling])
            case .caseworker: result.formUnion([.registry, .hardship])
            case .medicalOfficer: result.formUnion([.registry, .medical])
            case .approver: result.formUnion([.registry, .hardship, .medical])
            case .analyst, .operator, .auditor, .intake, .backup, .watch: break
            }
        }
        return result.sorted()
    }
}

/// What a request comes to: roles of one group, and the compartments that they bring.
private struct GrantWish {
    let roles: Set<Role>
    let compartments: Set<Compartment>
    /// Whether it is a custodian's to grant.
    let isCare: Bool

    /// The statement that says so.
    func body(_ request: GrantRequest, _ identity: PublicIdentity) -> StatementBody {
        guard isCare else {
            return .auditGrant(
                AuditGrantBody(identity: identity, roles: roles, ends: request.endsMicroseconds))
        }
        return .careGrant(
            CareGrantBody(
                identity: identity, roles: roles, compartments: compartments,
                unit: request.unit.isEmpty ? nil : request.unit,
                employer: request.employer.isEmpty ? nil : request.employer,
                ends: request.endsMicroseconds))
    }
}

extension Core {
    /// What the caller may grant by the rules; a refusal has its entry.
    fileprivate func allowed(
        _ request: GrantRequest, _ session: Session
    ) throws(EngineError) -> (GrantWish, EntryFacts) {
        var facts = EntryFacts(.grant, session: session, request: newRequest())
        let directory = keyring.directory
        guard directory.isFounded else { try fail(facts, "not-founded", .notFounded) }
        let roles = Set(request.roles)
        let compartments = Set(
            request.compartments.isEmpty ? Vault.compartments(of: roles) : request.compartments)
        facts.detail = .about(
            request.principal, roles: roles.sorted(), compartments: compartments.sorted())
        guard !roles.isEmpty, let group = roles.first?.group,
            roles.allSatisfy({ $0.group == group })
        else {
            try fail(facts, "roles", .invalidArgument(name: "roles", problem: "one-group"))
        }
        let held = directory.principal(request.principal)?.roles ?? []
        for role in roles.sorted() {
            let change = MembershipChange(role: role, member: request.principal, held: held)
            _ = try require(session, .grant, .membership(change), facts: &facts)
        }
        return (
            GrantWish(roles: roles, compartments: compartments, isCare: group == .care), facts
        )
    }

    /// Tries the statement on a copy of the chain. It is signed for that and dropped.
    fileprivate func check(
        _ request: GrantRequest, _ wish: GrantWish, _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) {
        let keyring = keyring
        let identity = try enrolledIdentity(request, keyring, facts)
        _ = try extended(by: wish.body(request, identity), session, facts, keyring)
    }

    fileprivate func grant(
        _ request: GrantRequest, _ wish: GrantWish, _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) -> UInt64 {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            let keyring = keyring
            let identity = try confirmedIdentity(request, keyring, facts)
            let boxes = { (chain: StatementChain) throws(EngineError) -> KeyringChange in
                try fromKeyring(places) { () throws(KeyringError) in
                    if let care = session.care, wish.isCare {
                        return try care.boxes(
                            for: identity.principal, directory: chain.directory,
                            lock: keyring.lock, service: keyring.service)
                    }
                    guard let audit = session.audit else { return KeyringChange() }
                    return try audit.boxes(
                        for: identity.principal, directory: chain.directory, lock: keyring.lock,
                        service: keyring.service)
                }
            }
            return try state(
                wish.body(request, identity), by: session, facts, also: boxes,
                // A login from before the grant has the old roles and boxes.
                applied: { sessions.endChanged { $0.principal == request.principal } }
            ).head.number
        }
    }

    /// The enrolled keys, whose words the person read out: what stands in the row alone is not
    /// believed.
    private func confirmedIdentity(
        _ request: GrantRequest, _ keyring: Keyring, _ facts: EntryFacts
    ) throws(EngineError) -> PublicIdentity {
        let identity = try enrolledIdentity(request, keyring, facts)
        let fingerprint = identity.fingerprint(vault: keyring.directory.vault)
        guard fingerprint.matches(request.fingerprintWords.joined(separator: " ")) else {
            try record([facts.with(.denied, failure: "fingerprint")])
            throw .conflict(.fingerprint)
        }
        return identity
    }

    /// The keys that the person enrolled with, as their row has them.
    private func enrolledIdentity(
        _ request: GrantRequest, _ keyring: Keyring, _ facts: EntryFacts
    ) throws(EngineError) -> PublicIdentity {
        let stored = try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try StoredPrincipal.read(request.principal, store, lock: keyring.lock)
        }
        let person = keyring.directory.principal(request.principal)
        guard let stored, person.map({ enrolled($0, keyring) != nil }) ?? true else {
            try fail(facts, "not-enrolled", .conflict(.principalState))
        }
        // A service has nobody to type words, and one job: its secret is a key file.
        let isService = request.roles.contains { $0.group == .services }
        guard !isService || stored.blob.derivation.form == .keyFile else {
            try fail(
                facts, "service-words",
                .invalidArgument(name: "roles", problem: "service-key-file"))
        }
        return stored.identity
    }
}
