package import VaultCoding

extension StatementBody {
    /// The principals whose account or rights it makes or changes; empty for statements about keys
    /// of the vault.
    package var principals: [PrincipalID] {
        switch self {
        case .vaultInit(let body): [body.firstOperator.principal]
        case .founding(let body):
            [body.firstOperator, body.custodian, body.auditor].map(\.principal)
        case .enlist(let body), .reenlist(let body): [body.principal]
        case .disable(let body), .enable(let body), .careRevoke(let body), .auditRevoke(let body):
            [body.principal]
        case .amend(let body): [body.principal]
        case .rebind(let body): [body.principal]
        case .careGrant(let body): [body.identity.principal]
        case .auditGrant(let body): [body.identity.principal]
        case .storageEpochStart, .storageEpochComplete: []
        }
    }

    /// The keys to which it gives rights; empty for all others.
    package var grantees: [PublicIdentity] {
        switch self {
        case .vaultInit(let body): [body.firstOperator]
        case .founding(let body): [body.custodian, body.auditor]
        case .careGrant(let body): [body.identity]
        case .auditGrant(let body): [body.identity]
        default: []
        }
    }
}

extension StatementKind {
    /// The kind in words with hyphens, as programs read it: stable.
    package var name: String {
        switch self {
        case .vaultInit: "init"
        case .founding: "founding"
        case .enlist: "enlist"
        case .disable: "disable"
        case .enable: "enable"
        case .amend: "amend"
        case .rebind: "rebind"
        case .reenlist: "reenlist"
        case .storageEpochStart: "storage-epoch-start"
        case .storageEpochComplete: "storage-epoch-complete"
        case .careGrant: "care-grant"
        case .careRevoke: "care-revoke"
        case .compartmentGeneration: "compartment-generation"
        case .intakeKey: "intake-key"
        case .intakeGrant: "intake-grant"
        case .careRecoveryKey: "care-recovery-key"
        case .auditGrant: "audit-grant"
        case .auditRevoke: "audit-revoke"
        case .auditGeneration: "audit-generation"
        case .signingKey: "signing-key"
        case .auditRecoveryKey: "audit-recovery-key"
        case .policy: "policy"
        case .approval: "approval"
        case .recoveryGrant: "recovery-grant"
        case .operatorRecovery: "operator-recovery"
        }
    }
}
