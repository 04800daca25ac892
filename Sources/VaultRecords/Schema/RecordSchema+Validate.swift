package import VaultCoding

extension RecordSchema {
    /// Checks an object from outside.
    ///
    /// The member ``versionField`` may be left out; if it is there it must be the version of this
    /// schema, and in the result it is always there.
    ///
    /// - Throws: `RecordError.invalid`, with every problem of every field.
    package func validate(_ value: JSON.Value) throws(RecordError) -> RecordBody {
        var checker = FieldChecker()
        guard case .object(var object) = value else {
            checker.report.add(.record, .wrongType, expected: "an object")
            throw .invalid(checker.report)
        }
        let stated = object[Self.versionField]
        if let stated, stated != .int(version) {
            checker.report.add(
                FieldPath.record.field(Self.versionField), .notAnOption, expected: "\(version)")
        }
        object[Self.versionField] = nil
        checker.check(object, fields: fields, at: .record)
        for rule in rules { checker.check(object, rule: rule) }
        object[Self.versionField] = .int(version)
        let bytes = JSONWriter.canonical(.object(object))
        if bytes.count > Self.bodyLimit {
            checker.report.add(.record, .tooLong, expected: "at most \(Self.bodyLimit) bytes")
        }
        guard checker.report.isEmpty else { throw .invalid(checker.report) }
        return RecordBody(kind: kind, schemaVersion: version, fields: object, bytes: bytes)
    }

    /// Reads JSON and checks it: input, or what `RecordBody.bytes` were stored as.
    ///
    /// - Throws: `RecordError.notJSON` or `.invalid`.
    package func parse(_ bytes: [UInt8]) throws(RecordError) -> RecordBody {
        let value: JSON.Value
        do { value = try JSON.parse(bytes) } catch { throw .notJSON(error) }
        return try validate(value)
    }
}

/// Walks an object along the schema and collects what is wrong.
private struct FieldChecker {
    var report = ValidationReport()

    mutating func check(_ object: JSON.Object, fields: [Field], at path: FieldPath) {
        for field in fields {
            let here = path.field(field.name)
            if let value = object[field.name] {
                check(value, type: field.type, at: here)
            } else if field.isRequired {
                report.add(here, .missing, expected: field.type.expected)
            }
        }
        let known = Set(fields.map(\.name))
        for key in object.keys where !known.contains(key) {
            let names = fields.map(\.name).joined(separator: ", ")
            report.add(path.field(key), .unknown, expected: "only: \(names)")
        }
    }

    mutating func check(_ value: JSON.Value, type: FieldType, at path: FieldPath) {
        func isOption(_ text: String, of options: [String]) -> Bool {
            // By bytes: Swift's own comparison takes canonically equivalent characters for equal.
            options.contains { $0.utf8.elementsEqual(text.utf8) }
        }
        switch (type, value) {
        case (.text(let rule), .string(let text)):
            if let fault = rule.fault(in: text) { report.add(path, fault, expected: rule.expected) }
        case (.option(let options), .string(let text)):
            if !isOption(text, of: options) {
                report.add(path, .notAnOption, expected: type.expected)
            }
        case (.date, .string(let text)):
            if CalendarDate(text) == nil { report.add(path, .notADate, expected: type.expected) }
        case (.integer(let range, _), .int(let number)):
            if !range.contains(number) { report.add(path, .outOfRange, expected: type.expected) }
        case (.flag, .bool): break
        case (.money, .object(let object)): check(money: object, at: path)
        case (.object(let fields), .object(let object)): check(object, fields: fields, at: path)
        case (.list(let element, let limit), .array(let values)):
            check(list: values, of: element, upTo: limit, at: path)
        default:
            report.add(path, .wrongType, expected: type.expected)
        }
    }

    private mutating func check(
        list values: [JSON.Value], of element: FieldType, upTo limit: Int, at path: FieldPath
    ) {
        let expected = "1 to \(limit) elements, or no such field"
        if values.isEmpty { report.add(path, .emptyList, expected: expected) }
        if values.count > limit { report.add(path, .tooMany, expected: expected) }
        for (index, value) in values.enumerated() {
            check(value, type: element, at: path.element(index))
        }
    }

    private mutating func check(money object: JSON.Object, at path: FieldPath) {
        check(object, fields: Money.fields, at: path)
        if case .string(let code)? = object[Money.currencyField], Currency(code: code) == nil {
            report.add(
                path.field(Money.currencyField), .notAnOption,
                expected: "a currency code of ISO 4217 such as CNY")
        }
    }

    mutating func check(_ object: JSON.Object, rule: FieldRule) {
        let root = FieldPath.record
        switch rule {
        case .ordered(let first, let then):
            guard let start = object[first]?.string.flatMap(CalendarDate.init),
                let end = object[then]?.string.flatMap(CalendarDate.init)
            else { return }
            if end < start {
                report.add(root.field(then), .wrongOrder, expected: "a date not before \(first)")
            }
        case .part(let part, let whole):
            guard let share = Money(object[part]), let all = Money(object[whole]) else { return }
            if share.currency != all.currency {
                report.add(root.field(part), .otherCurrency, expected: "the currency of \(whole)")
            } else if share.amountMinor > all.amountMinor {
                report.add(root.field(part), .aboveWhole, expected: "at most \(whole)")
            }
        case .needed(let field, let switching, let option):
            guard object[switching]?.string == option, object[field] == nil else { return }
            report.add(
                root.field(field), .missing, expected: "a value, because \(switching) is \(option)")
        case .eitherNamed(let list, let flag, let barred):
            checkNamed(object, list: list, flag: flag, barred: barred)
        }
    }

    private mutating func checkNamed(
        _ object: JSON.Object, list: String, flag: String, barred: [String]
    ) {
        let root = FieldPath.record
        if object[flag]?.bool == true {
            for name in [list] + barred where object[name] != nil {
                report.add(
                    root.field(name), .conflict, expected: "no such field, because \(flag) is true")
            }
        } else if object[list] == nil {
            report.add(
                root.field(list), .missing, expected: "at least one element, or \(flag) = true")
        }
    }
}

extension FieldType {
    /// What is expected, in words.
    package var expected: String {
        switch self {
        case .text(let rule): rule.expected
        case .option(let options): "one of \(options.joined(separator: ", "))"
        case .date: CalendarDate.expected
        case .integer(let range, let unit):
            "an integer from \(range.lowerBound) to \(range.upperBound) (\(unit))"
        case .flag: "true or false"
        case .money: "an object with \(Money.amountField) and \(Money.currencyField)"
        case .object(let fields): "an object with \(fields.map(\.name).joined(separator: ", "))"
        case .list(let element, let limit): "a list of 1 to \(limit), each \(element.expected)"
        }
    }
}
