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
        let delivery = NewSecretDelivery(client: client, keyFile: options.newKeyFile)
        try delivery.check()
        let code = try code()
        // Asked before anything is made: with the words of another vault nothing shall begin.
        let vault = status.founded == true ? try vaultWords() : nil
        let offer = try begin(code)
        let reply = try delivery.deliver(offer.secret, title: ClientSessionMessages.newSecret) {
            (typed) throws(ClientError) in
            try client.call(
                SessionCompleteEnrolment.self,
                .init(pending: offer.pending, secret: typed, vaultFingerprint: vault),
                seconds: Patience.derivation)
        }
        try show(reply)
        return .success
    }

    private func begin(
        _ code: SecretText
    ) throws(ClientError) -> SessionBeginEnrolment.Reply {
        do throws(ClientError) {
            return try client.call(
                SessionBeginEnrolment.self,
                .init(
                    name: client.loginName, code: code,
                    form: options.newKeyFile == nil ? .words : .keyfile,
                    foundingRole: options.office?.wire))
        } catch {
            throw error.asked(for: .code)
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

    private func show(_ reply: SessionCompleteEnrolment.Reply) throws(ClientError) {
        let language = client.language
        var text = ClientSessionMessages.enrolled(reply.name).text(in: language) + "\n"
        text += WordGrid.text(reply.fingerprintWords)
        if let file = options.newKeyFile {
            text += ClientSessionMessages.keyFileWritten(file).text(in: language) + "\n"
        }
        try client.show(text, json: reply.json)
        client.advise(
            options.office == nil ? NextStepMessages.enrolled : NextStepMessages.founderEnrolled)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
