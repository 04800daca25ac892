import ArgumentParser
import VaultAudit
import VaultCoding
import VaultPlatform
import VaultText

/// `carevault verify`.
struct VerifyCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an export of the audit trail. Needs no daemon and trusts nothing.",
        discussion: """
            Exit codes: 0 valid and the same log as the pin's, 10 invalid, 11 incomplete, 12 valid \
            but without a pin from outside that it could be compared with.
            """)

    @Argument(help: .init("File that audit export wrote.", valueName: "file"))
    var file: String

    @Option(
        help: .init(
            "Checkpoint of the log that was kept elsewhere, as audit checkpoint wrote it.",
            valueName: "file"))
    var pin: String?

    @OptionGroup var offline: OfflineOptions
    var common: CommonOptions { offline.common }

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        var verifier = EvidenceVerifier(pin: try readPin(client))
        var progress = ProgressLine(client)
        var lines = try LineFile(file, limit: AuditLimits.evidenceLine)
        do throws(ClientError) {
            try Self.feed(&verifier, &lines, &progress)
        } catch {
            progress.clear()
            throw error
        }
        progress.clear()
        let report = verifier.finish()
        try client.show(
            VerifyText.lines(report, client.language, now: client.context.now()),
            json: VerifyText.json(report))
        let status = Self.status(report)
        if status == .unpinned { client.note(VerifyMessages.unpinnedHint) }
        return status
    }

    private func readPin(_ client: Client) throws(ClientError) -> UnverifiedCheckpoint? {
        guard let pin else { return nil }
        let text = try TextInput(client: client).text(pin, limit: SignedNote.maximumSize)
        guard let note = try? UnverifiedCheckpoint(parse: Array(text.utf8)) else {
            throw .input(.notACheckpoint(source: TextInput.name(pin)))
        }
        return note
    }

    /// Lines between two looks at the progress.
    private static let stride: UInt64 = 4_096

    private static func feed(
        _ verifier: inout EvidenceVerifier, _ lines: inout LineFile, _ progress: inout ProgressLine
    ) throws(ClientError) {
        while let line = try lines.next() {
            switch line {
            case .whole(let bytes): guard verifier.add(line: bytes) else { return }
            case .unended(let bytes): verifier.add(unended: bytes)
            case .tooLong: return verifier.refuseLine()
            }
            if verifier.done.isMultiple(of: stride), verifier.done > 0 {
                progress.show(
                    ClientAuditMessages.verifying(
                        done: Int64(clamping: verifier.done), total: Int64(clamping: verifier.total)
                    ))
            }
        }
    }

    private static func status(_ report: EvidenceReport) -> ExitStatus {
        switch report.verdict {
        case .invalid: return .invalid
        case .incomplete: return .incomplete
        case .valid:
            if case .held = report.trail?.pin { return .success }
            return .unpinned
        }
    }
}

/// A file line by line, in pieces: it may be larger than the memory.
struct LineFile: ~Copyable {
    /// A line, without its LF.
    enum Line {
        case whole([UInt8])
        /// What stands behind the last LF.
        case unended([UInt8])
        /// More than the limit without an LF.
        case tooLong
    }

    private static let piece = 256 << 10

    private let file: OwnedDescriptor
    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the next line begins, and up to where there is no LF.
    private var start = 0
    private var scanned = 0

    /// Opens it. `limit` is the longest line in bytes.
    init(_ path: String, limit: Int) throws(ClientError) {
        self.limit = limit
        do { file = try Files.open(path) } catch { throw .platform(error) }
    }

    /// The next line; nil at the end.
    mutating func next() throws(ClientError) -> Line? {
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                scanned = start
                return .whole(line)
            }
            buffer.removeFirst(start)
            start = 0
            scanned = buffer.count
            guard buffer.count <= limit else { return .tooLong }
            let more: [UInt8]
            do { more = try file.read(upTo: Self.piece) } catch { throw .platform(error) }
            guard !more.isEmpty else {
                if buffer.isEmpty { return nil }
                defer {
                    buffer = []
                    scanned = 0
                }
                return .unended(buffer)
            }
            buffer += more
        }
    }
}

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
        fields.add(Words.verdict, "\(verdict(report.verdict))")
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
        fields.add(
            Words.checkpoint, "\(Words.tree(size: trail.size, root: trail.root.description))")
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

    private static func verdict(_ verdict: TrailVerdict) -> Message {
        switch verdict {
        case .valid: Words.valid
        case .invalid(let finding): Words.invalid(Words.sentence(finding.problem.rawValue))
        case .incomplete(let finding): Words.incomplete(Words.sentence(finding.problem.rawValue))
        }
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
