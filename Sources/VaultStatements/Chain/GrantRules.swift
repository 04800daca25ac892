import VaultCoding
import VaultSodium

/// Whether rights may go to the keys that a grant or the founding names.
struct GrantRules {
    let directory: Directory
    let head: StatementHead

    func check(_ body: CareGrantBody) throws(StatementError) {
        try require(
            !body.roles.isEmpty && body.roles.allSatisfy { $0.group == .care }, .careRoles)
        try checkGrantee(body.identity, group: .care)
        try require(
            !body.compartments.isEmpty
                && body.compartments.allSatisfy { directory.compartments[$0] != nil },
            .knownCompartments)
        try require(
            !body.roles.contains(.custodian)
                || body.compartments == Set(directory.compartments.keys),
            .custodianHoldsAll)
        for text in [body.unit, body.employer] {
            try require(text.map(BodyCoding.isPlain) ?? true, .plainText)
        }
        try checkEnd(body.ends)
    }

    func check(_ body: AuditGrantBody) throws(StatementError) {
        guard let role = body.roles.first, body.roles.count == 1, role.group != .care else {
            throw .refused(number: head.number, kind: head.kind, .auditorsRole)
        }
        try checkGrantee(body.identity, group: role.group)
        try checkEnd(body.ends)
    }

    func check(_ body: FoundingBody) throws(StatementError) {
        let first = directory.principal(body.firstOperator.principal)
        try require(
            first?.identity == body.firstOperator && first?.isDisabled == false, .initOperator)
        try require(directory.logKeys == [body.logKey], .initLogKey)
        try require(body.compartments[.registry] != nil, .hasRegistry)
        let people = [body.firstOperator, body.custodian, body.auditor]
        try require(Set(people.map(\.principal)).count == 3, .twoPeople)
        try require(
            Set(people.flatMap { [$0.agreement.raw, $0.signing.raw] }).count == 6, .twoPeople)
        try checkGrantee(body.custodian, group: .care)
        try checkGrantee(body.auditor, group: .auditors)
        try require(body.auditKey.isValid, .validKeys)
    }

    /// The principal is there and enabled, the keys are valid, theirs alone and of this group alone.
    private func checkGrantee(
        _ identity: PublicIdentity, group: Role.Group
    ) throws(StatementError) {
        guard let principal = directory.principal(identity.principal) else {
            throw .refused(number: head.number, kind: head.kind, .knownPrincipal)
        }
        try require(!principal.isDisabled, .isEnabled)
        if let grant = principal.grant {
            try require(grant.group == group, .separation)
            try require(grant.identity == identity, .sameKeys)
        }
        let fingerprint = identity.fingerprint(vault: directory.vault)
        // A key that opened one lock may not be given another, even after a revoke: whoever holds it
        // may still know what it opened. Nor may two principals share one, for each of them could
        // then sign for the other.
        try require(directory.people.areFree(identity, fingerprint, group), .freshKeys)
        try require(GrantRules.areValid(identity), .validKeys)
    }

    /// Both keys are canonical points of the right order. About 100 µs.
    static func areValid(_ identity: PublicIdentity) -> Bool {
        identity.agreement.isValid && identity.signing.isValid
    }

    private func checkEnd(_ ends: UInt64?) throws(StatementError) {
        try require(ends.map { $0 > head.time } ?? true, .endsLater)
    }

    private func require(_ holds: Bool, _ rule: BodyRule) throws(StatementError) {
        guard holds else { throw .refused(number: head.number, kind: head.kind, rule) }
    }
}
