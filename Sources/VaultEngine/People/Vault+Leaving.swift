import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultStatements

/// What remains to do when somebody has left, and whose work it is.
package struct Departure: Sendable {
    /// One thing that remains.
    package struct Remainder: Sendable, Equatable {
        /// What to do.
        package enum Task: String, Sendable {
            /// Unseal secrets that they may know, by slot.
            case slots
            /// Their uid is on the list of those who may unseal.
            case unsealAccount = "unseal-account"
            /// The storage key, which whoever knew a slot's secret may have seen.
            case storageKey = "storage-key"
            /// Key files of services, which whoever administered the machine could read.
            case serviceKeys = "service-keys"
            /// Compartment keys that they have seen.
            case compartmentKeys = "compartment-keys"
            /// The audit key, which they have seen.
            case auditKey = "audit-key"
            /// A grant that the disabling bars, to be taken back.
            case grant
            /// The key file of this service, to be deleted.
            case keyFile = "key-file"
        }

        /// What to do.
        package let task: Task
        /// Whose work it is.
        package let role: Role
        /// Slots, services, compartments or roles by name, a uid; what the task is about.
        package let items: [String]
    }

    /// The disabling's statement; nil if they were disabled before.
    package let statement: UInt64?
    /// Logins that ended.
    package let sessionsEnded: Int
    /// What remains, in the order in which it is best done.
    package let remaining: [Remainder]
}

extension Vault {
    /// Disables somebody who leaves, ends their logins, and tells what remains to do and whose work
    /// it is. For somebody who is disabled already it only tells. Operators; nobody for the last of
    /// an office or the last who may unseal.
    package func leave(
        _ principal: PrincipalID, session: Session
    ) throws(EngineError) -> Departure {
        let core = try core()
        var facts = EntryFacts(.leave, session: session, request: core.newRequest())
        facts.detail = .about(principal, roles: [], compartments: [])
        _ = try core.require(session, .leave, facts: &facts)
        guard let person = core.keyring.directory.principal(principal) else {
            try core.fail(facts, "principal-unknown", .conflict(.principalState))
        }
        guard !person.isDisabled else {
            let remaining = core.remaining(of: person)
            try core.record([facts])
            return Departure(statement: nil, sessionsEnded: 0, remaining: remaining)
        }
        let outcome = try core.disable(principal, session, facts)
        return Departure(
            statement: outcome.statement, sessionsEnded: outcome.sessionsEnded,
            remaining: core.remaining(of: person))
    }
}

extension Core {
    fileprivate func remaining(
        of person: VaultStatements.Principal
    ) -> [Departure.Remainder] {
        let keyring = keyring
        let directory = keyring.directory
        let roles = person.grant?.roles ?? []
        let mayUnseal = keyring.header.unsealUIDs.contains(person.uid)
        var remaining: [Departure.Remainder] = []
        func add(_ task: Departure.Remainder.Task, _ role: Role, _ items: [String]) {
            guard !items.isEmpty else { return }
            remaining.append(Departure.Remainder(task: task, role: role, items: items))
        }
        if roles.contains(.operator) || mayUnseal {
            // Which secrets a person knew, nobody can tell the vault: all that they could have.
            add(.slots, .operator, keyring.header.slots.map(\.label))
            add(.unsealAccount, .operator, mayUnseal ? ["\(person.uid)"] : [])
            add(.storageKey, .operator, ["\(directory.currentStorageEpoch)"])
        }
        if roles.contains(.operator) {
            let services = directory.principals.values.filter {
                $0.id != person.id && $0.roles.contains { $0.group == .services }
            }
            add(.serviceKeys, .operator, services.map(\.name).sorted())
        }
        if roles.contains(where: { $0.group == .services }) {
            add(.keyFile, .operator, [person.name])
        }
        add(
            .compartmentKeys, .custodian,
            Self.known(by: person, directory).sorted().map(\.rawValue))
        if roles.contains(.auditor) {
            add(.auditKey, .auditor, directory.currentAuditKey.map { ["\($0)"] } ?? [])
        }
        add(
            .grant, person.grant?.group == .care ? .custodian : .auditor,
            roles.sorted().map(\.rawValue))
        return remaining
    }
}
