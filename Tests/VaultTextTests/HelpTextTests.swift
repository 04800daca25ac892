import Testing
import VaultPlatform

@testable import VaultText

@Suite struct HelpTextTests {
    @Test func everyTextStandsOnce() {
        var seen: [String: String] = [:]
        for (english, chinese) in HelpTexts.pairs {
            #expect(seen[english] == nil, "twice: \(english)")
            seen[english] = chinese
        }
    }

    @Test func chineseIsWrittenAsChinese() {
        for (english, chinese) in HelpTexts.pairs where english != "uid" {
            #expect(chinese.contains { DisplayWidth.of($0) == 2 }, "\(english): \(chinese)")
            // A sentence ends as one in both languages.
            #expect(english.hasSuffix(".") == chinese.hasSuffix("。"), "\(english): \(chinese)")
        }
    }

    @Test(arguments: [
        ("Unknown option '--a'. Did you mean '--b'?", "未知选项“--a”；是否想输入“--b”？"),
        ("Unknown option '-a'", "未知选项“-a”"),
        ("Unexpected argument ''", "多余的参数“”"),
        ("Missing one of: '<file>', '<name>'", "须给出其中之一：“<文件>、<名称>”"),
        (
            "The value 'x' is invalid for '<kind>'. Please provide one of the following:\n  - a\n  - b",
            "值“x”不适用于“<类型>”；请给出其中之一：a, b"
        ),
        ("The value 'x' is invalid for '--n <number>': too large", "值“x”不适用于“--n <数字>”：too large"),
        (
            "Value to be set with flag '--a' had already been set with flag '--b'",
            "“--a”要设置的值已由“--b”设置"
        ),
        ("There is no language fr; use en or zh.", "没有语言 fr；请使用 en 或 zh"),
        ("Missing required subcommand.", "缺少子命令"),
        // New sentences stay English.
        ("Something else happened.", "something else happened"),
    ])
    func parserSentences(text: String, chinese: String) {
        #expect(ParserWords.message(text).text(in: .simplifiedChinese) == chinese)
        #expect(ParserWords.message(text).text(in: .english) == ParserWords.own(text))
    }

    @Test func sentencesOfTheParserCannotSteerTheTerminal() {
        let text = ParserWords.message("Unexpected argument '\u{1B}[2J'")
        #expect(!text.text(in: .english).unicodeScalars.contains("\u{1B}"))
        #expect(!text.text(in: .simplifiedChinese).unicodeScalars.contains("\u{1B}"))
    }

    @Test(arguments: [
        ("one two three", 8, ["one two", "three"]), ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("显示记录，不可用。", 8, ["显示记", "录，不可", "用。"]), ("查看（全部）字段", 10, ["查看（全", "部）字段"]),
        ("a\n\nb", 10, ["a", "", "b"]), ("", 10, [""]),
        ("用 --from FILE 读取", 10, ["用 --from", "FILE 读取"]),
        ("  x", 10, ["  x"]),
    ])
    func wrapping(text: String, columns: Int, lines: [String]) {
        #expect(WrappedText.lines(text, columns: columns) == lines)
    }

    @Test func wrappingLosesNothing() {
        for (english, chinese) in HelpTexts.pairs {
            for text in [english, chinese] {
                for columns in [2, 7, 20, 79] {
                    let lines = WrappedText.lines(text, columns: columns)
                    #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
                    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
                }
            }
        }
    }

    @Test(
        arguments: [
            (["help", "a", "b", "--json"], ["a", "b"]), (["a", "b", "-h"], ["a", "b"]),
            (["--help"], []), (["a", "--", "--help"], nil), (["a"], nil), (["help"], []),
        ] as [([String], [String]?)])
    func requests(arguments: [String], names: [String]?) {
        #expect(CommandLineWords.helpRequest(arguments) == names)
    }

    @Test(
        arguments: [
            (["--language", "zh"], .simplifiedChinese),
            (["--language=en", "--language=zh_CN"], .simplifiedChinese),
            (["--language"], nil), (["--", "--language=zh"], nil), (["--language", "fr"], nil),
        ] as [([String], Language?)])
    func languages(arguments: [String], language: Language?) {
        #expect(CommandLineWords.language(arguments) == language)
    }

    @Test func aDescriptionThatIsNoneIsRefused() {
        for dump in ["", "{}", #"{"command":[]}"#, #"{"command":{"abstract":"x"}}"#] {
            #expect(HelpReader.read(dump) == nil)
        }
    }

    @Test func hiddenThingsAreNotShown() throws {
        let help = try #require(
            HelpReader.read(
                #"""
                {"command":{"commandName":"p","subcommands":[{"commandName":"shown","abstract":"S."},
                {"commandName":"secret","shouldDisplay":false,"abstract":"H."},
                {"commandName":"help"}],"arguments":[{"kind":"option","names":[{"kind":"long",
                "name":"quiet"}],"valueName":"v","shouldDisplay":false,"abstract":"Q."}]}}
                """#))
        let files = HelpFiles(help, section: 1, version: "1", others: [])
        let texts = [HelpPage(help, .english).text] + files.files.map(\.text)
        for text in texts {
            #expect(!text.contains("secret") && !text.contains("quiet"))
        }
        #expect(texts[0].contains("shown"))
        #expect(files.files.count == 3 + 2 * 2)
    }
}
