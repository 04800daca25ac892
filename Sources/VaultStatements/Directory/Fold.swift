import VaultCoding
import VaultSodium

/// The fold: what each kind changes. Called only with statements that every rule has passed.
extension Directory {
    /// The directory after an init.
    init(first body: InitBody, head: ChainHead, time: UInt64) {
        vault = body.vault
        origin = body.origin
        sharedUID = body.sharedUID
        self.head = head
        self.time = time
        people = PrincipalRegister()
        keys = KeyRegister()
        let identity = body.firstOperator
        people.enlist(
            EnlistBody(principal: identity.principal, name: body.name, uid: body.uid),
            number: head.number)
        give(identity, [.operator], group: .operators, number: head.number)
        keys.storageEpochs[1] = StorageEpoch(commitment: body.storageKey, state: .current)
        keys.logKeys = [body.logKey]
    }

    /// Applies one statement.
    mutating func apply(_ content: StatementBody, head: ChainHead, time: UInt64) {
        self.head = head
        self.time = time
        switch content {
        case .vaultInit: break
        case .founding(let body): found(body)
        case .enlist(let body), .reenlist(let body): people.enlist(body, number: head.number)
        case .disable(let body): people.disable(body.principal)
        case .enable(let body): people.enable(body.principal)
        case .amend(let body): people.rename(body.principal, to: body.name)
        case .rebind(let body): people.bind(body.principal, to: body.uid)
        case .storageEpochStart(let body): startEpoch(body)
        case .storageEpochComplete(let body): keys.storageEpochs[body.epoch]?.state = .retired
        case .careGrant(let body): grant(body)
        case .auditGrant(let body): grant(body)
        case .careRevoke(let body), .auditRevoke(let body): people.revoke(body.principal)
        }
    }

    private mutating func found(_ body: FoundingBody) {
        founding = head
        policy = PolicyReference(version: body.policyVersion, hash: body.policyHash)
        keys.compartments = body.compartments.mapValues { [1: $0] }
        keys.linkKey = body.linkKey
        keys.auditKeys = [1: body.auditKey]
        give(
            body.custodian, [.custodian], group: .care, number: head.number,
            compartments: Set(body.compartments.keys))
        give(body.auditor, [.auditor], group: .auditors, number: head.number)
    }

    private mutating func startEpoch(_ body: StorageEpochStartBody) {
        keys.storageEpochs[currentStorageEpoch]?.state = .previous
        keys.storageEpochs[body.epoch] = StorageEpoch(
            commitment: body.storageKey, state: .current)
    }

    private mutating func grant(_ body: CareGrantBody) {
        people.grant(
            Grant(
                identity: body.identity, fingerprint: body.identity.fingerprint(vault: vault),
                roles: body.roles, compartments: body.compartments, unit: body.unit,
                employer: body.employer, ends: body.ends, number: head.number),
            group: .care)
    }

    private mutating func grant(_ body: AuditGrantBody) {
        guard let group = body.roles.first?.group else { return }
        give(body.identity, body.roles, group: group, number: head.number, ends: body.ends)
    }

    private mutating func give(
        _ identity: PublicIdentity, _ roles: Set<Role>, group: Role.Group, number: UInt64,
        compartments: Set<Compartment> = [], ends: UInt64? = nil
    ) {
        people.grant(
            Grant(
                identity: identity, fingerprint: identity.fingerprint(vault: vault), roles: roles,
                compartments: compartments, unit: nil, employer: nil, ends: ends, number: number),
            group: group)
    }
}
