import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault passwd`.
struct PasswdCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd",
        abstract: "Replace your secret by a new one; your keys and grants stay.")

    @Option(
        name: .customLong("new-key-file"),
        help: .init(
            "Write a new key file (mode 0400) instead of showing words.", valueName: "file"))
    var newKeyFile: String?

    @OptionGroup var secret: SecretOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        // Who is not logged in is told before they type a secret.
        _ = try client.loggedIn()
        let delivery = NewSecretDelivery(client: client, keyFile: newKeyFile)
        try delivery.check()
        let old = try SecretInput(client: client, source: secret.source)
            .get(ClientSecretMessages.oldPrompt)
        let offer = try client.read(
            SessionBeginSecretChange.self,
            .init(
                secret: old.text, form: old.form,
                newForm: newKeyFile == nil ? .words : .keyfile),
            seconds: Patience.derivation)
        let reply = try delivery.deliver(offer.secret, title: ClientSecretMessages.newSecret) {
            (typed) throws(ClientError) in
            // In the login of this connection and no other: the offer serves it alone.
            try client.read(
                SessionCompleteSecretChange.self, .init(pending: offer.pending, secret: typed),
                seconds: Patience.derivation)
        }
        var json = reply.json
        if let newKeyFile { json["key_file"] = .string(newKeyFile) }
        try client.say(
            ClientSecretMessages.changed(newKeyFile, ended: reply.sessionsEnded), json: json)
        return .success
    }
}

/// Hands a new secret to its owner: words are shown once and typed back, a key file is written.
struct NewSecretDelivery {
    let client: Client
    /// Where the key file goes; nil for words at the terminal.
    let keyFile: String?

    /// Refuses what cannot work before anything is made: no terminal for words, a file that exists.
    func check() throws(ClientError) {
        guard let keyFile else {
            do throws(ClientError) { _ = try client.terminal() } catch {
                throw .input(.noTerminalForWords)
            }
            return
        }
        let exists: Bool
        do { exists = try Files.exists(keyFile) } catch { throw .platform(error) }
        guard !exists else {
            throw .platform(.system(operation: .create, path: keyFile, code: .exists))
        }
    }

    /// Delivers `secret`, then calls `complete` with what was typed back or read from the file.
    ///
    /// A key file is durable before it counts, and removed only where the service refused for
    /// certain: when its answer is lost, the file may be the only key.
    func deliver<Reply>(
        _ secret: SecretText, title: Message, complete: (SecretText) throws(ClientError) -> Reply
    ) throws(ClientError) -> Reply {
        guard let keyFile else {
            try showOnce(secret, title)
            return try complete(secret)
        }
        let text = KeyFile.format(secret)
        do {
            try Files.writeDurably(keyFile, text, mode: 0o400, replacing: false)
        } catch {
            throw .platform(error)
        }
        do throws(ClientError) {
            return try complete(KeyFile.parse(text) ?? secret)
        } catch {
            switch error {
            case .service, .loginNeeded: try? Files.removeDurably(keyFile)
            default: break
            }
            throw error
        }
    }

    private func showOnce(_ secret: SecretText, _ title: Message) throws(ClientError) {
        let words = secret.reveal().split(separator: " ").map(String.init)
        let prompts = Prompts(
            device: try client.terminal(), language: client.language,
            hasSecondScreen: client.terminalHasSecondScreen)
        do throws(PromptError) {
            try prompts.showOnce(title, words: words)
        } catch {
            throw .prompt(error)
        }
    }
}
