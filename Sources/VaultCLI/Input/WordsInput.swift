import VaultCoding
import VaultText

/// Words that are no secret: fingerprints, read out by a person or kept in a file.
struct WordsInput {
    let client: Client

    /// Words in a fingerprint.
    static let fingerprintCount = 12

    /// Twelve words from a file (`-` for standard input) or from the terminal, where a typing mistake is
    /// told and asked again: only words that are all of the list and differ speak against a key.
    func fingerprint(file: String?, prompt: Message) throws(ClientError) -> [String] {
        if let file {
            let text = try TextInput(client: client).text(file, limit: 4_096)
            return try Self.normalise(
                text, count: Self.fingerprintCount, source: file, isSecret: false)
        }
        return try client.ask { (prompts) throws(PromptError) in
            try prompts.words(prompt, count: Self.fingerprintCount)
        }
    }

    /// What stands between blanks, commas and dashes, without the numbers of a numbered list.
    static func split(_ text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," || $0 == "-" }
            .filter { !$0.allSatisfy(\.isNumber) }.map(String.init)
    }

    /// Words in full spelling. Numbers between them, as a numbered list has, are passed over. Of words
    /// that are no secret, one that is mistyped may be named.
    static func normalise(
        _ text: String, count: Int, source: String, isSecret: Bool = true
    ) throws(ClientError) -> [String] {
        let bare = split(text)
        let words: [String]
        do throws(CodingError) {
            words = try Words.normalise(bare.joined(separator: " "))
        } catch {
            guard case .invalid(_, let place) = error else {
                throw .input(.notText(source: source))
            }
            let typed = isSecret ? nil : bare[place - 1]
            throw .input(.unknownWord(place: place, typed: typed))
        }
        guard !words.isEmpty else { throw .input(.empty(source: source)) }
        guard words.count == count else {
            throw .input(.wordCount(expected: count, found: words.count))
        }
        return words
    }
}
