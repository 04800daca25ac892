import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault status`.
struct StatusCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where the vault stands and what to do next. Needs no login.")

    @Flag(help: "Exit with 0 for green, 1 for amber, 2 for red.")
    var check = false

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let status = try client.call(VaultGetStatus.self, NoFields())
        try client.show(StatusText.lines(status, client.language), json: status.json)
        guard check else { return .success }
        return switch status.health {
        case .green: .success
        case .amber: .failure
        case .red: .usage
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
        fields.add(Words.next, "\(Words.next(status.nextStep))")
        let findings = status.findings.map { text(of: $0, language) }
        return fields.text(in: language) + findings.joined()
    }

    private static func text(of finding: WireFinding, _ language: Language) -> String {
        let colour = ClientStatusMessages.colour(finding.severity.rawValue)
        let first = Message(
            "\(colour) \(finding.code): \(finding.cause)",
            chinese: "\(colour) \(finding.code)：\(finding.cause)")
        let second = Message(
            "  \(ClientStatusMessages.remedy): \(finding.remedy)",
            chinese: "  \(ClientStatusMessages.remedy)：\(finding.remedy)")
        return "\n\(first.text(in: language))\n\(second.text(in: language))\n"
    }
}

/// `carevault unseal`.
struct UnsealCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal", abstract: "Open the storage lock with the secret of a slot.")

    @OptionGroup var secret: SecretOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        // Before anybody types a secret: is it needed at all?
        if try client.call(VaultGetStatus.self, NoFields()).state == .unsealed {
            try client.say(
                ClientStatusMessages.wasUnsealed,
                json: .init(["state": "unsealed", "changed": false]))
            return .success
        }
        let input = SecretInput(client: client, source: secret.source)
        let typed = try input.get(ClientStatusMessages.unsealPrompt)
        let parameters = VaultUnseal.Parameters(secret: typed.text, form: typed.form)
        let report: VaultUnseal.Reply
        do throws(ClientError) {
            report = try client.call(
                VaultUnseal.self, parameters, seconds: Patience.derivation)
        } catch {
            guard case .service(.alreadyDone) = error else { throw error }
            try client.say(
                ClientStatusMessages.wasUnsealed,
                json: .init(["state": "unsealed", "changed": false]))
            return .success
        }
        var json = JSON.Object(["state": "unsealed", "changed": true])
        for (key, value) in report.json.members { json[key] = value }
        var text = ClientStatusMessages.unsealed(
            epoch: report.epoch, statements: report.statements
        ).text(in: client.language)
        if report.adopted > 0 {
            let adopted = ClientStatusMessages.adopted(report.adopted)
            text += "\n" + adopted.text(in: client.language)
        }
        try client.show(text + "\n", json: json)
        return .success
    }
}

/// `carevault seal`.
struct SealCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Close the storage lock; ends every login. Operator.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        if try client.call(VaultGetStatus.self, NoFields()).state != .unsealed {
            try client.say(
                ClientStatusMessages.wasSealed, json: .init(["state": "sealed", "changed": false]))
            return .success
        }
        _ = try client.read(VaultSeal.self, NoFields())
        try? client.tokens().remove()
        try client.say(
            ClientStatusMessages.sealed, json: .init(["state": "sealed", "changed": true]))
        return .success
    }
}
