package import VaultCoding
import VaultRecords

/// Decides a request of a logged-in principal.
///
/// Pure: no clock, no storage, no log, nothing but the arguments. Denies by default: a request is
/// granted only if nothing stands in its way and a row of the matrix allows it. Costs a few set
/// operations over at most eleven roles.
package func decide(
    _ request: borrowing AccessRequest, policy: AccessPolicy = .shipped
) -> AccessDecision {
    switch Judgement(policy: policy, request: copy request).verdict() {
    case .deny(let rule):
        return .denied(
            Denial(rule: rule, action: request.action, policyVersion: policy.version))
    case .allow(let roles, let rule):
        return .granted(
            Grant(
                principal: request.principal.id, action: request.action, target: request.target,
                purpose: request.purpose, roles: roles, rule: rule.id,
                policyVersion: policy.version, decidedAt: request.now))
    }
}

/// One request before one policy.
private struct Judgement {
    enum Verdict {
        case deny(DenialRule)
        case allow(roles: [Role], rule: MatrixRule)
    }

    let policy: AccessPolicy
    let request: AccessRequest

    /// The first thing in the way denies; the order is from the general to the particular, so that the
    /// rule names what must be put right first.
    func verdict() -> Verdict {
        guard request.action.isRequestable else { return .deny(.notARequest) }
        // A login that is over says nothing more, not even why.
        guard !request.session.isEnded else { return .deny(.loginNeeded) }
        if let rule = obstacleInStanding() ?? obstacleInSession() ?? obstacleInRoles() {
            return .deny(rule)
        }
        // A role that was revoked since the login counts no more, without waiting for the session to end.
        let effective = request.session.activeRoles.intersection(held)
        let acting = policy.authorised(by: effective)
        let rows = fittingRows.filter { $0.holder.includes(acting) }
        guard !rows.isEmpty else { return .deny(ruleForMissingRole()) }
        let allowed: [MatrixRule]
        switch judgePurpose(rows, acting: acting) {
        case .failure(let denied): return .deny(denied.rule)
        case .success(let rest): allowed = rest
        }
        if let rule = obstacleInCompartment() ?? obstacleInMembership() { return .deny(rule) }
        return allow(allowed)
    }

    private var held: Set<Role> { policy.authorised(by: request.principal.roles) }

    /// The rows about this action and object, whoever they are for.
    private var fittingRows: [MatrixRule] {
        policy.rules(for: request.action).filter { $0.pattern.matches(request.target) }
    }

    private func obstacleInStanding() -> DenialRule? {
        request.principal.obstacle(at: request.now)
    }

    private func obstacleInSession() -> DenialRule? {
        let session = request.session
        guard session.openedAt <= request.now else { return .clockBehind }
        guard request.now - session.openedAt < SessionLimits.absolute else {
            return .sessionExpired
        }
        // A request that ran beside this one may have moved the last use past this one's clock reading.
        let unused = request.now - min(session.lastUsedAt, request.now)
        guard unused < SessionLimits.idle(for: session.activeRoles) else { return .sessionIdle }
        return nil
    }

    private func obstacleInRoles() -> DenialRule? {
        // The chain of statements refuses such grants; a directory that shows them is not believed.
        if policy.violatesStaticSeparation(request.principal.roles) { return .staticSeparation }
        if policy.violatesDynamicSeparation(request.session.activeRoles) {
            return .dynamicSeparation
        }
        return nil
    }

    private func ruleForMissingRole() -> DenialRule {
        let rows = fittingRows
        let active = policy.authorised(by: request.session.activeRoles)
        if rows.contains(where: { $0.holder.includes(active) }) { return .roleRevoked }
        if rows.contains(where: { $0.holder.includes(held) }) { return .roleNotActive }
        return .roleMissing
    }

    private struct Denied: Error {
        let rule: DenialRule
    }

    /// The rows whose own role may claim the purpose: a purpose of one role does not serve another's.
    private func judgePurpose(
        _ rows: [MatrixRule], acting: Set<Role>
    ) -> Result<[MatrixRule], Denied> {
        guard let purpose = request.purpose else {
            return request.action.isOnRecords
                ? .failure(Denied(rule: .purposeMissing)) : .success(rows)
        }
        let allowed = rows.filter { row in
            switch row.holder {
            case .role(let role): policy.mayClaim(purpose, as: role)
            case .everyone: acting.contains { policy.mayClaim(purpose, as: $0) }
            }
        }
        return allowed.isEmpty ? .failure(Denied(rule: .purposeNotForRole)) : .success(allowed)
    }

    private func obstacleInCompartment() -> DenialRule? {
        guard case .records(let kind) = request.target else { return nil }
        return request.principal.compartments.contains(kind.compartment) ? nil : .compartmentNotHeld
    }

    private func obstacleInMembership() -> DenialRule? {
        guard request.action == .grant, case .membership(let change) = request.target else {
            return nil
        }
        guard change.member != request.principal.id else { return .selfGrant }
        let after = change.held.union([change.role])
        return policy.violatesStaticSeparation(after) ? .grantSeparation : nil
    }

    private func allow(_ rows: [MatrixRule]) -> Verdict {
        guard let first = rows.first else { return .deny(.roleMissing) }
        let roles = rows.compactMap { row in
            if case .role(let role) = row.holder { role } else { nil }
        }
        return .allow(roles: Set(roles).sorted(), rule: first)
    }
}

extension PrincipalFacts {
    /// What in the principal's own standing keeps them from everything at a time.
    func obstacle(at now: UInt64) -> DenialRule? {
        switch state {
        case .enlisted: return .notEnrolled
        case .disabled: return .principalDisabled
        case .active: break
        }
        if let endsAt, now >= endsAt { return .principalEnded }
        return nil
    }
}

extension AccessPolicy {
    /// Whether the role may claim the purpose.
    package func mayClaim(_ purpose: PurposeOfUse, as role: Role) -> Bool {
        purposes[role, default: []].contains(purpose)
    }
}

extension MatrixRule.Holder {
    /// Whether a session with these roles, included ones among them, may use the row.
    fileprivate func includes(_ roles: Set<Role>) -> Bool {
        switch self {
        case .everyone: true
        case .role(let role): roles.contains(role)
        }
    }
}

extension Action {
    /// Whether somebody can ask for it; the rest are events of the vault's own life.
    package var isRequestable: Bool {
        switch self {
        case .vaultInit, .vaultStart, .vaultStop, .vaultHealth, .refusals, .quarantine, .auditEpoch:
            false
        default: true
        }
    }
}
