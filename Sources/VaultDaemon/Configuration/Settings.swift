import VaultAccess
import VaultPlatform
package import VaultText

/// The settings in force: of the command line, else of the file, else the standard ones.
package struct Settings: Sendable {
    /// Where a value comes from.
    package enum Origin: Sendable, Equatable {
        case commandLine, file(String), standard
    }

    /// The file that is read where none is named and this one is there.
    package static let standardFile = "/etc/carevault/carevaultd.json"

    /// Whether the standard file is there.
    package static var hasStandardFile: Bool { (try? Files.exists(standardFile)) != false }

    /// The file that was read; nil if there was none.
    package let file: String?
    private var values: [Setting: SettingValue]
    private var overridden: Set<Setting> = []

    /// Reads the settings file.
    ///
    /// - Parameter named: the file that was asked for, which must be there; nil for the standard one.
    /// - Throws: `settings`.
    package init(file named: String?) throws(StartupError) {
        if named == nil, !Self.hasStandardFile {
            file = nil
            values = [:]
            return
        }
        let path = named ?? Self.standardFile
        values = try SettingsFile.read(path)
        file = path
    }

    /// No file, only the standard values.
    package init() {
        file = nil
        values = [:]
    }

    /// Sets a value of the command line, which wins; nil leaves what there is.
    package mutating func override(_ setting: Setting, _ text: String?) {
        guard let text else { return }
        values[setting] = .text(text)
        overridden.insert(setting)
    }

    /// The value in force; nil where there is none.
    package func value(_ setting: Setting) -> SettingValue? { values[setting] ?? setting.standard }

    /// The text in force; nil where there is none.
    package func text(_ setting: Setting) -> String? {
        guard case .text(let text) = value(setting) else { return nil }
        return text
    }

    /// A number in force, in microseconds.
    fileprivate func microseconds(_ setting: Setting, of seconds: Int) -> UInt64 {
        guard case .number(let number) = value(setting) else {
            preconditionFailure("internal error: \(setting.rawValue) has a standard value")
        }
        return UInt64(number) * UInt64(seconds) * 1_000_000
    }

    /// The language that is set; nil where none is.
    package var language: Language? { text(.language).flatMap { Language(tag: $0) } }

    /// Where the value in force comes from.
    package func origin(_ setting: Setting) -> Origin {
        if overridden.contains(setting) { return .commandLine }
        guard let file, values[setting] != nil else { return .standard }
        return .file(file)
    }

    /// A settings file with these values and every explanation.
    package func template(in language: Language) -> String {
        SettingsFile.template(in: language, values: values)
    }
}

extension Configuration {
    /// The configuration that settings make.
    package init(_ settings: Settings, language: Language) {
        guard let data = settings.text(.data), let socket = settings.text(.socket) else {
            preconditionFailure("internal error: data and socket have standard values")
        }
        self.init(
            data: DataDirectory(data), socketPath: socket, groupName: settings.text(.group),
            language: language, contact: settings.text(.contact))
        sealKeyFile = settings.text(.sealKeyFile)
        sessionBounds = SessionBounds(
            idle: settings.microseconds(.idleMinutes, of: 60),
            idleCare: settings.microseconds(.careIdleMinutes, of: 60),
            absolute: settings.microseconds(.sessionHours, of: 3_600))
    }
}
