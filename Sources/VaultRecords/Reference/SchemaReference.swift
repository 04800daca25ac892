import VaultCoding

/// The reference of all kinds in Markdown, made from the schemas. The copy in the documentation is
/// compared with it by a test.
package enum SchemaReference {
    /// The whole page.
    package static var markdown: String {
        let sections = RecordKind.allCases.map { section(KindRegistry.schema(for: $0)) }
        return ([head] + sections).joined(separator: "\n")
    }

    private static let head = """
        # Kinds of records

        Made from the schemas; do not edit (`REGENERATE=1 swift test --filter VaultRecordsTests`).

        A record is one JSON object. Fields that are not listed are refused, as are `null`, empty lists
        and control characters. Lengths count Unicode scalar values and bytes of UTF-8. Money is a whole
        number of minor units and a code of ISO 4217; dates are calendar dates of ISO 8601. The member
        `schema` holds the version; it may be left out in input. At most \(RecordSchema.bodyLimit) bytes.

        As lines, `field: value`: fields of objects are named with dots, lists grow by repeating a name, and
        in a list of objects the field marked *first* begins the next element.

        """

    private static func section(_ schema: RecordSchema) -> String {
        var lines = [
            "## \(schema.kind.name), version \(schema.version)", "",
            "\(schema.summary) Compartment: `\(schema.kind.compartment.rawValue)`.", "",
            "| Field | | Meaning | Expected |", "| --- | --- | --- | --- |",
        ]
        lines += rows(schema.fields, under: "", lead: nil)
        if !schema.rules.isEmpty {
            lines += [""] + schema.rules.map { "- \($0.words)" }
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static func rows(_ fields: [Field], under prefix: String, lead: String?) -> [String] {
        fields.flatMap { field -> [String] in
            let name = prefix + field.name
            var marks = field.isRequired ? ["required"] : []
            if field.name == lead { marks.append("*first*") }
            let mark = marks.joined(separator: ", ")
            func row(_ shown: String, _ expected: String) -> String {
                "| `\(shown)` | \(mark) | \(field.meaning) | \(expected) |"
            }
            switch field.type {
            case .object(let inner):
                return [row(name, "an object")] + rows(inner, under: "\(name).", lead: nil)
            case .list(.object(let inner), let limit):
                return [row("\(name)[]", "1 to \(limit) objects")]
                    + rows(inner, under: "\(name)[].", lead: inner.first?.name)
            case .list(let element, let limit):
                return [row("\(name)[]", "1 to \(limit), each \(element.expected)")]
            default:
                return [row(name, field.type.expected)]
            }
        }
    }
}

extension FieldRule {
    /// The rule in a phrase.
    package var words: String {
        switch self {
        case .ordered(let first, let then): "`\(then)` is not before `\(first)`"
        case .part(let part, let whole):
            "`\(part)` is in the currency of `\(whole)` and not above it"
        case .needed(let field, let switching, let option):
            "`\(field)` is required when `\(switching)` is `\(option)`"
        case .eitherNamed(let list, let flag, let barred):
            "either `\(list)` is there, or `\(flag)` is true and none of "
                + ([list] + barred).map { "`\($0)`" }.joined(separator: ", ")
        }
    }
}
