import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// `carevault subject`.
struct SubjectCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "subject", abstract: "The people whom the files are about.",
        subcommands: [
            SubjectAddCommand.self, SubjectFindCommand.self, SubjectListCommand.self,
            SubjectShowCommand.self, SubjectAmendCommand.self,
        ])
}

/// `carevault subject add`.
struct SubjectAddCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a person; the fields are those of registry.subject.")

    @OptionGroup var source: SourceOption
    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        _ = try add(client)
        return .success
    }

    /// Adds the person, says so, and tells who it is.
    func add(_ client: Client) throws(ClientError) -> SubjectsAdd.Reply {
        let purpose = try Typed.purpose(purpose.purpose)
        let entry = try source.entry()
        let submission = RecordSubmission(
            client: client, kind: RecordKind.registrySubject.name, entry: entry, purpose: purpose)
        var known = KnownPeople(client, purpose: purpose)
        let reply = try submission.submit { (fields) throws(ClientError) in
            // A program is not asked.
            if case .from = entry {} else { try known.check(fields) }
            return try client.write(SubjectsAdd.self) {
                .init(fields: fields, purpose: purpose, idempotency: $0)
            }
        }
        try client.say(ClientRecordMessages.subjectAdded(reply.subject), json: reply.json)
        return reply
    }
}

/// `carevault subject find`.
struct SubjectFindCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find people by full name or number, which is asked for, never an argument.")

    /// What a search looks for, as it is typed.
    enum By: String, CaseIterable, ExpressibleByArgument {
        case name
        case employeeNumber = "employee-number"
        case nationalID = "national-id"

        /// By its name, or what the field is called in either language.
        init?(argument: String) {
            let named = TitleMessages.name(argument, among: Self.allCases.map(\.rawValue)) { name in
                Self(rawValue: name).map(\.label) ?? Message(everywhere: "")
            }
            guard let found = named.flatMap(Self.init(rawValue:)) else { return nil }
            self = found
        }

        /// The field that is searched.
        var label: Message {
            let person = RecordPlace(kind: RecordKind.registrySubject.name)
            return switch self {
            case .name: person.field("names").label
            case .employeeNumber: person.field("employee_number").label
            case .nationalID: person.field("national_id").label
            }
        }

        var wire: WireFindBy {
            switch self {
            case .name: .name
            case .employeeNumber: .employeeNumber
            case .nationalID: .nationalID
            }
        }
    }

    @Option(help: "What to look for.")
    var by = By.name

    @Option(
        name: .customLong("from"),
        help: .init("Read it from a file, - for standard input.", valueName: "file"))
    var source: String?

    @Option(help: .init("Largest number of people, 1 to 100 (default: 20).", valueName: "number"))
    var limit: Int64?

    @Argument(help: .hidden)
    var misplaced: [String] = []

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        guard misplaced.isEmpty else { throw .usage(.clientDataAsArgument) }
        let purpose = try Typed.purpose(purpose.purpose)
        let limit = try Typed.number(limit, "--limit", 1...100)
        _ = try client.loggedIn()
        let parameters = SubjectsFind.Parameters(
            by: by.wire, text: try text(client), purpose: purpose, limit: limit)
        let reply = try client.read(SubjectsFind.self, parameters)
        try client.show(
            SubjectTable.text(
                reply.hits, empty: ClientRecordMessages.nobodyFound, client),
            json: reply.json)
        if reply.truncated { client.note(ClientRecordMessages.moreHits) }
        return .success
    }

    private func text(_ client: Client) throws(ClientError) -> String {
        let text: String
        if let source {
            text = try TextInput(client: client).text(source, limit: 4_096)
        } else {
            let prompt = ClientRecordMessages.findPrompt(by.wire.rawValue)
            text = try client.ask { (prompts) throws(PromptError) in try prompts.line(prompt) }
        }
        let line = text.drop(while: \.isWhitespace).prefix { !$0.isNewline }
        guard !line.isEmpty else { throw .input(.empty(source: source ?? "<terminal>")) }
        return String(line)
    }
}

/// `carevault subject show`.
struct SubjectShowCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show who a person is.")

    @Argument(help: "Identifier of the subject; subject find shows it.")
    var subject: String

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let reply = try client.read(
            SubjectsShow.self,
            .init(
                subject: try Typed.identifier(subject),
                purpose: try Typed.purpose(purpose.purpose)))
        let fields = try client.body(reply.document.fields)
        try client.show(lines(reply.document, fields, client.language), json: reply.json)
        return .success
    }

    private func lines(
        _ document: WireSubjectDocument, _ fields: JSON.Object, _ language: Language
    ) -> String {
        typealias Words = ClientRecordMessages
        var list = FieldList()
        list.add(Words.subject, stored: document.subject)
        list.add(Words.pseudonym, stored: document.pseudonym)
        list.add(Words.record, stored: document.record)
        list.add(Words.version, "\(document.version)")
        list.add(Words.created, Listing.time(document.created))
        list.add(Words.author, stored: document.authorName ?? document.author)
        RecordText.fields(fields, kind: RecordKind.registrySubject.name, into: &list)
        return list.text(in: language, columns: RecordText.columns)
    }
}

extension Client {
    /// The fields of a record as they came.
    func body(_ bytes: JSONBytes) throws(ClientError) -> JSON.Object {
        do { return try bytes.object() } catch { throw .connection(.garbled(path: socketPath)) }
    }
}
