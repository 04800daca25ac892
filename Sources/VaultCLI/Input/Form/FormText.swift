import VaultCoding
import VaultRecords
import VaultText

/// Values of a form for people.
enum FormText {
    /// A value on one line: options in words, money as people write it, lists by their number.
    static func value(_ value: JSON.Value, at path: String, of kind: RecordKind) -> Message {
        switch value {
        case .string(let text):
            if RecordWords.knows(option: text), isOption(path, of: kind) {
                return RecordWords.option(text, at: path, of: kind.name)
            }
            return Message(verbatim: Self.shortened(text))
        case .bool(let flag): return flag ? CommonMessages.yes : CommonMessages.no
        case .int(let number): return Message(verbatim: String(number))
        case .double(let number): return Message(verbatim: String(number))
        case .null: return FormMessages.empty
        case .object(let object):
            if let money = Money(value), object.members.count == 2 {
                return Message(verbatim: money.text)
            }
            let parts = object.members.map { Self.value($0.1, at: "\(path).\($0.0)", of: kind) }
            return Self.joined(parts, ", ", "，")
        case .array(let elements):
            return Self.joined(elements.map { Self.value($0, at: path, of: kind) }, "; ", "；")
        }
    }

    /// A problem of a field: label or path, what is wrong, what is expected.
    static func problem(_ problem: FieldProblem) -> Message {
        LocatedProblem(
            line: nil, field: "\(problem.path)",
            problem: FieldProblemMessages.fault(
                problem.fault.rawValue, english: problem.fault.words),
            expected: ExpectedWords.message(problem.expected)
        ).message
    }

    private static func joined(
        _ parts: [Message], _ english: Phrase, _ chinese: Phrase
    ) -> Message {
        guard let first = parts.first else { return FormMessages.empty }
        let (comma, stop) = (Message(english), Message(chinese))
        return parts.dropFirst().reduce(first) {
            Message("\($0)\(comma)\($1)", chinese: "\($0)\(stop)\($1)")
        }
    }

    /// The beginning of a long text: it is read in full where it is changed.
    private static func shortened(_ text: String) -> String {
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = String(line.first ?? "")
        return line.count > 1 || first.count > 60 ? "\(first.prefix(60)) …" : first
    }

    private static func isOption(_ path: String, of kind: RecordKind) -> Bool {
        var fields = KindRegistry.schema(for: kind).fields
        var type: FieldType?
        for name in path.split(separator: ".") {
            guard let field = fields.first(where: { $0.name == name }) else { return false }
            type = field.type
            switch field.type {
            case .object(let inner), .list(.object(let inner), _): fields = inner
            default: fields = []
            }
        }
        switch type {
        case .option?, .list(.option, _)?: return true
        default: return false
        }
    }
}
