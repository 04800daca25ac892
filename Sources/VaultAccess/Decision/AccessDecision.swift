package import VaultCoding
package import VaultRecords

/// The answer to a request. Move-only, so that the grant inside is used once or not at all.
package enum AccessDecision: ~Copyable, Sendable {
    /// Allowed; the grant is the evidence.
    case granted(Grant)
    /// Refused, and by which rule.
    case denied(Denial)
}

/// Evidence that a request was decided and allowed. Only `decide` makes it; what opens or changes a
/// record takes it `consuming`, so leaving out the check does not compile, nor does using it twice.
package struct Grant: ~Copyable, Sendable {
    /// Who may; nil for actions before any login.
    package let principal: PrincipalID?
    /// What.
    package let action: Action
    /// On what.
    package let target: AccessTarget
    /// Why, where a purpose was stated.
    package let purpose: PurposeOfUse?
    /// The active roles that allow it, sorted; empty where everyone may.
    package let roles: [Role]
    /// The row of the matrix that allows it, or `allow:before-login:` and the action.
    package let rule: String
    /// The version of the policy that decided.
    package let policyVersion: UInt32
    /// When it was decided, in microseconds since 1970-01-01 UTC.
    package let decidedAt: UInt64

    /// The kind of the records, where the object is records.
    package var kind: RecordKind? {
        if case .records(let kind) = target { kind } else { nil }
    }
}

/// A refusal.
package struct Denial: Hashable, Sendable {
    /// The rule that denied.
    package let rule: DenialRule
    /// What was asked for.
    package let action: Action
    /// The version of the policy that decided.
    package let policyVersion: UInt32
}
