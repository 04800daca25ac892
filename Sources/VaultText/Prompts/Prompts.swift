import VaultCoding
package import VaultPlatform

/// Asks a person. Questions go to the terminal, never to standard output, which may be a file.
package struct Prompts: Sendable {
    private let device: any PromptDevice
    /// The language of the questions.
    package let language: Language
    /// Whether words may be shown on a second screen that leaves no trace in the scroll-back.
    private let hasSecondScreen: Bool

    /// How often a person may answer wrongly.
    static let attempts = 5

    /// Asks at a device.
    ///
    /// - Parameter hasSecondScreen: whether the terminal knows the alternate screen (xterm,
    ///   `?1049`); by default everything but `TERM=dumb` and no `TERM` at all.
    package init(
        device: any PromptDevice, language: Language,
        hasSecondScreen: Bool = !["", "dumb"].contains(Environment.value("TERM") ?? "")
    ) {
        self.device = device
        self.language = language
        self.hasSecondScreen = hasSecondScreen
    }

    /// Says something.
    package func say(_ message: Message) throws(PromptError) {
        try write(message.text(in: language) + "\n")
    }

    /// Asks for yes or no. An empty answer is asked again: nothing happens by pressing return.
    package func confirm(_ question: Message) throws(PromptError) -> Bool {
        for _ in 0..<Self.attempts {
            try write(PromptMessages.yesOrNo(question).text(in: language))
            let answer = try readLine(limit: 100).lowercased().filter { !$0.isWhitespace }
            switch answer {
            case "y", "yes", "是": return true
            case "n", "no", "否": return false
            default: try say(PromptMessages.answerYesOrNo)
            }
        }
        throw .notAnswered
    }

    /// Asks for a line, without blanks around it.
    package func line(
        _ prompt: Message, limit: Int = Terminal.longestLine
    ) throws(PromptError) -> String {
        try write(PromptMessages.input(prompt).text(in: language))
        let line = try readLine(limit: limit)
        return String(
            line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
                .reversed())
    }

    /// Asks for a line that is not shown.
    package func secret(
        _ prompt: Message, limit: Int = 1_024
    ) throws(PromptError) -> WipedBytes {
        let question = PromptMessages.input(prompt).text(in: language)
        do { return try device.readSecret(question, limit: limit) } catch {
            throw .platform(error)
        }
    }

    /// Asks for a text of several lines, and says so when it had to be cut.
    ///
    /// - Parameter answers: what is the whole text where it stands alone in the first line.
    package func text(
        _ prompt: Message, limit: Int, answers: Set<String> = []
    ) throws(PromptError) -> TextBlock {
        let how = answers.isEmpty ? PromptMessages.howToEnd : PromptMessages.howToBegin
        try say(Message("\(prompt) (\(how))", chinese: "\(prompt)（\(how)）"))
        let block: TextBlock
        do { block = try device.readBlock(limit: limit, answers: answers) } catch {
            throw .platform(error)
        }
        if block.truncated {
            let warning = Diagnostic.warning(PromptMessages.textTruncated)
            try write(warning.text(in: language))
        }
        return block
    }

    /// Shows the generated words of a secret once and has them typed back, four letters of each being
    /// enough, without showing what is typed. After a mistake they are shown again, below what was wrong.
    ///
    /// - Throws: `notTypedBack` after too many mistakes; the words must not be used then.
    package func showOnce(_ title: Message, words: [String]) throws(PromptError) {
        var mistake: Message?
        for _ in 0..<Self.attempts {
            try show(title, words, after: mistake)
            mistake = try typeBack(words)
            if mistake == nil { return }
        }
        if let mistake { try say(mistake) }
        throw .notTypedBack
    }

    /// Asks for words of the list that are no secret, such as a fingerprint that somebody reads out; gives
    /// them in full spelling. What cannot be such a word is a typing mistake: it is told and asked again.
    ///
    /// - Throws: `notAnswered` after too many mistakes.
    package func words(_ prompt: Message, count: Int) throws(PromptError) -> [String] {
        for _ in 0..<Self.attempts {
            let typed = TypedWords.split(try line(prompt))
            let known = typed.compactMap { Words.number(of: $0).map(Words.word) }
            if let wrong = typed.enumerated().first(where: { Words.number(of: $0.element) == nil })
            {
                try say(
                    PromptMessages.notOfTheList(
                        wrong.element, number: wrong.offset + 1, count: count))
            } else if known.count != count {
                try say(PromptMessages.wrongCount(expected: count, found: known.count))
            } else {
                return known
            }
        }
        throw .notAnswered
    }

    /// Has words typed that another person reads out, and compares; the words are no secret.
    ///
    /// - Throws: `notTypedBack` after too many mistakes.
    package func compare(_ prompt: Message, words: [String]) throws(PromptError) {
        for _ in 0..<Self.attempts {
            let typed = TypedWords.split(try line(prompt))
            guard let mistake = TypedWords.mistake(typed, words) else { return }
            try say(mistake)
        }
        throw .notTypedBack
    }

    /// - Parameter mistake: what was wrong the last time. It stands on the page of the words, because a
    ///   second screen covers whatever was said before it.
    private func show(
        _ title: Message, _ words: [String], after mistake: Message?
    ) throws(PromptError) {
        let head = mistake.map { $0.text(in: language) + "\n\n" } ?? ""
        let text =
            head + "\(title.text(in: language))\n\n\(WordGrid.text(words))\n"
            + "\(PromptMessages.writeDown.text(in: language))\n"
            + "\(PromptMessages.pressReturn.text(in: language)) "
        guard hasSecondScreen else {
            try write(text)
            return try waitForReturn()
        }
        try write("\u{1B}[?1049h\u{1B}[2J\u{1B}[H" + text)
        var failure: PromptError?
        do { try waitForReturn() } catch { failure = error }
        // Cleared before it is left: some terminals show the second screen again.
        try write("\u{1B}[2J\u{1B}[?1049l")
        if let failure { throw failure }
    }

    private func waitForReturn() throws(PromptError) {
        do { _ = try device.readSecret("", limit: 1_024) } catch { throw .platform(error) }
    }

    /// What was wrong with the words as typed; nil when nothing was.
    private func typeBack(_ words: [String]) throws(PromptError) -> Message? {
        let typed = try secret(PromptMessages.typeBack(words.count))
        return typed.withSpan { TypedWords.mistake(TypedWords.split($0), words) }
    }

    private func write(_ text: String) throws(PromptError) {
        do { try device.write(text) } catch { throw .platform(error) }
    }

    private func readLine(limit: Int) throws(PromptError) -> String {
        do { return try device.readLine(limit: limit) } catch { throw .platform(error) }
    }
}

/// Words as people type them: any case, any blanks, perhaps with the numbers of the list.
enum TypedWords {
    static func split(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == "-" }.map(String.init)
            .filter { !$0.allSatisfy(\.isNumber) }
    }

    static func split(_ bytes: borrowing Span<UInt8>) -> [String] {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        defer { for index in copy.indices { copy[index] = 0 } }
        return split(String(decoding: copy, as: UTF8.self))
    }

    /// The first difference; nil when there is none. Four letters of a word of the list are enough.
    static func mistake(_ typed: [String], _ words: [String]) -> Message? {
        guard typed.count == words.count else {
            return PromptMessages.wrongCount(expected: words.count, found: typed.count)
        }
        let wrong = zip(typed, words).enumerated().first { whole($0.element.0) != $0.element.1 }
        return wrong.map { PromptMessages.wrongWord(number: $0.offset + 1) }
    }

    /// The full spelling of a word of the list; anything else as typed.
    private static func whole(_ typed: String) -> String {
        Words.number(of: typed).map(Words.word) ?? typed
    }
}
