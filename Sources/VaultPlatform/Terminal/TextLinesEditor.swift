/// The state of typing a text of several lines, each with the keys of a line editor: bytes of a raw
/// terminal in, what to show out. Does no input or output itself.
///
/// The line that is being typed stays within one row; one that is ended is shown as a whole. A line
/// that is only `.` or `。` ends the text unless it was pasted: a paste is text, never keys, and its line
/// ends are those of the text.
package struct TextLinesEditor: Sendable {
    /// How it ended.
    package enum Outcome: Equatable, Sendable {
        /// With its mark, with ^D at the start of a line, or because the terminal hung up.
        case text(TextBlock)
        /// With ^C on an empty line. Typing can go on.
        case interrupted
    }

    private let limit: Int
    private let answers: Set<String>
    private let cleared: String
    private var keys: KeyReader
    private var editor: LineEditor
    private var finished: [String] = []
    /// Bytes of the lines that are ended, line feeds included.
    private var size = 0
    private var truncated = false
    private var holdsPaste = false

    /// Set once the text is ended or interrupted; feed nothing more then.
    private(set) var outcome: Outcome?

    /// A text without a line.
    ///
    /// - Parameters:
    ///   - limit: most bytes of UTF-8; what exceeds it is dropped with a bell and marked.
    ///   - answers: what is the whole text where it stands alone in the first line.
    ///   - cleared: what to say when ^C has cleared a line; empty where ^C interrupts at once.
    package init(limit: Int, answers: Set<String> = [], cleared: String = "") {
        self.limit = limit
        self.answers = answers
        self.cleared = cleared
        keys = KeyReader(pasteLimit: limit + 4_096)
        editor = LineEditor(prompt: "", limit: .max, cleared: cleared)
    }

    /// Whether something would be lost.
    package var hasText: Bool { !finished.isEmpty || !editor.line.characters.isEmpty }

    /// The lines that are ended, as the terminal shows them.
    package var shown: String { finished.map { $0 + "\n" }.joined() }

    /// Goes on after an interruption.
    package mutating func goOn() { outcome = nil }

    /// How many bytes may be fed at once without taking any that is typed ahead for somebody else.
    var readable: Int { keys.readable }

    /// The input ended (the terminal hung up).
    mutating func hangUp() { finish() }

    /// What to write to show the line that is being typed.
    mutating func draw(columns: Int) -> String { editor.draw(columns: columns) }

    /// Takes one byte; returns what to show before the line is drawn anew.
    mutating func feed(_ byte: UInt8, columns: Int) -> String {
        guard let key = keys.feed(byte) else { return "" }
        switch key {
        case .text(let text): return add(text, columns)
        case .tab: return add("    ", columns)
        case .paste(let text): return paste(text, columns)
        case .enter: return endLine()
        case .endOfInput where editor.line.characters.isEmpty:
            finish()
            return ""
        default:
            let shown = editor.press(key, columns: columns)
            if editor.outcome == .interrupted {
                outcome = .interrupted
                begin()
            }
            return shown
        }
    }

    private mutating func begin() {
        editor = LineEditor(prompt: "", limit: .max, cleared: cleared)
        holdsPaste = false
    }

    /// What stands in an unfinished last line counts.
    private mutating func finish() {
        let line = editor.line.text
        let lines = line.isEmpty ? finished : finished + [line]
        outcome = .text(TextBlock(text: lines.joined(separator: "\n"), truncated: truncated))
    }

    private mutating func endLine() -> String {
        let line = editor.line.text
        if !holdsPaste {
            if finished.isEmpty, answers.contains(line) {
                finish()
                return Self.whole(line)
            }
            if line == "." || line == "。" {
                begin()
                finish()
                return Self.whole(line)
            }
        }
        finished.append(line)
        size += line.utf8.count + 1
        begin()
        return Self.whole(line)
    }

    /// A line that is ended: all of it, over the row in which it was typed.
    private static func whole(_ line: String) -> String { "\r\u{1B}[K\(line)\n" }

    private mutating func add(_ text: String, _ columns: Int) -> String {
        let mayEnd = editor.line.characters.isEmpty && (text == "." || text == "。")
        guard mayEnd || size + editor.line.size + text.utf8.count <= limit else {
            truncated = true
            return "\u{7}"
        }
        return editor.press(.text(text), columns: columns)
    }

    private mutating func paste(_ text: String?, _ columns: Int) -> String {
        guard let text else {
            truncated = true
            return "\u{7}"
        }
        var room = limit - size - editor.line.size
        var fitting = text[...]
        if text.utf8.count > room {
            truncated = true
            fitting = text.prefix { character in
                room -= character.utf8.count
                return room >= 0
            }
        }
        // What stands behind the cursor comes after all that is pasted.
        let rest = editor.line.behind
        _ = editor.press(.eraseToEnd, columns: columns)
        var shown = truncated ? "\u{7}" : ""
        let lines = Self.unified(fitting).split(separator: "\n", omittingEmptySubsequences: false)
        for (place, line) in lines.enumerated() {
            if place > 0 {
                let ended = editor.line.text
                finished.append(ended)
                size += ended.utf8.count + 1
                shown += Self.whole(ended)
                begin()
            }
            _ = editor.press(.text(String(line)), columns: columns)
        }
        holdsPaste = true
        let end = editor.line.cursor
        _ = editor.press(.text(rest), columns: columns)
        editor.move(to: end)
        return shown
    }

    /// Line feeds as the only line ends, tabs as blanks.
    private static func unified(_ text: Substring) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": continue
            case "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
            case "\t": scalars.append(contentsOf: "    ".unicodeScalars)
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
