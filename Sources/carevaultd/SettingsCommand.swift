import ArgumentParser
import VaultCoding
import VaultDaemon
import VaultText

/// `carevaultd settings`.
struct SettingsCommand: ParsableCommand, Runnable {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Check the settings file and explain every setting.",
        discussion: """
            Prints each setting with its value, where the value comes from, and what it is for. \
            Fails when the file would keep the daemon from starting.
            """)

    @OptionGroup var places: SettingsOptions

    @Flag(
        name: .customLong("template"),
        help: "Print a settings file with these values and every explanation.")
    var template = false

    @Flag(name: .customLong("json"), help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var language: LanguageOption

    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        let settings = try places.settings()
        if template { return StandardOutput.write(settings.template(in: language)) }
        StandardOutput.write(json ? line(settings, language) : text(settings, language))
    }

    private func text(_ settings: Settings, _ language: Language) -> String {
        let head =
            settings.file.map { SettingsMessages.file($0) }
            ?? SettingsMessages.noFile(Settings.standardFile)
        var lines = [head.text(in: language)]
        for setting in Setting.allCases {
            let value =
                settings.value(setting).map { Message(verbatim: $0.words) }
                ?? SettingsMessages.notSet
            let line = SettingsMessages.line(
                setting.rawValue, value, settings.origin(setting).words)
            lines += ["", line.text(in: language)]
            lines.append("    " + setting.explanation.text(in: language))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ settings: Settings, _ language: Language) -> String {
        let list = Setting.allCases.map { setting -> JSON.Value in
            .object(
                JSON.Object([
                    "name": .string(setting.rawValue),
                    "value": settings.value(setting)?.json ?? .null,
                    "origin": .string(settings.origin(setting).code),
                    "standard": setting.standard?.json ?? .null,
                    "explanation": .string(setting.explanation.text(in: language)),
                ]))
        }
        let answer = JSON.Object([
            "format": 1, "file": settings.file.map { .string($0) } ?? .null,
            "settings": .array(list),
        ])
        return JSONWriter.text(.object(answer)) + "\n"
    }
}

extension Settings.Origin {
    /// For people.
    fileprivate var words: Message {
        switch self {
        case .commandLine: SettingsMessages.fromCommandLine
        case .file: SettingsMessages.fromFile
        case .standard: SettingsMessages.standard
        }
    }

    /// For programs.
    fileprivate var code: String {
        switch self {
        case .commandLine: "command-line"
        case .file: "file"
        case .standard: "built-in"
        }
    }
}
