import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// `carevault record`.
struct RecordCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "The files. Every one that is shown is audited.",
        subcommands: [
            RecordAddCommand.self, RecordGetCommand.self, RecordListCommand.self,
            RecordAmendCommand.self, RecordHistoryCommand.self,
        ])
}

/// Which record.
struct RecordArguments: ParsableArguments {
    @Argument(help: "Identifier of the subject; subject find shows it.")
    var subject: String

    @Argument(help: "Identifier of the record; record list shows it.")
    var record: String

    func identifiers() throws(ClientError) -> (subject: String, record: String) {
        (try Typed.identifier(subject), try Typed.identifier(record))
    }
}

/// `carevault record add`.
struct RecordAddCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a record to a person's file.")

    @Argument(help: "Identifier of the subject; subject find shows it.")
    var subject: String

    @Argument(help: "Kind, by name or title, such as counselling.session.")
    var kind: String

    @OptionGroup var source: SourceOption
    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let subject = try Typed.identifier(subject)
        let purpose = try Typed.purpose(purpose.purpose)
        let kind = Typed.kind(kind)
        let entry = try source.entry()
        // Nobody types a page of a person who is there already.
        if kind == RecordKind.registrySubject.name {
            guard case .from = entry else { throw .usage(.personIsThere) }
        }
        let submission = RecordSubmission(
            client: client, kind: kind, entry: entry, purpose: purpose)
        let reply = try submission.submit { (body) throws(ClientError) in
            try client.write(RecordsCreate.self) {
                .init(subject: subject, kind: kind, body: body, purpose: purpose, idempotency: $0)
            }
        }
        try client.say(ClientRecordMessages.recordAdded(reply.record), json: reply.json)
        return .success
    }
}

/// `carevault record get`.
struct RecordGetCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show a record.")

    @OptionGroup var which: RecordArguments

    @Option(help: .init("Version, from 1 (default: the newest).", valueName: "number"))
    var version: Int64?

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let (subject, record) = try which.identifiers()
        let reply = try client.read(
            RecordsGet.self,
            .init(
                subject: subject, record: record,
                version: try Typed.number(version, "--version", 1...Int64(UInt32.max)),
                purpose: try Typed.purpose(purpose.purpose)))
        let body = try client.body(reply.document.body)
        try client.show(
            RecordText.document(reply.document, body).text(in: client.language), json: reply.json)
        return .success
    }
}

/// `carevault record list`.
struct RecordListCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a person's records, newest first, each with its newest version.")

    @Argument(help: "Identifier of the subject; subject find shows it.")
    var subject: String

    @Option(
        help: .init(
            "Only this kind, by name or title, such as counselling.session.", valueName: "kind"))
    var kind: String?

    @Option(help: .init("Largest number of records, 1 to 100 (default: 20).", valueName: "number"))
    var limit: Int64?

    @Option(help: .init("Go on where an earlier list ended.", valueName: "text"))
    var cursor: String?

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let reply = try client.read(
            RecordsList.self,
            .init(
                subject: try Typed.identifier(subject), kind: kind.map(Typed.kind),
                purpose: try Typed.purpose(purpose.purpose), cursor: cursor,
                limit: try Typed.number(limit, "--limit", 1...100)))
        let table = RecordText.table(reply.records)
        try client.show(
            table.isEmpty
                ? ClientRecordMessages.noRecords.text(in: client.language) + "\n"
                : client.layout(table), json: reply.json)
        if let cursor = reply.cursor { client.note(ClientRecordMessages.nextPage(cursor)) }
        return .success
    }
}

/// `carevault record amend`.
struct RecordAmendCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Write a new version of a record, all of its fields; the old one stays.")

    @OptionGroup var which: RecordArguments

    @Option(
        help: .init(
            "Version that you amend (default: the newest, which is read first).",
            valueName: "number"))
    var base: Int64?

    @Option(help: .init("Kind; needed for lines if --base is given.", valueName: "kind"))
    var kind: String?

    @OptionGroup var source: SourceOption
    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let (subject, record) = try which.identifiers()
        let purpose = try Typed.purpose(purpose.purpose)
        let entry = try source.entry()
        let base = try Typed.number(base, "--base", 1...Int64(UInt32.max))
        func fetch(_ version: Int64?) throws(ClientError) -> WireRecordDocument {
            try client.read(
                RecordsGet.self,
                .init(subject: subject, record: record, version: version, purpose: purpose)
            ).document
        }
        let amendment: Amendment
        let kind: String
        func seen(_ version: Int64?) throws(ClientError) -> Amendment.Seen {
            let document = try fetch(version)
            return .init(
                version: document.version, fields: try client.body(document.body),
                author: document.authorName ?? document.author, written: document.created)
        }
        if case .from = entry, let base, let stated = self.kind {
            kind = Typed.kind(stated)
            amendment = Amendment(client, kind: kind, version: base, fields: nil, fetch: seen)
        } else {
            let document = try fetch(base)
            kind = document.kind
            let body = try client.body(document.body)
            amendment = Amendment(
                client, kind: kind, version: document.version, fields: body, fetch: seen)
            // Who types lines sees what there is.
            if case .lines = entry {
                client.note(RecordText.document(document, body).text(in: client.language) + "\n")
            }
        }
        let submission = RecordSubmission(
            client: client, kind: kind, entry: entry, purpose: purpose, amendment: amendment)
        let reply = try submission.submit { (body) throws(ClientError) in
            try client.write(RecordsAmend.self) {
                .init(
                    subject: subject, record: record, baseVersion: amendment.version, body: body,
                    purpose: purpose, idempotency: $0)
            }
        }
        try client.say(
            ClientRecordMessages.recordAmended(reply.record, version: reply.version),
            json: reply.json)
        return .success
    }
}

/// `carevault record history`.
struct RecordHistoryCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List every version of a record.")

    @OptionGroup var which: RecordArguments
    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let (subject, record) = try which.identifiers()
        let reply = try client.read(
            RecordsHistory.self,
            .init(
                subject: subject, record: record, purpose: try Typed.purpose(purpose.purpose)))
        try client.show(
            client.layout(RecordText.table(reply.versions)), json: reply.json)
        return .success
    }
}
