import VaultAccess
import VaultCoding
import VaultKeyring
import VaultStatements

extension Core {
    /// What this uid should do next, and how many people that is about where it is about others.
    func nextStep(for caller: Caller) -> (step: VaultStatus.NextStep, people: Int?) {
        let keyring = keyring
        let directory = keyring.directory
        let own = directory.principals(uid: caller.uid).filter { !$0.isDisabled }
        guard let principal = own.first else { return (.enlist, nil) }
        if own.allSatisfy({ $0.identity == nil }) {
            guard let keys = enrolled(principal, keyring)?.identity else { return (.enrol, nil) }
            return (directory.isFounded ? .grant : stepToTheFounding(keyring, keys), nil)
        }
        let now = world.clock()
        guard sessions.isOpen(uid: caller.uid, now: now) else { return (.login, nil) }
        guard directory.isFounded else { return (stepToTheFounding(keyring, nil), nil) }
        // Whoever keeps files has nothing to do with who comes and goes.
        let roles = own.reduce(into: Set<Role>()) { $0.formUnion($1.roles(at: now)) }
        if roles.contains(.operator), isRotationReady(keyring) { return (.completeRotation, nil) }
        guard !roles.isDisjoint(with: [.operator, .custodian, .auditor]) else {
            return (.nothing, nil)
        }
        return stepOfTheOffice(keyring, now)
    }

    /// What comes next before the founding: for a founder with these keys, or for the operator, who
    /// hears whose turn it is.
    private func stepToTheFounding(
        _ keyring: Keyring, _ keys: PublicIdentity?
    ) -> VaultStatus.NextStep {
        let others = keyring.directory.principals.values.filter {
            !$0.isDisabled && $0.grant == nil
        }
        guard others.count >= 2 else { return .enlist }
        guard let proposal = try? self.proposal(keyring) else { return .enrolFounders }
        if let signed = proposal.halfSignedBy {
            let waitsForThem = keys == proposal.identity(of: signed.other)
            return waitsForThem ? .found : signed == .custodian ? .auditorSigns : .custodianSigns
        }
        let signs = [FoundingSeat.custodian, .auditor].contains {
            keys == proposal.identity(of: $0)
        }
        return signs ? .found : .foundersSign
    }

    /// Whether every key is re-wrapped, and the rotation waits to be completed.
    private func isRotationReady(_ keyring: Keyring) -> Bool {
        guard keyring.directory.keys.previousStorageEpoch != nil else { return false }
        let progress = try? StorageRotation.progress(store)
        return progress?.isWalked == true
    }

    /// What the people who bring others in have to do.
    private func stepOfTheOffice(
        _ keyring: Keyring, _ now: UInt64
    ) -> (step: VaultStatus.NextStep, people: Int?) {
        let principals = keyring.directory.principals.values
        var enlisted = 0
        var enrolled = 0
        for person in principals where !person.isDisabled && person.grant == nil {
            if let stored = self.enrolled(person, keyring) {
                // Somebody whose grant was taken back does not wait for one.
                let isNew = keyring.directory.people.wereNeverGranted(stored.identity)
                if isNew { enrolled += 1 }
            } else {
                enlisted += 1
            }
        }
        if enrolled > 0 { return (.grantWaiting, enrolled) }
        let keepers = Self.rolesThatKeepFiles
        let someoneKeepsFiles = principals.contains { !$0.roles(at: now).isDisjoint(with: keepers) }
        guard !someoneKeepsFiles else { return (.nothing, nil) }
        return (enlisted > 0 ? .enrolFirst : .enlistFirst, nil)
    }

    /// The roles to which the access matrix gives the making of records.
    private static let rolesThatKeepFiles = Set(
        AccessPolicy.shipped.rules(for: .create).compactMap { row in
            if case .role(let role) = row.holder { role } else { nil }
        })
}
