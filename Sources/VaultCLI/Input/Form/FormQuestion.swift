import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText

/// The question for one field.
struct FormQuestion {
    let field: Field
    let place: RecordPlace
    /// The object around it, where there is one.
    let outer: Message?
    let isNeeded: Bool
    let desk: FormDesk
    /// Whether the person chose this field to change it.
    var isChosen = false

    /// The label, with what is around it.
    var label: Message {
        guard let outer else { return place.label }
        return FormMessages.inside(outer, nil, place.label)
    }

    /// What `?` is answered with.
    var help: [Message] {
        let meaning = FieldMessages.meaning(
            place.path, kind: place.kind, english: field.meaning)
        let expected: Message? =
            switch field.type {
            case .option(let options), .list(.option(let options), _):
                FormMessages.numberOrBeginning(options.count)
            case .flag: RecordProblemMessages.yesOrNo
            case .money: RecordProblemMessages.money
            case .object, .list: nil
            default: field.type.expectation
            }
        return [meaning, expected].compactMap { $0 }
    }

    /// Asks until the answer fits. The value is nil where there is none.
    ///
    /// - Parameters:
    ///   - now: the value that is there.
    ///   - currency: of amounts that name none.
    func ask(
        _ now: JSON.Value?, currency: String
    ) throws(ClientError) -> (step: RecordForm.Step, value: JSON.Value?) {
        if case .text(let rule) = field.type, let kept = now?.string, rule.excess(of: kept) != nil {
            return try mend(kept, rule, currency)
        }
        return try askAnew(now, currency)
    }

    /// As ``ask(_:currency:)``, whatever is wrong with the value that is there.
    private func askAnew(
        _ now: JSON.Value?, _ currency: String, isShown: Bool = true
    ) throws(ClientError) -> (step: RecordForm.Step, value: JSON.Value?) {
        try desk.show(choices)
        while true {
            let answer = try answer(now, currency, isShown)
            switch answer {
            case .nothing:
                if now != nil || !isNeeded { return (.next, now) }
                try desk.say(FormMessages.needed)
            case .clear:
                if !isNeeded { return (.next, nil) }
                try desk.say(FormMessages.needed)
            case .back: return (.back, now)
            case .show: return (.summary, now)
            case .text(let text):
                if case .text(let rule) = field.type, rule.form == nil {
                    let text = TypedValue.unified(text, isLong: rule.isLong)
                    if rule.excess(of: text) != nil { return try mend(text, rule, currency) }
                }
                let typed = TypedValue(
                    type: field.type, place: place, language: desk.language, currency: currency)
                do throws(TypedValue.Problem) {
                    return (.next, try typed.read(text))
                } catch {
                    try desk.say(FormMessages.problem(place.label, error.message))
                }
            }
        }
    }

    /// Has a text shortened that is too long, or keeps it as it is for later.
    private func mend(
        _ text: String, _ rule: TextRule, _ currency: String
    ) throws(ClientError) -> (step: RecordForm.Step, value: JSON.Value?) {
        switch try LongText(desk: desk, label: label, rule: rule, help: help).ask(text) {
        case .text(let text): return (.next, .string(text))
        case .leave(let step, let text): return (step, .string(text))
        case .anew(let text): return try askAnew(.string(text), currency, isShown: false)
        }
    }

    private func answer(
        _ now: JSON.Value?, _ currency: String, _ isShown: Bool
    ) throws(ClientError) -> FormAnswer {
        if case .text(let rule) = field.type, rule.isLong {
            if isShown, let now { try desk.show(lines(now)) }
            if isShown, let text = now?.string { return try corrected(text, rule) }
            return try longText()
        }
        var label = label
        if case .flag = field.type { label = FormMessages.yesOrNo(label) }
        var question = FormMessages.question(label, isNeeded: isNeeded)
        if case .money = field.type { question = FormMessages.amount(question, currency: currency) }
        if let now {
            let phrase = RecordText.value(now, field.type, place).phrase
            question = FormMessages.question(question, now: Message(phrase, chinese: phrase))
        }
        return try desk.line(question, help: help)
    }

    private func longText() throws(ClientError) -> FormAnswer {
        let question = FormMessages.long(FormMessages.question(label, isNeeded: isNeeded))
        return try desk.block(question, help: help)
    }

    /// What becomes of a text that is there: more of it, another one, edited, or kept.
    private func corrected(_ text: String, _ rule: TextRule) throws(ClientError) -> FormAnswer {
        let hasEditor = PersonsEditor.isThere(desk.client)
        let question = FormMessages.correct(label, hasEditor: hasEditor, returnAdds: isChosen)
        while true {
            let answer = try desk.line(question, help: help)
            let typed: String
            switch answer {
            case .nothing: typed = isChosen ? "a" : "k"
            case .text(let text): typed = TypedValue.narrow(text).lowercased()
            case .back, .clear, .show: return answer
            }
            switch typed {
            case "a", "add", "追加":
                let more = try longText()
                guard case .text(let end) = more else { return more }
                return .text(text + "\n" + end)
            case "n", "new", "重写":
                if try desk.confirm(FormMessages.reallyReplace) { return try longText() }
            case "e" where hasEditor, "edit" where hasEditor, "编辑" where hasEditor:
                let long = LongText(desk: desk, label: label, rule: rule, help: help)
                return .text(try long.edit(text))
            case "k", "keep", "保留": return .nothing
            default: try desk.say(FormMessages.correctAgain(hasEditor: hasEditor))
            }
        }
    }

    /// The options with their numbers, in lines of the width of the terminal.
    private var choices: [String] {
        let options: [String]
        switch field.type {
        case .option(let words), .list(.option(let words), _): options = words
        default: return []
        }
        var lines: [String] = []
        var line = ""
        for (index, word) in options.enumerated() {
            let choice = FormMessages.choice(index + 1, place.option(word)).text(in: desk.language)
            let next = line.isEmpty ? "  \(choice)" : "\(line)  \(choice)"
            if !line.isEmpty, DisplayWidth.of(next) > desk.columns {
                lines.append(line)
                line = "  \(choice)"
            } else {
                line = next
            }
        }
        return lines + [line]
    }

    /// A value as the summary shows it.
    func lines(_ value: JSON.Value) -> [String] {
        var list = FieldList()
        RecordText.field(field, value, place, place.label, into: &list)
        return list.text(in: desk.language, columns: desk.columns)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
