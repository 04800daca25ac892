import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// `carevault subject list`.
struct SubjectListCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the people whose files you opened or wrote lately, the last one first.")

    /// Says what is listed in any case; there is no list of everybody.
    @Flag(help: "Your own: the only list there is; everybody else is found by name or number.")
    var mine = false

    @Option(help: .init("Largest number of people, 1 to 100 (default: 20).", valueName: "number"))
    var limit: Int64?

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let reply = try client.read(
            SubjectsListMine.self,
            .init(
                purpose: try Typed.purpose(purpose.purpose),
                limit: try Typed.number(limit, "--limit", 1...100)))
        try client.show(
            SubjectTable.text(
                reply.hits, empty: RecordFormMessages.nothingLately, client),
            json: reply.json)
        if reply.truncated { client.note(ClientRecordMessages.moreHits) }
        return .success
    }
}

/// `carevault subject amend`.
struct SubjectAmendCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Write anew who a person is, all of the fields; the old version stays.")

    @Argument(help: "Identifier of the subject; subject find shows it.")
    var subject: String

    @Option(
        help: .init(
            "Version that you amend (default: the newest, which is read first).",
            valueName: "number"))
    var base: Int64?

    @OptionGroup var source: SourceOption
    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let subject = try Typed.identifier(subject)
        let purpose = try Typed.purpose(purpose.purpose)
        let entry = try source.entry()
        let base = try Typed.number(base, "--base", 1...Int64(UInt32.max))
        func seen(_ version: Int64?) throws(ClientError) -> Amendment.Seen {
            let newest = try client.read(
                SubjectsShow.self, .init(subject: subject, purpose: purpose)
            ).document
            guard let version, version != newest.version else {
                return .init(
                    version: newest.version, fields: try client.body(newest.fields),
                    author: newest.authorName ?? newest.author, written: newest.created)
            }
            let document = try client.read(
                RecordsGet.self,
                .init(
                    subject: subject, record: newest.record, version: version, purpose: purpose)
            ).document
            return .init(
                version: document.version, fields: try client.body(document.body),
                author: document.authorName ?? document.author, written: document.created)
        }
        let kind = RecordKind.registrySubject.name
        let amendment: Amendment
        if case .from = entry, let base {
            amendment = Amendment(client, kind: kind, version: base, fields: nil, fetch: seen)
        } else {
            let now = try seen(base)
            amendment = Amendment(
                client, kind: kind, version: now.version, fields: now.fields, fetch: seen)
            // Who types lines sees what there is.
            if case .lines = entry {
                var list = FieldList()
                RecordText.fields(now.fields, kind: kind, into: &list)
                client.note(list.text(in: client.language, columns: RecordText.columns) + "\n")
            }
        }
        let submission = RecordSubmission(
            client: client, kind: kind, entry: entry, purpose: purpose, amendment: amendment)
        let reply = try submission.submit { (fields) throws(ClientError) in
            try client.write(SubjectsAmend.self) {
                .init(
                    subject: subject, baseVersion: amendment.version, fields: fields,
                    purpose: purpose, idempotency: $0)
            }
        }
        try client.say(
            RecordFormMessages.subjectAmended(subject, version: reply.version), json: reply.json)
        return .success
    }
}

/// People in a table: what tells namesakes apart.
enum SubjectTable {
    /// The lines; `empty` where there is nobody.
    static func text(
        _ hits: [WireSubjectHit], empty: Message, _ client: Client
    ) -> String {
        typealias Words = ClientRecordMessages
        guard !hits.isEmpty else { return empty.text(in: client.language) + "\n" }
        var table = Table([
            .init(Words.subject), .init(Words.names), .init(Words.employeeNumber),
            .init(Words.birthDate), .init(Words.unit), .init(Words.status),
        ])
        for hit in hits {
            table.add(
                Phrase(stored: hit.subject), Listing.phrase(hit.names),
                cell(hit.employeeNumber), cell(hit.birthDate), cell(hit.unit),
                hit.status.map { "\(Self.status($0))" } ?? "\(CommonMessages.absent)")
        }
        return client.layout(table)
    }

    /// In employment or retired, as people say it.
    static func status(_ word: String) -> Message {
        RecordPlace(kind: RecordKind.registrySubject.name).field("status").option(word)
    }

    private static func cell(_ text: String?) -> Phrase {
        text.map { Phrase(stored: $0) } ?? "\(CommonMessages.absent)"
    }
}
