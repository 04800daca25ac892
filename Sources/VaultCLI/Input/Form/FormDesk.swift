import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText

/// What a person answers to the question for a field.
enum FormAnswer {
    case text(String)
    /// Return alone.
    case nothing
    /// `<`
    case back
    /// `-`
    case clear
    /// `!`
    case show
}

/// The device of a form: one question after another, and what is said between.
struct FormDesk {
    let client: Client
    private let prompts: Prompts
    private let seat: SeatTerminal?
    private let progress = FormProgress()
    /// Columns for choices and values.
    let columns: Int

    /// The longest answer on one line: more than the longest line of a field.
    private static let longestLine = 4_000

    /// The longest text in bytes: far above every field, so that what does not fit is told with the whole
    /// text at hand, and not cut.
    static let longestText = 1 << 20

    init(_ client: Client) throws(ClientError) {
        self.client = client
        let device = try client.editedTerminal()
        seat = device as? SeatTerminal
        columns = seat?.columns ?? 80
        prompts = Prompts(
            device: device, language: client.language,
            hasSecondScreen: client.terminalHasSecondScreen)
    }

    var language: Language { client.language }

    /// Says something on a line of its own.
    func say(_ message: Message) throws(ClientError) {
        do { try prompts.say(message) } catch { throw .prompt(error) }
    }

    /// Shows lines that are made visible already.
    func show(_ lines: [String]) throws(ClientError) {
        for line in lines { try say(Message(verbatim: line)) }
    }

    /// Asks on one line; `?` is answered with `help` and asked again.
    func line(_ question: Message, help: [Message]) throws(ClientError) -> FormAnswer {
        while true {
            let typed: String
            do throws(PromptError) {
                typed = try guarded { (prompts) throws(PromptError) in
                    try prompts.line(question, limit: Self.longestLine)
                }
            } catch {
                guard error.isGivingUp, !givesUp() else { throw .prompt(error) }
                continue
            }
            guard let answer = Self.answer(typed) else {
                for message in help { try say(message) }
                continue
            }
            if case .text = answer { progress.hasTyped = true }
            return answer
        }
    }

    /// Asks for a text of several lines; a text that is only `?` is answered with `help`.
    func block(_ question: Message, help: [Message]) throws(ClientError) -> FormAnswer {
        while true {
            let typed: String
            do throws(PromptError) {
                typed = try guarded { (prompts) throws(PromptError) in
                    try prompts.text(
                        question, limit: Self.longestText, answers: Self.keys
                    ).text
                }
            } catch {
                // A seat has asked already, with the text at hand.
                guard error.isGivingUp, seat?.isCapable != true, !givesUp() else {
                    throw .prompt(error)
                }
                continue
            }
            if typed.trimmed.count <= 1 {
                guard let answer = Self.answer(typed.trimmed) else {
                    for message in help { try say(message) }
                    continue
                }
                return answer
            }
            progress.hasTyped = true
            return .text(typed)
        }
    }

    /// Notes that there is something to lose, although it was not typed at this desk.
    func noteTyped() { progress.hasTyped = true }

    /// Asks with the keys of a form: ^C clears a line, and gives the form up only where that is
    /// confirmed.
    private func guarded<Answer>(
        _ ask: (Prompts) throws(PromptError) -> Answer
    ) throws(PromptError) -> Answer {
        seat?.givingUp = SeatTerminal.GivingUp(
            cleared: FormMessages.lineCleared.text(in: language),
            isWanted: { hasText in self.givesUp(hasText: hasText) })
        defer { seat?.givingUp = nil }
        return try ask(prompts)
    }

    /// Whether the person gives up what they typed; asked until it is clear.
    private func givesUp(hasText: Bool = false) -> Bool {
        guard progress.hasTyped || hasText else { return true }
        let before = seat?.givingUp
        seat?.givingUp = nil
        defer { seat?.givingUp = before }
        // A terminal that is gone has an end, however often it is asked.
        for _ in 0..<Self.patience {
            do throws(PromptError) {
                return try prompts.confirm(FormMessages.reallyDrop)
            } catch {
                guard error.isGivingUp || error == .notAnswered else { return true }
                _ = Interrupts.take()
            }
        }
        return true
    }

    /// Yes or no; return is no.
    func wants(_ question: Message, help: [Message]) throws(ClientError) -> FormChoice {
        while true {
            switch try line(question, help: help) {
            case .back: return .back
            case .nothing, .clear: return .no
            case .show: return .show
            case .text(let text):
                switch text.lowercased() {
                case "y", "yes", "是": return .yes
                case "n", "no", "否": return .no
                default: try say(FormMessages.answerYesOrNo)
                }
            }
        }
    }

    /// Yes or no, in a word; whoever answers neither, time and again, did not say yes.
    func confirm(_ question: Message) throws(ClientError) -> Bool {
        do throws(PromptError) {
            return try prompts.confirm(question)
        } catch {
            // Whoever interrupts did not say yes; a terminal that is gone ends the next question.
            if error == .notAnswered || error.isGivingUp { return false }
            throw .prompt(error)
        }
    }

    /// What is no text where it stands alone.
    private static let keys: Set<String> = [
        "", "?", "？", "<", "＜", "《", "-", "－", "!", "！",
    ]

    /// How often somebody may end or interrupt the question whether to give up.
    static let patience = 100

    /// Nil for a question mark.
    private static func answer(_ typed: String) -> FormAnswer? {
        switch typed {
        case "?", "？": nil
        case "": .nothing
        case "<", "＜", "《": .back
        case "-", "－": .clear
        case "!", "！": .show
        default: .text(typed)
        }
    }
}

/// Whether there is something to lose.
private final class FormProgress {
    var hasTyped = false
}

extension PromptError {
    /// Whether the person ended or interrupted the question.
    var isGivingUp: Bool {
        switch self {
        case .platform(.endOfInput), .platform(.interrupted): true
        default: false
        }
    }
}

/// An answer to whether something is wanted.
enum FormChoice {
    case yes, no, back, show
}

extension Client {
    /// The terminal with the keys of an editor, where it has any: what is pasted into a line answers
    /// no question after it.
    func editedTerminal() throws(ClientError) -> any PromptDevice {
        let device = try terminal()
        guard device is Terminal, terminalHasSecondScreen else { return device }
        // ^C ends the form with a word, not the program without one.
        try? Interrupts.hold()
        return SeatTerminal(
            device, isCapable: true,
            tooLong: ClientShellMessages.pasteTooLong.text(in: language))
    }
}
