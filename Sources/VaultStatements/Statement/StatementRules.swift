/// The rules of who may sign. The raw value is stable and may stand in a log.
package enum SignerRule: String, CaseIterable, Sendable, Hashable {
    case onlyTheFirst = "only-the-first"
    case firstIsInit = "first-is-init"
    case beforeFounding = "before-founding"
    case foundedOnce = "founded-once"
    case namedKeys = "named-keys"
    case oneSigner = "one-signer"
    case knownKey = "known-key"
    case notDisabled = "not-disabled"
    case notEnded = "not-ended"
    case operatorSigns = "operator-signs"
    case custodianSigns = "custodian-signs"
    case auditorSigns = "auditor-signs"
    case notOneself = "not-oneself"

    /// The rule in words.
    package var sentence: String {
        switch self {
        case .onlyTheFirst: "only statement 1 is an init"
        case .firstIsInit: "statement 1 is an init"
        case .beforeFounding:
            "before the founding only the first operator's enlist, disable and re-enlist are valid"
        case .foundedOnce: "a vault is founded once"
        case .namedKeys: "it is signed by exactly the keys that it names"
        case .oneSigner: "it has one signer"
        case .knownKey: "a signer's key holds a valid grant"
        case .notDisabled: "a disabled principal signs nothing"
        case .notEnded: "a grant that has ended signs nothing"
        case .operatorSigns: "an operator signs it"
        case .custodianSigns: "a custodian signs it"
        case .auditorSigns: "an auditor signs it"
        case .notOneself:
            "nobody grants to, revokes, disables, re-enlists, renames or rebinds themselves"
        }
    }
}

/// The rules of what a statement may say. The raw value is stable and may stand in a log.
package enum BodyRule: String, CaseIterable, Sendable, Hashable {
    case plainText = "plain-text"
    case originOfVault = "origin-of-vault"
    case newPrincipal = "new-principal"
    case knownPrincipal = "known-principal"
    case freeName = "free-name"
    case freeUID = "free-uid"
    case isEnabled = "is-enabled"
    case isDisabled = "is-disabled"
    case holdsGrant = "holds-grant"
    case changesSomething = "changes-something"
    case validKeys = "valid-keys"
    case freshKeys = "fresh-keys"
    case sameKeys = "same-keys"
    case separation
    case careRoles = "care-roles"
    case auditorsRole = "auditors-role"
    case knownCompartments = "known-compartments"
    case custodianHoldsAll = "custodian-holds-all"
    case endsLater = "ends-later"
    case lastOperator = "last-operator"
    case initOperator = "init-operator"
    case initLogKey = "init-log-key"
    case hasRegistry = "has-registry"
    case twoPeople = "two-people"
    case nextEpoch = "next-epoch"
    case oneRotation = "one-rotation"
    case previousEpoch = "previous-epoch"

    /// The rule in words.
    package var sentence: String {
        switch self {
        case .plainText:
            "names, units and employers have 1 to 128 bytes, no control characters, no outer spaces"
        case .originOfVault: "the log's origin begins with the vault id"
        case .newPrincipal: "the principal id is not in use"
        case .knownPrincipal: "the principal is enlisted"
        case .freeName: "the name is not in use"
        case .freeUID: "the uid is not in use by another enabled principal"
        case .isEnabled: "the principal is not disabled"
        case .isDisabled: "the principal is disabled"
        case .changesSomething: "the name or uid is another one than before"
        case .holdsGrant: "the principal holds a grant of this group"
        case .validKeys: "both public keys are valid"
        case .freshKeys:
            "the keys serve one principal and one group and were not ended by a re-enlist"
        case .sameKeys: "a principal with a grant keeps their keys; re-enlist them first"
        case .separation: "operator, auditor and care roles exclude each other; revoke first"
        case .careRoles: "a custodian grants one or more care roles"
        case .auditorsRole: "an auditor grants exactly one role: auditor, operator or a service"
        case .knownCompartments: "one or more compartments that the chain knows"
        case .custodianHoldsAll: "a custodian holds every compartment"
        case .endsLater: "a grant ends after it begins"
        case .lastOperator: "the vault keeps an operator; grant another one first"
        case .initOperator: "a founding names the operator of the init, who is enabled"
        case .initLogKey: "a founding names the log's verifier key of the init"
        case .hasRegistry: "the compartments include the registry"
        case .twoPeople: "custodian, auditor and operator are three principals with their own keys"
        case .nextEpoch: "storage epochs follow each other without gaps"
        case .oneRotation: "the rotation before must be complete"
        case .previousEpoch: "the epoch is the one that the rotation replaces"
        }
    }
}
