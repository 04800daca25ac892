import Foundation
import Synchronization
import Testing
import VaultPlatform

@testable import VaultText

@Suite struct PromptsTests {
    private static let words = ["academic", "acid", "acne"]

    private func prompts(_ answers: String..., screen: Bool = false) -> (Prompts, Script) {
        let script = Script(answers)
        return (Prompts(device: script, language: .english, hasSecondScreen: screen), script)
    }

    @Test func onlyYesAndNoAreAnswers() throws {
        let (prompts, script) = prompts("", "perhaps", " YES ")
        #expect(try prompts.confirm(Message("go on?")))
        #expect(
            script.shown == """
                go on? [yes/no] answer yes or no
                go on? [yes/no] answer yes or no
                go on? [yes/no]\u{20}
                """)
        let (others, _) = self.prompts("否")
        #expect(try !others.confirm(Message("go on?")))
        let (silent, _) = self.prompts("", "", "", "", "")
        #expect(throws: PromptError.notAnswered) { try silent.confirm(Message("go on?")) }
        let (ended, _) = self.prompts()
        #expect(throws: PromptError.platform(.endOfInput)) { try ended.confirm(Message("?")) }
    }

    @Test func linesAreTrimmed() throws {
        let (prompts, script) = prompts("  a b \t")
        #expect(try prompts.line(Message("name")) == "a b")
        #expect(script.shown == "name: ")
    }

    @Test func shownWordsMustBeTypedBack() throws {
        let (prompts, script) = prompts(
            "", "academic acid", "", "academic ACID acme", "", "1 Academic, 2 acid  3 acne")
        try prompts.showOnce(Message("your secret"), words: Self.words)
        #expect(script.shown.contains(" 1 academic   2 acid       3 acne\n"))
        #expect(script.shown.contains("there are 3 words, 2 were typed\n"))
        #expect(script.shown.contains("word 3 is not as shown\n"))
        let (failing, _) = self.prompts("", "x", "", "x", "", "x", "", "x", "", "x")
        #expect(throws: PromptError.notTypedBack) {
            try failing.showOnce(Message("your secret"), words: Self.words)
        }
    }

    @Test func fourLettersOfEachWordAreEnough() throws {
        let (prompts, script) = prompts("", "ACAD acid acne")
        try prompts.showOnce(Message("your secret"), words: Self.words)
        #expect(!script.shown.contains("is not as shown"))
        // A word of the list that is another one is still wrong, and so are four other letters.
        let (others, other) = self.prompts(
            "", "acid acid acne", "", "acadx acid acne", "", "acad acid acne")
        try others.showOnce(Message("your secret"), words: Self.words)
        #expect(other.shown.components(separatedBy: "word 1 is not as shown\n").count == 3)
        let (compared, _) = self.prompts("acad acid acne")
        try compared.compare(Message("words"), words: Self.words)
    }

    /// A second screen covers what was said before it: the mistake stands on the page itself.
    @Test func aMistakeIsSaidOnThePageOfTheWords() throws {
        let (prompts, script) = prompts("", "acid acid acne", "", "acad acid acne", screen: true)
        try prompts.showOnce(Message("your secret"), words: Self.words)
        let pages = script.shown.components(separatedBy: "\u{1B}[?1049h\u{1B}[2J\u{1B}[H")
        #expect(pages.count == 3)
        #expect(pages[2].hasPrefix("word 1 is not as shown\n\nyour secret\n\n 1 academic"))
        #expect(!pages[1].contains("is not as shown"))
    }

    @Test func theSecondScreenIsLeftEvenWhenInterrupted() throws {
        let (prompts, script) = prompts(screen: true)
        #expect(throws: PromptError.platform(.endOfInput)) {
            try prompts.showOnce(Message("your secret"), words: Self.words)
        }
        #expect(script.shown.hasPrefix("\u{1B}[?1049h"))
        #expect(script.shown.hasSuffix("\u{1B}[2J\u{1B}[?1049l"))
    }

    @Test func readOutWordsAreCompared() throws {
        let (prompts, script) = prompts("academic acid acid", "academic-acid-acne")
        try prompts.compare(Message("words"), words: Self.words)
        #expect(script.shown == "words: word 3 is not as shown\nwords: ")
    }

    @Test func cutTextsAreSaid() throws {
        let (prompts, script) = prompts("abcdef")
        let block = try prompts.text(Message("notes"), limit: 3)
        #expect(block.truncated)
        #expect(
            script.shown == """
                notes (end with a line that is only .)
                warning: the text reached its limit; the rest was dropped

                """)
    }
}

/// A person with prepared answers.
private final class Script: PromptDevice {
    private struct State {
        var answers: [String]
        var shown = ""
    }

    private let state: Mutex<State>

    init(_ answers: [String]) { state = Mutex(State(answers: answers.reversed())) }

    var shown: String { state.withLock { $0.shown } }

    func write(_ text: String) throws(PlatformError) { state.withLock { $0.shown += text } }

    func readLine(limit: Int) throws(PlatformError) -> String {
        guard let answer = state.withLock({ $0.answers.popLast() }) else { throw .endOfInput }
        return answer
    }

    func readSecret(_ question: String, limit: Int) throws(PlatformError) -> WipedBytes {
        try write(question)
        var bytes = WipedBytes(capacity: limit)
        for byte in try readLine(limit: limit).utf8 { _ = bytes.append(byte) }
        return bytes
    }

    func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock {
        let text = try readLine(limit: limit)
        return TextBlock(text: String(text.prefix(limit)), truncated: text.count > limit)
    }
}
