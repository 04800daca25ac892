import VaultAccess
package import VaultText

/// What can be set for the daemon: in the settings file, and the first ones on the command line.
/// The raw value is the key in the file. This table is the one place that knows them: the reader,
/// `carevaultd settings`, the installed file and the manual are made from it.
package enum Setting: String, CaseIterable, Sendable {
    case data
    case socket
    case group
    case language
    case contact
    case sealKeyFile = "seal_key_file"
    case idleMinutes = "idle_minutes"
    case careIdleMinutes = "care_idle_minutes"
    case sessionHours = "session_hours"

    /// What a value looks like.
    enum Shape: Sendable, Equatable {
        /// An absolute path of at most so many bytes.
        case path(bytes: Int)
        /// The name of a group.
        case name
        /// A language of ours.
        case language
        /// A line for people of at most so many bytes, without control characters.
        case line(bytes: Int)
        /// A whole number.
        case number(ClosedRange<Int>)
    }

    /// What a value looks like.
    var shape: Shape {
        switch self {
        case .data: .path(bytes: SettingLimits.path)
        case .socket: .path(bytes: SettingLimits.socketPath)
        case .group: .name
        case .language: .language
        case .contact: .line(bytes: SettingLimits.contact)
        case .sealKeyFile: .path(bytes: SettingLimits.path)
        case .idleMinutes: .number(1...SettingLimits.idleMinutes)
        case .careIdleMinutes: .number(1...SettingLimits.careIdleMinutes)
        case .sessionHours: .number(1...SettingLimits.sessionHours)
        }
    }

    /// The value where none is set; nil where there is none.
    package var standard: SettingValue? {
        switch self {
        case .data: .text("/var/lib/carevault")
        case .socket: .text("/run/carevault/vault.sock")
        case .idleMinutes: .number(SettingLimits.idleMinutes)
        case .careIdleMinutes: .number(SettingLimits.careIdleMinutes)
        case .sessionHours: .number(SettingLimits.sessionHours)
        case .group, .language, .contact, .sealKeyFile: nil
        }
    }

    /// What it is for, in sentences.
    package var explanation: Message {
        switch self {
        case .data: SettingsMessages.data
        case .socket: SettingsMessages.socket
        case .group: SettingsMessages.group
        case .language: SettingsMessages.language
        case .contact: SettingsMessages.contact(limit: SettingLimits.contact)
        case .sealKeyFile: SettingsMessages.sealKeyFile
        case .idleMinutes: SettingsMessages.idleMinutes(SettingLimits.idleMinutes)
        case .careIdleMinutes: SettingsMessages.careIdleMinutes(SettingLimits.careIdleMinutes)
        case .sessionHours: SettingsMessages.sessionHours(SettingLimits.sessionHours)
        }
    }
}

/// A value of a setting.
package enum SettingValue: Sendable, Equatable {
    case text(String)
    case number(Int)
}

/// Bounds of settings.
enum SettingLimits {
    /// A settings file in bytes: twenty times one with every explanation.
    static let fileBytes = 256 << 10
    /// A path in bytes, as the kernel takes it (`PATH_MAX` less the NUL).
    static let path = 4_095
    /// The path of a socket in bytes (`sun_path` less the NUL).
    static let socketPath = 107
    /// The name of a group in bytes, as `groupadd` takes it.
    static let name = 32
    /// The contact line in bytes: a name, a room and a number in any language.
    static let contact = 200
    /// Logins last at most as long as the access rules let them: settings only shorten.
    static let idleMinutes = Int(SessionLimits.idle / 60_000_000)
    static let careIdleMinutes = Int(SessionLimits.idleCare / 60_000_000)
    static let sessionHours = Int(SessionLimits.absolute / 3_600_000_000)
}
