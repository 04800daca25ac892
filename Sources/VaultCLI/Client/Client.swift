import VaultCoding
import VaultPlatform
import VaultSodium
import VaultText
import VaultWire

/// One run of the client: what was asked for, the connection, the login, and how it answers. In
/// the shell one client serves many commands.
final class Client {
    let context: ClientContext
    /// The commands that a client who stays can be asked for.
    let commands: CommandTree
    private(set) var language: Language
    /// Where the daemon listens.
    let socketPath: String
    /// The login to use where the account has several; nil for the only one.
    let loginName: String?
    private var wantsJSON: Bool
    private var connection: Connection?
    private var session: WireSessionInfo?
    private var device: (any PromptDevice)?
    private var seat: Seat?
    private var submission: String?
    /// Whether a write went out of which nobody knows what became.
    private(set) var isUncertain = false

    /// What a client that stays remembers between commands.
    private struct Seat {
        /// What the options of the shell said.
        let language: Language
        let wantsJSON: Bool
        /// Whose seat it is, once somebody has logged in.
        var name: String?
    }

    /// - Throws: `ClientError.usage` for a language that is not in the catalogue.
    init(
        _ context: ClientContext, _ options: CommonOptions, _ commands: CommandTree
    ) throws(ClientError) {
        self.context = context
        self.commands = commands
        if let tag = options.language {
            guard let language = Language(tag: tag) else {
                throw .usage(.unknownLanguage(tag))
            }
            self.language = language
        } else {
            language = Language.preferred(context.variable)
        }
        socketPath = context.socketPath(options)
        loginName = options.login
        wantsJSON = options.json
    }

    // MARK: Asking the daemon

    /// The connection, made at the first use.
    func connect() throws(ClientError) -> Connection {
        if let connection { return connection }
        do {
            let made = try Connection(socketPath)
            connection = made
            return made
        } catch {
            throw .connection(error)
        }
    }

