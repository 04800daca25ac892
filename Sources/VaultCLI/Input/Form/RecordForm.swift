import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText

/// Asks a person for a record: field by field, what is needed first, then shows it all and asks
/// whether to send it. Every answer is judged at once, where it can be corrected.
struct RecordForm {
    let prompts: Prompts
    let kind: RecordKind
    private let schema: RecordSchema
    private var object: JSON.Object
    private var currency: Currency?
    private let today: String

    /// - Parameter object: what is there already, to amend or to correct.
    init(_ prompts: Prompts, kind: RecordKind, object: JSON.Object = JSON.Object()) {
        self.prompts = prompts
        self.kind = kind
        schema = KindRegistry.schema(for: kind)
        var object = object
        object[RecordSchema.versionField] = nil
        self.object = object
        let day = SystemClock.localDate
        let date = CalendarDate(year: day.year, month: day.month, day: day.day)
        today = date.map { "\($0)" } ?? ""
    }

    /// The fields in the order in which they are asked: what is needed first.
    private var order: [Field] {
        schema.fields.filter(\.isRequired) + schema.fields.filter { !$0.isRequired }
    }

    /// Asks for every field, then as ``review()``.
    mutating func fill() throws(PromptError) -> JSON.Object? {
        try prompts.say(FormMessages.title(RecordWords.kind(kind.name)))
        try prompts.say(FormMessages.keys)
        object = try ask(order, object, at: "", place: []) ?? object
        return try review()
    }

    /// Shows the record and lets the person change fields until it is sent or dropped.
    ///
    /// - Returns: the record; nil when it is dropped.
    mutating func review() throws(PromptError) -> JSON.Object? {
        let fields = order
        while true {
            try show(fields)
            let typed = try prompts.line(FormMessages.review)
            switch typed.lowercased() {
            case "send", "s", "发送":
                let problems = problems()
                if problems.isEmpty { return object }
                try prompts.say(FormMessages.notYet)
                for problem in problems { try prompts.say(FormText.problem(problem)) }
            case "drop", "放弃": return nil
            default:
                if let number = Int(typed), fields.indices.contains(number - 1) {
                    let field = fields[number - 1]
                    apply(try ask(field, object[field.name], "", []), to: field, in: &object)
                } else {
                    try prompts.say(FormMessages.reviewAgain)
                }
            }
        }
    }

    private func problems() -> [FieldProblem] {
        do throws(RecordError) {
            _ = try schema.validate(.object(object))
            return []
        } catch {
            guard case .invalid(let report) = error else { return [] }
            return report.problems
        }
    }

    private func show(_ fields: [Field]) throws(PromptError) {
        try prompts.say(FormMessages.summary)
        var list = FieldList()
        for (index, field) in fields.enumerated() {
            let label = RecordWords.label(field.name, of: kind.name)
            let value = object[field.name].map { FormText.value($0, at: field.name, of: kind) }
            list.add(
                FormMessages.numbered(index + 1, label), "\(value ?? FormMessages.empty)")
        }
        try prompts.show(list.text(in: prompts.language))
    }

    // MARK: Asking

    /// Asks for several fields in turn.
    ///
    /// - Returns: the object with the answers; nil when the person went back from the first one.
    private mutating func ask(
        _ fields: [Field], _ start: JSON.Object, at path: String, place: [Message]
    ) throws(PromptError) -> JSON.Object? {
        var object = start
        var index = 0
        while index < fields.count {
            let field = fields[index]
            let reply = try ask(field, object[field.name], path, place)
            if case .back = reply {
                guard index > 0 else {
                    if path.isEmpty { continue }
                    return nil
                }
                index -= 1
                continue
            }
            apply(reply, to: field, in: &object)
            index += 1
        }
        return object
    }

    private func apply(_ reply: FieldReply, to field: Field, in object: inout JSON.Object) {
        switch reply {
        case .value(let value): object[field.name] = value
        case .clear: object[field.name] = nil
        case .keep, .back: break
        }
    }

    private mutating func ask(
        _ field: Field, _ current: JSON.Value?, _ path: String, _ place: [Message]
    ) throws(PromptError) -> FieldReply {
        let here = path.isEmpty ? field.name : "\(path).\(field.name)"
        let label = RecordWords.label(here, of: kind.name)
        switch field.type {
        case .object(let inner):
            let before = current?.object ?? JSON.Object()
            guard try prompts.confirm(FormMessages.fillIn(label)) else { return .keep }
            guard let filled = try ask(inner, before, at: here, place: place + [label]) else {
                return .back
            }
            return filled.members.isEmpty ? .clear : .value(.object(filled))
        case .list(.object(let inner), let limit):
            return try askElements(
                inner, limit, current?.array ?? [], here, label, place, field.isRequired)
        default:
            var question = FieldQuestion(
                prompts: prompts, field: field,
                answer: FormAnswer(kind: kind, path: here, currency: currency, today: today),
                place: place, current: current ?? proposal(here))
            let reply = try question.askValue()
            currency = question.answer.currency
            // What was proposed and not changed is an answer too.
            if reply == .keep, current == nil, let proposed = proposal(here) {
                return .value(proposed)
            }
            return reply
        }
    }

    /// What stands in the brackets of an empty form: whoever writes of a session mostly does so on
    /// its day.
    private func proposal(_ path: String) -> JSON.Value? {
        switch (kind, path) {
        case (.counsellingSession, "held_on"), (.hardshipCase, "opened_on"): .string(today)
        default: nil
        }
    }

    private mutating func askElements(
        _ inner: [Field], _ limit: Int, _ current: [JSON.Value], _ path: String,
        _ label: Message, _ place: [Message], _ isRequired: Bool
    ) throws(PromptError) -> FieldReply {
        var elements = current
        if !elements.isEmpty,
            !(try prompts.confirm(FormMessages.keepElements(label, elements.count)))
        {
            elements = []
        }
        while elements.count < limit {
            let number = elements.count + 1
            guard try prompts.confirm(FormMessages.addElement(label, number)) else { break }
            let name = FormMessages.element(label, number)
            guard
                let element = try ask(inner, JSON.Object(), at: path, place: place + [name])
            else { continue }
            elements.append(.object(element))
        }
        if elements == current { return .keep }
        return elements.isEmpty ? .clear : .value(.array(elements))
    }
}
