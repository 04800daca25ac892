import VaultRecords
import VaultText

/// What a field is expected to hold, in both languages.
///
/// Schemas and the daemon say it in English. The sentences are those that the schemas can make: the
/// Chinese is found by making them again. One that is not known, from a newer daemon, stays English.
enum ExpectedWords {
    private typealias Words = FieldProblemMessages

    /// The sentence in both languages.
    static func message(_ english: String) -> Message {
        Message(Phrase(stored: english), chinese: chinese(english))
    }

    /// The Chinese of an English sentence; nil for an unknown one.
    static func chinese(_ english: String) -> Phrase? {
        fixed[english] ?? ofTypes[english] ?? pattern(english)
    }

    private static let fixed: [String: Phrase] = [
        "an object": Words.object, "a currency code of ISO 4217 such as CNY": Words.currency,
        "yes or no": Words.yesOrNo, "an amount and a currency, such as 1200.50 CNY": Words.money,
        "`field: value`": Words.fieldLine, "a field name and a colon": Words.fieldName,
        "a value, or no such line": Words.valueOrNoLine,
        "one line for this field": Words.oneLine,
    ]

    /// The sentences about the types of all fields.
    private static let ofTypes: [String: Phrase] = {
        var table: [String: Phrase] = [:]
        func add(_ type: FieldType) {
            table[type.expected] = phrase(type)
            switch type {
            case .object(let fields): for field in fields { add(field.type) }
            case .list(let element, _): add(element)
            case .money: for field in Money.fields { add(field.type) }
            case .text, .option, .date, .integer, .flag: break
            }
        }
        for kind in RecordKind.allCases {
            for field in KindRegistry.schema(for: kind).fields { add(field.type) }
        }
        return table
    }()

    private static func phrase(_ type: FieldType) -> Phrase {
        switch type {
        case .text(let rule): phrase(rule)
        case .option(let options): Words.options(options.joined(separator: ", "))
        case .date: Words.date
        case .integer(let range, _): Words.integer(range.lowerBound, range.upperBound)
        case .flag: Words.flag
        case .money: Words.moneyObject
        case .object(let fields): Words.fields(fields.map(\.name).joined(separator: ", "))
        case .list(_, let limit): Words.list(limit)
        }
    }

    private static func phrase(_ rule: TextRule) -> Phrase {
        switch rule.form {
        case .identifier?: Words.identifier
        case .phone?: Words.phone
        case .email?: Words.email
        case .timeOfDay?: Words.timeOfDay
        case .diagnosis?: Words.diagnosis
        case nil:
            Words.text(characters: rule.characters, bytes: rule.bytes, isLong: rule.isLong)
        }
    }

    /// Sentences with names in them.
    private static func pattern(_ english: String) -> Phrase? {
        func between(_ start: String, _ end: String) -> String? {
            guard english.hasPrefix(start), english.hasSuffix(end),
                english.count >= start.count + end.count
            else { return nil }
            return String(english.dropFirst(start.count).dropLast(end.count))
        }
        if let name = between("a date not before ", "") { return Words.notBefore(name) }
        if let name = between("the currency of ", "") { return Words.currencyOf(name) }
        if let name = between("no such field, because ", " is true") {
            return Words.barredBecause(name)
        }
        if let name = between("at least one element, or ", " = true") {
            return Words.eitherOr(name)
        }
        if let limit = between("1 to ", " elements, or no such field") {
            return Words.elements(limit)
        }
        if let names = between("only: ", "") { return Words.only(names) }
        if let names = between("one of ", "") { return Words.options(names) }
        if let what = between("at most ", "") { return Words.atMost(what) }
        if let field = between("", " without a dot") { return Words.withoutDot(field) }
        if let line = between("", " before it") { return Words.before(line) }
        if let reason = between("a value, because ", "") {
            let parts = reason.split(separator: " is ", maxSplits: 1)
            if parts.count == 2 {
                return Words.neededBecause(String(parts[0]), String(parts[1]))
            }
        }
        return nil
    }
}
