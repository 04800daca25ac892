import VaultCoding
import VaultRecords
import VaultText

/// A record asked for field by field, along its schema.
///
/// What leads comes first: a list that a flag can stand for, the flag, then fields that are needed. In
/// an amendment the value that is there is the default. What is answered is kept in memory only.
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
    /// Whether the keys of a question were told.
    private var hasToldKeys = false
    /// Whether the question that comes is for a field that the person chose.
    private var isChosen = false

    /// A form for a kind; `object` is what is there already.
    init(_ desk: FormDesk, _ kind: RecordKind, _ object: JSON.Object = JSON.Object()) {
        self.desk = desk
        schema = KindRegistry.schema(for: kind)
        self.object = object
        self.object[RecordSchema.versionField] = nil
    }

    /// Puts other values in the place of all.
    mutating func replace(_ object: JSON.Object) { self.object = object }

    private var place: RecordPlace { RecordPlace(kind: schema.kind.name) }

    /// The fields in the order in which they are asked for and numbered.
    var fields: [Field] {
        // The list before the flag: most people have a name.
        let leads = alternatives.flatMap { [$0.list, $0.flag] }
        let first = leads.compactMap { field($0) }
        let rest = schema.fields.filter { !leads.contains($0.name) }
        return first + rest.filter(\.isRequired) + rest.filter { !$0.isRequired }
    }

    /// Lists for which a flag can stand.
    private var alternatives: [(list: String, flag: String, barred: [String])] {
        schema.rules.compactMap { rule in
            guard case .eitherNamed(let list, let flag, let barred) = rule else { return nil }
            return (list, flag, barred)
        }
    }

    private func field(_ name: String) -> Field? { schema.fields.first { $0.name == name } }

    /// Asks for every field once.
    mutating func askAll() throws(ClientError) {
        let name = TitleMessages.kind(schema.kind.name)
        try desk.say(FormMessages.begin(name))
        hasToldKeys = true
        var whole = object
        // At the first field there is nothing to go back to.
        while try ask(fields, &whole, place, nil, isTop: true) == .back {}
        object = whole
    }

    /// Asks for one field again; of a list and the flag that can stand for it also for the other one,
    /// where neither is there.
    mutating func askAgain(_ field: Field) throws(ClientError) {
        if !hasToldKeys { try desk.say(FormMessages.keys) }
        hasToldKeys = true
        isChosen = true
        defer { isChosen = false }
        var whole = object
        let step = try ask(field, &whole, place, nil, isTop: true)
        if step == .next, let other = counterpart(of: field.name, whole) {
            // A flag that is denied says nothing.
            if case .flag = field.type { whole[field.name] = nil }
            _ = try ask(other, &whole, place, nil, isTop: true)
        }
        object = whole
    }

    /// The flag for a list that is empty, the list for a flag that is not set.
    private func counterpart(of name: String, _ object: JSON.Object) -> Field? {
        for (list, flag, _) in alternatives
        where object[list] == nil && object[flag]?.bool != true {
            if name == list { return field(flag) }
            if name == flag { return field(list) }
        }
        return nil
    }

    // MARK: Walking

    private mutating func ask(
        _ fields: [Field], _ object: inout JSON.Object, _ place: RecordPlace, _ outer: Message?,
        isTop: Bool = false
    ) throws(ClientError) -> Step {
        var index = 0
        var direction = 1
        while index < fields.count {
            let name = fields[index].name
            if isTop, isBarred(name, object) {
                object[name] = nil
            } else if isTop, isAnswered(name, object) {
                // There is nothing to ask.
            } else {
                switch try ask(fields[index], &object, place, outer, isTop: isTop) {
                case .next: direction = 1
                case .back: direction = -1
                case .summary: return .summary
                }
                // A flag that is denied leads back to what it stands for.
                if isTop, direction == 1, let list = listMissing(behind: name, object) {
                    object[name] = nil
                    index = fields.firstIndex { $0.name == list } ?? index
                    continue
                }
            }
            index += direction
            if index < 0 { return .back }
        }
        return .next
    }

    /// Asks for the fields of an element that may be left out: the first one decides.
    private mutating func askOrSkip(
        _ fields: [Field], _ object: inout JSON.Object, _ place: RecordPlace, _ outer: Message
    ) throws(ClientError) -> Step {
        guard let first = fields.first, first.isRequired else {
            return try ask(fields, &object, place, outer)
        }
        let question = FormQuestion(
            field: first, place: place.field(first.name), outer: outer, isNeeded: false, desk: desk)
        while true {
            let (step, value) = try question.ask(object[first.name], currency: currency)
            object[first.name] = value
            guard step == .next, value != nil else { return step }
            let rest = try ask(Array(fields.dropFirst()), &object, place, outer)
            guard rest == .back else { return rest }
        }
    }

    /// Whether another field makes this one meaningless: nobody without a name has a number.
    func isBarred(_ name: String, _ object: JSON.Object) -> Bool {
        alternatives.contains { list, flag, barred in
            object[flag]?.bool == true && (name == list || barred.contains(name))
        }
    }

    /// Whether this is a flag that nobody has to ask for, because what it stands for is there.
    func isAnswered(_ name: String, _ object: JSON.Object) -> Bool {
        alternatives.contains { list, flag, _ in
            name == flag && object[list] != nil && object[flag]?.bool != true
        }
    }

    /// The list that is empty although the flag of this name says that it should not be.
    private func listMissing(behind name: String, _ object: JSON.Object) -> String? {
        alternatives.first { list, flag, _ in
            name == flag && object[list] == nil && object[flag]?.bool != true
        }?.list
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
                (field.name == list && object[flag]?.bool != true)
                    || (field.name == flag && object[list] == nil)
            case .ordered, .part: false
            }
        }
    }

    private mutating func ask(
        _ field: Field, _ object: inout JSON.Object, _ place: RecordPlace, _ outer: Message?,
        isTop: Bool
    ) throws(ClientError) -> Step {
        let question = FormQuestion(
            field: field, place: place.field(field.name), outer: outer,
            isNeeded: isNeeded(field, object, isTop: isTop), desk: desk,
            isChosen: isChosen && isTop)
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
            // The first of a list for which a flag can stand is asked for at once, and can be skipped.
            let isOffered = elements.isEmpty && question.isNeeded
            if !isOffered {
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
            let step = try askElement(
                fields, question, &elements, at: elements.count, isOffered: isOffered)
            // Back from the first field of the first element leads before the list.
            if step == .summary || (step == .back && elements.isEmpty) { return step }
            if isOffered, elements.isEmpty { return .next }
        }
        return .next
    }

    /// Asks for the fields of an element; one that stays empty is not added.
    private mutating func askElement(
        _ fields: [Field], _ question: FormQuestion, _ elements: inout [JSON.Value], at index: Int,
        isOffered: Bool = false
    ) throws(ClientError) -> Step {
        var inner = JSON.Object()
        if elements.indices.contains(index) { inner = elements[index].object ?? inner }
        let label = FormMessages.element(question.place.elementLabel, index + 1)
        let step =
            try isOffered
            ? askOrSkip(fields, &inner, question.place, label)
            : ask(fields, &inner, question.place, label)
        if step == .back { return step }
        guard !inner.members.isEmpty else { return step }
        if elements.indices.contains(index) {
            elements[index] = .object(inner)
        } else {
            elements.append(.object(inner))
        }
        return step
    }

    /// The elements of a list under the numbers by which they are chosen.
    private func rows(
        _ fields: [Field], _ elements: [JSON.Value], _ question: FormQuestion
    ) -> [String] {
        elements.enumerated().flatMap { index, element in
            let values = fields.compactMap { field in
                element[field.name].map { value in
                    let phrase = RecordText.value(
                        value, field.type, question.place.field(field.name)
                    )
                    .phrase
                    return Message(phrase, chinese: phrase).text(in: desk.language)
                }
            }
            return WrappedText.lines(
                "  \(index + 1)  " + values.joined(separator: "  "), columns: desk.columns)
        }
    }

    private mutating func changeList(
        _ fields: [Field], _ limit: Int, _ question: FormQuestion,
        _ elements: inout [JSON.Value]
    ) throws(ClientError) -> Step {
        while true {
            try desk.show(rows(fields, elements, question))
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
                    try desk.say(FormMessages.changeListAgain(elements.count))
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
