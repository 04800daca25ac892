import VaultPlatform

/// One thing with its fields, labels aligned:
///
/// ```
/// name:   张伟
/// status: active
/// notes:  first line
///         second line
/// ```
package struct FieldList: Sendable {
    private enum Value: Sendable {
        case phrase(Phrase)
        case text(String)
        case table(Table)
    }

    private var fields: [(label: Message, value: Value)] = []

    /// The narrowest column of values beside the labels; in less, values stand below.
    private static let narrowest = 24

    /// No fields yet.
    package init() {}

    /// Adds a value of one line.
    package mutating func add(_ label: Message, _ value: Phrase) {
        fields.append((label, .phrase(value)))
    }

    /// Adds stored text, which may have several lines.
    package mutating func add(_ label: Message, stored text: String) {
        fields.append((label, .text(text)))
    }

    /// Adds stored text if there is any.
    package mutating func add(_ label: Message, stored text: String?) {
        if let text { add(label, stored: text) }
    }

    /// Adds a table, which stands below its label.
    package mutating func add(_ label: Message, table: Table) {
        fields.append((label, .table(table)))
    }

    /// The lines, each ended by a line feed.
    ///
    /// - Parameter columns: the width to which values are wrapped; nil for none.
    package func text(in language: Language, columns: Int? = nil) -> String {
        let colon = CommonMessages.colon.text(in: language)
        let labels = fields.map { $0.label.text(in: language) + colon }
        let widest = (labels.map { DisplayWidth.of($0) }.max() ?? 0) + 1
        let isBelow = columns.map { $0 - widest < Self.narrowest } ?? false
        let width = isBelow ? 2 : widest
        var result = ""
        for (label, field) in zip(labels, fields) {
            var lines: [String]
            switch field.value {
            case .phrase(let phrase): lines = [phrase.text(in: language)]
            case .text(let text): lines = VisibleText.lines(text)
            case .table(let table):
                result += label + "\n"
                result += table.lines(in: language, columns: columns.map { $0 - 2 })
                    .map { Blanks.trimmed("  " + $0) + "\n" }.joined()
                continue
            }
            if let columns {
                lines = lines.flatMap { WrappedText.lines($0, columns: max(1, columns - width)) }
            }
            if isBelow {
                result += label + "\n"
            }
            for (number, line) in lines.enumerated() {
                let lead = number == 0 && !isBelow ? label : ""
                let blanks = Blanks.string(width - DisplayWidth.of(lead))
                result += Blanks.trimmed(lead + blanks + line) + "\n"
            }
        }
        return result
    }
}
