import VaultCoding
import VaultText

/// Words that are no secret: fingerprints, read out by a person or kept in a file.
struct WordsInput {
    let client: Client

    /// Words in a fingerprint.
    static let fingerprintCount = 12

    /// Twelve words from a file (`-` for standard input) or from the terminal.
    func fingerprint(file: String?, prompt: Message) throws(ClientError) -> [String] {
        if let file {
            let text = try TextInput(client: client).text(file, limit: 4_096)
            return try Self.normalise(text, count: Self.fingerprintCount, source: file)
        }
        let typed = try client.ask { (prompts) throws(PromptError) in try prompts.line(prompt) }
        return try Self.normalise(typed, count: Self.fingerprintCount, source: "<terminal>")
    }

    /// Words in full spelling. Numbers between them, as a numbered list has, are passed over.
    static func normalise(
        _ text: String, count: Int, source: String
    ) throws(ClientError) -> [String] {
        let bare = text.split { $0.isWhitespace || $0 == "," || $0 == "-" }
            .filter { !$0.allSatisfy(\.isNumber) }.joined(separator: " ")
        let words: [String]
        do throws(CodingError) {
            words = try Words.normalise(bare)
        } catch {
            guard case .invalid(_, let place) = error else {
                throw .input(.notText(source: source))
            }
            throw .input(.unknownWord(place: place))
        }
        guard !words.isEmpty else { throw .input(.empty(source: source)) }
        guard words.count == count else {
            throw .input(.wordCount(expected: count, found: words.count))
        }
        return words
    }
}
