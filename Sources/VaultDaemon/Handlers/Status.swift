import VaultCoding
import VaultEngine
import VaultText
import VaultWire

extension VaultGetStatus.Reply {
    /// The vault's own account of itself in the words of the wire.
    init(_ status: VaultStatus) {
        let findings = status.health.map(WireFinding.init)
        // Nothing is known of it while sealed.
        let isUnpinned = status.state == .unsealed && status.unpinnedEntries > 0
        self.init(
            state: WireVaultState(status.state), vault: status.vault.text,
            version: Program.version, founded: status.founded,
            vaultFingerprint: status.fingerprintWords,
            health: WireHealth(status.health.map(\.colour).max() ?? .green), findings: findings,
            nextStep: status.nextStep.rawValue,
            logEntries: status.logSize.map(Int64.init(clamping:)),
            unpinned: isUnpinned
                ? WireUnpinnedTail(
                    entries: Int64(clamping: status.unpinnedEntries),
                    age: Int64(clamping: status.unpinnedAge)) : nil,
            storageEpoch: status.storageEpoch.map(Int64.init))
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
        let words = HealthMessages(finding)
        self.init(
            code: finding.code.rawValue, severity: WireHealth(finding.colour),
            cause: words.cause.text(in: .english), remedy: words.remedy.text(in: .english))
    }
}

extension HealthMessages {
    /// The sentences of a finding. Total: a new code has to choose.
    init(_ finding: HealthFinding) {
        let detail = finding.detail
        self =
            switch finding.code {
            case .logUnavailable: .logUnavailable(detail)
            case .storeUnavailable: .storeUnavailable(detail)
            case .quarantine: .quarantine(detail)
            case .storeDiffers: .storeDiffers(detail)
            case .filesDamaged: .filesDamaged(detail)
            case .memoryNotLocked: .memoryNotLocked(detail)
            case .sharedUID: .sharedUID
            case .pinMissing: .pinMissing(detail)
            case .sealedByItself: .sealedByItself(detail)
            }
    }
}
