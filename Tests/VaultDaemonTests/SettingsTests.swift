import Testing
import VaultAccess
import VaultCoding
import VaultPlatform
import VaultText

@testable import VaultDaemon

@Suite("Settings")
struct SettingsTests {
    private static func problem(_ text: String) -> SettingsProblem.Kind? {
        do throws(SettingsProblem.Kind) {
            _ = try SettingsFile.parse(Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test("a file may have remarks, values and nulls")
    func accepted() throws {
        let text = """
            {"//": "ours", "// contact": "who", "contact": "档案室 8123", "group": null,
             "language": "zh", "socket": "/run/x/s"}
            """
        let settings = try SettingsFile.parse(Array(text.utf8))
        #expect(
            settings == [
                .contact: .text("档案室 8123"), .language: .text("zh"), .socket: .text("/run/x/s"),
            ])
    }

    @Test(
        "what is not a setting is refused with its place",
        arguments: [
            ("[]", SettingsProblem.Kind.notAnObject),
            ("{\"contakt\": \"x\"}", .unknown("contakt")),
            ("{\"//\": 1}", .remark("//")),
            ("{\"contact\": 7}", .unsuitable(.contact)),
            ("{\"contact\": \"\"}", .unsuitable(.contact)),
            ("{\"contact\": \"a\\nb\"}", .unsuitable(.contact)),
            ("{\"contact\": \"\\u001b[2J\"}", .unsuitable(.contact)),
            ("{\"data\": \"relative\"}", .unsuitable(.data)),
            ("{\"group\": \"a b\"}", .unsuitable(.group)),
            ("{\"language\": \"fr\"}", .unsuitable(.language)),
            ("{\"language\": [\"en\"]}", .unsuitable(.language)),
            ("{\"seal_key_file\": \"seal.key\"}", .unsuitable(.sealKeyFile)),
            ("{\"idle_minutes\": 0}", .unsuitable(.idleMinutes)),
            ("{\"idle_minutes\": 16}", .unsuitable(.idleMinutes)),
            ("{\"idle_minutes\": \"5\"}", .unsuitable(.idleMinutes)),
            ("{\"care_idle_minutes\": 61}", .unsuitable(.careIdleMinutes)),
            ("{\"session_hours\": 8.5}", .unsuitable(.sessionHours)),
            ("{\"session_hours\": true}", .unsuitable(.sessionHours)),
        ])
    func refused(_ text: String, _ expected: SettingsProblem.Kind) {
        #expect(Self.problem(text) == expected)
    }

    @Test("bounds hold to the byte")
    func bounds() {
        let fitting = String(repeating: "字", count: 66) + "ab"
        #expect(Self.problem("{\"contact\": \"\(fitting)\"}") == nil)
        #expect(Self.problem("{\"contact\": \"\(fitting)c\"}") == .unsuitable(.contact))
        let path = "/" + String(repeating: "p", count: 106)
        #expect(Self.problem("{\"socket\": \"\(path)\"}") == nil)
        #expect(Self.problem("{\"socket\": \"\(path)q\"}") == .unsuitable(.socket))
    }

    @Test("a second key and broken JSON are told with line and column")
    func places() throws {
        guard
            case .notJSON(.duplicateKey, let second?) = Self.problem(
                "{\"group\": \"a\",\n \"group\": \"b\"}")
        else { return #expect(Bool(false), "a key that occurs twice is refused") }
        #expect(second.line == 2)
        guard case .notJSON(.syntax, let broken?) = Self.problem("{\n  \"group\": a}") else {
            return #expect(Bool(false), "a word without quotes is refused")
        }
        #expect(broken.line == 2 && broken.column == 12)
        #expect(Self.problem("") != nil)
        guard case .notJSON(.notUTF8, nil) = try kind([0x7B, 0xFF, 0x7D]) else {
            return #expect(Bool(false), "what is not UTF-8 is refused")
        }
    }

    private func kind(_ bytes: [UInt8]) throws -> SettingsProblem.Kind? {
        do throws(SettingsProblem.Kind) {
            _ = try SettingsFile.parse(bytes)
            return nil
        } catch { return error }
    }

    @Test(
        "the template is a settings file that says what is in force", arguments: Language.allCases)
    func template(_ language: Language) throws {
        let text = SettingsFile.template(in: language, values: [.contact: .text("王芳")])
        let read = try SettingsFile.parse(Array(text.utf8))
        #expect(read[.contact] == .text("王芳"))
        #expect(read[.data] == Setting.data.standard)
        for setting in Setting.allCases {
            #expect(text.contains("\"// \(setting.rawValue)\""))
        }
    }

    @Test(
        "the example of the manual page is a settings file", arguments: Language.allCases)
    func manualExample(_ language: Language) throws {
        let example = SettingsManual.example(language)
        let read = try SettingsFile.parse(Array(SettingsFile.text(example).utf8))
        #expect(read == Dictionary(uniqueKeysWithValues: example.map { ($0.key, $0.value) }))
        #expect(read.count == 3 && read[.language] == .text(language.rawValue))
    }

    @Test("a file that others can change is refused, one that they can read is not")
    func trusted() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("settings.json")
        try Files.writeDurably(path, Array("{\"group\": \"staff\"}".utf8), mode: 0o644)
        #expect(try Settings(file: path).text(.group) == "staff")
        try Files.setMode(path, 0o666)
        #expect(throws: StartupError.self) { try Settings(file: path) }
        #expect(throws: StartupError.self) { try Settings(file: directory.file("missing")) }
    }

    @Test("the command line wins over the file, and the file over what is built in")
    func precedence() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("settings.json")
        try Files.writeDurably(
            path, Array("{\"group\": \"staff\", \"data\": \"/srv/v\"}".utf8), mode: 0o600)
        var settings = try Settings(file: path)
        settings.override(.group, "desk")
        settings.override(.data, nil)
        #expect(settings.text(.group) == "desk")
        #expect(settings.origin(.group) == .commandLine)
        #expect(settings.text(.data) == "/srv/v")
        #expect(settings.origin(.data) == .file(path))
        #expect(settings.origin(.socket) == .standard)
        let configuration = Configuration(settings, language: .english)
        #expect(configuration.groupName == "desk" && configuration.contact == nil)
    }

    @Test("settings shorten logins and never lengthen them")
    func sessions() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("settings.json")
        let text = "{\"idle_minutes\": 5, \"session_hours\": 2}"
        try Files.writeDurably(path, Array(text.utf8), mode: 0o600)
        let bounds = Configuration(try Settings(file: path), language: .english).sessionBounds
        #expect(bounds.idle == 5 * 60_000_000)
        #expect(bounds.idleCare == SessionLimits.idleCare)
        #expect(bounds.absolute == 2 * 3_600_000_000)
        let long = SessionBounds(idle: .max, idleCare: .max, absolute: .max)
        #expect(long == SessionBounds())
    }
}
