/// What can be wrong with a vault or the machine under it. The raw value is the stable code: on the
/// wire, in audit entries, in metrics and in the documentation (`Health.md`).
package enum HealthCode: String, Sendable, CaseIterable {
    // The vault's files
    case logUnavailable = "log.unavailable"
    case storeUnavailable = "store.unavailable"
    case quarantine = "row.quarantined"
    case storeDiffers = "store.differs"
    case filesDamaged = "files.damaged"
    case sealedByItself = "vault.sealed-itself"
    // The machine
    case diskLow = "disk.low"
    case runtimeFull = "runtime.full"
    case clockBack = "clock.back"
    // What people have to do
    case logUnpinned = "log.unpinned"
    case keyOld = "key.old"
    case foundingWaiting = "founding.waiting"
    // How the service is set up
    case unattendedFailed = "start.unattended"
    case memoryNotLocked = "settings.memory"
    case sharedUID = "settings.shared-uid"
    case asRoot = "settings.root"
    case socketOpen = "settings.socket"
    case directoryOpen = "settings.directory"
    case keyFileInside = "settings.key-file"

    /// How bad it is, where its measure does not say.
    package var colour: HealthColour {
        switch self {
        case .logUnavailable, .storeUnavailable, .quarantine, .storeDiffers, .filesDamaged,
            .sealedByItself, .directoryOpen:
            .red
        case .diskLow, .runtimeFull, .clockBack, .logUnpinned, .keyOld, .foundingWaiting,
            .unattendedFailed, .memoryNotLocked, .sharedUID, .asRoot, .socketOpen, .keyFileInside:
            .amber
        }
    }
}

/// How bad a finding is.
package enum HealthColour: Int, Sendable, Comparable {
    case green, amber, red

    /// Green is least.
    package static func < (left: HealthColour, right: HealthColour) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One finding. Never content and never a name of a person: whoever can connect may read it.
package struct HealthFinding: Sendable, Equatable {
    /// The stable code.
    package let code: HealthCode
    /// How bad it is.
    package let colour: HealthColour
    /// What the machine said: a path, a name of the system or an error; nil where the code says all.
    package let detail: String?
    /// The measure, in the unit of the code: bytes free, seconds behind, entries, days; nil for none.
    package let value: UInt64?

    /// A finding; without a colour, in that of its code.
    package init(
        _ code: HealthCode, colour: HealthColour? = nil, detail: String? = nil,
        value: UInt64? = nil
    ) {
        self.code = code
        self.colour = colour ?? code.colour
        self.detail = detail
        self.value = value
    }
}
