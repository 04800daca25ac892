import VaultCoding
import VaultSodium

/// Whether what a statement says fits the directory before it. Rules of grants and of the founding
/// stand in ``GrantRules``.
struct BodyRules {
    let directory: Directory
    let head: StatementHead

    /// Throws `refused` with the first rule that is broken.
    func check(_ content: StatementBody) throws(StatementError) {
        switch content {
        case .vaultInit: break
        case .founding(let body): try grants.check(body)
        case .enlist(let body): try checkNew(body)
        case .reenlist(let body): try checkKnown(body)
        case .disable(let body):
            let principal = try known(body.principal)
            try require(!principal.isDisabled, .isEnabled)
        case .enable(let body):
            let principal = try known(body.principal)
            try require(principal.isDisabled, .isDisabled)
            try checkUID(principal.uid, of: principal.id)
        case .amend(let body):
            let principal = try known(body.principal)
            try require(body.name != principal.name, .changesSomething)
            try checkName(body.name, of: body.principal)
        case .rebind(let body):
            let principal = try known(body.principal)
            try require(body.uid != principal.uid, .changesSomething)
            try checkUID(body.uid, of: body.principal)
        case .storageEpochStart(let body):
            try require(directory.keys.previousStorageEpoch == nil, .oneRotation)
            let (next, overflow) = directory.currentStorageEpoch.addingReportingOverflow(1)
            try require(!overflow && body.epoch == next, .nextEpoch)
        case .storageEpochComplete(let body):
            try require(directory.keys.previousStorageEpoch == body.epoch, .previousEpoch)
        case .careGrant(let body): try grants.check(body)
        case .auditGrant(let body): try grants.check(body)
        case .careRevoke(let body):
            let principal = try known(body.principal)
            try require(principal.grant?.group == .care, .holdsGrant)
        case .auditRevoke(let body):
            let principal = try known(body.principal)
            try require(principal.grant.map { $0.group != .care } ?? false, .holdsGrant)
            try keepsAnOperator(without: principal)
        }
    }

    /// The rules of an init, which has no directory before it.
    static func check(_ body: InitBody, head: StatementHead) throws(StatementError) {
        func require(_ holds: Bool, _ rule: BodyRule) throws(StatementError) {
            guard holds else { throw .refused(number: head.number, kind: head.kind, rule) }
        }
        try require(BodyCoding.isPlain(body.name), .plainText)
        try require(BodyCoding.isOrigin(body.origin, of: body.vault), .originOfVault)
        try require(GrantRules.areValid(body.firstOperator) && body.logKey.isValid, .validKeys)
    }

    private var grants: GrantRules { GrantRules(directory: directory, head: head) }

    private func checkNew(_ body: EnlistBody) throws(StatementError) {
        try require(directory.principal(body.principal) == nil, .newPrincipal)
        try checkNames(body)
    }

    private func checkKnown(_ body: EnlistBody) throws(StatementError) {
        _ = try known(body.principal)
        try checkNames(body)
    }

    private func checkNames(_ body: EnlistBody) throws(StatementError) {
        try checkName(body.name, of: body.principal)
        try checkUID(body.uid, of: body.principal)
    }

    private func checkName(_ name: String, of principal: PrincipalID) throws(StatementError) {
        try require(BodyCoding.isPlain(name), .plainText)
        try require(!directory.people.isTaken(name: name, except: principal), .freeName)
    }

    private func checkUID(_ uid: UInt32, of principal: PrincipalID) throws(StatementError) {
        try require(
            directory.sharedUID || !directory.people.isTaken(uid: uid, except: principal), .freeUID)
    }

    /// Without an operator nobody could be enlisted, not even the next operator. Operators cannot
    /// bring this about: none of them acts on themselves.
    private func keepsAnOperator(without principal: Principal) throws(StatementError) {
        guard principal.roles(at: head.time).contains(.operator) else { return }
        try require(directory.people.count(of: .operator, at: head.time) > 1, .lastOperator)
    }

    private func known(_ id: PrincipalID) throws(StatementError) -> Principal {
        guard let principal = directory.principal(id) else {
            throw .refused(number: head.number, kind: head.kind, .knownPrincipal)
        }
        return principal
    }

    private func require(_ holds: Bool, _ rule: BodyRule) throws(StatementError) {
        guard holds else { throw .refused(number: head.number, kind: head.kind, rule) }
    }
}
