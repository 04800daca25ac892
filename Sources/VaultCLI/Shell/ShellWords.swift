/// The words of a line typed in the shell, as `sh` takes a line apart without its expansions: blanks
/// separate, also the wide ones of Chinese input; `'…'`, `"…"` and `\` keep them.
enum ShellWords {
    /// Takes a line apart.
    /// - Throws: `ShellProblem.openQuote`, as usage.
    static func split(_ line: String) throws(ClientError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { throw .usage(.shell(.openQuote)) }
        return words + (word.map { [$0] } ?? [])
    }

    /// The first word and the rest as it is, without blanks around it: for names, in which a quote
    /// is a letter.
    static func cut(_ line: String) -> (first: String, rest: String) {
        let line = line.drop(while: \.isWhitespace)
        let first = line.prefix { !$0.isWhitespace }
        var rest = line.dropFirst(first.count).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return (String(first), String(rest))
    }
}
