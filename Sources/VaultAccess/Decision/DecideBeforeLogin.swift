package import VaultCoding

/// What is known of a caller who has no login: the kernel's word on the account, nothing else.
package struct CallerFacts: Sendable {
    /// Whether the account is among those that the vault's header allows to unseal.
    package var mayUnseal: Bool
    /// The principal of the account; nil if there is none, or while the vault is sealed.
    package var principal: PrincipalFacts?

    /// Facts, as they are.
    package init(mayUnseal: Bool, principal: PrincipalFacts?) {
        self.mayUnseal = mayUnseal
        self.principal = principal
    }
}

/// Decides a request of a caller without a login: status for anybody, unseal by the header's list,
/// enrol for the enlisted, login for the enrolled. Everything else needs a login. Pure, like `decide`.
///
/// - Parameter now: the time of the decision, in microseconds since 1970-01-01 UTC.
package func decideBeforeLogin(
    _ action: Action, caller: CallerFacts, now: UInt64, policy: AccessPolicy = .shipped
) -> AccessDecision {
    if let rule = obstacle(to: action, caller: caller, now: now) {
        return .denied(Denial(rule: rule, action: action, policyVersion: policy.version))
    }
    return .granted(
        Grant(
            principal: caller.principal?.id, action: action, target: .nothing, purpose: nil,
            roles: [], rule: "allow:before-login:\(action.rawValue)",
            policyVersion: policy.version, decidedAt: now))
}

private func obstacle(to action: Action, caller: CallerFacts, now: UInt64) -> DenialRule? {
    switch action {
    case .vaultStatus:
        return nil
    case .vaultUnseal:
        return caller.mayUnseal ? nil : .notListedForUnseal
    case .login:
        guard let principal = caller.principal else { return .unknownCaller }
        return principal.obstacle(at: now)
    case .enrol:
        guard let principal = caller.principal else { return .unknownCaller }
        switch principal.state {
        case .enlisted: return nil
        case .active: return .alreadyEnrolled
        case .disabled: return .principalDisabled
        }
    default:
        return action.isRequestable ? .loginNeeded : .notARequest
    }
}
