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
        columns = (device as? SeatTerminal)?.columns ?? 80
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
                typed = try prompts.line(question, limit: Self.longestLine)
            } catch {
                throw .prompt(error)
            }
            guard let answer = Self.answer(typed) else {
                for message in help { try say(message) }
                continue
            }
            return answer
        }
    }

    /// Asks for a text of several lines; a text that is only `?` is answered with `help`.
    func block(_ question: Message, help: [Message]) throws(ClientError) -> FormAnswer {
        while true {
            let typed: String
            do throws(PromptError) {
                typed = try prompts.text(question, limit: Self.longestText).text
            } catch {
                throw .prompt(error)
            }
            if typed.trimmed.count <= 1 {
                guard let answer = Self.answer(typed.trimmed) else {
                    for message in help { try say(message) }
                    continue
                }
                return answer
            }
            return .text(typed)
        }
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
            if case .notAnswered = error { return false }
            throw .prompt(error)
        }
    }

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
