import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// What `enrol` and its American spelling take.
struct EnrolOptions: ParsableArguments {
    /// The offices that exist only before the founding.
    enum Office: String, CaseIterable, ExpressibleByArgument {
        case custodian, auditor

        var wire: WireFoundingRole { self == .custodian ? .custodian : .auditor }
    }

    @Option(
        name: .customLong("as"),
        help: .init("Office to take in the founding; only before it.", valueName: "office"))
    var office: Office?

    @Option(
        name: .customLong("code-file"),
        help: .init("Read the one-time code from a file, - for standard input.", valueName: "file"))
    var codeFile: String?

    @Option(
        name: .customLong("new-key-file"),
        help: .init(
            "Write a new key file (mode 0400) instead of showing words.", valueName: "file"))
    var newKeyFile: String?

    @Option(
        name: .customLong("vault-words-file"),
        help: .init(
            "Read the twelve words of the vault fingerprint from a file, - for standard input.",
            valueName: "file"))
    var vaultWordsFile: String?
}

/// `carevault enrol`.
struct EnrolCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Make your secret with the one-time code that the operator gave you.")

    @OptionGroup var options: EnrolOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        try Enrolment(client: client, options: options).perform()
    }
}

/// `carevault enroll`: the same for those who spell it so.
struct EnrollCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll", abstract: EnrolCommand.configuration.abstract, shouldDisplay: false)

    @OptionGroup var options: EnrolOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        try Enrolment(client: client, options: options).perform()
    }
}

/// Enrolling: the daemon makes a new secret, the person shows that they have it, then it counts.
struct Enrolment {
    let client: Client
    let options: EnrolOptions

    func perform() throws(ClientError) -> ExitStatus {
        guard options.codeFile != "-" || options.vaultWordsFile != "-" else {
            throw .usage(.standardInputTwice)
        }
        let status = try client.call(VaultGetStatus.self, NoFields())
        guard status.state == .unsealed else { throw .service(.sealed) }
        if options.newKeyFile == nil { try requireTerminal() }
        try refuseExisting(options.newKeyFile)
        let code = try code()
        // Asked before anything is made: with the words of another vault nothing shall begin.
        let vault = status.founded == true ? try vaultWords() : nil
        let offer = try client.call(
            SessionBeginEnrolment.self,
            .init(
                name: client.loginName, code: code,
                form: options.newKeyFile == nil ? .words : .keyfile,
                foundingRole: options.office?.wire))
        let reply = try complete(offer, vault: vault)
        try show(reply)
        return .success
    }

    private func complete(
        _ offer: SessionBeginEnrolment.Reply, vault: [String]?
    ) throws(ClientError) -> SessionCompleteEnrolment.Reply {
        guard let file = options.newKeyFile else {
            try showOnce(offer.secret)
            return try send(offer, offer.secret, vault)
        }
        let text = KeyFile.format(offer.secret)
        // Durable before it counts: a principal whose only key file was lost in a crash would have
        // to be enlisted again.
        do {
            try Files.writeDurably(file, text, mode: 0o400, replacing: false)
        } catch {
            throw .platform(error)
        }
        do throws(ClientError) {
            return try send(offer, KeyFile.parse(text) ?? offer.secret, vault)
        } catch {
            // Refused for certain: the file would open nothing. When the answer is lost, it may be
            // in force, so the file stays.
            if case .service = error { try? Files.removeDurably(file) }
            throw error
        }
    }

    private func send(
        _ offer: SessionBeginEnrolment.Reply, _ secret: SecretText, _ vault: [String]?
    ) throws(ClientError) -> SessionCompleteEnrolment.Reply {
        try client.call(
            SessionCompleteEnrolment.self,
            .init(pending: offer.pending, secret: secret, vaultFingerprint: vault),
            seconds: Patience.derivation)
    }

    private func showOnce(_ secret: SecretText) throws(ClientError) {
        let words = secret.reveal().split(separator: " ").map(String.init)
        let device = WordCompletion(device: try client.terminal())
        let prompts = Prompts(
            device: device, language: client.language,
            hasSecondScreen: client.terminalHasSecondScreen)
        do throws(PromptError) {
            try prompts.showOnce(ClientSessionMessages.newSecret, words: words)
        } catch {
            throw .prompt(error)
        }
    }

    private func code() throws(ClientError) -> SecretText {
        if let file = options.codeFile {
            let text = try TextInput(client: client).text(file, limit: 1_024)
            return SecretText(Self.trimmed(text))
        }
        let typed = try client.ask { (prompts) throws(PromptError) in
            try prompts.line(ClientSessionMessages.codePrompt)
        }
        guard !typed.isEmpty else { throw .input(.empty(source: "<terminal>")) }
        return SecretText(typed)
    }

    private func vaultWords() throws(ClientError) -> [String] {
        try WordsInput(client: client).fingerprint(
            file: options.vaultWordsFile, prompt: ClientSessionMessages.vaultWordsPrompt)
    }

    private func requireTerminal() throws(ClientError) {
        do throws(ClientError) {
            _ = try client.terminal()
        } catch {
            throw .input(.noTerminalForWords)
        }
    }

    private func refuseExisting(_ file: String?) throws(ClientError) {
        guard let file else { return }
        let exists: Bool
        do { exists = try Files.exists(file) } catch { throw .platform(error) }
        guard !exists else {
            throw .platform(.system(operation: .create, path: file, code: .exists))
        }
    }

    private func show(_ reply: SessionCompleteEnrolment.Reply) throws(ClientError) {
        let language = client.language
        var text = ClientSessionMessages.enrolled(reply.name).text(in: language) + "\n"
        text += WordGrid.text(reply.fingerprintWords)
        if let file = options.newKeyFile {
            text += ClientSessionMessages.keyFileWritten(file).text(in: language) + "\n"
        }
        try client.show(text, json: reply.json)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
