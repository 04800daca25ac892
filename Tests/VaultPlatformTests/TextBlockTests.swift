import Testing

@testable import VaultPlatform

@Suite struct TextBlockTests {
    /// Types bytes and returns the text, what was shown, and whether it ended.
    private func type(_ input: String, limit: Int = 1_000) -> (TextBlock, String, Bool) {
        var editor = TextBlockEditor(limit: limit)
        var shown = ""
        for byte in input.utf8 where !editor.isFinished { shown += editor.feed(byte) }
        return (editor.block, shown, editor.isFinished)
    }

    @Test(arguments: [
        ("one\rtwo\r.\r", "one\ntwo"), ("one\r\ntwo\r\n。\r\n", "one\ntwo"), (".\r", ""),
        ("a\n\nb\n.\n", "a\n\nb"), (" .\r.\r", " ."), ("abc\u{7F}\u{8}x\r.\r", "ax"),
        ("张伟\u{7F}三\r.\r", "张三"), ("one two  \u{17}x\r.\r", "one x"), ("one\u{15}two\r.\r", "two"),
        ("\u{7F}\u{17}\u{15}a\r.\r", "a"), ("a\u{1B}[Ab\u{1B}OPc\u{1B}[1;5Cd\r.\r", "abcd"),
        ("a\u{4}b\r\u{4}", "ab"), ("a\tb\r.\r", "a\tb"), ("a\u{1}\u{2}b\r.\r", "ab"),
        ("a\u{9B}31mb\r.\r", "a31mb"), ("e\u{301}x\u{7F}\u{7F}y\r.\r", "y"),
    ])
    func typing(input: String, expected: String) {
        let (block, _, finished) = type(input)
        #expect(block == TextBlock(text: expected, truncated: false))
        #expect(finished)
    }

    @Test func pastesCannotEndTheTextOrPressKeys() {
        let paste = "\u{1B}[200~a\r.\r\u{4}b\u{7F}\u{15}c\u{1B}[201~\r.\r"
        let (block, _, finished) = type(paste)
        #expect(block.text == "a\n.\nbc")
        #expect(finished)
        #expect(!type("\u{1B}[200~a\r.\r").2)
    }

    @Test func erasingTakesTheColumnsThatWereShown() {
        #expect(type("张\u{7F}").1 == "张\u{8}\u{8}  \u{8}\u{8}")
        #expect(type("\t\u{7F}").1 == "    \u{8}\u{8}\u{8}\u{8}    \u{8}\u{8}\u{8}\u{8}")
        #expect(type("\u{7F}").1 == "")
    }

    @Test func longTextIsCutLoudly() {
        let (block, shown, _) = type("abcdef\r.\r", limit: 5)
        #expect(block == TextBlock(text: "abcde", truncated: true))
        #expect(shown.contains("\u{7}"))
        // What is erased makes room again.
        #expect(type("abcde\u{7F}\u{7F}\u{7F}x\r.\r", limit: 5).0.truncated == false)
    }

    @Test(arguments: [
        ("abcdef\r.\r", "abcde"), ("abcde\r。\r", "abcde"), ("ab\rcd\r.\r", "ab\ncd"),
        ("ab\rcdef\r\rx.\r.\r", "ab\ncd"), ("abcde\r.x\u{7F}.\r\r.\r", "abcde"),
        ("\u{1B}[200~abcdefgh\r.\rquit\r\u{1B}[201~\r.\r", "abcde"),
    ])
    func fullTextsCanBeEnded(input: String, text: String) {
        let (block, _, finished) = type(input, limit: 5)
        #expect(block.text == text)
        #expect(finished)
    }

    @Test func oneBellForOnePaste() {
        let long = String(repeating: "x", count: 1_000)
        let shown = type("\u{1B}[200~\(long)\u{1B}[201~", limit: 5).1
        #expect(shown.filter { $0 == "\u{7}" }.count == 1)
    }

    @Test func longLinesAreNotCut() {
        let line = String(repeating: "长", count: 5_000)
        #expect(type(line + "\r.\r", limit: 100_000).0.text == line)
    }

    @Test func invalidBytesShow() {
        var editor = TextBlockEditor(limit: 100)
        for byte: UInt8 in [0x61, 0xFF, 0xC3, 0x28, 0xF0, 0x9F, 0x98, 0x80, 0x0D] {
            _ = editor.feed(byte)
        }
        #expect(editor.block.text == "a\u{FFFD}\u{FFFD}\u{1F600}")
    }

    @Test func everySequenceOfThreeBytesIsSurvived() {
        let bytes: [UInt8] = [0, 4, 8, 9, 10, 13, 0x15, 0x17, 0x1B, 0x2E, 0x4F, 0x5B, 0x7E, 0x7F]
        for first in bytes + [0x80, 0xC3, 0xE3, 0xF4, 0xFF] {
            for second in bytes + [0x80, 0xBF] {
                for third in bytes + [0x82] {
                    var editor = TextBlockEditor(limit: 2)
                    for byte in [first, second, third] where !editor.isFinished {
                        _ = editor.feed(byte)
                    }
                    #expect(editor.block.text.utf8.count <= 3)
                }
            }
        }
    }
}
