import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault status`.
struct StatusCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where the vault stands and what to do next. Needs no login.")

    @Flag(help: "Exit with 0 for green, 1 for amber, 2 for red.")
    var check = false

    @Flag(help: "Show metrics in the text format of Prometheus.")
    var prometheus = false

    @Option(
        help: .init(
            "With --prometheus: replace this file at once, for node_exporter's textfile collector.",
            valueName: "file"))
    var out: String?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        if prometheus, common.json { throw .usage(.excludes("--prometheus", "--json")) }
        if out != nil, !prometheus { throw .usage(.missing(option: "--prometheus")) }
        let status: VaultGetStatus.Reply
        do throws(ClientError) {
            status = try client.call(VaultGetStatus.self, NoFields())
        } catch {
            // A file that stays as it was would say that all is well.
            if prometheus { try give(PrometheusText.down, client) }
            throw error
        }
        if prometheus {
            try give(PrometheusText.metrics(status), client)
        } else {
            try client.show(StatusText.lines(status, client.language), json: status.json)
        }
        guard check else { return .success }
        return switch status.health {
        case .green: .success
        case .amber: .failure
        case .red: .usage
        }
    }

    private func give(_ text: String, _ client: Client) throws(ClientError) {
        do throws(PlatformError) {
            guard let out else { return try client.context.output(text) }
            // Readable by the collector; there is nothing secret in it.
            try Files.writeDurably(out, Array(text.utf8), mode: 0o644)
        } catch {
            throw .platform(error)
        }
    }
}

/// The answer of `status` for people.
enum StatusText {
    static func lines(_ status: VaultGetStatus.Reply, _ language: Language) -> String {
        var fields = FieldList()
        typealias Words = ClientStatusMessages
        fields.add(Words.vault, stored: status.vault)
        fields.add(Words.state, "\(Words.state(status.state.rawValue))")
        fields.add(Words.version, stored: status.version)
        if let founded = status.founded {
            fields.add(Words.founded, "\(founded ? CommonMessages.yes : CommonMessages.no)")
        }
        if let words = status.vaultFingerprint {
            fields.add(Words.fingerprint, stored: words.joined(separator: " "))
        }
        if let epoch = status.storageEpoch { fields.add(Words.epoch, "\(epoch)") }
        if let entries = status.logEntries { fields.add(Words.log, "\(Words.entries(entries))") }
        if let tail = status.unpinned {
            fields.add(
                Words.unpinned, "\(Words.tail(tail.entries, age: UInt64(max(0, tail.age))))")
        }
        fields.add(Words.health, "\(Words.colour(status.health.rawValue))")
        fields.add(Words.next, "\(Words.next(status.nextStep, people: status.peopleWaiting))")
        let findings = status.findings.map { text(of: $0, language) }
        return fields.text(in: language) + findings.joined()
    }

    private static func text(of finding: WireFinding, _ language: Language) -> String {
        let colour = ClientStatusMessages.colour(finding.severity.rawValue)
        let (cause, remedy) = words(of: finding)
        let first = Message(
            "\(colour) \(finding.code): \(cause)", chinese: "\(colour) \(finding.code)：\(cause)")
        let second = Message(
            "  \(ClientStatusMessages.remedy): \(remedy)",
            chinese: "  \(ClientStatusMessages.remedy)：\(remedy)")
        return "\n\(first.text(in: language))\n\(second.text(in: language))\n"
    }

    /// The sentences of a finding: the catalogue's, or of a code that only a newer daemon knows, the
    /// daemon's own English ones.
    static func words(of finding: WireFinding) -> (cause: Message, remedy: Message) {
        let known = HealthMessages(
            code: finding.code, detail: finding.detail,
            value: finding.value.map { UInt64(clamping: $0) })
        guard let known else {
            return (Message(verbatim: finding.cause), Message(verbatim: finding.remedy))
        }
        return (known.cause, known.remedy)
    }
}
