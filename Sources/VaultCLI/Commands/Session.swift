import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault login`.
struct LoginCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Open your locks. The login is kept in memory and ends by itself.")

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var secret: SecretOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let purpose = try Typed.purpose(purpose.purpose)
        // Before anybody types a secret: is there a place for the login, and is the vault open?
        try client.tokens().requireRoom()
        let state = try client.call(VaultGetStatus.self, NoFields()).state
        guard state == .unsealed else { throw .service(.sealed) }
        let login = Login(client: client)
        let reply = try login.reply(secret.source, purpose: purpose)
        let session = reply.session
        try client.say(
            ClientSessionMessages.loggedIn(
                session.name, roles: session.roles,
                idle: UInt64(max(0, session.idleExpires)),
                until: UInt64(max(0, session.expires)), now: client.context.now()),
            json: json(reply))
        login.greet(reply)
        return .success
    }

    /// The answer without the token, which is nobody's to read.
    private func json(_ reply: SessionLogin.Reply) -> JSON.Object {
        var json = reply.json
        json["token"] = nil
        return json
    }
}

/// Logging in, for the command and for a login that lapsed while a text was typed.
struct Login {
    let client: Client

    /// Asks a person who has no options to give, in the shell or in the middle of a text, for the
    /// secret, which may be a key file too, and keeps the login.
    func ask(
        _ source: SecretSource = .terminal, purpose: String?
    ) throws(ClientError) -> WireSessionInfo {
        try reply(source, purpose: purpose, ClientSessionMessages.secretPrompt).session
    }

    /// Asks for the secret, keeps the login, and gives all that the daemon told.
    func reply(
        _ source: SecretSource, purpose: String?,
        _ prompt: Message = ClientSessionMessages.loginPrompt
    ) throws(ClientError) -> SessionLogin.Reply {
        let input = SecretInput(client: client, source: source)
        let typed = try input.get(prompt)
        client.prepareLogin()
        let reply = try client.call(
            SessionLogin.self,
            .init(
                name: client.nameToLogIn, secret: typed.text, form: typed.form, purpose: purpose),
            seconds: Patience.derivation)
        try client.keep(reply.token, reply.session)
        return reply
    }

    /// Tells a person the last login and what waits, beside the result. A script gets both in JSON
    /// and no greeting; that somebody gave wrong secrets is told in any case, for it is told once.
    func greet(_ reply: SessionLogin.Reply) {
        let now = client.context.now()
        if let last = reply.lastLogin {
            client.tell(
                ClientSecretMessages.lastLogin(
                    UInt64(max(0, last)), now: now, failed: reply.failedTries))
        }
        for notice in reply.notices {
            client.tell(
                ClientSecretMessages.notice(
                    notice.code, about: notice.about.joined(separator: ", "),
                    due: notice.due.map { UInt64(max(0, $0)) }, now: now))
        }
        if reply.failedTries > 0 { client.warn(ClientSecretMessages.notYou) }
    }
}

/// `carevault logout`.
struct LogoutCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "End your login and wipe its keys.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        guard try client.tokens().read() != nil else {
            try client.say(ClientSessionMessages.wasLoggedOut, json: .init(["changed": false]))
            return .success
        }
        do throws(ClientError) {
            _ = try client.read(SessionLogout.self, NoFields())
        } catch {
            switch error {
            case .loginNeeded, .service(.sealed): break  // it is over already
            default: throw error
            }
        }
        try client.tokens().remove()
        try client.say(ClientSessionMessages.loggedOut, json: .init(["changed": true]))
        return .success
    }
}

/// `carevault whoami`.
struct WhoAmICommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show who is logged in, as what and until when.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let session = try client.describeLogin()
        try client.show(text(session, client), json: .init(["session": .object(session.json)]))
        return .success
    }

    private func text(_ session: WireSessionInfo, _ client: Client) -> String {
        typealias Words = ClientSessionMessages
        var fields = FieldList()
        fields.add(Words.name, stored: session.name)
        fields.add(Words.principal, stored: session.principal)
        fields.add(Words.uid, "\(session.uid)")
        fields.add(Words.roles, "\(TitleMessages.roles(session.roles))")
        fields.add(Words.compartments, "\(TitleMessages.compartments(session.compartments))")
        fields.add(
            Words.purpose,
            session.purpose.map { "\(TitleMessages.purpose($0))" } ?? "\(CommonMessages.none)")
        let now = client.context.now()
        for (label, time) in [(Words.idle, session.idleExpires), (Words.ends, session.expires)] {
            fields.add(
                label, "\(TimeText.relative(microseconds: UInt64(max(0, time)), now: now))")
        }
        fields.add(Words.fingerprint, stored: session.fingerprintWords.joined(separator: " "))
        return fields.text(in: client.language)
    }
}
