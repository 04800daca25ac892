import Synchronization

/// Collects findings from all threads, and tells whoever listens when one appears, changes its colour
/// or goes.
final class HealthBoard: Sendable {
    /// Where changes are told.
    let notices = NoticeBoard()
    private let findings = Mutex<[HealthCode: HealthFinding]>([:])

    /// Notes a finding; true when it is new or of another colour than before. A measure that moves
    /// within its colour is kept and told to nobody.
    @discardableResult
    func raise(_ finding: HealthFinding) -> Bool {
        findings.withLock { findings in
            let before = findings.updateValue(finding, forKey: finding.code)
            guard before?.colour != finding.colour else { return false }
            // Within the lock, so that changes are told in their order; listeners only queue.
            notices.tell(.found(finding))
            return true
        }
    }

    /// Notes a finding in the colour of its code.
    @discardableResult
    func raise(_ code: HealthCode, detail: String? = nil) -> Bool {
        raise(HealthFinding(code, detail: detail))
    }

    /// Removes a finding; true when it was there.
    @discardableResult
    func clear(_ code: HealthCode) -> Bool {
        findings.withLock { findings in
            guard findings.removeValue(forKey: code) != nil else { return false }
            notices.tell(.cleared(code))
            return true
        }
    }

    func has(_ code: HealthCode) -> Bool { findings.withLock { $0[code] != nil } }

    /// All findings, worst first.
    var all: [HealthFinding] {
        findings.withLock { Array($0.values) }
            .sorted { ($1.colour, $0.code.rawValue) < ($0.colour, $1.code.rawValue) }
    }
}
