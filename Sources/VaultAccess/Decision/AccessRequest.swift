package import VaultCoding
package import VaultRecords

/// Everything that a decision depends on. Two equal requests under one policy have one decision.
package struct AccessRequest: Sendable {
    /// Who asks.
    package var principal: PrincipalFacts
    /// The login under which they ask.
    package var session: SessionFacts
    /// What they ask for.
    package var action: Action
    /// On what.
    package var target: AccessTarget
    /// Why. Required for every action on files; elsewhere judged only if stated.
    package var purpose: PurposeOfUse?
    /// The time of the decision, in microseconds since 1970-01-01 UTC.
    package var now: UInt64

    /// A request, as it is.
    package init(
        principal: PrincipalFacts, session: SessionFacts, action: Action,
        target: AccessTarget = .nothing, purpose: PurposeOfUse? = nil, now: UInt64
    ) {
        self.principal = principal
        self.session = session
        self.action = action
        self.target = target
        self.purpose = purpose
        self.now = now
    }
}

/// The object of a request.
package enum AccessTarget: Hashable, Sendable {
    /// The action has none.
    case nothing
    /// Records of a kind.
    case records(RecordKind)
    /// A role that is to be granted or revoked.
    case membership(MembershipChange)
}

/// A role that is given to or taken from a principal.
package struct MembershipChange: Hashable, Sendable {
    /// The role.
    package var role: Role
    /// Who gets or loses it.
    package var member: PrincipalID
    /// The roles that the member holds now.
    package var held: Set<Role>

    /// A change, as it is.
    package init(role: Role, member: PrincipalID, held: Set<Role>) {
        self.role = role
        self.member = member
        self.held = held
    }
}

/// What the statements say about a principal at the time of the decision.
package struct PrincipalFacts: Sendable {
    /// Where a principal stands.
    package enum State: Sendable, Hashable, CaseIterable {
        /// Enlisted by an operator; has no keys yet.
        case enlisted
        /// Enrolled, with keys.
        case active
        /// Shut out until re-enlisted or enabled.
        case disabled
    }

    /// Who.
    package var id: PrincipalID
    /// The roles held by valid grants.
    package var roles: Set<Role>
    /// The compartments whose keys those grants give.
    package var compartments: Set<Compartment>
    /// Where the principal stands.
    package var state: State
    /// The first moment at which rights no longer hold, in microseconds since 1970-01-01 UTC; nil for
    /// no end.
    package var endsAt: UInt64?

    /// Facts, as they are.
    package init(
        id: PrincipalID, roles: Set<Role>, compartments: Set<Compartment>, state: State,
        endsAt: UInt64?
    ) {
        self.id = id
        self.roles = roles
        self.compartments = compartments
        self.state = state
        self.endsAt = endsAt
    }
}
