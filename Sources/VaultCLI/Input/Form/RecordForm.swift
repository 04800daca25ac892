import VaultCoding
import VaultRecords
import VaultText

/// A record asked for field by field, along its schema.
///
/// Fields that are needed come first. In an amendment the value that is there is the default. What is
/// answered is kept in memory only.
struct RecordForm {
    /// How a question ended.
    enum Step {
        case next
        case back
        /// The person wants the summary.
        case summary
    }

    let desk: FormDesk
    let schema: RecordSchema
    /// The record so far.
    private(set) var object: JSON.Object
    private var currency = "CNY"

    /// A form for a kind; `object` is what is there already.
    init(_ desk: FormDesk, _ kind: RecordKind, _ object: JSON.Object = JSON.Object()) {
        self.desk = desk
        schema = KindRegistry.schema(for: kind)
        self.object = object
        self.object[RecordSchema.versionField] = nil
    }

    private var place: RecordPlace { RecordPlace(kind: schema.kind.name) }

    /// The fields in the order in which they are asked for and numbered.
    var fields: [Field] {
        var leads: Set<String> = []
        for case .eitherNamed(let list, let flag, _) in schema.rules {
            leads.formUnion([list, flag])
        }
        let first = schema.fields.filter { $0.isRequired || leads.contains($0.name) }
        return first + schema.fields.filter { !$0.isRequired && !leads.contains($0.name) }
    }

    /// Asks for every field once.
    mutating func askAll() throws(ClientError) {
        let name = FieldMessages.kind(schema.kind.name) ?? Message(verbatim: schema.kind.name)
        try desk.say(FormMessages.begin(name))
        var whole = object
        // At the first field there is nothing to go back to.
        while try ask(fields, &whole, place, nil, isTop: true) == .back {}
        object = whole
    }

    /// Asks for one field again.
    mutating func askAgain(_ field: Field) throws(ClientError) {
        var whole = object
        _ = try ask(field, &whole, place, nil, isTop: true)
        object = whole
    }

    // MARK: Walking

    private mutating func ask(
        _ fields: [Field], _ object: inout JSON.Object, _ place: RecordPlace, _ outer: Message?,
        isTop: Bool = false
    ) throws(ClientError) -> Step {
        var index = 0
        var direction = 1
        while index < fields.count {
            if isTop, isBarred(fields[index].name, object) {
                object[fields[index].name] = nil
            } else {
                switch try ask(fields[index], &object, place, outer, isTop: isTop) {
                case .next: direction = 1
                case .back: direction = -1
                case .summary: return .summary
                }
            }
            index += direction
            if index < 0 { return .back }
        }
        return .next
    }

    /// Whether another field makes this one meaningless: nobody without a name has a number.
    func isBarred(_ name: String, _ object: JSON.Object) -> Bool {
        schema.rules.contains { rule in
            guard case .eitherNamed(let list, let flag, let barred) = rule else { return false }
            return object[flag]?.bool == true && (name == list || barred.contains(name))
        }
    }

    /// Whether the field must be there, as the others stand.
    private func isNeeded(_ field: Field, _ object: JSON.Object, isTop: Bool) -> Bool {
        if field.isRequired { return true }
        guard isTop else { return false }
        return schema.rules.contains { rule in
            switch rule {
            case .needed(let name, let switching, let option):
                name == field.name && object[switching]?.string == option
            case .eitherNamed(let list, let flag, _):
                name(list, field) && object[flag]?.bool != true
            case .ordered, .part: false
            }
        }
    }

    private func name(_ name: String, _ field: Field) -> Bool { name == field.name }

