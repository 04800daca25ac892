import Testing

@testable import VaultPlatform

/// A text of several lines, typed with the keys of a line editor.
@Suite struct TextLinesEditorTests {
    /// Types bytes; gives the editor and what was shown at once.
    private func typed(
        _ text: String, limit: Int = 1_000, answers: Set<String> = ["", "<"]
    ) -> (TextLinesEditor, String) {
        var editor = TextLinesEditor(limit: limit, answers: answers, cleared: "cleared")
        var shown = ""
        for byte in text.utf8 where editor.outcome == nil {
            shown += editor.feed(byte, columns: 80)
        }
        return (editor, shown)
    }

    private static let left = "\u{1B}[D"
    private static let pasteOn = "\u{1B}[200~"
    private static let pasteOff = "\u{1B}[201~"

    @Test(arguments: [
        ("abcd\(left)\(left)X\r.\r", "abXcd"), ("b\u{1}a\u{5}c\r。\r", "abc"),
        ("a\r\rb\r.\r", "a\n\nb"), ("a\r<\r.\r", "a\n<"), ("\r", ""), ("<\r", "<"), (".\r", ""),
        ("a b\u{17}c\r\u{4}", "a c"), ("a\tb\r.\r", "a    b"),
        ("\(pasteOn)a\r\n.\rb\(pasteOff)\r.\r", "a\n.\nb"),
        ("\(pasteOn).\(pasteOff)\r.\r", "."), ("\(pasteOn)<\(pasteOff)\r.\r", "<"),
        ("ad\(left)\(pasteOn)b\nc\(pasteOff)!\r.\r", "ab\nc!d"),
        ("half\u{3}whole\r.\r", "whole"), ("one\rhalf\u{3}two\r.\r", "one\ntwo"),
    ]) func keysAndPastes(_ keys: String, _ text: String) {
        let (editor, _) = typed(keys)
        #expect(editor.outcome == .text(TextBlock(text: text, truncated: false)))
    }

    @Test func anInterruptionClearsTheLineFirstAndKeepsTheText() {
        var (editor, shown) = typed("one\rhalf\u{3}")
        #expect(editor.outcome == nil)
        #expect(shown.hasSuffix("^C\ncleared\n"))
        _ = editor.feed(3, columns: 80)
        #expect(editor.outcome == .interrupted)
        #expect(editor.hasText)
        #expect(editor.shown == "one\n")
        editor.goOn()
        for byte in "two\r.\r".utf8 { _ = editor.feed(byte, columns: 80) }
        #expect(editor.outcome == .text(TextBlock(text: "one\ntwo", truncated: false)))
    }

    @Test func whatExceedsTheLimitIsDroppedAndMarked() {
        #expect(
            typed("abcdef\r.\r", limit: 4).0.outcome
                == .text(TextBlock(text: "abcd", truncated: true)))
        #expect(
            typed("\(Self.pasteOn)长长长\(Self.pasteOff)\r.\r", limit: 7).0.outcome
                == .text(TextBlock(text: "长长", truncated: true)))
        #expect(
            typed("abcd\r.\r", limit: 4).0.outcome
                == .text(TextBlock(text: "abcd", truncated: false)))
    }

    @Test func aHangUpKeepsWhatIsThere() {
        var (editor, _) = typed("one\rtw")
        editor.hangUp()
        #expect(editor.outcome == .text(TextBlock(text: "one\ntw", truncated: false)))
    }
}
