import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault audit`.
struct AuditCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit trail. Looking at it is itself logged. Auditor.",
        subcommands: [
            AuditTailCommand.self, AuditExportCommand.self, AuditCheckpointCommand.self,
            AuditVerifyCommand.self,
        ])
}

/// `carevault audit tail`.
struct AuditTailCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Show the newest entries, or why a request was refused.")

    @Option(
        name: [.customShort("n"), .customLong("limit")],
        help: .init("Number of entries, 1 to 1000.", valueName: "number"))
    var limit: Int64 = 20

    @Option(
        help: .init(
            "Only the entries of the request whose refusal named this reference.",
            valueName: "reference"))
    var reference: String?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let limit = try Typed.number(limit, "--limit", 1...1_000) ?? limit
        guard let reference = try reference.map(Self.parsed) else {
            let reply = try client.read(AuditTail.self, .init(limit: limit))
            try client.show(lines(reply.entries, client), json: reply.json)
            return .success
        }
        let reply = try client.read(
            AuditTail.self, .init(limit: limit, reference: reference), seconds: Patience.stream)
        guard !reply.entries.isEmpty else { throw .input(.unknownReference(reference)) }
        let entries = reply.entries.map { fields($0).text(in: client.language) }
        try client.show(entries.joined(separator: "\n"), json: reply.json)
        return .success
    }

    /// Characters of a reference.
    private static let referenceCount = 10

    /// The one spelling of a reference.
    private static func parsed(_ typed: String) throws(ClientError) -> String {
        guard let symbols = try? Crockford.parse(typed), symbols.count == referenceCount else {
            throw .usage(.malformedReference(typed))
        }
        return Crockford.format(symbols)
    }

    /// One entry by itself, with the reason for a refusal.
    private func fields(_ entry: WireAuditEntry) -> FieldList {
        typealias Words = ClientAuditMessages
        var fields = FieldList()
        fields.add(Words.sequence, "\(entry.sequence)")
        fields.add(Words.time, Listing.time(entry.time))
        fields.add(Words.who, who(entry))
        if !entry.roles.isEmpty {
            fields.add(ClientDirectoryMessages.roles, "\(TitleMessages.roles(entry.roles))")
        }
        fields.add(Words.action, "\(TitleMessages.action(entry.action))")
        if let outcome = entry.outcome {
            fields.add(Words.outcome, "\(Words.outcome(outcome.rawValue))")
        }
        // The rule that denied says more than that it did; one that allowed says nothing of the failure.
        let denial = entry.rule.flatMap { $0.hasPrefix("deny:") ? $0 : nil }
        if let why = denial ?? entry.failure {
            fields.add(Words.why, "\(Words.reason(why))")
        }
        if let kind = entry.kind { fields.add(Words.kind, "\(TitleMessages.kind(kind))") }
        if let purpose = entry.purpose {
            fields.add(Words.purpose, "\(TitleMessages.purpose(purpose))")
        }
        fields.add(Words.whom, stored: entry.pseudonym)
        return fields
    }

    private func lines(_ entries: [WireAuditEntry], _ client: Client) -> String {
        typealias Words = ClientAuditMessages
        guard !entries.isEmpty else { return Words.noEntries.text(in: client.language) + "\n" }
        var table = Table([
            .init(Words.sequence, .trailing), .init(Words.time), .init(Words.who),
            .init(Words.action), .init(Words.outcome), .init(Words.kind), .init(Words.purpose),
            .init(Words.whom),
        ])
        for entry in entries {
            let absent: Phrase = "\(CommonMessages.absent)"
            table.add(
                "\(entry.sequence)", Listing.time(entry.time), who(entry),
                entry.opened ? "\(TitleMessages.action(entry.action))" : "\(Words.closed)",
                entry.outcome.map { "\(Words.outcome($0.rawValue))" } ?? absent,
                entry.kind.map { "\(TitleMessages.kind($0))" } ?? absent,
                entry.purpose.map { "\(TitleMessages.purpose($0))" } ?? absent,
                entry.pseudonym.map { Phrase(stored: $0) } ?? absent)
        }
        return client.layout(table)
    }

    private func who(_ entry: WireAuditEntry) -> Phrase {
        if let name = entry.name, !name.isEmpty { return Phrase(stored: name) }
        if let uid = entry.uid { return "uid \(uid)" }
        return entry.opened
            ? "\(ClientAuditMessages.daemon)" : "\(CommonMessages.absent)"
    }
}

/// `carevault audit checkpoint`.
struct AuditCheckpointCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Write the signed head of the log to a file, to be kept elsewhere as a pin.")

    @Option(help: .init("New file (mode 0600).", valueName: "file"))
    var out: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let checkpoint = try OutputFile.fill(out) { (file) throws(ClientError) in
            let newest = try Checkpoints(client: client).newest()
            try file.append(newest.pin.note)
            return newest
        }
        try client.say(
            ClientAuditMessages.checkpointWritten(out, size: checkpoint.size),
            json: .init([
                "size": .int(Int64(checkpoint.size)), "out": .string(out),
                "verifier_key": .string(checkpoint.pin.key),
            ]))
        return .success
    }
}

/// `carevault audit verify`.
struct AuditVerifyCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Have the daemon check the log as it stands.")

    @Option(help: .init("First entry (default: 0).", valueName: "number"))
    var from: Int64?

    @Option(help: .init("Entry after the last (default: the end).", valueName: "number"))
    var to: Int64?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let parameters = AuditVerifyLive.Parameters(
            fromSequence: try Typed.number(from, "--from", 0...Int64.max),
            toSequence: try Typed.number(to, "--to", 0...Int64.max))
        var progress = ProgressLine(client)
        var last = AuditVerifyLive.Reply()
        let connection = try client.loggedIn()
        do throws(ClientError) {
            try connection.stream(AuditVerifyLive.self, parameters) { (piece) throws(ClientError) in
                last = piece
                progress.show(ClientAuditMessages.verifying(done: piece.done, total: piece.total))
            }
        } catch {
            progress.clear()
            throw error
        }
        progress.clear()
        return try show(last, client)
    }

    private func show(
        _ reply: AuditVerifyLive.Reply, _ client: Client
    ) throws(ClientError) -> ExitStatus {
        let verdict = reply.verdict ?? .incomplete
        guard verdict == .valid else {
            let message = ClientAuditMessages.liveWrong(
                verdict.rawValue, problem: reply.problem ?? "unknown", at: reply.problemSequence)
            try client.say(message, json: reply.json)
            return verdict == .invalid ? .invalid : .incomplete
        }
        try client.say(ClientAuditMessages.liveValid(reply.done), json: reply.json)
        client.note(ClientAuditMessages.liveTrust)
        return .success
    }
}
