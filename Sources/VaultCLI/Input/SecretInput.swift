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

    /// Eight words, or where a key file lies. A path is no secret and begins as none of the words does.
    private func typed(_ prompt: Message) throws(ClientError) -> TypedSecret {
        let typed: WipedBytes
        do throws(ClientError) {
            typed = try client.ask { (prompts) throws(PromptError) in try prompts.secret(prompt) }
        } catch {
            guard case .platform(.noTerminal) = error else { throw error }
            throw .input(.noTerminalForSecret)
        }
        let bytes = Self.copy(typed)
        if let path = path(bytes) { return try read(path) }
        return TypedSecret(text: try Self.words(bytes, source: "<terminal>"), form: .words)
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
