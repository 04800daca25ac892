import VaultCoding

/// Puts statements into an object along a schema, and remembers which line said what.
struct LineBuilder {
    let fields: [Field]
    private(set) var object = JSON.Object()
    private(set) var lines: [FieldPath: Int] = [:]
    private(set) var problems: [LineProblem] = []

    init(fields: [Field]) { self.fields = fields }

    /// Takes the next statement; what is wrong with it is added to `problems`.
    mutating func take(_ statement: FieldStatement) {
        guard let name = statement.name else {
            report(statement, nil, .noColon, "`field: value`")
            return
        }
        let steps = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        object = place(statement, steps[...], among: fields, in: object, at: .record)
    }

    /// The object with the statement put where `steps` point; unchanged if it is wrong.
    private mutating func place(
        _ statement: FieldStatement, _ steps: ArraySlice<String>, among fields: [Field],
        in object: JSON.Object, at path: FieldPath
    ) -> JSON.Object {
        let name = steps.first ?? ""
        let here = path.field(name)
        guard let field = fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            report(
                statement, here, .unknownField,
                "one of \(fields.map(\.name).joined(separator: ", "))")
            return object
        }
        let rest = steps.dropFirst()
        var object = object
        switch field.type {
        case .object(let inner):
            guard checkInner(rest, of: inner, statement, here) else { return object }
            let before = object[name]?.object ?? JSON.Object()
            let after = place(statement, rest, among: inner, in: before, at: here)
            if !after.members.isEmpty { object[name] = .object(after) }
        case .list(.object(let inner), _):
            guard checkInner(rest, of: inner, statement, here) else { return object }
            placeElement(statement, rest, inner, in: &object, name, here)
        case .list(let element, _):
            guard checkLeaf(rest, statement, here) else { return object }
            var values = object[name]?.array ?? []
            let spot = here.element(values.count)
            guard let value = value(of: statement, as: element, at: spot) else { return object }
            values.append(value)
            object[name] = .array(values)
        default:
            guard checkLeaf(rest, statement, here) else { return object }
            guard object[name] == nil else {
                report(statement, here, .repeated, "one line for this field")
                return object
            }
            object[name] = value(of: statement, as: field.type, at: here)
        }
        return object
    }

    /// Puts a field of an element: the first field of `inner` begins the next element.
    private mutating func placeElement(
        _ statement: FieldStatement, _ steps: ArraySlice<String>, _ inner: [Field],
        in object: inout JSON.Object, _ name: String, _ path: FieldPath
    ) {
        var elements = object[name]?.array ?? []
        guard let lead = inner.first?.name else { return }
        if steps.first == lead {
            elements.append(.object(JSON.Object()))
        } else if elements.isEmpty {
            report(statement, path, .noElement, "`\(name).\(lead): …` before it")
            return
        }
        let last = elements.count - 1
        guard let before = elements[last].object else { return }
        let spot = path.element(last)
        let after = place(statement, steps, among: inner, in: before, at: spot)
        // An element whose first field was wrong stays, so that what follows is not blamed as well.
        elements[last] = .object(after)
        if lines[spot] == nil { lines[spot] = statement.line }
        object[name] = .array(elements)
    }

    private mutating func checkInner(
        _ rest: ArraySlice<String>, of inner: [Field], _ statement: FieldStatement,
        _ path: FieldPath
    ) -> Bool {
        guard rest.isEmpty else { return true }
        let names = inner.map { "\(path).\($0.name)" }.joined(separator: ", ")
        report(statement, path, .unknownField, "one of \(names)")
        return false
    }

    private mutating func checkLeaf(
        _ rest: ArraySlice<String>, _ statement: FieldStatement, _ path: FieldPath
    ) -> Bool {
        guard let next = rest.first else { return true }
        report(statement, path.field(next), .unknownField, "`\(path)` without a dot")
        return false
    }

    private mutating func value(
        of statement: FieldStatement, as type: FieldType, at path: FieldPath
    ) -> JSON.Value? {
        if let line = statement.continuedAt, !type.isLongText {
            let problem = LineProblem(
                line: line, field: path, fault: .notContinued, expected: "a field name and a colon")
            problems.append(problem)
            return nil
        }
        guard !statement.values.isEmpty else {
            report(statement, path, .noValue, "a value, or no such line")
            return nil
        }
        lines[path] = statement.line
        let text = statement.values.joined(separator: "\n")
        switch type {
        case .integer:
            guard let number = Int64(text), String(number) == text else {
                report(statement, path, .notANumber, type.expected)
                return nil
            }
            return .int(number)
        case .flag:
            switch text {
            case "yes", "是": return .bool(true)
            case "no", "否": return .bool(false)
            default:
                report(statement, path, .notAFlag, "yes or no")
                return nil
            }
        case .money:
            guard let money = Money(text: text) else {
                report(statement, path, .notMoney, "an amount and a currency, such as 1200.50 CNY")
                return nil
            }
            return money.json
        case .text, .option, .date, .object, .list:
            return .string(text)
        }
    }

    private mutating func report(
        _ statement: FieldStatement, _ field: FieldPath?, _ fault: LineFault, _ expected: String
    ) {
        problems.append(
            LineProblem(line: statement.line, field: field, fault: fault, expected: expected))
    }
}

extension FieldType {
    fileprivate var isLongText: Bool {
        if case .text(let rule) = self { rule.isLong } else { false }
    }
}
