import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

/// Gets the fields of a record from a person or a program, and sends them.
///
/// What a person typed is kept until the daemon has acknowledged it: after a mistake, a lapsed login,
/// a daemon that is away or somebody who amended meanwhile they are asked, and nothing has to be typed
/// twice without need. It is kept in memory only; with an editor also in a file that is in memory.
struct RecordSubmission {
    let client: Client
    /// The kind of the record.
    let kind: String
    let entry: RecordEntry
    /// The purpose with which a lapsed login is opened again.
    let purpose: String?
    /// What is amended; nil for something new.
    var amendment: Amendment?

    /// The largest text that is read: that of a message.
    private static let limit = FieldLines.limit

    /// Sends the fields with `send`; it is called again when something was mended.
    func submit<Reply>(
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        PersonsEditor.sweep(client.context)
        switch entry {
        case .from(let source):
            let text = try TextInput(client: client).text(source, limit: Self.limit)
            let object = try RecordInput.object(text, kind: kind)
            do throws(ClientError) {
                return try send(object)
            } catch {
                if let amendment, error.isRace { try amendment.tell(object) }
                throw error
            }
        case .lines: return try submitLines(send)
        case .editor: return try submitEdited(send)
        case .form: return try submitForm(send)
        }
    }

    private func known() throws(ClientError) -> RecordKind {
        guard let known = RecordKind(rawValue: kind) else { throw .usage(.unknownKind(kind)) }
        return known
    }

    // MARK: A form

    private func submitForm<Reply>(
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        let kind = try known()
        // The login is looked at before a person types a page.
        _ = try client.loggedIn()
        let desk = try FormDesk(client)
        var form = RecordForm(desk, kind, amendment?.fields ?? JSON.Object())
        do throws(ClientError) {
            // Who amends has it all already, and changes this or that.
            if let amendment {
                try desk.say(
                    FormMessages.amending(TitleMessages.kind(kind.name), amendment.version))
            } else {
                try form.askAll()
            }
        } catch {
            throw told(error)
        }
        return try finish(&form, send)
    }

    /// Summary, then send, change or drop, until it is sent.
    private func finish<Reply>(
        _ form: inout RecordForm, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        while true {
            let choice: FormMenu.Choice
            do throws(ClientError) {
                let isUntouched = isUntouched(form.object)
                choice = try FormMenu(desk: form.desk, isUntouched: isUntouched).ask(form)
            } catch {
                throw told(error)
            }
            switch choice {
            case .drop:
                let isUnchanged = amendment != nil && isUntouched(form.object)
                throw .input(isUnchanged ? .unchanged : .dropped)
            case .change(let field):
                do throws(ClientError) { try form.askAgain(field) } catch { throw told(error) }
            case .all:
                do throws(ClientError) { try form.askAll() } catch { throw told(error) }
            case .send:
                if let reply = try sent(&form, send) { return reply }
            }
        }
    }

    /// Whether the form holds what was there before, or nothing.
    private func isUntouched(_ object: JSON.Object) -> Bool {
        guard let amendment else { return object.members.isEmpty }
        return amendment.isUnchanged(object)
    }

