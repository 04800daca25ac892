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
    }

    private var fields: [(label: Message, value: Value)] = []

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

    /// The lines, each ended by a line feed.
    package func text(in language: Language) -> String {
        let colon = CommonMessages.colon.text(in: language)
        let labels = fields.map { $0.label.text(in: language) + colon }
        let width = (labels.map { DisplayWidth.of($0) }.max() ?? 0) + 1
        var result = ""
        for (label, field) in zip(labels, fields) {
            let lines =
                switch field.value {
                case .phrase(let phrase): [phrase.text(in: language)]
                case .text(let text): VisibleText.lines(text)
                }
            for (number, line) in lines.enumerated() {
                let lead = number == 0 ? label : ""
                let blanks = Blanks.string(width - DisplayWidth.of(lead))
                result += Blanks.trimmed(lead + blanks + line) + "\n"
            }
        }
        return result
    }
}
