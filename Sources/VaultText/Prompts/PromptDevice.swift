package import VaultPlatform

/// Where a person is asked: the terminal, or a script in a test.
package protocol PromptDevice: Sendable {
    /// Shows a text.
    func write(_ text: String) throws(PlatformError)
    /// Reads a line that is shown while typed.
    func readLine(limit: Int) throws(PlatformError) -> String
    /// Asks for a line that is not shown; what is typed once the question stands there is not shown
    /// either.
    func readSecret(_ question: String, limit: Int) throws(PlatformError) -> WipedBytes
    /// Reads several lines; where one of `answers` stands alone in the first line, it is all.
    func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock
}

extension Terminal: PromptDevice {}

/// Why there is no answer.
package enum PromptError: Error, Equatable, Sendable {
    /// The terminal failed, or the person ended or interrupted the input.
    case platform(PlatformError)
    /// Words that were shown were not typed back in any of the attempts.
    case notTypedBack
    /// A question for yes or no got neither in any of the attempts.
    case notAnswered

    /// What to say.
    package var diagnostic: Diagnostic {
        switch self {
        case .platform(let error): PlatformMessages.diagnostic(error)
        case .notTypedBack: PromptMessages.notTypedBack
        case .notAnswered: PromptMessages.notAnswered
        }
    }
}
