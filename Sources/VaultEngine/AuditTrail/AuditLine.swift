import VaultAccess
package import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultStatements

/// One entry of the log as an auditor sees it.
package struct AuditLine: Sendable {
    /// The place in the log.
    package let leaf: Leaf
    /// Part A; nil when it could not be opened.
    package let a: PartA?
    /// Part B, for the pseudonym and the records.
    package let b: PartB?
    /// The principal whom the act was about; nil when the entry names none.
    package let target: Target?
    /// Which step of its action the entry reports; nil when it does not say.
    package let step: Step?

    /// A principal whom an act was about.
    package struct Target: Sendable, Equatable {
        /// Who.
        package let principal: PrincipalID
        /// The name in the directory now; nil where it knows nobody of this identifier.
        package let name: String?
        /// The roles that were given or taken.
        package let roles: [Role]
        /// The compartments that were given or taken.
        package let compartments: [Compartment]
    }

    /// A step of an action that has several. The raw value is the code on the wire.
    package enum Step: String, Sendable {
        /// The first signature under the founding.
        case signed
        /// The second, which founded the vault.
        case founded
        /// A rotation was counted and not begun.
        case dryRun = "dry-run"
        /// A rotation was announced in the store, before the header was replaced.
        case announced
        /// A rotation began.
        case started
        /// A rotation was completed.
        case completed
    }

    /// An entry that could not be opened.
    init(leaf: Leaf) {
        self.leaf = leaf
        a = nil
        b = nil
        target = nil
        step = nil
    }

    /// An opened entry; what it names is looked up in the statements.
    init(leaf: Leaf, a: PartA, b: PartB?, _ chain: StatementChain) {
        self.leaf = leaf
        self.a = a
        self.b = b
        target = Target(a.detail, chain.directory)
        step = Step(a, chain)
    }

    /// The subject's pseudonym, 16 bytes; nil when the entry is about nobody known.
    package var pseudonym: [UInt8]? {
        guard case .key(let secret) = b?.subject else { return nil }
        return Pseudonym(secret: secret).name
    }
}

extension AuditLine.Target {
    fileprivate init?(_ detail: EntryDetail?, _ directory: Directory) {
        guard case .about(let principal, let roles, let compartments) = detail else { return nil }
        self.init(
            principal: principal, name: directory.principal(principal)?.name, roles: roles,
            compartments: compartments)
    }
}

extension AuditLine.Step {
    /// Only what the entry itself says: one of a time when a step left no mark stays without.
    fileprivate init?(_ part: PartA, _ chain: StatementChain) {
        guard part.outcome == .success else { return nil }
        switch (part.action, part.detail) {
        case (.vaultFound, .progress): self = .signed
        case (.vaultFound, .statement): self = .founded
        case (.rotateStorage, .progress(0, 0)): self = .announced
        case (.rotateStorage, .progress): self = .dryRun
        case (.rotateStorage, .statement(let number, let hash)):
            let statement = chain.statements.first {
                $0.head.number == number && $0.hash == hash
            }
            switch statement?.head.kind {
            case .storageEpochStart: self = .started
            case .storageEpochComplete: self = .completed
            default: return nil
            }
        default: return nil
        }
    }
}