    /// Calls a method that needs no login.
    func call<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, seconds: Int = Patience.usual
    ) throws(ClientError) -> M.Reply {
        try connect().call(method, parameters, seconds: seconds)
    }

    /// Where the token of this login is kept.
    func tokens() throws(ClientError) -> TokenStore {
        try TokenStore(context, socket: socketPath, login: loginName)
    }

    /// The connection, tied to the login that is kept here.
    /// - Throws: `ClientError.loginNeeded`, or `.service(.sealed)` where the reason is that.
    func loggedIn() throws(ClientError) -> Connection {
        let connection = try connect()
        if session != nil { return connection }
        let tokens = try tokens()
        guard let token = try tokens.read() else {
            // Logging in would be the wrong advice while the vault is sealed.
            let status = try connection.call(VaultGetStatus.self, NoFields())
            if status.state != .unsealed { throw .service(.sealed) }
            throw .loginNeeded(.none(login: loginName))
        }
        do throws(ClientError) {
            let parameters = SessionResume.Parameters(token: token)
            let resumed = try connection.call(SessionResume.self, parameters).session
            session = resumed
            seat?.name = resumed.name
        } catch {
            guard case .service(.loginNeeded(let reason)) = error else { throw error }
            try? tokens.remove()
            throw .loginNeeded(.stale(reason: reason))
        }
        return connection
    }

    /// Who is logged in.
    func describeLogin() throws(ClientError) -> WireSessionInfo {
        try loggedIn().call(SessionDescribe.self, NoFields()).session
    }

    /// Keeps a new login, of this connection; one that cannot be kept is ended at the daemon.
    func keep(_ token: SecretText, _ session: WireSessionInfo) throws(ClientError) {
        self.session = session
        do throws(ClientError) {
            try tokens().write(token)
            PersonsEditor.sweep(context)
        } catch {
            endLogin()
            throw error
        }
        seat?.name = session.name
    }

    /// The name to log in with; nil for the only login of the account.
    var nameToLogIn: String? { loginName ?? seat?.name }

    /// Calls a method that only reads, in the login.
    func read<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, seconds: Int = Patience.usual
    ) throws(ClientError) -> M.Reply {
        do throws(ClientError) {
            return try loggedIn().call(method, parameters, seconds: seconds)
        } catch {
            // A daemon that was started anew under a client that stays; asking twice does no harm.
            guard case .connection(.lost) = error, seat != nil, !Interrupts.came else {
                throw renamed(error)
            }
            forgetConnection()
        }
        do throws(ClientError) {
            return try loggedIn().call(method, parameters, seconds: seconds)
        } catch {
            throw renamed(error)
        }
    }

    /// Calls a method that writes, in the login. When the connection breaks before the answer, or
    /// the entry is not durable yet, the same request goes out once more under the same id, by
    /// which the daemon knows a repetition.
    func write<M: WireMethod>(
        _ method: M.Type, seconds: Int = Patience.usual, _ parameters: (String) -> M.Parameters
    ) throws(ClientError) -> M.Reply {
        let parameters = parameters(submission ?? Random.identifier(IdempotencyID.self).text)
        do throws(ClientError) {
            return try sent(method, parameters, seconds)
        } catch {
            switch error {
            case .connection(.lost) where !Interrupts.came: forgetConnection()
            case .service(.outcomePending): break
            default: throw renamed(error)
            }
        }
        Pause.milliseconds(250)
        do throws(ClientError) {
            return try sent(method, parameters, seconds)
        } catch {
            throw renamed(error)
        }
    }

    /// Sends a write, and notes where its outcome stays unknown.
    private func sent<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, _ seconds: Int
    ) throws(ClientError) -> M.Reply {
        let connection = try loggedIn()
        do throws(ClientError) {
            return try connection.call(method, parameters, seconds: seconds)
        } catch {
            switch error {
            case .connection(.callTooLong): break
            case .connection, .service(.outcomePending): isUncertain = true
            default: break
            }
            throw error
        }
    }

    /// Runs a body in which every write carries the same id: what a person sends again, after the
    /// daemon went away without an answer, is known as a repetition and stored once.
    func asOneRequest<Answer>(
        _ body: () throws(ClientError) -> Answer
    ) throws(ClientError) -> Answer {
        submission = Random.identifier(IdempotencyID.self).text
        isUncertain = false
        defer { submission = nil }
        return try body()
    }

    /// Forgets a connection that is of no use any more.
    func forgetConnection() {
        connection = nil
        session = nil
    }

    /// A login that ended in the middle is told like one that had ended before; its token goes.
    private func renamed(_ error: ClientError) -> ClientError {
        guard case .service(.loginNeeded(let reason)) = error else { return error }
        if let tokens = try? tokens() { try? tokens.remove() }
        session = nil
        return .loginNeeded(.stale(reason: reason))
    }

    // MARK: Staying for many commands

    /// Becomes the client of a shell, which asks at this device.
    func stay(at device: any PromptDevice) {
        self.device = device
        seat = Seat(language: language, wantsJSON: wantsJSON, name: session?.name)
    }

    /// Answers the next command as its options say. Socket and login are those of the seat.
    func answer(json: Bool, language tag: String?) throws(ClientError) {
        answerAsAtFirst()
        guard seat != nil else { return }
        wantsJSON = json || wantsJSON
        guard let tag else { return }
        guard let chosen = Language(tag: tag) else { throw .usage(.unknownLanguage(tag)) }
        language = chosen
    }

    /// Answers as the options of the shell said.
    func answerAsAtFirst() {
        guard let seat else { return }
        (wantsJSON, language) = (seat.wantsJSON, seat.language)
    }

    /// Forgets the connection if the daemon closed it meanwhile.
    func refresh() {
        if connection?.hasEnded == true { forgetConnection() }
    }

    /// Makes room for a login: a connection carries one in its life.
    func prepareLogin() {
        if session != nil { forgetConnection() }
    }

    /// Ends the login at the daemon, which wipes its keys, and removes its token; where the daemon
    /// cannot be asked now, the token and the connection are gone all the same.
    func endLogin() {
        if session != nil, let connection {
            _ = try? connection.call(SessionLogout.self, NoFields(), seconds: Patience.brief)
        }
        if let tokens = try? tokens() { try? tokens.remove() }
        forgetConnection()
    }

    // MARK: Asking the person

    /// The terminal as a device.
    func terminal() throws(ClientError) -> any PromptDevice {
        if let device { return device }
        do {
            let opened = try context.terminal()
            device = opened
            return opened
        } catch {
            throw .platform(error)
        }
    }

    /// Whether words may be shown on a screen that leaves no trace in the scroll-back.
    var terminalHasSecondScreen: Bool { !["", "dumb"].contains(context.variable("TERM") ?? "") }

    /// Asks something at the terminal.
    func ask<Answer: ~Copyable>(
        _ question: (Prompts) throws(PromptError) -> Answer
    ) throws(ClientError) -> Answer {
        let prompts = Prompts(
            device: try terminal(), language: language, hasSecondScreen: terminalHasSecondScreen)
        do throws(PromptError) {
            return try question(prompts)
        } catch {
            throw .prompt(error)
        }
    }

    // MARK: Answering

    /// Shows the result: text for people, or one line of JSON for programs.
    func show(_ text: @autoclosure () -> String, json: @autoclosure () -> JSON.Object)
        throws(ClientError)
    {
        let shown = wantsJSON ? JSONLine.text(json()) : text()
        do { try context.output(shown) } catch { throw .platform(error) }
    }

    /// A table in the language of the answer, within the terminal that shows it.
    func layout(_ table: Table) -> String { table.text(in: language, columns: context.columns) }

    /// Shows a sentence, or JSON.
    func say(_ message: Message, json: @autoclosure () -> JSON.Object) throws(ClientError) {
        try show(message.text(in: language) + "\n", json: json())
    }

    /// Says on standard error how something went, for people only.
    func note(_ message: Message) {
        guard !wantsJSON else { return }
        context.errors(message.text(in: language) + "\n")
    }

    /// Shows lines on standard error beside the result, for people only.
    func note(_ lines: String) {
        guard !wantsJSON else { return }
        context.errors(lines)
    }

    /// Whether a person at a terminal reads standard error: no script, and no file.
    var hasReader: Bool { !wantsJSON && context.showsProgress }

    /// Tells a person at a terminal what is no part of the result and nothing to keep.
    func tell(_ message: Message) {
        guard hasReader else { return }
        context.errors(message.text(in: language) + "\n")
    }

    /// Tells a person at a terminal who does what next.
    func advise(_ step: Message) { tell(NextStepMessages.next(step)) }

    /// Warns on standard error.
    func warn(_ diagnostic: Diagnostic) { context.errors(diagnostic.text(in: language)) }
}
