import VaultCoding
import VaultSodium

/// Who may sign a statement, judged by the directory before it.
struct SignerRules {
    /// The directory before the statement; nil before the first.
    let directory: Directory?
    let head: StatementHead
    let content: StatementBody

    /// The keys under which the signatures must verify, in the head's order. Throws `notEntitled`.
    func keys() throws(StatementError) -> [SigningPublicKey] {
        guard let directory else {
            guard case .vaultInit(let body) = content else { throw refusal(.firstIsInit) }
            return try named([body.firstOperator], vault: body.vault)
        }
        switch content {
        case .vaultInit: throw refusal(.onlyTheFirst)
        case .founding(let body):
            guard !directory.isFounded else { throw refusal(.foundedOnce) }
            return try named([body.custodian, body.auditor], vault: directory.vault)
        case .enlist, .disable, .reenlist:
            return [try holder(of: .operator, .operatorSigns, in: directory)]
        case .enable, .amend, .rebind, .storageEpochStart, .storageEpochComplete:
            return [try holder(of: .operator, .operatorSigns, in: directory, founded: true)]
        case .careGrant, .careRevoke:
            return [try holder(of: .custodian, .custodianSigns, in: directory, founded: true)]
        case .auditGrant, .auditRevoke:
            return [try holder(of: .auditor, .auditorSigns, in: directory, founded: true)]
        }
    }

    /// The keys of a statement that names its own signers.
    private func named(
        _ identities: [PublicIdentity], vault: VaultID
    ) throws(StatementError) -> [SigningPublicKey] {
        var keys: [Fingerprint: SigningPublicKey] = [:]
        for identity in identities { keys[identity.fingerprint(vault: vault)] = identity.signing }
        let found = head.signers.compactMap { keys[$0] }
        guard found.count == identities.count, head.signers.count == identities.count else {
            throw refusal(.namedKeys)
        }
        return found
    }

    /// The key of the one signer, who must hold `role`. Before the founding the only grant of the
    /// directory is the first operator's, so nobody else can pass.
    private func holder(
        of role: Role, _ rule: SignerRule, in directory: Directory, founded: Bool = false
    ) throws(StatementError) -> SigningPublicKey {
        guard directory.isFounded || !founded else { throw refusal(.beforeFounding) }
        guard let signer = head.signers.first, head.signers.count == 1 else {
            throw refusal(.oneSigner)
        }
        guard let principal = directory.principal(fingerprint: signer), let grant = principal.grant
        else { throw refusal(.knownKey) }
        guard !principal.isDisabled else { throw refusal(.notDisabled) }
        guard grant.holds(at: head.time) else { throw refusal(.notEnded) }
        guard grant.roles.contains(role) else { throw refusal(rule) }
        guard content.subject != principal.id else { throw refusal(.notOneself) }
        return grant.identity.signing
    }

    private func refusal(_ rule: SignerRule) -> StatementError {
        .notEntitled(number: head.number, kind: head.kind, rule)
    }
}

extension StatementBody {
    /// The principal on whom an act with one signer works; nil where there is none.
    fileprivate var subject: PrincipalID? {
        switch self {
        case .enlist(let body), .reenlist(let body): body.principal
        case .disable(let body), .enable(let body), .careRevoke(let body), .auditRevoke(let body):
            body.principal
        case .amend(let body): body.principal
        case .rebind(let body): body.principal
        case .careGrant(let body): body.identity.principal
        case .auditGrant(let body): body.identity.principal
        case .vaultInit, .founding, .storageEpochStart, .storageEpochComplete: nil
        }
    }
}
