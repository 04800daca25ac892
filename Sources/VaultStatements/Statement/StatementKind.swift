/// What a statement does, by number. Numbers are for ever; a kind is signed by one group.
///
/// All kinds of the format have their number here; those without a body yet refuse the chain as
/// newer, exactly like numbers that are not in the list.
package enum StatementKind: UInt16, CaseIterable, Sendable, Hashable {
    /// Number 1 of every chain, signed by the first operator, whose keys it names.
    case vaultInit = 1
    /// Signed by the first custodian and the first auditor together.
    case founding = 2

    // Signed by an operator
    case enlist = 16
    case disable = 17
    case enable = 18
    case amend = 19
    case rebind = 20
    case reenlist = 21
    case storageEpochStart = 22
    case storageEpochComplete = 23

    // Signed by a custodian
    case careGrant = 32
    case careRevoke = 33
    case compartmentGeneration = 34
    case intakeKey = 35
    case intakeGrant = 36
    case careRecoveryKey = 37

    // Signed by an auditor
    case auditGrant = 48
    case auditRevoke = 49
    case auditGeneration = 50
    case signingKey = 51
    case auditRecoveryKey = 52

    // Signed as the policy says
    case policy = 64
    case approval = 65

    // Recovery
    case recoveryGrant = 80
    case operatorRecovery = 81
}
