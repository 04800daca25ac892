/// The Chinese of what commands say of themselves, found by the English, as `gettext` does it: the
/// commands are written in English alone, and a test names every text that is missing here.
package enum HelpTexts {
    /// Every table; a text that several commands share stands in the first that has it.
    private static let tables: [KeyValuePairs<String, String>] = [
        common, valueNames, session, records, people, operators, evidence, daemon,
    ]

    private static let chinese: [String: String] = Dictionary(
        tables.flatMap { table in table.map { ($0.key, $0.value) } },
        uniquingKeysWith: { first, _ in first })

    /// Every pair, in order.
    package static var pairs: [(english: String, chinese: String)] {
        tables.flatMap { table in table.map { ($0.key, $0.value) } }
    }

    /// The text in a language; the English one where there is no other.
    package static func text(_ english: String, in language: Language) -> String {
        switch language {
        case .english: english
        case .simplifiedChinese: chinese[english] ?? english
        }
    }

    /// Whether there is a Chinese text.
    package static func isTranslated(_ english: String) -> Bool { chinese[english] != nil }
}