    /// Sends what the form holds; nil when something has to be changed first.
    private func sent<Reply>(
        _ form: inout RecordForm, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply? {
        let object = form.object
        if let amendment, amendment.isUnchanged(object) { throw .input(.unchanged) }
        do throws(RecordError) {
            _ = try form.schema.validate(.object(object))
        } catch {
            guard case .invalid(let report) = error else { return nil }
            for problem in report.problems {
                try form.desk.say(FieldWords.labelled(problem, kind: form.schema.kind))
            }
            return nil
        }
        do throws(ClientError) {
            return try client.asOneRequest { () throws(ClientError) in try deliver(object, send) }
        } catch {
            if let amendment, error.isRace {
                form.replace(try merged(object, amendment, form.desk))
                return nil
            }
            guard error.isMendedByTyping else { throw error }
            client.warn(error.diagnostic)
            return nil
        }
    }

    /// A person who ends the input, or interrupts, hears that nothing was sent.
    private func told(_ error: ClientError) -> ClientError {
        if case .prompt = error { client.warn(.warning(FormMessages.nothingSent)) }
        return error
    }

    // MARK: Lines

    private func submitLines<Reply>(
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        _ = try client.loggedIn()
        while true {
            let text: String
            do throws(ClientError) { text = try askForLines() } catch { throw told(error) }
            do throws(ClientError) {
                let object = try RecordInput.object(text, kind: kind)
                return try sentOrMerged(object, send)
            } catch {
                guard error.isMendedByTyping else { throw error }
                client.warn(error.diagnostic)
                if let known = RecordKind(rawValue: kind),
                    let lines = try? FieldLines(text, kind: known)
                {
                    return try mend(lines.object, known, send)
                }
                guard try confirm(ClientRecordMessages.typeAgain) else { throw error }
            }
        }
    }

    /// Goes on in a form with lines that could be read, so that only what is wrong is typed again.
    private func mend<Reply>(
        _ object: JSON.Object, _ kind: RecordKind,
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        client.note(RecordFormMessages.mendInForm)
        let desk = try FormDesk(client)
        desk.noteTyped()
        var form = RecordForm(desk, kind, object)
        return try finish(&form, send)
    }

    /// Sends; where somebody else amended meanwhile, goes on in a form with both.
    private func sentOrMerged<Reply>(
        _ object: JSON.Object, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        do throws(ClientError) {
            return try client.asOneRequest { () throws(ClientError) in try deliver(object, send) }
        } catch {
            guard let amendment, error.isRace else { throw error }
            let desk = try FormDesk(client)
            desk.noteTyped()
            var form = RecordForm(desk, try known(), try merged(object, amendment, desk))
            return try finish(&form, send)
        }
    }

    private func askForLines() throws(ClientError) -> String {
        let fields = RecordKind(rawValue: kind).map { KindRegistry.schema(for: $0).fields } ?? []
        let required = fields.filter(\.isRequired).map(\.name).joined(separator: ", ")
        let prompt = ClientRecordMessages.fieldsPrompt(kind, required: required)
        return try client.ask { (prompts) throws(PromptError) in
            try prompts.text(prompt, limit: Self.limit).text
        }
    }

    // MARK: An editor

    private func submitEdited<Reply>(
        _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        let kind = try known()
        _ = try client.loggedIn()
        var draft = RecordDraft(
            kind: kind, language: client.language, before: amendment?.fields ?? JSON.Object())
        let editor = try PersonsEditor(client)
        defer { editor.wipe() }
        while true {
            draft.text = try editor.edit(draft.text)
            do throws(ClientError) {
                let object = try draft.object()
                if draft.isUnchanged { throw .input(.unchanged) }
                return try sentOrMerged(object, send)
            } catch {
                guard error.isMendedByTyping else { throw error }
                client.warn(error.diagnostic)
                guard try confirm(RecordFormMessages.editAgain) else { throw error }
                draft.note(error)
            }
        }
    }

    /// Puts the person's changes on the newest version.
    private func merged(
        _ object: JSON.Object, _ amendment: Amendment, _ desk: FormDesk
    ) throws(ClientError) -> JSON.Object {
        try patiently { () throws(ClientError) in try amendment.merge(object, desk) }
    }

    // MARK: Sending

    private func deliver<Reply>(
        _ object: JSON.Object, _ send: (JSON.Object) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        try patiently { () throws(ClientError) in try send(object) }
    }

    /// Runs a body again until it is done, as long as the person does not give up what they typed:
    /// a login that lapsed is opened again, and after whatever else may pass, a daemon that is away
    /// or a right that is missing, they are asked.
    func patiently<Answer>(
        _ body: () throws(ClientError) -> Answer
    ) throws(ClientError) -> Answer {
        if case .from = entry { return try body() }
        while true {
            var failure: ClientError
            do throws(ClientError) {
                return try body()
            } catch {
                failure = error
            }
            // ^C may have ended the waiting; here it is about the question that follows.
            let wasInterrupted = Interrupts.take()
            switch failure {
            case .loginNeeded, .service(.loginNeeded), .service(.staleSession):
                client.note(ClientRecordMessages.loginLapsed)
                // A connection carries one login in its life.
                client.forgetConnection()
                if try logIn() { continue }
            case .connection(.callTooLong), .service(.invalidFields), .service(.conflict),
                .usage, .input, .prompt, .platform, .noRuntimeDirectory, .evidence:
                throw failure
            case .connection, .service, .wrongSecret, .mayNotUnseal:
                // That the waiting was ended says nothing about the daemon.
                if !wasInterrupted { client.warn(failure.diagnostic) }
            }
            if client.isUncertain { client.warn(RecordFormMessages.uncertain(.warning)) }
            guard try confirmSending() else {
                throw client.isUncertain ? .input(.uncertain) : failure
            }
            client.forgetConnection()
        }
    }

    /// Asks for the secret, as often as it is mistyped.
    /// - Returns: whether the login is open.
    private func logIn() throws(ClientError) -> Bool {
        while true {
            do throws(ClientError) {
                _ = try Login(client: client).ask(purpose: purpose)
                return true
            } catch {
                _ = Interrupts.take()
                switch error {
                case .input(.noTerminalForSecret): throw error
                case .prompt: return false
                default: client.warn(error.diagnostic)
                }
                guard error.isMendedByTypingTheSecretAgain else { return false }
            }
        }
    }

    /// Only a clear no gives a text up.
    private func confirmSending() throws(ClientError) -> Bool {
        // A terminal that is gone has an end, however often it is asked.
        for _ in 0..<FormDesk.patience {
            do throws(ClientError) {
                return try confirm(ClientRecordMessages.sendAgain)
            } catch {
                _ = Interrupts.take()
                guard case .prompt(let problem) = error,
                    problem == .notAnswered || problem.isGivingUp
                else { throw error }
            }
        }
        return false
    }

    private func confirm(_ question: Message) throws(ClientError) -> Bool {
        let prompts = Prompts(
            device: try client.editedTerminal(), language: client.language,
            hasSecondScreen: client.terminalHasSecondScreen)
        do { return try prompts.confirm(question) } catch { throw .prompt(error) }
    }
}

extension ClientError {
    /// Whether a person can mend it by typing the text again.
    fileprivate var isMendedByTyping: Bool {
        switch self {
        case .input(.record), .input(.json), .input(.notAnObject), .input(.empty),
            .input(.numberInUse),
            .service(.invalidFields), .service(.conflict(what: "index", current: _)):
            true
        default: false
        }
    }

    /// Whether somebody else amended the record meanwhile.
    fileprivate var isRace: Bool {
        if case .service(.conflict(what: "version", current: _)) = self { true } else { false }
    }
}
