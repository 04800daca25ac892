/// What goes to standard error: one line that says what happened, and lines that say what to do.
///
/// ```
/// error: cannot open /var/lib/carevault/vault.json: permission denied
/// hint: run this as the user that the daemon runs as
/// ```
package struct Diagnostic: Sendable, Equatable {
    /// How bad it is.
    package enum Severity: Sendable {
        case error, warning
    }

    /// How bad it is.
    package let severity: Severity
    /// What happened, where and why.
    package let message: Message
    /// What to do next, the most likely first.
    package let hints: [Message]

    /// An error with its hints.
    package static func error(_ message: Message, hints: Message...) -> Self {
        Self(severity: .error, message: message, hints: hints)
    }

    /// A warning with its hints.
    package static func warning(_ message: Message, hints: Message...) -> Self {
        Self(severity: .warning, message: message, hints: hints)
    }

    /// From its parts.
    package init(severity: Severity, message: Message, hints: [Message]) {
        self.severity = severity
        self.message = message
        self.hints = hints
    }

    /// The same with another hint at the end.
    package func adding(hint: Message) -> Self {
        Self(severity: severity, message: message, hints: hints + [hint])
    }

    /// The lines, each ended by a line feed.
    package func text(in language: Language) -> String {
        let label = severity == .error ? CommonMessages.error : CommonMessages.warning
        let lines =
            [Message("\(label)\(message)", chinese: "\(label)\(message)")]
            + hints.map {
                Message("\(CommonMessages.hint)\($0)", chinese: "\(CommonMessages.hint)\($0)")
            }
        return lines.map { $0.text(in: language) + "\n" }.joined()
    }
}
