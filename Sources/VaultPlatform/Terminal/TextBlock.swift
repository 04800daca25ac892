/// A text of several lines that a person typed or pasted.
package struct TextBlock: Equatable, Sendable {
    /// The lines, joined by line feeds, without a final one.
    package let text: String
    /// Whether input was dropped because the text reached its limit. The caller must say so.
    package let truncated: Bool

    /// From its parts.
    package init(text: String, truncated: Bool) {
        self.text = text
        self.truncated = truncated
    }
}

/// The state of typing a `TextBlock`: bytes of a raw terminal in, what to show out. Does no input
/// or output itself.
///
/// A line that is only `.` or `。` ends the text, unless it comes within a bracketed paste: what a
/// person copied from elsewhere cannot end the text or press keys. Control characters other than
/// tab and line end are keys when typed (backspace, ^U, ^W, ^D) and dropped when pasted; escape
/// sequences such as arrow keys are dropped.
struct TextBlockEditor {
    /// Most bytes of UTF-8 of the whole text.
    let limit: Int
    /// What is the whole text where it is typed alone in the first line.
    let answers: Set<String>
    private var finishedLines: [String] = []
    private var line = ""
    /// Bytes of the text so far, line feeds included.
    private var size = 0
    private var truncated = false
    private var wasTruncated = false
    private var isPasting = false
    private var afterReturn = false
    private var escape: [UInt8]?
    private var scalars = ScalarReader()

    /// Whether the text is complete; feed nothing more.
    private(set) var isFinished = false

    init(limit: Int, answers: Set<String> = []) {
        self.limit = limit
        self.answers = answers
    }

    /// The text so far; what stands in an unfinished last line counts.
    var block: TextBlock {
        // Beyond the limit there is at most the mark that ends the text.
        let lines = line.isEmpty || size > limit ? finishedLines : finishedLines + [line]
        return TextBlock(text: lines.joined(separator: "\n"), truncated: truncated)
    }

    /// Everything so far, as the terminal shows it.
    var shown: String {
        (finishedLines + [line]).joined(separator: "\n")
            .map { Self.shown($0).text }.joined()
    }

    /// Takes one byte; returns what the terminal shall show.
    mutating func feed(_ byte: UInt8) -> String {
        if let sequence = escape { return continueEscape(sequence, byte) }
        switch byte {
        case 0x1B:
            escape = []
            return ""
        case 0x0D, 0x0A:
            // CR LF is one line end.
            defer { afterReturn = byte == 0x0D }
            return byte == 0x0A && afterReturn ? "" : endLine()
        default:
            afterReturn = false
        }
        if byte < 0x20 || byte == 0x7F { return key(byte) }
        return typed(byte)
    }

    /// The input ended (the terminal hung up).
    mutating func endOfInput() { isFinished = true }

    private mutating func continueEscape(_ sequence: [UInt8], _ byte: UInt8) -> String {
        var sequence = sequence
        sequence.append(byte)
        // CSI: `[`, parameters 0x20...0x3F, one final byte. SS3: `O` and a byte. Else two bytes.
        let first = sequence[0]
        let isOpen =
            first == UInt8(ascii: "[")
            ? sequence.count == 1 || (0x20...0x3F).contains(byte)
            : first == UInt8(ascii: "O") && sequence.count == 1
        guard isOpen, sequence.count < 32 else {
            escape = nil
            if sequence == Array("[200~".utf8) { isPasting = true }
            if sequence == Array("[201~".utf8) { isPasting = false }
            return ""
        }
        escape = sequence
        return ""
    }

    private mutating func endLine() -> String {
        scalars.reset()
        if !isPasting, finishedLines.isEmpty, answers.contains(line) {
            isFinished = true
            return "\n"
        }
        if !isPasting, line == "." || line == "。" {
            line = ""
            isFinished = true
            return "\n"
        }
        // One line end beyond the limit, so that a text that fills it can be ended too.
        guard grow(1, beyond: 1) else { return bell }
        finishedLines.append(line)
        line = ""
        return "\n"
    }

    private mutating func key(_ byte: UInt8) -> String {
        if byte == 0x09 { return add("\t") }
        guard !isPasting else { return "" }
        switch byte {
        case 0x7F, 0x08: return erase { _ in false }
        case 0x15: return erase { _ in true }  // ^U: the line
        case 0x17:  // ^W: the word and the blanks after it
            var inWord = false
            return erase { character in
                let isBlank = character == " " || character == "\t"
                if inWord, isBlank { return false }
                inWord = inWord || !isBlank
                return true
            }
        case 0x04:  // ^D at the start of a line
            isFinished = line.isEmpty
            return ""
        default: return ""
        }
    }

    /// Removes characters from the end of the line: one, and on while `goesOn` of the next one.
    private mutating func erase(_ goesOn: (Character) -> Bool) -> String {
        guard var last = line.last else { return "" }
        var columns = 0
        // Asked for the first one too, so that it can remember.
        _ = goesOn(last)
        while true {
            line.removeLast()
            size -= last.utf8.count
            columns += Self.shown(last).columns
            guard let next = line.last, goesOn(next) else { break }
            last = next
        }
        let back = String(repeating: "\u{8}", count: columns)
        return back + String(repeating: " ", count: columns) + back
    }

    private mutating func typed(_ byte: UInt8) -> String {
        scalars.feed(byte).map { add($0) } ?? ""
    }

    private mutating func add(_ text: String) -> String {
        // C1 controls steer terminals as escape sequences do.
        if let scalar = text.unicodeScalars.first, (0x80...0x9F).contains(scalar.value) {
            return ""
        }
        let mayEnd = line.isEmpty && !isPasting && (text == "." || text == "。")
        guard grow(text.utf8.count, beyond: mayEnd ? 4 : 0) else { return bell }
        line += text
        return text == "\t" ? Self.shown("\t").text : text
    }

    /// - Parameter beyond: how much more than the limit it may become for this.
    private mutating func grow(_ bytes: Int, beyond: Int) -> Bool {
        guard size + bytes <= limit + beyond else {
            wasTruncated = truncated
            truncated = true
            return false
        }
        size += bytes
        return true
    }

    /// For what is refused; once for a paste, however much of it is.
    private var bell: String { isPasting && wasTruncated ? "" : "\u{7}" }

    /// How a character of the text looks while typing.
    private static func shown(_ character: Character) -> (text: String, columns: Int) {
        // A fixed width: the terminal's own tab stops could not be erased.
        if character == "\t" { return ("    ", 4) }
        return (String(character), DisplayWidth.of(character))
    }
}
