import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// A secret on its way to the daemon, with its form.
struct TypedSecret {
    var text: SecretText
    var form: WireSecretForm
}

/// Gets a secret: from a key file, a descriptor, or the terminal. Never from an argument or the
/// environment, which other processes can see.
struct SecretInput {
    let client: Client
    let source: SecretSource

    /// Words in a secret of a principal or a slot.
    static let wordCount = 8
    /// More than eight words or a key file take.
    private static let limit = 1_024
    /// Answers at the terminal before a secret with typing mistakes is refused.
    private static let tries = 3
    private static let terminal = "<terminal>"

    /// The secret.
    /// - Parameter prompt: what the terminal asks.
    func get(_ prompt: Message) throws(ClientError) -> TypedSecret {
        if let file = source.keyFile {
            guard source.descriptor == nil else {
                throw .usage(.excludes("--key-file", "--secret-fd"))
            }
            return try read(file)
        }
        if let number = source.descriptor {
            let name = "<descriptor \(number)>"
            let secret: WipedBytes
            do {
                let descriptor = OwnedDescriptor(taking: number, path: name)
                secret = try Files.readSecret(descriptor, limit: Self.limit)
            } catch {
                throw .platform(error)
            }
            let bytes = Self.copy(secret)
            if KeyFile.begins(bytes) { return try keyFile(bytes, source: name) }
            return TypedSecret(text: try Self.words(bytes, source: name), form: .words)
        }
        return try typed(prompt)
    }

    /// Eight words, typed without being shown, or where a key file lies: a path is no secret and begins
    /// as none of the words does. A typing mistake is told and asked again in place; of a word that is
    /// not of the list, that word alone.
    private func typed(_ prompt: Message) throws(ClientError) -> TypedSecret {
        var answer = try unseen(prompt)
        for _ in 1..<Self.tries {
            do throws(ClientError) {
                return try secret(answer)
            } catch {
                answer = try again(answer, after: error, prompt)
            }
        }
        return try secret(answer)
    }

    private func secret(_ answer: [UInt8]) throws(ClientError) -> TypedSecret {
        if let path = path(answer) { return try read(path) }
        return TypedSecret(text: try Self.words(answer, source: Self.terminal), form: .words)
    }

    /// Tells what was wrong with an answer and has it mended. What was typed is not repeated.
    private func again(
        _ answer: [UInt8], after mistake: ClientError, _ prompt: Message
    ) throws(ClientError) -> [UInt8] {
        guard case .input(let problem) = mistake else { throw mistake }
        try client.ask { (prompts) throws(PromptError) in
            try prompts.say(mistake.diagnostic.message)
        }
        guard case .unknownWord(let place, _) = problem else { return try unseen(prompt) }
        let mended = try unseen(ClientSecretMessages.wordAgain(place))
        var words = WordsInput.split(String(decoding: answer, as: UTF8.self))
        let typed = WordsInput.split(String(decoding: mended, as: UTF8.self))
        // Somebody may type all of them again.
        guard typed.count == 1 else { return mended }
        words[place - 1] = typed[0]
        return Array(words.joined(separator: " ").utf8)
    }

    private func unseen(_ prompt: Message) throws(ClientError) -> [UInt8] {
        let typed: WipedBytes
        do throws(ClientError) {
            typed = try client.ask { (prompts) throws(PromptError) in try prompts.secret(prompt) }
        } catch {
            guard case .platform(.noTerminal) = error else { throw error }
            throw .input(.noTerminalForSecret)
        }
        return Self.copy(typed)
    }

    /// A path from the root or from the home directory; nil for anything else.
    private func path(_ bytes: [UInt8]) -> String? {
        let slash = UInt8(ascii: "/")
        let blank = UInt8(ascii: " ")
        let rest = bytes.drop { $0 == blank }
        let isOfHome = rest.starts(with: "~/".utf8)
        guard rest.first == slash || isOfHome, var path = String(validating: rest, as: UTF8.self)
        else { return nil }
        while path.last?.isWhitespace == true { path.removeLast() }
        guard isOfHome, let home = client.context.variable("HOME") else { return path }
        return home + path.dropFirst()
    }

    private func read(_ file: String) throws(ClientError) -> TypedSecret {
        let secret: WipedBytes
        do { secret = try Files.readSecret(file, limit: KeyFile.limit) } catch {
            throw .platform(error)
        }
        return try keyFile(Self.copy(secret), source: file)
    }

    private func keyFile(_ bytes: [UInt8], source: String) throws(ClientError) -> TypedSecret {
        guard let text = KeyFile.parse(bytes) else { throw .input(.notAKeyFile(source: source)) }
        return TypedSecret(text: text, form: .keyfile)
    }

    /// Eight words in full, single spaces between. A typing error is told here, so that it costs
    /// no derivation and counts as no failed try.
    static func words(_ bytes: [UInt8], source: String) throws(ClientError) -> SecretText {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .input(.notText(source: source))
        }
        let words = try WordsInput.normalise(text, count: wordCount, source: source)
        return SecretText(words.joined(separator: " "))
    }

    private static func copy(_ secret: borrowing WipedBytes) -> [UInt8] {
        secret.withSpan { span in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(span.count)
            for index in span.indices { bytes.append(span[index]) }
            return bytes
        }
    }
}