    private mutating func ask(
        _ field: Field, _ object: inout JSON.Object, _ place: RecordPlace, _ outer: Message?,
        isTop: Bool
    ) throws(ClientError) -> Step {
        let question = FormQuestion(
            field: field, place: place.field(field.name), outer: outer,
            isNeeded: isNeeded(field, object, isTop: isTop), desk: desk)
        switch field.type {
        case .object(let inner):
            return try askObject(inner, question, &object)
        case .list(.object(let inner), let limit):
            return try askList(inner, limit, question, &object)
        default:
            let (step, value) = try question.ask(object[field.name], currency: currency)
            object[field.name] = value
            if let money = Money(value) { currency = money.currency.code }
            return step
        }
    }

    private mutating func askObject(
        _ fields: [Field], _ question: FormQuestion, _ object: inout JSON.Object
    ) throws(ClientError) -> Step {
        let name = question.field.name
        if object[name] == nil, !question.isNeeded {
            switch try desk.wants(FormMessages.fillIn(question.label), help: question.help) {
            case .yes: break
            case .no: return .next
            case .back: return .back
            case .show: return .summary
            }
        }
        var inner = object[name]?.object ?? JSON.Object()
        let step = try ask(fields, &inner, question.place, question.label)
        object[name] = inner.members.isEmpty ? nil : .object(inner)
        return step
    }

    private mutating func askList(
        _ fields: [Field], _ limit: Int, _ question: FormQuestion, _ object: inout JSON.Object
    ) throws(ClientError) -> Step {
        let name = question.field.name
        var elements = object[name]?.array ?? []
        defer { object[name] = elements.isEmpty ? nil : .array(elements) }
        if !elements.isEmpty {
            let step = try changeList(fields, limit, question, &elements)
            return step
        }
        while elements.count < limit {
            if !(elements.isEmpty && question.isNeeded) {
                let wish =
                    elements.isEmpty
                    ? FormMessages.addFirst(question.label)
                    : FormMessages.addAnother(question.label)
                switch try desk.wants(wish, help: question.help) {
                case .yes: break
                case .no: return .next
                case .back: return .back
                case .show: return .summary
                }
            }
            let step = try askElement(fields, question, &elements, at: elements.count)
            // Back from the first field of the first element leads before the list.
            if step == .summary || (step == .back && elements.isEmpty) { return step }
        }
        return .next
    }

    /// Asks for the fields of an element; one that stays empty is not added.
    private mutating func askElement(
        _ fields: [Field], _ question: FormQuestion, _ elements: inout [JSON.Value], at index: Int
    ) throws(ClientError) -> Step {
        var inner = JSON.Object()
        if elements.indices.contains(index) { inner = elements[index].object ?? inner }
        let label = FormMessages.numbered(index + 1, question.label)
        let step = try ask(fields, &inner, question.place, label)
        if step == .back { return step }
        guard !inner.members.isEmpty else { return step }
        if elements.indices.contains(index) {
            elements[index] = .object(inner)
        } else {
            elements.append(.object(inner))
        }
        return step
    }

    private mutating func changeList(
        _ fields: [Field], _ limit: Int, _ question: FormQuestion,
        _ elements: inout [JSON.Value]
    ) throws(ClientError) -> Step {
        while true {
            try desk.show(question.lines(.array(elements)))
            let wish = FormMessages.changeList(question.label, elements.count)
            switch try desk.line(wish, help: question.help) {
            case .nothing: return .next
            case .back: return .back
            case .show: return .summary
            case .clear:
                elements = []
                return .next
            case .text("+"), .text("＋"):
                guard elements.count < limit else {
                    try desk.say(FormMessages.full(limit))
                    continue
                }
                _ = try askElement(fields, question, &elements, at: elements.count)
            case .text(let text):
                guard let number = Int(TypedValue.narrow(text)),
                    elements.indices.contains(abs(number) - 1)
                else {
                    try desk.say(FormMessages.numberOrBeginning(elements.count))
                    continue
                }
                if number < 0 {
                    elements.remove(at: -number - 1)
                } else {
                    _ = try askElement(fields, question, &elements, at: number - 1)
                }
            }
        }
    }
}
