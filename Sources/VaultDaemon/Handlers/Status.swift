import VaultCoding
import VaultEngine
import VaultText
import VaultWire

extension VaultGetStatus.Reply {
    /// The vault's own account of itself in the words of the wire.
    init(_ status: VaultStatus, diskFree: UInt64?) {
        let findings = status.health.map(WireFinding.init)
        // Nothing is known of it while sealed.
        let isUnpinned = status.state == .unsealed && status.unpinnedEntries > 0
        self.init(
            state: WireVaultState(status.state), vault: status.vault.text,
            version: Program.version, founded: status.founded,
            vaultFingerprint: status.fingerprintWords,
            health: WireHealth(status.health.map(\.colour).max() ?? .green), findings: findings,
            nextStep: status.nextStep.rawValue,
            peopleWaiting: status.peopleWaiting.map(Int64.init),
            logEntries: status.logSize.map(Int64.init(clamping:)),
            unpinned: isUnpinned
                ? WireUnpinnedTail(
                    entries: Int64(clamping: status.unpinnedEntries),
                    age: Int64(clamping: status.unpinnedAge)) : nil,
            storageEpoch: status.storageEpoch.map(Int64.init),
            diskFree: diskFree.map(Int64.init(clamping:)))
    }
}

extension WireVaultState {
    init(_ state: VaultStatus.State) {
        switch state {
        case .sealed: self = .sealed
        case .unsealed: self = .unsealed
        }
    }
}

extension WireHealth {
    init(_ colour: HealthColour) {
        switch colour {
        case .green: self = .green
        case .amber: self = .amber
        case .red: self = .red
        }
    }
}

extension WireFinding {
    init(_ finding: HealthFinding) {
        let words = HealthMessages(
            code: finding.code.rawValue, detail: finding.detail, value: finding.value)
        guard let words else {
            preconditionFailure("internal error: every code of health has its sentences")
        }
        self.init(
            code: finding.code.rawValue, severity: WireHealth(finding.colour),
            cause: words.cause.text(in: .english), remedy: words.remedy.text(in: .english),
            detail: finding.detail, value: finding.value.map(Int64.init(clamping:)))
    }
}
