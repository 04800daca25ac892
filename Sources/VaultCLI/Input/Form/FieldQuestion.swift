import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText

/// What came of asking for a field.
enum FieldReply: Equatable {
    /// A value that fits the field.
    case value(JSON.Value)
    /// As it was: the value before, or none.
    case keep
    /// The value before is to go.
    case clear
    /// The person wants the question before this one again.
    case back
}

/// Asks for the value of one field of a record, and asks on until it fits, is left out or is gone
/// back from.
///
/// What can be typed in place of a value: nothing to leave it as it is, `?` for what is expected,
/// `<` for the question before, `-` to take a value away.
struct FieldQuestion {
    let prompts: Prompts
    let field: Field
    /// The answer's way of reading, with the path of the field.
    var answer: FormAnswer
    /// Words before the label, such as `household 2`.
    let place: [Message]
    /// What is there already.
    let current: JSON.Value?

    private var words: FormMessages.Field {
        FormMessages.Field(
            place: place, label: RecordWords.label(answer.path, of: answer.kind.name),
            isNeeded: field.isRequired && current == nil)
    }

    /// Asks for a value that is typed in one go.
    mutating func askValue() throws(PromptError) -> FieldReply {
        if case .text(let rule) = field.type, rule.isLong { return try askText(rule) }
        try showOptions()
        while true {
            let shown = current.map { FormText.value($0, at: answer.path, of: answer.kind) }
            let typed = try prompts.line(FormMessages.question(words, current: shown))
            switch try control(typed) {
            case .reply(let reply): return reply
            case .again: continue
            case .value: break
            }
            if let value = answer.value(typed, as: field.type) {
                let problems = field.problems(in: value)
                if problems.isEmpty { return .value(value) }
                for problem in problems { try prompts.say(FormText.problem(problem)) }
            } else {
                try prompts.say(FormMessages.notUnderstood(expected))
            }
        }
    }

    private func askText(_ rule: TextRule) throws(PromptError) -> FieldReply {
        if let text = current?.string {
            try prompts.say(FormMessages.label(words))
            try prompts.show(VisibleText.lines(text).map { "  \($0)\n" }.joined())
            guard try prompts.confirm(FormMessages.replaceText) else { return .keep }
        }
        while true {
            let block = try prompts.text(FormMessages.label(words), limit: rule.bytes)
            switch try control(block.text) {
            case .reply(let reply): return reply
            case .again: continue
            case .value: break
            }
            let value = JSON.Value.string(block.text)
            let problems = field.problems(in: value)
            if problems.isEmpty { return .value(value) }
            for problem in problems { try prompts.say(FormText.problem(problem)) }
        }
    }

    /// What was typed: a wish that answers the question, one that does not, or a value.
    private enum Control {
        case reply(FieldReply)
        case again
        case value
    }

    private func control(_ typed: String) throws(PromptError) -> Control {
        switch typed {
        case "<", "《", "＜": return .reply(.back)
        case "?", "？":
            try prompts.say(
                FormMessages.help(
                    RecordWords.meaning(
                        answer.path, of: answer.kind.name, english: field.meaning),
                    expected: expected))
            try prompts.say(FormMessages.keys)
            return .again
        case "-", "－":
            guard field.isRequired else { return .reply(.clear) }
            try prompts.say(FormMessages.needed)
            return .again
        case "":
            guard field.isRequired, current == nil else { return .reply(.keep) }
            try prompts.say(FormMessages.needed)
            return .again
        default: return .value
        }
    }

    private var expected: Message {
        switch field.type {
        case .option(let options): FormMessages.choices(options.count)
        case .list(.option(let options), _): FormMessages.severalChoices(options.count)
        case .flag: ExpectedWords.message("yes or no")
        case .money: ExpectedWords.message("an amount and a currency, such as 1200.50 CNY")
        default: ExpectedWords.message(field.type.expected)
        }
    }

    private func showOptions() throws(PromptError) {
        let options: [String]
        switch field.type {
        case .option(let one): options = one
        case .list(.option(let several), _): options = several
        default: return
        }
        let cells = options.enumerated().map { number, code in
            let word = RecordWords.option(code, at: answer.path, of: answer.kind.name)
            return "\(number + 1) \(word.text(in: prompts.language))"
        }
        try prompts.show(WordGrid.lines(cells, width: prompts.columns, indent: 2))
    }
}
