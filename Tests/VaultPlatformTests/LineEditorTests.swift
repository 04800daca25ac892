import Testing

@testable import VaultPlatform

/// A person who types into an editor, and the screen in front of them.
struct Typist {
    var editor: LineEditor
    var screen: TinyScreen
    var bells = 0
    var complete: (String) -> LineCompletion? = { _ in nil }

    init(
        columns: Int = 80, prompt: String = "> ", history: [String] = [],
        limit: Int = LineEditor.usualLimit
    ) {
        editor = LineEditor(prompt: prompt, history: history, limit: limit, tooLong: "too long")
        screen = TinyScreen(columns: columns)
    }

    /// Types bytes; the line is drawn after each.
    mutating func type(bytes: [UInt8]) {
        for byte in bytes where editor.outcome == nil {
            let shown = editor.feed(byte, columns: screen.columns, complete: complete)
            bells += shown.filter { $0 == "\u{7}" }.count
            screen.show(shown)
            if editor.outcome == nil { screen.show(editor.draw(columns: screen.columns)) }
        }
    }

    mutating func type(_ text: String) { type(bytes: Array(text.utf8)) }

    /// With `|` where the cursor stands.
    var line: String {
        String(editor.line.characters[..<editor.line.cursor]) + "|"
            + String(editor.line.characters[editor.line.cursor...])
    }
}

@Suite struct LineEditorTests {
    @Test(arguments: [
        ("abc", "abc|"), ("张伟", "张伟|"), ("e\u{301}", "e\u{301}|"), ("a\u{7F}", "|"),
        ("张伟\u{7F}", "张|"), ("ab\u{1B}[Dc", "ac|b"), ("ab\u{1B}[D\u{1B}[D\u{1B}[Dc", "c|ab"),
        ("ab\u{1B}[Hc\u{1B}[Fd", "cabd|"), ("ab\u{1}c\u{5}d", "cabd|"), ("ab\u{2}c\u{6}d", "acbd|"),
        ("ab\u{1B}OHc\u{1B}OFd", "cabd|"), ("ab\u{1B}[1~c\u{1B}[4~d", "cabd|"),
        ("one two  \u{17}x", "one x|"), ("one two\u{1B}[D\u{15}", "|o"),
        ("one\u{1}\u{6}\u{B}", "o|"),
        ("abc\u{1}\u{1B}[3~", "|bc"), ("abc\u{1}\u{4}", "|bc"), ("a b c\u{1B}b\u{1B}bx", "a x|b c"),
        ("a b\u{1}\u{1B}[1;5Cx", "ax| b"), ("a\u{1B}[Zb\u{1B}[?1;2cc\u{1B}Nd", "abcd|"),
        ("a\u{1B}[200~b\u{3}\u{15}c\r\nd\u{9}e\u{1B}[201~f", "abc d ef|"),
        ("a\u{202E}b\u{9B}c\u{200B}", "abc|"), ("a\u{1B}\u{7F}", "|"), ("x\u{200D}", "x\u{200D}|"),
        ("\u{301}", "\u{301}|"), ("ab\u{1B}[D\u{301}", "a\u{301}|b"),
        ("a\u{1B}[Dと\u{1B}[Cx", "とax|"),
    ])
    func keys(typed: String, line: String) {
        var typist = Typist()
        typist.type(typed)
        #expect(typist.line == line)
        #expect(typist.editor.outcome == nil)
    }

    @Test func linesEnd() {
        var typist = Typist()
        typist.type("find 张伟\u{1B}[D\r")
        #expect(typist.editor.outcome == .line("find 张伟"))
        #expect(typist.screen.rowsLeft == ["> find 张伟"])
        typist = Typist()
        typist.type("abc\u{3}")
        #expect(typist.editor.outcome == .interrupted)
        #expect(typist.screen.rowsLeft == ["> abc^C"])
        typist = Typist()
        typist.type("\u{4}")
        #expect(typist.editor.outcome == .endOfInput)
        typist = Typist()
        typist.type("a\n")
        #expect(typist.editor.outcome == .line("a"))
        typist = Typist()
        typist.editor.hangUp()
        #expect(typist.editor.outcome == .endOfInput)
    }

