package import VaultCoding

/// An account of the directory: a person or a service, as of one place in the chain.
package struct Principal: Hashable, Sendable {
    /// Where an account stands.
    package enum State: Sendable, Hashable {
        /// Known by name and uid, without a grant.
        case enlisted
        /// Holds a grant (which may have ended: see ``Principal/roles(at:)``).
        case active
        /// Disabled by an operator; a grant gives nothing, and enabling the account ends it.
        case disabled
    }

    /// Who.
    package let id: PrincipalID
    /// The name, unique in the vault.
    package internal(set) var name: String
    /// The kernel uid.
    package internal(set) var uid: UInt32
    /// Whether an operator has disabled the account.
    package internal(set) var isDisabled = false
    /// The grant in force or ended by its date; nil once revoked, re-enlisted or
    /// enabled after a disabling.
    package internal(set) var grant: Grant?
    /// The statement that enlisted or re-enlisted the principal.
    package internal(set) var enlistedBy: UInt64

    /// Where the account stands.
    package var state: State {
        if isDisabled { return .disabled }
        return grant == nil ? .enlisted : .active
    }

    /// The granted keys, if there is a grant.
    package var identity: PublicIdentity? { grant?.identity }
    /// The fingerprint of the granted keys, if there is a grant.
    package var fingerprint: Fingerprint? { grant?.fingerprint }
    /// The granted compartments; empty while disabled.
    package var compartments: Set<Compartment> { isDisabled ? [] : grant?.compartments ?? [] }
    /// The organisational unit of the grant.
    package var unit: String? { grant?.unit }
    /// The employer of the grant.
    package var employer: String? { grant?.employer }
    /// When the grant ends, in microseconds since 1970-01-01 UTC.
    package var ends: UInt64? { grant?.ends }
    /// The number of the statement that made the grant.
    package var grantedBy: UInt64? { grant?.number }
    /// The granted roles, whether or not the grant has ended by its date; empty while disabled. Decide
    /// by ``roles(at:)``.
    package var roles: Set<Role> { isDisabled ? [] : grant?.roles ?? [] }

    /// The roles that hold at `time` (microseconds since 1970-01-01 UTC): none while disabled and none
    /// from the end of the grant on.
    package func roles(at time: UInt64) -> Set<Role> {
        guard let grant, grant.holds(at: time) else { return [] }
        return roles
    }
}

/// Rights given to one pair of keys by one statement.
package struct Grant: Hashable, Sendable {
    /// Whose keys.
    package let identity: PublicIdentity
    /// Their fingerprint in this vault.
    package let fingerprint: Fingerprint
    /// One or more roles of one group.
    package let roles: Set<Role>
    /// The compartments; empty outside the care group.
    package let compartments: Set<Compartment>
    /// The organisational unit.
    package let unit: String?
    /// The employer.
    package let employer: String?
    /// When it ends, in microseconds since 1970-01-01 UTC.
    package let ends: UInt64?
    /// The number of the statement.
    package let number: UInt64

    /// The group of the roles: operators, care, auditors or services.
    package var group: Role.Group? { roles.first?.group }

    /// Whether the grant has not ended at `time`.
    package func holds(at time: UInt64) -> Bool { ends.map { time < $0 } ?? true }
}
