/// A piece of text in one language, written as a string literal.
///
/// What is interpolated as a string counts as foreign: control, escape, bidirectional and invisible
/// characters in it are made visible, so a stored name or a path cannot steer the terminal or turn
/// the text around. Interpolated messages speak the language of the whole.
///
/// ```swift
/// let phrase: Phrase = "no user is called \(name), in \(count) places"
/// ```
package struct Phrase: Sendable, Equatable, ExpressibleByStringInterpolation {
    fileprivate indirect enum Part: Sendable, Equatable {
        case text(String)
        case message(Message)
    }

    private var parts: [Part]

    /// A literal of the catalogue.
    package init(stringLiteral text: String) { parts = [.text(text)] }

    /// A literal with values.
    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// A foreign text by itself, made visible.
    package init(stored text: String) { parts = [.text(VisibleText.line(text))] }

    /// A message by itself.
    package init(_ message: Message) { parts = [.message(message)] }

    /// The text.
    package func text(in language: Language) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .message(let message): message.text(in: language)
            }
        }.joined()
    }

    /// Collects literals and values.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Called by the compiler.
        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Called by the compiler.
        package mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }

        /// A foreign text, made visible.
        package mutating func appendInterpolation(_ value: String) {
            parts.append(.text(VisibleText.line(value)))
        }

        /// A number in digits.
        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            parts.append(.text(String(number)))
        }

        /// Another message.
        package mutating func appendInterpolation(_ message: Message) {
            parts.append(.message(message))
        }

        /// A foreign text as one word of a shell command that a person may paste.
        package mutating func appendInterpolation(shell value: String) {
            parts.append(.text(ShellWord.quoted(value)))
        }

        /// Permission bits in octal, four digits.
        package mutating func appendInterpolation(mode: UInt32) {
            let digits = String(mode, radix: 8)
            let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
            parts.append(.text(zeros + digits))
        }
    }
}

/// Quoting for the examples in hints.
enum ShellWord {
    /// The word as `sh` reads it back, in quotes only where needed. What cannot be shown safely is
    /// made visible and no longer names the same file, which is better than doing harm.
    static func quoted(_ word: String) -> String {
        let visible = VisibleText.line(word)
        let isPlain = visible.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: Array("/._-+:@%,=".utf8).contains(byte)
            }
        }
        if isPlain, !visible.isEmpty { return visible }
        return "'"
            + visible.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
