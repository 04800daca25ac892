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
            let first = try EvidenceFile.first(of: &lines, in: file)
            try Self.feed(&verifier, first, &lines, &progress)
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
        if status == .unpinned { client.note(Self.hint(report)) }
        return status
    }

    private func readPin(_ client: Client) throws(ClientError) -> UnverifiedCheckpoint? {
        guard let pin else { return nil }
        let source = TextInput.name(pin)
        let text: String
        do throws(ClientError) {
            text = try TextInput(client: client).text(pin, limit: SignedNote.maximumSize)
        } catch .platform(.tooLarge(_, _)) where EvidenceFile.stands(at: pin) {
            throw .input(.evidenceAsCheckpoint(source: source))
        }
        guard let note = try? UnverifiedCheckpoint(parse: Array(text.utf8)) else {
            throw .input(
                EvidenceFile.stands(at: pin)
                    ? .evidenceAsCheckpoint(source: source) : .notACheckpoint(source: source))
        }
        return note
    }

    /// Lines between two looks at the progress.
    private static let stride: UInt64 = 4_096

    private static func feed(
        _ verifier: inout EvidenceVerifier, _ first: LineFile.Line, _ lines: inout LineFile,
        _ progress: inout ProgressLine
    ) throws(ClientError) {
        var next: LineFile.Line? = first
        while let line = next {
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
            next = try lines.next()
        }
    }

    /// What to do for a pin that counts.
    private static func hint(_ report: EvidenceReport) -> Message {
        switch report.trail?.pin ?? PinStanding.none {
        case .newer: VerifyMessages.newerPinHint
        case .unrelated: VerifyMessages.unrelatedPinHint
        case .held, .none: VerifyMessages.unpinnedHint
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
