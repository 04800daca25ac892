import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

/// Gets the fields of a record from a person or a program, and sends them.
///
/// What a person typed is kept until the daemon has acknowledged it: after a mistake, a lapsed login
/// or a daemon that is away they are asked, and nothing has to be typed twice without need. It is
/// kept in memory only, never in a file.
struct RecordSubmission {
    let client: Client
    /// The kind of the record.
    let kind: String
    /// A path, `-`, or nil for the terminal.
    let source: String?
    /// Whether a person types `field: value` lines instead of answering questions.
    var typesLines = false
    /// What is there already, when a record is amended.
    var before: JSON.Object?
    /// The purpose with which a lapsed login is opened again.
    let purpose: String?

    /// The largest text that is read: that of a message.
    private static let limit = FieldLines.limit

    /// Sends the fields with `send`; it is called again when something was mended.
    func submit<Reply>(
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        if let source {
            let text = try TextInput(client: client).text(source, limit: Self.limit)
            return try send(RecordInput.object(text, kind: kind))
        }
        // The login is looked at before a person types a page.
        _ = try client.loggedIn()
        var draft: JSON.Object?
        while true {
            do throws(ClientError) {
                let object: JSON.Object
                if let draft { object = try correct(draft) } else { object = try ask() }
                draft = object
                return try keep(object, send)
            } catch {
                guard error.isMendedByTyping else {
                    if case .prompt = error { client.note(FormMessages.nothingSent) }
                    throw error
                }
                client.warn(error.diagnostic)
                // The form shows what there is and what can be changed.
                guard draft == nil || typesLines else { continue }
                guard try confirm(ClientRecordMessages.typeAgain) else { throw error }
            }
        }
    }

    /// Sends the fields, as one request however often it is tried.
    func keep<Reply>(
        _ object: JSON.Object, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        try client.asOneRequest { () throws(ClientError) in try deliver(object, send) }
    }

    private func deliver<Reply>(
        _ object: JSON.Object, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        while true {
            do throws(ClientError) {
                return try send(object)
            } catch {
                switch error {
                case .loginNeeded:
                    client.note(ClientRecordMessages.loginLapsed)
                    // A connection carries one login in its life.
                    client.forgetConnection()
                    _ = try Login(client: client).ask(.terminal, purpose: purpose)
                case .connection, .service(.sealed), .service(.unavailable),
                    .service(.tooManyRequests), .service(.outcomePending):
                    client.warn(error.diagnostic)
                    guard try confirm(ClientRecordMessages.sendAgain) else { throw error }
                    client.forgetConnection()
                default: throw error
                }
            }
        }
    }

    /// Asks for the record.
    private func ask() throws(ClientError) -> JSON.Object {
        let before = before ?? JSON.Object()
        let isNew = before.members.isEmpty
        return try answered(before) { (form) throws(PromptError) in
            isNew ? try form.fill() : try form.review()
        }
    }

    /// Lets a person change what was refused.
    private func correct(_ draft: JSON.Object) throws(ClientError) -> JSON.Object {
        try answered(draft) { (form) throws(PromptError) in try form.review() }
    }

    private func answered(
        _ start: JSON.Object, _ answer: (inout RecordForm) throws(PromptError) -> JSON.Object?
    ) throws(ClientError) -> JSON.Object {
        guard let known = RecordKind(rawValue: kind), !typesLines else {
            return try RecordInput.object(askLines(), kind: kind)
        }
        let object = try client.ask { (prompts) throws(PromptError) in
            var form = RecordForm(prompts, kind: known, object: start)
            return try answer(&form)
        }
        guard let object else { throw .input(.dropped) }
        return object
    }

    private func askLines() throws(ClientError) -> String {
        let fields = RecordKind(rawValue: kind).map { KindRegistry.schema(for: $0).fields } ?? []
        let required = fields.filter(\.isRequired).map(\.name).joined(separator: ", ")
        let prompt = ClientRecordMessages.fieldsPrompt(kind, required: required)
        return try client.ask { (prompts) throws(PromptError) in
            try prompts.text(prompt, limit: Self.limit).text
        }
    }

    private func confirm(_ question: Message) throws(ClientError) -> Bool {
        try client.ask { (prompts) throws(PromptError) in try prompts.confirm(question) }
    }
}

extension ClientError {
    /// Whether a person can mend it by typing the text again.
    fileprivate var isMendedByTyping: Bool {
        switch self {
        case .input(.record), .input(.json), .input(.notAnObject), .service(.invalidFields),
            .service(.conflict(what: "index", current: _)):
            true
        default: false
        }
    }
}
