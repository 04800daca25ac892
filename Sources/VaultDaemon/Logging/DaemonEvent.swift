import Logging
package import VaultEngine
package import VaultPlatform
package import VaultSocket
import VaultText

/// Everything the daemon writes to its own log. Values are typed: numbers, codes, random
/// identifiers and paths of the operator's own files. There is no case for free text, so no name,
/// content or secret can get in.
package enum DaemonEvent: Sendable {
    case started(version: String, data: String)
    case serving(socket: String, isInherited: Bool)
    case engine(VaultEngine.Diagnostic)
    case socket(SocketDiagnostic)
    case lockedMemoryLow(limit: UInt64, wanted: UInt64)
    case reserveReleased(path: String)
    case reserveRestored(path: String)
    case reserveFailed(PlatformError)
    case notificationFailed(PlatformError)
    case unattended(path: String)
    case unattendedFailed(path: String, UnattendedStart.Problem)
    case unattendedMended(path: String)
    case stopping
    case stopped

    /// How loud it is.
    var level: Logger.Level {
        switch self {
        case .started, .serving, .unattended, .unattendedMended, .stopping, .stopped,
            .reserveRestored:
            .notice
        case .engine(let diagnostic): diagnostic.level
        case .socket(let diagnostic): diagnostic.level
        case .lockedMemoryLow, .reserveReleased, .reserveFailed, .notificationFailed: .warning
        case .unattendedFailed: .error
        }
    }

    /// What happened, the same words each time.
    var name: String {
        switch self {
        case .started: "started"
        case .serving: "serving"
        case .engine(let diagnostic): diagnostic.name
        case .socket(let diagnostic): diagnostic.name
        case .lockedMemoryLow: "too little memory may be locked"
        case .reserveReleased: "disk full: reserve released for the audit log"
        case .reserveRestored: "reserve restored"
        case .reserveFailed: "reserve cannot be restored"
        case .notificationFailed: "service manager cannot be told"
        case .unattended: "unsealing with the service's own secret"
        case .unattendedFailed: "unattended start failed: the vault stays sealed"
        case .unattendedMended: "the service's own secret is in order again"
        case .stopping: "stopping"
        case .stopped: "stopped"
        }
    }

    /// The values, in order.
    var values: [(key: String, value: LogValue)] {
        switch self {
        case .started(let version, let data):
            [("version", .code(version)), ("data", .path(data))]
        case .serving(let socket, let isInherited):
            [("socket", .path(socket)), ("inherited", .code(isInherited ? "yes" : "no"))]
        case .engine(let diagnostic): diagnostic.values
        case .socket(let diagnostic): diagnostic.values
        case .lockedMemoryLow(let limit, let wanted):
            [("limit_bytes", .count(limit)), ("wanted_bytes", .count(wanted))]
        case .reserveReleased(let path), .reserveRestored(let path): [("file", .path(path))]
        case .reserveFailed(let error), .notificationFailed(let error): [error.logged]
        case .unattended(let path), .unattendedMended(let path): [("file", .path(path))]
        case .unattendedFailed(let path, let problem):
            [("file", .path(path)), ("problem", .detail(problem.message.text(in: .english)))]
        case .stopping, .stopped: []
        }
    }
}

/// One value of a log line.
package enum LogValue: Sendable, Equatable {
    /// A number of things or bytes.
    case count(UInt64)
    /// A kernel uid.
    case uid(UInt32)
    /// A stable code, or a random reference.
    case code(String)
    /// A path of the operator's own.
    case path(String)
    /// What the machine said of its own files: the engine vouches that no content is in it.
    case detail(String)

    /// As it stands in the line, in quotes where it has blanks; control characters made visible.
    var text: String {
        switch self {
        case .count(let number): String(number)
        case .uid(let number): String(number)
        case .code(let text), .path(let text), .detail(let text): Self.quoted(text)
        }
    }

    private static func quoted(_ text: String) -> String {
        let visible = VisibleText.line(text)
        guard visible.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) || visible.isEmpty
        else { return visible }
        return "\""
            + visible.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\\\"") + "\""
    }
}

extension PlatformError {
    /// The error in a log line.
    var logged: (key: String, value: LogValue) {
        ("error", .detail(PlatformMessages.diagnostic(self).message.text(in: .english)))
    }
}

extension UnattendedStart.Problem {
    /// What is wrong and what would be right.
    var message: Message {
        switch self {
        case .platform(let error): PlatformMessages.diagnostic(error).message
        case .mode(let mode): UnattendedMessages.mode(mode)
        case .insideData: UnattendedMessages.insideData
        case .refused: UnattendedMessages.refused
        case .unavailable: UnattendedMessages.unavailable
        }
    }
}
