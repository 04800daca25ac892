import Foundation
import Testing

@testable import VaultText

@Suite struct FormatTests {
    @Test(arguments: [
        ("张伟 é 😀 abc", "张伟 é 😀 abc"), ("\u{0}\u{7}\u{1B}\u{7F}", "␀␇␛␡"), ("a\r\nb\tc", "a␍␊b␉c"),
        ("\u{85}\u{9B}", "\\u{85}\\u{9B}"), ("\u{202E}\u{2066}", "\\u{202E}\\u{2066}"),
        ("\u{200B}\u{FEFF}\u{AD}", "\\u{200B}\\u{FEFF}\\u{AD}"), ("\u{2028}", "\\u{2028}"),
        ("\u{3164}\u{E0041}", "\\u{3164}\\u{E0041}"), ("\u{E000}", "\\u{E000}"),
    ])
    func visibleLines(text: String, visible: String) {
        #expect(VisibleText.line(text) == visible)
    }

    @Test func nothingThatSteersRemains() {
        // Every scalar of the first two planes, as a terminal would get it.
        for value in UInt32(0)..<0x20000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = VisibleText.line(String(scalar))
            for out in shown.unicodeScalars {
                let category = out.properties.generalCategory
                #expect(category != .control && category != .format, "\(value)")
            }
        }
    }

    @Test func severalLinesStayLines() {
        #expect(
            VisibleText.lines("a\r\nb\n\n\tc\rd\u{1B}") == ["a", "b", "", "    c␍d␛"])
        #expect(VisibleText.lines("") == [""])
    }

    @Test func tablesAlignWideCharacters() {
        var table = Table([
            .init(Message("NAME", chinese: "姓名")), .init(Message("UID"), .trailing),
            .init(Message("ROLE")),
        ])
        #expect(table.isEmpty)
        table.add(Phrase(stored: "张伟"), "\(1001)", "counsellor")
        table.add(Phrase(stored: "Ann\u{1B}"), "\(7)", "")
        #expect(
            table.text(in: .english) == """
                NAME   UID  ROLE
                张伟  1001  counsellor
                Ann␛     7

                """)
        #expect(table.text(in: .simplifiedChinese).hasPrefix("姓名   UID  ROLE\n"))
    }

    @Test func fieldsAlign() {
        var fields = FieldList()
        fields.add(Message("name", chinese: "姓名"), stored: "张伟")
        fields.add(Message("status"), "\(CommonMessages.yes)")
        fields.add(Message("notes"), stored: "one\n\ntwo\u{202E}")
        fields.add(Message("gone"), stored: nil)
        #expect(
            fields.text(in: .english) == """
                name:   张伟
                status: yes
                notes:  one

                        two\\u{202E}

                """)
        #expect(fields.text(in: .simplifiedChinese).hasPrefix("姓名：   张伟\nstatus： 是\n"))
    }

    @Test func wordsAreNumbered() {
        let words = (1...12).map { "word\($0)" }
        #expect(
            WordGrid.text(words, perLine: 5) == """
                 1 word1    2 word2    3 word3    4 word4    5 word5
                 6 word6    7 word7    8 word8    9 word9   10 word10
                11 word11  12 word12

                """)
        #expect(WordGrid.text([]) == "")
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (1_785_587_696, "2026-08-01T12:34:56Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(UInt64, String)])
    func knownMoments(seconds: UInt64, text: String) {
        #expect(TimeText.utc(microseconds: seconds * 1_000_000 + 999_999) == text)
    }

    @Test func everyDayOfFiveCenturiesAgreesWithFoundation() {
        let format = Date.ISO8601FormatStyle()
        for day in UInt64(0)..<182_500 {
            let seconds = day * 86_400 + day % 86_400
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(format)
            let found = TimeText.utc(microseconds: seconds * 1_000_000)
            if found != expected {
                Issue.record("\(found) instead of \(expected)")
                return
            }
        }
    }

    @Test func fractionsAreCut() {
        #expect(
            TimeText.utc(microseconds: 1_002_003, .microseconds) == "1970-01-01T00:00:01.002003Z")
        #expect(TimeText.utc(microseconds: 1_002_003, .milliseconds) == "1970-01-01T00:00:01.002Z")
    }

    @Test(arguments: [
        (0, "just now", "刚刚"), (1, "1 second ago", "1 秒前"), (119, "1 minute ago", "1 分钟前"),
        (7_200, "2 hours ago", "2 小时前"), (86_400 * 400, "1 year ago", "1 年前"),
        (-90, "in 1 minute", "1 分钟后"), (-86_400 * 3, "in 3 days", "3 天后"),
    ])
    func relativeTimes(seconds: Int64, english: String, chinese: String) {
        let now: UInt64 = 1_000_000_000_000_000
        let moment = UInt64(Int64(now) - seconds * 1_000_000)
        let message = TimeText.relative(microseconds: moment, now: now)
        #expect(message.text(in: .english) == english)
        #expect(message.text(in: .simplifiedChinese) == chinese)
    }

    @Test(
        arguments: [
            (0, "0 seconds"), (1, "1 second"), (61, "1 minute 1 second"), (3_601, "1 hour"),
            (7_500, "2 hours 5 minutes"), (86_400 * 365 + 86_400, "1 year 1 day"),
        ] as [(UInt64, String)])
    func durations(seconds: UInt64, text: String) {
        #expect(TimeText.duration(seconds: seconds).text(in: .english) == text)
    }

    @Test(
        arguments: [
            (0, "0 B"), (1_023, "1023 B"), (1_024, "1 KiB"), (1_536, "1.5 KiB"), (10_752, "10 KiB"),
            (20 << 20, "20 MiB"), (UInt64.max, "15 EiB"), (1_048_575, "1023 KiB"),
        ] as [(UInt64, String)])
    func sizes(count: UInt64, text: String) {
        #expect(SizeText.bytes(count) == text)
    }
}
