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
    }

    /// What a value looks like.
    var shape: Shape {
        switch self {
        case .data: .path(bytes: SettingLimits.path)
        case .socket: .path(bytes: SettingLimits.socketPath)
        case .group: .name
        case .language: .language
        case .contact: .line(bytes: SettingLimits.contact)
        }
    }

    /// The value where none is set; nil where there is none.
    package var standard: SettingValue? {
        switch self {
        case .data: .text("/var/lib/carevault")
        case .socket: .text("/run/carevault/vault.sock")
        case .group, .language, .contact: nil
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
        }
    }
}

/// A value of a setting.
package enum SettingValue: Sendable, Equatable {
    case text(String)
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
}
