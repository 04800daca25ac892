/// The methods of `io.carevault.Vault` in the order of its file.
let vaultMethods: [any WireMethod.Type] = [
    VaultGetStatus.self,
    VaultWatch.self,
    VaultUnseal.self,
    VaultSeal.self,
]

/// Tells where the vault stands. Needs no login and is not audited.
package enum VaultGetStatus: WireMethod {
    package static let interface = Interface.vault
    package static let member = "GetStatus"

    package typealias Parameters = NoFields

    /// What the service answers.
    package struct Reply: WireObject {
        /// Where the storage lock stands.
        package var state: WireVaultState = WireVaultState.blank
        /// Identifier of the vault; absent before it is initialised.
        package var vault: String?
        /// Version of the daemon.
        package var version: String = ""
        /// Whether the founding is signed; absent while sealed.
        package var founded: Bool?
        /// Twelve words of the vault fingerprint; absent while sealed and before the founding.
        package var vaultFingerprint: [String]?
        /// The worst severity among the findings.
        package var health: WireHealth = WireHealth.blank
        /// What needs attention, worst first; empty when green.
        package var findings: [WireFinding] = []
        /// The caller's one next step, as a code: unseal, enlist, enrol, found, grant, login or
        /// none; for those who answer for people also what others do: enlist-first, enrol-first or
        /// grant-waiting.
        package var nextStep: String = ""
        /// Number of people whom grant-waiting is about; absent with every other step.
        package var peopleWaiting: Int64?
        /// Number of entries in the audit log; absent if it cannot be read.
        package var logEntries: Int64?
        /// The end of the log that no checkpoint handed out covers; absent if all of it is covered.
        package var unpinned: WireUnpinnedTail?
        /// Number of the storage epoch that is written with; absent while sealed.
        package var storageEpoch: Int64?
        /// Whom to ask for help, as the office set it; absent if it did not.
        package var contact: String?
        /// Free space where the vault's files lie, in bytes; absent if it cannot be told.
        package var diskFree: Int64?

        package init() {}

        package init(
            state: WireVaultState, vault: String? = nil, version: String, founded: Bool? = nil,
            vaultFingerprint: [String]? = nil, health: WireHealth, findings: [WireFinding],
            nextStep: String, peopleWaiting: Int64? = nil, logEntries: Int64? = nil,
            unpinned: WireUnpinnedTail? = nil, storageEpoch: Int64? = nil, contact: String? = nil,
            diskFree: Int64? = nil
        ) {
            self.state = state
            self.vault = vault
            self.version = version
            self.founded = founded
            self.vaultFingerprint = vaultFingerprint
            self.health = health
            self.findings = findings
            self.nextStep = nextStep
            self.peopleWaiting = peopleWaiting
            self.logEntries = logEntries
            self.unpinned = unpinned
            self.storageEpoch = storageEpoch
            self.contact = contact
            self.diskFree = diskFree
        }

        package static let members: [WireMember<Self>] = [
            WireMember("state", \.state),
            WireMember("vault", \.vault),
            WireMember("version", \.version),
            WireMember("founded", \.founded),
            WireMember("vault_fingerprint", \.vaultFingerprint),
            WireMember("health", \.health),
            WireMember("findings", \.findings),
            WireMember("next_step", \.nextStep),
            WireMember("people_waiting", \.peopleWaiting),
            WireMember("log_entries", \.logEntries),
            WireMember("unpinned", \.unpinned),
            WireMember("storage_epoch", \.storageEpoch),
            WireMember("contact", \.contact),
            WireMember("disk_free", \.diskFree),
        ]
    }
}

/// Opens the storage lock. The caller's uid must be among those allowed to unseal.
package enum VaultUnseal: WireMethod {
    package static let interface = Interface.vault
    package static let member = "Unseal"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Secret of one slot.
        package var secret: SecretText = SecretText.blank
        /// Form of that secret.
        package var form: WireSecretForm = WireSecretForm.blank

        package init() {}

        package init(secret: SecretText, form: WireSecretForm) {
            self.secret = secret
            self.form = form
        }

        package static let members: [WireMember<Self>] = [
            WireMember("secret", \.secret),
            WireMember("form", \.form),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number of audit entries written while sealed that were adopted.
        package var adopted: Int64 = 0
        /// Number of statements in the chain.
        package var statements: Int64 = 0
        /// Number of the storage epoch that is written with.
        package var epoch: Int64 = 0

        package init() {}

        package init(adopted: Int64, statements: Int64, epoch: Int64) {
            self.adopted = adopted
            self.statements = statements
            self.epoch = epoch
        }

        package static let members: [WireMember<Self>] = [
            WireMember("adopted", \.adopted),
            WireMember("statements", \.statements),
            WireMember("epoch", \.epoch),
        ]
    }
}

/// Closes the storage lock, ends every login and wipes the keys. Needs an operator's login.
package enum VaultSeal: WireMethod {
    package static let interface = Interface.vault
    package static let member = "Seal"

    package typealias Parameters = NoFields

    package typealias Reply = NoFields
}
