import Testing
import VaultPlatform

@testable import VaultText

@Suite struct CatalogueTests {
    @Test func argumentsAreRefusedInTheLanguageOfThePerson() throws {
        let english = ["is not an identifier", "begins behind the end of the range, 12"]
        let words = try english.map { try #require(ArgumentMessages.problem($0)) }
        #expect(words.map { $0.text(in: .english) } == english)
        #expect(words.map { $0.text(in: .simplifiedChinese) } == ["不是标识符", "起点在范围末尾 12 之后"])
        #expect(ArgumentMessages.problem("begins behind the end of the range, x") == nil)
        #expect(ArgumentMessages.option("from_sequence") == "--from")
    }

    @Test(arguments: [
        ("en", Language.english), ("zh", .simplifiedChinese), ("zh_CN.UTF-8", .simplifiedChinese),
        ("zh-Hans", .simplifiedChinese), ("ZH_SG", .simplifiedChinese), ("C.UTF-8", .english),
        ("POSIX", .english), ("en_GB@euro", .english),
    ])
    func knownTags(tag: String, language: Language) {
        #expect(Language(tag: tag) == language)
    }

    @Test(arguments: ["", "de", "zh_TW", "zh-Hant", "zhx", "_", ".", "fr_FR"])
    func unknownTags(tag: String) {
        #expect(Language(tag: tag) == nil)
    }

    @Test func localeVariablesDecideInTheirOrder() {
        func preferred(_ variables: [String: String]) -> Language {
            Language.preferred { variables[$0] }
        }
        #expect(preferred([:]) == .english)
        #expect(preferred(["LANG": "zh_CN.UTF-8"]) == .simplifiedChinese)
        #expect(preferred(["LC_ALL": "", "LANG": "zh_CN"]) == .simplifiedChinese)
        #expect(preferred(["LC_ALL": "de_DE", "LANG": "zh_CN"]) == .english)
        #expect(preferred(["LC_MESSAGES": "zh_CN", "LANG": "en_US"]) == .simplifiedChinese)
    }

    @Test func languagesFallBackEachMessageByItself() {
        let inner = Message("inner", chinese: "内")
        let outer = Message("outer \(inner)")
        #expect(outer.text(in: .simplifiedChinese) == "outer 内")
        #expect(outer.text(in: .english) == "outer inner")
    }

    @Test func foreignValuesAreMadeVisible() {
        let name = "a\u{1B}[2J\u{202E}b\n"
        let message = Message("user \(name) has \(3) at mode \(mode: 0o60)")
        #expect(
            message.text(in: .english) == "user a␛[2J\\u{202E}b␊ has 3 at mode 0060")
        #expect(Message(verbatim: name).text(in: .english) == "a␛[2J\\u{202E}b␊")
    }

    @Test(arguments: [
        ("/run/a.sock", "/run/a.sock"), ("/tmp/a b", "'/tmp/a b'"), ("it's", "'it'\\''s'"),
        ("", "''"), ("$(rm)", "'$(rm)'"), ("a\nb", "'a␊b'"), ("家", "'家'"),
    ])
    func shellWords(word: String, quoted: String) {
        #expect(Message("\(shell: word)").text(in: .english) == quoted)
    }

    @Test func pluralsAreEnglish() {
        func files(_ count: Int) -> Message {
            .plural(count, one: "\(count) file", other: "\(count) files", chinese: "\(count) 个文件")
        }
        #expect(files(1).text(in: .english) == "1 file")
        #expect(files(0).text(in: .english) == "0 files")
        #expect(files(1).text(in: .simplifiedChinese) == "1 个文件")
    }

    @Test func diagnosticsHaveLines() {
        let diagnostic = Diagnostic.error("it broke", hint: "mend it")
        #expect(diagnostic.text(in: .english) == "error: it broke\nhint: mend it\n")
        #expect(diagnostic.text(in: .simplifiedChinese) == "错误：it broke\n提示：mend it\n")
        #expect(
            Diagnostic.warning(Message("careful")).text(in: .english) == "warning: careful\n")
    }
}

extension Diagnostic {
    fileprivate static func error(_ text: Phrase, hint: Phrase) -> Diagnostic {
        .error(Message(text), hints: Message(hint))
    }
}