    @Test func charactersArriveInPieces() {
        var typist = Typist()
        let bytes = Array("张".utf8)
        typist.type(bytes: [bytes[0]])
        typist.type(bytes: [bytes[1]])
        #expect(typist.line == "|")
        typist.type(bytes: [bytes[2]])
        #expect(typist.line == "张|")
        // A key in the middle ends the piece; bytes that are no text show as such.
        typist.type(bytes: [bytes[0], 0x7F, 0xFF, 0x61])
        #expect(typist.line == "\u{FFFD}a|")
    }

    @Test func theHistoryKeepsTheDraft() {
        var typist = Typist(history: ["one", "two"])
        typist.type("dr\u{1B}[A")
        #expect(typist.line == "two|")
        typist.type("\u{10}")
        #expect(typist.line == "one|")
        typist.type("\u{1B}[A")
        #expect(typist.bells == 1)
        typist.type("\u{1B}[B\u{E}")
        #expect(typist.line == "dr|")
        typist.type("\u{1B}[A!\r")
        #expect(typist.editor.outcome == .line("two!"))
    }

    @Test func wordsAreCompleted() {
        var typist = Typist()
        let words = ["amend", "audit", "add"]
        typist.complete = { before in
            let typed = String(before.split(separator: " ").last ?? "")
            return LineCompletion(typed: typed, candidates: words.filter { $0.hasPrefix(typed) })
        }
        typist.type("am\t")
        #expect(typist.line == "amend |")
        typist.type("a\t")
        #expect(typist.line == "amend a|")
        #expect(typist.bells == 1)
        typist.type("\t")
        #expect(typist.screen.rowsLeft == ["> amend a", "amend  audit  add"])
        typist.type("x\t")
        #expect(typist.line == "amend ax|")
        // Only what stands before the cursor is completed.
        typist = Typist()
        typist.complete = { LineCompletion(typed: $0, candidates: ["open"]) }
        typist.type("op9\u{1B}[D\t")
        #expect(typist.line == "open |9")
    }

    @Test func pastesThatAreTooLongAreRefusedWhole() {
        var typist = Typist(limit: 10)
        typist.type("ab\u{1B}[200~123456789\u{1B}[201~")
        #expect(typist.line == "ab|")
        #expect(typist.screen.rowsLeft == ["> ab", "too long"])
        typist.type("\u{1B}[200~\(String(repeating: "长", count: 200_000))\u{1B}[201~c")
        #expect(typist.line == "abc|")
        typist.type("\u{1B}[200~1234567\u{1B}[201~")
        #expect(typist.line == "abc1234567|")
        typist.type("x")
        #expect(typist.bells == 3)
        #expect(typist.line == "abc1234567|")
    }

    @Test func nothingTypedAheadIsTaken() {
        var reader = KeyReader(pasteLimit: 100)
        #expect(reader.readable == 1)
        for byte in "\u{1B}[200~ab".utf8 { _ = reader.feed(byte) }
        #expect(reader.readable == 6)
        for byte in "\u{1B}[20".utf8 { _ = reader.feed(byte) }
        #expect(reader.readable == 2)
        _ = reader.feed(UInt8(ascii: "1"))
        #expect(reader.readable == 1)
        #expect(reader.feed(UInt8(ascii: "~")) == .paste("ab"))
        #expect(reader.readable == 1)
    }

    @Test func longLinesMoveSideways() {
        var typist = Typist(columns: 40, prompt: "nina treatment> ")
        typist.type("find ")
        #expect(typist.screen.row == "nina treatment> find")
        typist.type(String(repeating: "欧阳", count: 20))
        #expect(typist.screen.row.hasPrefix("nina treatment> <"))
        #expect(!typist.screen.row.hasSuffix(">"))
        typist.type("\u{1}")
        #expect(typist.screen.row == "nina treatment> find 欧阳欧阳欧阳欧阳>")
        #expect(typist.screen.cursor == 16)
        typist.type("\u{5}\u{15}")
        #expect(typist.screen.row == "nina treatment>")
    }

    @Test func promptsThatAreTooLongAreCut() {
        var typist = Typist(columns: 20, prompt: "张伟 a-very-long-purpose-of-use> ")
        typist.type("ab")
        #expect(typist.screen.row.hasSuffix("> ab"))
        typist = Typist(columns: 1, prompt: "p> ")
        #expect(!typist.editor.draw(columns: 1).isEmpty)
    }
}
