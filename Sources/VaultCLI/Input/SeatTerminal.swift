import Glibc
import VaultPlatform
import VaultText

/// The terminal of a person who stays: lines are edited, and whatever is asked, by the shell or by a command
/// in it, locks the screen when nobody answers for long.
///
/// `@unchecked`, because devices are handed across threads elsewhere and this one is not: the client
/// has one thread, and whoever is asked types one answer at a time.
final class SeatTerminal: PromptDevice, @unchecked Sendable {
    private let device: any PromptDevice
    /// The same device, where keys can be read one by one and the screen can be cleared.
    private let terminal: Terminal?
    private let tooLong: String
    /// What stands in the row of the cursor: the question, when a line is asked for.
    private var question = ""

    /// Whether a question or a text is being answered, so that something would be lost.
    private(set) var isAnswering = false

    /// Whether the person has left; whoever asks then hears that nothing more is typed.
    private var isAbandoned = false

    /// What ^C does where something would be lost.
    struct GivingUp {
        /// Said when it has cleared a line.
        let cleared: String
        /// Whether the person gives up what they typed; given whether there is a text.
        let isWanted: (Bool) -> Bool
    }

    /// How ^C is taken; nil where it ends a question at once.
    var givingUp: GivingUp?

    /// What to do when nobody types.
    var idle: IdleRule?

    /// - Parameters:
    ///   - isCapable: whether the terminal knows more than lines (`TERM` is not `dumb`).
    ///   - tooLong: what to say when a paste is too long for a line.
    init(_ device: any PromptDevice, isCapable: Bool, tooLong: String) {
        self.device = device
        self.tooLong = tooLong
        terminal = isCapable ? device as? Terminal : nil
    }

    /// Whether the screen can be cleared, and locks by itself.
    var isCapable: Bool { terminal != nil }

    /// The width; 80 where it is not known.
    var columns: Int { terminal?.columns ?? (device as? Terminal)?.columns ?? 80 }

    /// Has a command typed.
    func command(
        _ prompt: String, history: [String], complete: (String) -> LineCompletion?
    ) throws(PlatformError) -> EditedLine {
        question = ""
        if isAbandoned { return .endOfInput }
        guard let terminal else {
            try device.write(prompt)
            do throws(PlatformError) {
                return .line(try device.readLine(limit: Terminal.longestLine))
            } catch {
                switch error {
                case .endOfInput: return .endOfInput
                case .interrupted: return .interrupted
                default: throw error
                }
            }
        }
        var editor = LineEditor(prompt: prompt, history: history, tooLong: tooLong)
        return try terminal.readLine(&editor, idle: idle, complete: complete)
    }

    /// Clears the screen and what can be scrolled back to (xterm, ED 3).
    func clear() throws(PlatformError) {
        question = ""
        guard let terminal else { return }
        try terminal.write("\u{1B}[H\u{1B}[2J\u{1B}[3J")
    }

    /// The person leaves, a text that is being typed included.
    func abandon() { isAbandoned = true }

    /// Leaves the terminal as it was found.
    func leave() { try? terminal?.forgetPastes() }

    func write(_ text: String) throws(PlatformError) {
        if let end = text.lastIndex(where: \.isNewline) {
            question = String(text[text.index(after: end)...])
        } else {
            question += text
        }
        try device.write(text)
    }

    func readLine(limit: Int) throws(PlatformError) -> String {
        if isAbandoned { throw .endOfInput }
        guard let terminal else { return try device.readLine(limit: limit) }
        if DisplayWidth.of(question) > LineEditor.promptColumns(of: columns) {
            // A question is shown as a whole, above the row in which it is answered.
            try terminal.write("\n")
            question = "> "
        }
        var editor = LineEditor(
            prompt: question, limit: limit, tooLong: tooLong, cleared: givingUp?.cleared ?? "")
        question = ""
        isAnswering = true
        defer { isAnswering = false }
        switch try terminal.readLine(&editor, idle: idle) {
        case .line(let line): return line
        case .interrupted: throw .interrupted(signal: SIGINT)
        case .endOfInput: throw .endOfInput
        }
    }

    func readSecret(_ question: String, limit: Int) throws(PlatformError) -> WipedBytes {
        if isAbandoned { throw .endOfInput }
        // A secret may be pasted; the marks of a paste are no part of it.
        try terminal?.forgetPastes()
        self.question = ""
        return try device.readSecret(question, limit: limit)
    }

    func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock {
        if isAbandoned { throw .endOfInput }
        question = ""
        guard let terminal else {
            return try device.readBlock(limit: limit, answers: answers)
        }
        isAnswering = true
        defer { isAnswering = false }
        var editor = TextLinesEditor(
            limit: limit, answers: answers, cleared: givingUp?.cleared ?? "")
        while true {
            switch try terminal.readText(&editor, idle: idle) {
            case .text(let block): return block
            case .interrupted:
                guard let givingUp, !givingUp.isWanted(editor.hasText) else {
                    throw .interrupted(signal: SIGINT)
                }
                isAnswering = true
                try terminal.write(editor.shown)
            }
        }
    }
}
