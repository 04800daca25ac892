import VaultCoding
import VaultRecords
import VaultText

/// A record as `field: value` lines for an editor, every field with its label and meaning in comments.
struct RecordDraft {
    let kind: RecordKind
    let language: Language
    /// What is amended; empty for something new.
    let before: JSON.Object
    /// What stands in the editor.
    var text: String
    private let first: JSON.Object?

    init(kind: RecordKind, language: Language, before: JSON.Object) {
        self.kind = kind
        self.language = language
        self.before = before
        text = Self.text(kind, language, before)
        first = (try? FieldLines(text, kind: kind))?.object
    }

    /// What the text says. Fields that were not touched are as they were, white space included, which
    /// lines do not keep.
    func object() throws(ClientError) -> JSON.Object {
        var object = try RecordInput.object(text, kind: kind.name)
        for (name, value) in object.members where first?[name] == value {
            if let original = before[name] { object[name] = original }
        }
        return object
    }

    /// Whether the text still says what it said first.
    var isUnchanged: Bool { (try? FieldLines(text, kind: kind))?.object == first }

    /// Puts what is wrong above the text, as comments, in place of what stood there before.
    mutating func note(_ error: ClientError) {
        let mark = "#! "
        let rest = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
        let diagnostic = error.diagnostic
        let problems = ([diagnostic.message] + diagnostic.hints)
            .map { mark + $0.text(in: language) + "\n" }.joined()
        text = problems + rest
    }

    private static func text(
        _ kind: RecordKind, _ language: Language, _ object: JSON.Object
    ) -> String {
        let name = TitleMessages.kind(kind.name)
        var lines = RecordFormMessages.editHeader(name).map { "# " + $0.text(in: language) }
        let schema = KindRegistry.schema(for: kind)
        let place = RecordPlace(kind: kind.name)
        for field in schema.fields {
            lines.append("")
            write(field, object[field.name], place.field(field.name), language, into: &lines)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(
        _ field: Field, _ value: JSON.Value?, _ place: RecordPlace, _ language: Language,
        into lines: inout [String]
    ) {
        let meaning = FieldMessages.meaning(
            place.path, kind: place.kind, english: field.meaning)
        let head = RecordFormMessages.editField(
            FormMessages.question(place.label, isNeeded: field.isRequired), meaning)
        lines.append("# " + head.text(in: language))
        switch field.type {
        case .option(let words), .list(.option(let words), _):
            lines.append("# " + words.joined(separator: ", "))
        default: break
        }
        switch (field.type, value) {
        case (.object(let inner), _):
            for field in inner {
                write(field, value?[field.name], place.field(field.name), language, into: &lines)
            }
        case (.list(.object(let inner), _), .array(let elements)?):
            for element in elements {
                for field in inner {
                    guard let value = element[field.name] else { continue }
                    write(value, field.type, place.field(field.name).path, into: &lines)
                }
            }
        case (.list(.object(let inner), _), _):
            for field in inner { lines.append("# \(place.field(field.name).path):") }
        case (.list(let element, _), .array(let elements)?):
            for value in elements { write(value, element, place.path, into: &lines) }
        case (let type, let value?): write(value, type, place.path, into: &lines)
        case (_, nil): lines.append("# \(place.path):")
        }
    }

    private static func write(
        _ value: JSON.Value, _ type: FieldType, _ path: String, into lines: inout [String]
    ) {
        switch value {
        case .string(let text):
            var parts = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
            // Blanks at the beginning of a text count only in a line of its own.
            let isIndented = parts.first?.first?.isWhitespace ?? false
            lines.append(isIndented ? "\(path):" : "\(path): \(parts.popFirst() ?? "")")
            // Continued lines begin with a blank.
            lines += parts.map { $0.isEmpty ? "" : "  \($0)" }
        case .bool(let flag): lines.append("\(path): \(flag ? "yes" : "no")")
        case .int(let number): lines.append("\(path): \(number)")
        default: lines.append("\(path): \(Money(value)?.text ?? "")")
        }
    }
}
