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
            Prints each setting with its value, where the value comes from, and what it is for. When \
            the file would keep the daemon from starting, it explains the settings with what is built \
            in, and fails.
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
        let settings: Settings
        var problem: StartupError?
        do { settings = try places.settings() } catch {
            // Whoever mends the file wants the explanations first.
            settings = Settings()
            problem = error
        }
        if template {
            StandardOutput.write(settings.template(in: language))
        } else if problem == nil || !json {
            StandardOutput.write(json ? line(settings, language) : text(settings, language))
        }
        if let problem { throw problem }
    }

    private func text(_ settings: Settings, _ language: Language) -> String {
        var lines = [head(settings).text(in: language)]
        for setting in Setting.allCases {
            let line =
                if let value = settings.value(setting) {
                    SettingsMessages.line(
                        setting.rawValue, Message(verbatim: value.words),
                        settings.origin(setting).words)
                } else {
                    SettingsMessages.unset(setting.rawValue)
                }
            lines += ["", line.text(in: language)]
            lines.append("    " + setting.explanation.text(in: language))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ settings: Settings) -> Message {
        if let file = settings.file { return SettingsMessages.file(file) }
        return places.file == nil && !Settings.hasStandardFile
            ? SettingsMessages.noFile(Settings.standardFile) : SettingsMessages.builtIn
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
