import VaultAudit
import VaultCoding
import VaultEngine
import VaultWire

extension WireAuditEntry {
    init(_ line: AuditLine) {
        self.init()
        sequence = Int64(clamping: line.leaf.sequence)
        time = Int64(clamping: line.leaf.time)
        epoch = Int64(line.leaf.epoch)
        entry = line.leaf.id.text
        if let part = line.a { fill(part) }
        target = line.target.map(WireEntryTarget.init)
        step = line.step?.rawValue
        pseudonym = line.pseudonym.map(Hex.format)
        records = line.b?.records.map(\.record.text) ?? []
    }

    private mutating func fill(_ part: PartA) {
        opened = true
        name = Self.present(part.actor.name)
        principal = part.actor.principal?.text
        uid = part.actor.uid.map(Int64.init)
        roles = part.actor.roles.map(\.rawValue)
        action = part.action.rawValue
        compartment = part.compartment?.rawValue
        kind = Self.present(part.kind)
        purpose = part.purpose?.rawValue
        outcome = WireOutcome(part.outcome)
        rule = Self.present(part.rule)
        failure = Self.present(part.failure)
        reference = Self.present(part.reference)
        results = Int64(part.results)
        switch part.detail {
        case .statement(let number, _): statement = Int64(clamping: number)
        case .range(let from, let to):
            range = WireEntryRange(from: Int64(clamping: from), to: Int64(clamping: to))
        default: break
        }
    }

    /// Text of the log that is empty where there is none.
    private static func present(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension WireEntryTarget {
    init(_ target: AuditLine.Target) {
        self.init(
            principal: target.principal.text, name: target.name,
            roles: target.roles.map(\.rawValue),
            compartments: target.compartments.map(\.rawValue))
    }
}

extension AuditVerifyLive.Reply {
    init(_ report: AuditVerification) {
        let finding = report.verdict.finding
        self.init(
            done: Int64(clamping: report.done), total: Int64(clamping: report.total),
            verdict: WireVerdict(report.verdict), problem: finding?.problem.rawValue,
            problemSequence: finding?.sequence.map { Int64(clamping: $0) })
    }
}

extension WireVerdict {
    init(_ verdict: TrailVerdict) {
        switch verdict {
        case .valid: self = .valid
        case .invalid: self = .invalid
        case .incomplete: self = .incomplete
        }
    }
}

extension WireOutcome {
    init(_ outcome: Outcome) {
        switch outcome {
        case .success: self = .success
        case .denied: self = .denied
        case .failed, .unavailable: self = .failed
        }
    }
}
