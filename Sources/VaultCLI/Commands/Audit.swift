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
            try client.show(AuditEntryText.lines(reply.entries, client), json: reply.json)
            return .success
        }
        let reply = try client.read(
            AuditTail.self, .init(limit: limit, reference: reference), seconds: Patience.stream)
        guard !reply.entries.isEmpty else { throw .input(.unknownReference(reference)) }
        let entries = reply.entries.map {
            AuditEntryText.fields($0).text(in: client.language)
        }
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
