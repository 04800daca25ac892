import Synchronization

/// What is wrong with the vault right now. Green without findings.
package enum HealthCode: String, Sendable, CaseIterable {
    case logUnavailable = "log-unavailable"
    case storeUnavailable = "store-unavailable"
    case quarantine = "row-quarantined"
    case storeDiffers = "store-differs"
    case filesDamaged = "files-damaged"
    case memoryNotLocked = "memory-not-locked"
    case sharedUID = "shared-uid"
    case pinMissing = "log-not-pinned"
    case sealedByItself = "sealed-by-itself"
}

/// How bad a finding is.
package enum HealthColour: Int, Sendable, Comparable {
    case green, amber, red

    /// Green is least.
    package static func < (left: HealthColour, right: HealthColour) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One finding. `detail` names paths and errors of the machine, never content.
package struct HealthFinding: Sendable, Equatable {
    /// The stable code.
    package let code: HealthCode
    /// What the machine said.
    package let detail: String

    /// How bad it is.
    package var colour: HealthColour {
        switch code {
        case .logUnavailable, .storeUnavailable, .quarantine, .storeDiffers, .filesDamaged,
            .sealedByItself:
            .red
        case .memoryNotLocked, .sharedUID, .pinMissing: .amber
        }
    }
}

/// Collects findings from all threads.
final class HealthBoard: Sendable {
    private let findings = Mutex<[HealthCode: String]>([:])

    /// Notes a finding; true when it is new.
    @discardableResult
    func raise(_ code: HealthCode, detail: String) -> Bool {
        findings.withLock { $0.updateValue(detail, forKey: code) == nil }
    }

    /// Removes a finding; true when it was there.
    @discardableResult
    func clear(_ code: HealthCode) -> Bool {
        findings.withLock { findings in
            guard findings[code] != nil else { return false }
            findings[code] = nil
            return true
        }
    }

    func has(_ code: HealthCode) -> Bool { findings.withLock { $0[code] != nil } }

    /// All findings, worst first.
    var all: [HealthFinding] {
        findings.withLock { $0.map { HealthFinding(code: $0.key, detail: $0.value) } }
            .sorted { ($1.colour, $0.code.rawValue) < ($0.colour, $1.code.rawValue) }
    }
}
