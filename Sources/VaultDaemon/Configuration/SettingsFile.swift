package import VaultCoding
import VaultPlatform
import VaultText

/// The settings file: one JSON object, read strictly.
///
/// ```
/// {
///   "// contact": "Whom people ask …",
///   "contact": "档案室 王芳，电话 8123"
/// }
/// ```
///
/// A key that begins with `//` is a remark, and its value a text for people. `null` means that the
/// setting is not set. Everything else is a setting of the table in ``Setting``: unknown keys, keys that
/// occur twice, wrong types and values out of bounds are refused, because a setting that is silently
/// left out is worse than a daemon that does not start.
enum SettingsFile {
    /// Reads a file that only root or this user can change.
    ///
    /// - Throws: `settings`.
    static func read(_ path: String) throws(StartupError) -> [Setting: SettingValue] {
        let bytes: [UInt8]
        do {
            bytes = try Files.readTrusted(path, limit: SettingLimits.fileBytes)
        } catch {
            throw .settings(SettingsProblem(file: path, kind: .platform(error)))
        }
        do throws(SettingsProblem.Kind) {
            return try parse(bytes)
        } catch {
            throw .settings(SettingsProblem(file: path, kind: error))
        }
    }

    /// Reads the bytes of a file.
    static func parse(_ bytes: [UInt8]) throws(SettingsProblem.Kind) -> [Setting: SettingValue] {
        let value: JSON.Value
        do {
            value = try JSON.parse(bytes, limits: JSON.Limits(bytes: SettingLimits.fileBytes))
        } catch {
            throw .notJSON(error, TextPlace(of: error, in: bytes))
        }
        guard let object = value.object else { throw .notAnObject }
        var settings: [Setting: SettingValue] = [:]
        for (key, value) in object.members {
            if key.hasPrefix("//") {
                guard value.string != nil else { throw .remark(key) }
                continue
            }
            guard let setting = Setting(rawValue: key) else { throw .unknown(key) }
            if case .null = value { continue }
            settings[setting] = try setting.value(of: value)
        }
        return settings
    }

    /// A file with every setting and its explanation in a language, for an installation. What has no
    /// standard value is `null`.
    static func template(in language: Language, values: [Setting: SettingValue]) -> String {
        var lines = ["  \"//\": \(quoted(SettingsMessages.fileHead.text(in: language)))"]
        for setting in Setting.allCases {
            let remark = setting.explanation.text(in: language)
            let value = values[setting] ?? setting.standard
            lines.append("  \(quoted("// " + setting.rawValue)): \(quoted(remark))")
            let text = value.map { JSONWriter.text($0.json) } ?? "null"
            lines.append("  \(quoted(setting.rawValue)): \(text)")
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// A file with these settings and nothing else.
    static func text(_ settings: KeyValuePairs<Setting, SettingValue>) -> String {
        let lines = settings.map { setting, value in
            "  \(quoted(setting.rawValue)): \(JSONWriter.text(value.json))"
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    private static func quoted(_ text: String) -> String { JSONWriter.text(.string(text)) }
}

extension SettingValue {
    /// The value in the file.
    package var json: JSON.Value {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .int(Int64(number))
        }
    }

    /// The value for people.
    package var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        }
    }
}

extension Setting {
    /// A value of the file, checked.
    fileprivate func value(
        of value: JSON.Value
    ) throws(SettingsProblem.Kind) -> SettingValue {
        if case .number(let range) = shape {
            guard let number = value.int.map({ Int($0) }), range.contains(number) else {
                throw .unsuitable(self)
            }
            return .number(number)
        }
        guard let text = value.string, isSuitable(text) else { throw .unsuitable(self) }
        return .text(text)
    }

    private func isSuitable(_ text: String) -> Bool {
        let length = text.utf8.count
        let isPrintable = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard length > 0, isPrintable else { return false }
        return switch shape {
        case .path(let bytes): text.hasPrefix("/") && length <= bytes
        case .name:
            length <= SettingLimits.name && !text.contains { ":/, ".contains($0) }
        case .language: Language(rawValue: text) != nil
        case .line(let bytes): length <= bytes && text.contains { !$0.isWhitespace }
        case .number: false
        }
    }
}

/// Why a settings file is refused.
package struct SettingsProblem: Error, Sendable, Equatable {
    /// The file.
    let file: String
    /// What is wrong.
    let kind: Kind

    /// What is wrong in it.
    enum Kind: Error, Sendable, Equatable {
        /// It cannot be read, or others can change it.
        case platform(PlatformError)
        /// It is not strict JSON, from this place on.
        case notJSON(JSON.Problem, TextPlace?)
        /// It is not one object.
        case notAnObject
        /// A remark is not a text.
        case remark(String)
        /// There is no such setting.
        case unknown(String)
        /// The value is of another type, or out of bounds.
        case unsuitable(Setting)
    }

    /// What to say.
    var diagnostic: Diagnostic {
        switch kind {
        case .platform(.loosePermissions(let path, let mode)):
            SettingsMessages.writable(path, mode: mode)
        case .platform(.wrongOwner(let path, let owner, _)):
            SettingsMessages.foreign(path, owner: owner)
        case .platform(let error):
            PlatformMessages.diagnostic(error).adding(hint: SettingsMessages.template)
        case .notJSON(.duplicateKey, let place):
            SettingsMessages.duplicate(file, place?.key ?? "", line: place?.line ?? 0)
        case .notJSON(_, let place?):
            SettingsMessages.notJSON(file, line: place.line, column: place.column)
        case .notJSON(_, nil): SettingsMessages.notText(file)
        case .notAnObject: SettingsMessages.notAnObject(file)
        case .remark(let key): SettingsMessages.remark(file, key)
        case .unknown(let key):
            SettingsMessages.unknown(file, key, known: Setting.allCases.map(\.rawValue))
        case .unsuitable(let setting):
            SettingsMessages.unsuitable(file, setting.rawValue, setting.rule)
        }
    }
}

extension Setting {
    /// What is right, in words that go on from "must be".
    var rule: Message {
        switch shape {
        case .path(let bytes): SettingsMessages.rulePath(bytes)
        case .name: SettingsMessages.ruleName(SettingLimits.name)
        case .language: SettingsMessages.ruleLanguage
        case .line(let bytes): SettingsMessages.ruleLine(bytes)
        case .number(let range): SettingsMessages.ruleNumber(range)
        }
    }
}

/// A place in a text as editors show it: both numbers from 1, the column in characters.
struct TextPlace: Sendable, Equatable {
    let line: Int
    let column: Int
    /// The key of an object that begins there; nil where none does.
    let key: String?

    /// A text in quotes at the start of bytes. Keys of settings have nothing escaped.
    private static func key(in bytes: ArraySlice<UInt8>) -> String? {
        let quote = UInt8(ascii: "\"")
        guard bytes.first == quote, let end = bytes.dropFirst().firstIndex(of: quote) else {
            return nil
        }
        return String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self)
    }

    /// The place of a problem; nil where it has none.
    init?(of problem: JSON.Problem, in bytes: [UInt8]) {
        switch problem {
        case .tooLarge, .notUTF8: return nil
        case .tooDeep(_, let at), .duplicateKey(let at), .numberOutOfRange(let at),
            .loneSurrogate(let at), .syntax(let at), .trailing(let at):
            let before = bytes.prefix(at)
            line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            column = String(decoding: before[start...], as: UTF8.self).count + 1
            key = Self.key(in: bytes.dropFirst(at))
        }
    }
}
