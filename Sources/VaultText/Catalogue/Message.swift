/// One entry of the catalogue, with its values filled in: what a person is told.
///
/// Entries are `static` properties and functions in one enum for each topic, under `Messages`; a
/// function's parameters are the values:
///
/// ```swift
/// package enum StatusMessages {
///     package static let sealed = Message("the vault is sealed", chinese: "保险库已封存")
///     package static func waiting(_ count: Int) -> Message {
///         Message("\(count) requests wait", chinese: "有 \(count) 个请求在等待")
///     }
/// }
/// ```
///
/// Voice: lower case, no final period, one line; errors say what and where, hints say what to do.
/// Nothing secret and nothing about a client stands in a message.
package struct Message: Sendable, Equatable {
    private let english: Phrase
    private let chinese: Phrase?

    /// An entry; without a Chinese text the English one is shown.
    package init(_ english: Phrase, chinese: Phrase? = nil) {
        self.english = english
        self.chinese = chinese
    }

    /// A text that is the same in every language: a command to type, a sign.
    package init(everywhere text: Phrase) { self.init(text, chinese: text) }

    /// A foreign text as a message, the same in every language and made visible.
    package init(verbatim text: String) { self.init(Phrase(stored: text)) }

    /// The text in a language, or in English.
    package func text(in language: Language) -> String {
        switch language {
        case .english: english.text(in: language)
        case .simplifiedChinese: (chinese ?? english).text(in: language)
        }
    }

    /// Chooses between singular and plural, which Chinese does not have.
    package static func plural(
        _ count: some BinaryInteger, one: Phrase, other: Phrase, chinese: Phrase? = nil
    ) -> Message {
        Message(count == 1 ? one : other, chinese: chinese)
    }
}
