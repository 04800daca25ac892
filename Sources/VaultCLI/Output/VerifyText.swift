import VaultAudit
import VaultCoding
import VaultText

/// What `verify` found, for people and for programs.
enum VerifyText {
    private typealias Words = VerifyMessages

    /// What a file is about, if that was proved. Of an invalid file, or one that was cut before what
    /// proves it, nothing is shown but that: whatever it says of itself may be a lie.
    private static func proved(_ report: EvidenceReport) -> EvidenceTrail? {
        switch report.verdict {
        case .valid: report.trail
        case .incomplete(let finding): finding.problem == .cut ? nil : report.trail
        case .invalid: nil
        }
    }

    /// The lines.
    static func lines(_ report: EvidenceReport, _ language: Language, now: UInt64) -> String {
        var fields = FieldList()
        if let trail = proved(report) { add(trail, to: &fields, now: now) }
        fields.add(Words.verdict, "\(verdict(report))")
        if let finding = report.verdict.finding {
            fields.add(Words.problem, stored: finding.problem.rawValue)
            if let sequence = finding.sequence { fields.add(Words.place, "\(sequence)") }
        }
        return fields.text(in: language)
    }

    private static func add(_ trail: EvidenceTrail, to fields: inout FieldList, now: UInt64) {
        fields.add(Words.vault, stored: trail.vault.text)
        if !trail.fingerprintWords.isEmpty {
            fields.add(Words.fingerprint, stored: trail.fingerprintWords.joined(separator: " "))
        }
        fields.add(Words.key, stored: trail.verifierKey.text)
        fields.add(Words.range, "\(Words.entries(trail.range))")
        if let first = trail.counts.firstTime, let last = trail.counts.lastTime {
            let (from, to) = (TimeText.utc(microseconds: first), TimeText.utc(microseconds: last))
            fields.add(Words.time, "\(Words.span(from, to))")
        }
        if let pseudonym = trail.pseudonym {
            fields.add(
                Words.subject, "\(Words.ofSubject(pseudonym, count: trail.counts.ofSubject))")
        }
        let tree = Words.tree(
            size: trail.size, root: trail.root.description,
            behind: trail.size - min(trail.size, trail.range.upperBound))
        fields.add(Words.checkpoint, "\(tree)")
        fields.add(Words.pin, "\(pin(trail.pin))")
        let sealed = trail.counts.sealed
        fields.add(
            Words.sealed,
            "\(Words.sealedTime(sealed.total, vouched: sealed.vouched, open: sealed.open))")
        if trail.unchecked > 0 {
            fields.add(
                Words.statements, "\(Words.unchecked(trail.unchecked, of: trail.statements))")
        }
        let age = trail.tail.since.map { now > $0 ? (now - $0) / 1_000_000 : 0 }
        fields.add(Words.unpinned, "\(Words.tail(trail.tail.entries, seconds: age))")
    }

    private static func verdict(_ report: EvidenceReport) -> Message {
        switch report.verdict {
        case .valid: report.trail.map(valid) ?? Words.valid
        case .invalid(let finding): Words.invalid(Words.sentence(finding.problem.rawValue))
        case .incomplete(let finding): Words.incomplete(Words.sentence(finding.problem.rawValue))
        }
    }

    /// Valid, with what that does not cover: a part of the log, or one that no pin vouches for. The entry
    /// of the export itself is never in the file.
    private static func valid(_ trail: EvidenceTrail) -> Message {
        let isPart = trail.range.lowerBound > 0 || trail.size > trail.range.upperBound + 1
        let caveat: Message? =
            switch trail.pin {
            case .held: nil
            case .none: Words.withoutPin
            case .newer, .unrelated: Words.notCompared
            }
        guard isPart || caveat != nil else { return Words.valid }
        return Words.valid(trail.range, of: trail.size, isPart: isPart, caveat: caveat)
    }

    private static func pin(_ standing: PinStanding) -> Message {
        switch standing {
        case .none: Words.noPin
        case .held(let size): Words.pinHeld(size)
        case .newer(let size): Words.pinNewer(size)
        case .unrelated(let size): Words.pinUnrelated(size)
        }
    }

    /// The same for programs.
    static func json(_ report: EvidenceReport) -> JSON.Object {
        var object = JSON.Object()
        object["verdict"] = .string(name(report.verdict))
        if let finding = report.verdict.finding {
            object["problem"] = .string(finding.problem.rawValue)
            object["problem_sequence"] = finding.sequence.map(number)
        }
        guard let trail = proved(report) else { return object }
        object["vault"] = .string(trail.vault.text)
        object["fingerprint"] = .array(trail.fingerprintWords.map { .string($0) })
        object["verifier_key"] = .string(trail.verifierKey.text)
        object["from"] = number(trail.range.lowerBound)
        object["to"] = number(trail.range.upperBound)
        object["first_time_us"] = trail.counts.firstTime.map(number)
        object["last_time_us"] = trail.counts.lastTime.map(number)
        object["missing"] = number(trail.counts.missing)
        object["size"] = number(trail.size)
        object["root"] = .string(trail.root.description)
        object["pin"] = pinObject(trail.pin)
        let sealed = trail.counts.sealed
        object["sealed"] = [
            "entries": number(sealed.total), "vouched": number(sealed.vouched),
            "undecided": number(sealed.open), "unauthenticated": number(sealed.unauthenticated),
        ]
        object["statements"] = [
            "count": number(trail.statements), "unchecked": number(trail.unchecked),
        ]
        var tail = JSON.Object(["entries": number(trail.tail.entries)])
        tail["since_us"] = trail.tail.since.map(number)
        object["unpinned"] = .object(tail)
        if let pseudonym = trail.pseudonym {
            object["subject"] = [
                "pseudonym": .string(pseudonym), "entries": number(trail.counts.ofSubject),
            ]
        }
        return object
    }

    private static func name(_ verdict: TrailVerdict) -> String {
        switch verdict {
        case .valid: "valid"
        case .invalid: "invalid"
        case .incomplete: "incomplete"
        }
    }

    private static func pinObject(_ standing: PinStanding) -> JSON.Value {
        switch standing {
        case .none: ["standing": "none"]
        case .held(let size): ["standing": "held", "size": number(size)]
        case .newer(let size): ["standing": "newer", "size": number(size)]
        case .unrelated(let size): ["standing": "unrelated", "size": number(size)]
        }
    }

    private static func number(_ value: UInt64) -> JSON.Value { .int(Int64(clamping: value)) }
}
