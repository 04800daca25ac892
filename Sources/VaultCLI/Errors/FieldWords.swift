import VaultRecords
import VaultText

/// Problems of fields in both languages. English is as the schemas say it; the other language is made
/// from the code and the schema.
enum FieldWords {
    /// A problem found here.
    static func problem(_ problem: FieldProblem, kind: RecordKind) -> Message {
        LocatedProblem(
            line: nil, field: "\(problem.path)", problem: problem.fault.words,
            expected: problem.expected, code: problem.fault.rawValue, kind: kind.name
        ).message
    }

    /// A problem with the label of its field, for somebody who fills in a form.
    static func labelled(_ problem: FieldProblem, kind: RecordKind) -> Message {
        let path = "\(problem.path)"
        var place = RecordPlace(kind: kind.name)
        for step in path.split(separator: ".") {
            place = place.field(String(step.prefix { $0 != "[" }))
        }
        let words = LocatedProblem(
            line: nil, field: nil, problem: problem.fault.words, expected: nil,
            code: problem.fault.rawValue, kind: kind.name
        ).message
        let expected = expected(
            problem.fault.rawValue, path, kind: kind.name, english: problem.expected)
        return FormMessages.problem(
            place.label,
            RecordProblemMessages.problem(line: nil, field: nil, words, expected: expected))
    }

    /// What is expected of a field, in both languages.
    ///
    /// - Parameters:
    ///   - field: the path, such as `household[2].income`.
    ///   - english: what the schema or the daemon says; shown as it is in English.
    static func expected(
        _ code: String?, _ field: String?, kind: String?, english: String
    ) -> Message {
        let type = type(of: field, kind: kind)
        let place = place(of: field, kind: kind)
        let known = [
            type.flatMap { options(of: $0, place) }, rule(code, english, place), type?.expectation,
            type?.wholeList,
        ]
        // Where the words here would say something else than the schema does, the schema is right.
        return known.compactMap { $0 }.first { $0.text(in: .english) == english }
            ?? .init(verbatim: english)
    }

    /// Where a field is; nil without its kind, because another one may call it otherwise.
    private static func place(of field: String?, kind: String?) -> RecordPlace? {
        guard let kind else { return nil }
        return (field ?? "").split(separator: ".").reduce(RecordPlace(kind: kind)) {
            $0.field(String($1.prefix { $0 != "[" }))
        }
    }

    /// The options of a field as they are called, each with the word for `field: value` lines.
    private static func options(of type: FieldType, _ place: RecordPlace?) -> Message? {
        let words: [String]
        switch type {
        case .option(let options), .list(.option(let options), _): words = options
        default: return nil
        }
        return RecordProblemMessages.oneOf(
            words.joined(separator: ", "),
            titles: place.map { place in
                words.map { FormMessages.titled(place.option($0), word: $0) }
            })
    }

    /// Rules between fields and lists of names: told by their own words.
    private static func rule(
        _ code: String?, _ english: String, _ place: RecordPlace?
    ) -> Message? {
        typealias Words = RecordProblemMessages
        func label(_ name: String) -> Message { place?.beside(name).label ?? .init(verbatim: name) }
        func after(_ start: String) -> String? {
            english.hasPrefix(start) ? String(english.dropFirst(start.count)) : nil
        }
        if let names = after("one of ") { return Words.oneOf(names) }
        if let names = after("only: ") { return Words.only(names) }
        if let field = after("a date not before ") { return Words.notBefore(field, label(field)) }
        if let field = after("the currency of ") { return Words.currency(of: field, label(field)) }
        if code == "above-whole", let field = after("at most ") {
            return Words.atMost(field, label(field))
        }
        if english == "an object" { return Words.anObject }
        if english == Words.currencyCode.text(in: .english) { return Words.currencyCode }
        if english == "yes or no" { return Words.yesOrNo }
        if english == "an amount and a currency, such as 1200.50 CNY" { return Words.money }
        if let rest = after("a value, because ") {
            let parts = rest.split(separator: " ").map(String.init)
            guard parts.count == 3 else { return nil }
            let title = place?.beside(parts[0]).option(parts[2]) ?? .init(verbatim: parts[2])
            return Words.because(parts[0], is: parts[2], label(parts[0]), title)
        }
        if let rest = after("no such field, because "), let flag = rest.split(separator: " ").first
        {
            return Words.notBeside(String(flag), label(String(flag)))
        }
        if let rest = after("at least one element, or "),
            let flag = rest.split(separator: " ").first
        {
            return Words.unless(String(flag), label(String(flag)))
        }
        return nil
    }

    /// The type at a path; without a kind, that of the first kind which has such a field.
    private static func type(of field: String?, kind: String?) -> FieldType? {
        guard let field else { return nil }
        let kinds = kind.map { RecordKind(rawValue: $0).map { [$0] } ?? [] } ?? RecordKind.allCases
        let steps = field.split(separator: ".").map { $0.prefix { $0 != "[" } }.map(String.init)
        for kind in kinds {
            if let found = type(steps[...], in: KindRegistry.schema(for: kind).fields) {
                return found
            }
        }
        return nil
    }

    private static func type(_ steps: ArraySlice<String>, in fields: [Field]) -> FieldType? {
        guard let field = fields.first(where: { $0.name == steps.first }) else { return nil }
        let rest = steps.dropFirst()
        if rest.isEmpty { return field.type }
        switch field.type {
        case .object(let inner), .list(.object(let inner), _): return type(rest, in: inner)
        case .money: return type(rest, in: Money.fields)
        default: return nil
        }
    }
}

extension FieldType {
    /// What is expected where a list should stand and something else does.
    fileprivate var wholeList: Message? {
        guard case .list(let element, let limit) = self else { return nil }
        return element.expectation.map { RecordProblemMessages.list(upTo: limit, of: $0) }
    }

    /// What is expected, in both languages; nil where the schema's words are the only ones.
    var expectation: Message? {
        typealias Words = RecordProblemMessages
        switch self {
        case .text(let rule):
            switch rule.form {
            case .identifier?: return Words.identifier
            case .phone?: return Words.phone
            case .email?: return Words.email
            case .timeOfDay?: return Words.timeOfDay
            case .diagnosis?: return Words.diagnosis
            case nil:
                return Words.text(
                    characters: rule.characters, bytes: rule.bytes, isLong: rule.isLong)
            }
        case .option(let options): return Words.oneOf(options.joined(separator: ", "))
        case .date: return Words.date
        case .integer(let range, let unit):
            return Words.integer(range.lowerBound, range.upperBound, unit: unit)
        case .flag: return Words.flag
        case .money: return Words.moneyObject
        case .object(let fields): return Words.object(fields.map(\.name).joined(separator: ", "))
        case .list(_, let limit): return Words.list(upTo: limit)
        }
    }
}
