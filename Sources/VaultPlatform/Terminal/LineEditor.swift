/// What may stand at the end of a line that is being typed.
package struct LineCompletion: Equatable, Sendable {
    /// What stands there so far: the end of the text before the cursor.
    package let typed: String
    /// Whole words that begin with it, in the order in which they are shown.
    package let candidates: [String]

    /// From its parts.
    package init(typed: String, candidates: [String]) {
        self.typed = typed
        self.candidates = candidates
    }
}

/// How a line ended.
package enum EditedLine: Equatable, Sendable {
    /// With the return key.
    case line(String)
    /// With ^C.
    case interrupted
    /// With ^D on an empty line, or the terminal hung up.
    case endOfInput
}

/// The state of typing one line: bytes of a raw terminal in, what to show out. Does no input or
/// output itself.
///
/// Everything that is shown stays within one row. A paste is text, never keys: its line ends become
/// blanks, so that it cannot run anything. Characters that control a terminal or turn text around
/// are dropped.
package struct LineEditor: Sendable {
    /// Most bytes of UTF-8 in a line: what is typed in a row, with room for a pasted paragraph.
    package static let usualLimit = 16_384

    private let prompt: String
    private let history: [String]
    private let limit: Int
    private let tooLong: String
    private let cleared: String
    private var keys: KeyReader
    private var view = LineView()
    private(set) var line = EditedText()
    /// The place in the history; its count for the line that is being typed.
    private var place: Int
    private var draft = EditedText()
    private var wasTab = false

    /// How the line ended; feed nothing more then.
    package private(set) var outcome: EditedLine?

    /// An empty line.
    ///
    /// - Parameters:
    ///   - prompt: stands before the line; made visible already.
    ///   - history: what the up key brings back, newest last.
    ///   - limit: most bytes of UTF-8; what exceeds it is refused with a bell.
    ///   - tooLong: what to say when a paste is refused because of the limit.
    ///   - cleared: what to say when ^C has cleared the line, where another one is to interrupt; empty
    ///     where ^C interrupts at once.
    package init(
        prompt: String, history: [String] = [], limit: Int = LineEditor.usualLimit,
        tooLong: String = "", cleared: String = ""
    ) {
        self.prompt = prompt
        self.history = history
        self.limit = limit
        self.tooLong = tooLong
        self.cleared = cleared
        keys = KeyReader(pasteLimit: limit)
        place = history.count
    }

    /// The widest prompt that is shown as a whole in a row of so many columns.
    package static func promptColumns(of columns: Int) -> Int {
        LineView.promptColumns(of: columns)
    }

    /// How many bytes may be fed at once without taking any that is typed ahead for somebody else.
    package var readable: Int { keys.readable }

    /// Takes one byte.
    ///
    /// - Parameter complete: gives what may stand at the end of a text.
    /// - Returns: what to show at once, before the line is drawn anew; often nothing.
    package mutating func feed(
        _ byte: UInt8, columns: Int, complete: (String) -> LineCompletion? = { _ in nil }
    ) -> String {
        guard let key = keys.feed(byte) else { return "" }
        return press(key, columns: columns, complete: complete)
    }

    /// Takes one key, as ``feed(_:columns:complete:)`` a byte.
    mutating func press(
        _ key: Key, columns: Int, complete: (String) -> LineCompletion? = { _ in nil }
    ) -> String {
        defer { wasTab = key == .tab }
        switch key {
        case .text(let text): return insert(text)
        case .paste(let text): return paste(text, columns)
        case .tab: return tab(columns, complete(line.before))
        case .enter:
            return end(.line(line.text), columns, mark: "")
        case .interrupt:
            guard cleared.isEmpty || line.characters.isEmpty else { return clear(columns) }
            return end(.interrupted, columns, mark: "^C")
        case .endOfInput:
            guard line.characters.isEmpty else { return edit(.delete) }
            return end(.endOfInput, columns, mark: "")
        case .clearScreen: return "\u{1B}[H\u{1B}[2J"
        default: return edit(key)
        }
    }

    /// The input ended (the terminal hung up).
    package mutating func hangUp() { outcome = .endOfInput }

    /// What to write to show the line and its cursor as they are, in the row of the cursor.
    package mutating func draw(columns: Int) -> String {
        view.draw(prompt: prompt, line, columns: columns)
    }

    private mutating func end(_ outcome: EditedLine, _ columns: Int, mark: String) -> String {
        self.outcome = outcome
        // The line stays on the screen as it was sent; what it says after ^C stays too.
        line.move(to: line.characters.count)
        return draw(columns: columns) + mark + "\n"
    }

    private mutating func clear(_ columns: Int) -> String {
        line.move(to: line.characters.count)
        let shown = draw(columns: columns) + "^C\n\(cleared)\n"
        line = EditedText()
        return shown
    }

    /// Moves the cursor, at most to either end.
    mutating func move(to place: Int) { line.move(to: place) }

    private mutating func insert(_ text: String) -> String {
        let harmless = Self.harmless(text)
        guard !harmless.isEmpty else { return "" }
        guard line.size + harmless.utf8.count <= limit else { return "\u{7}" }
        line.insert(harmless)
        return ""
    }

    private mutating func paste(_ text: String?, _ columns: Int) -> String {
        let harmless = text.map(Self.harmless)
        guard let harmless, line.size + harmless.utf8.count <= limit else {
            guard !tooLong.isEmpty else { return "\u{7}" }
            return draw(columns: columns) + "\n\(tooLong)\n\u{7}"
        }
        return insert(harmless)
    }

    private mutating func edit(_ key: Key) -> String {
        let (cursor, count) = (line.cursor, line.characters.count)
        let doomed: Range<Int>
        switch key {
        case .left: return go(cursor - 1)
        case .right: return go(cursor + 1)
        case .home: return go(0)
        case .end: return go(count)
        case .wordLeft: return go(line.wordStart)
        case .wordRight: return go(line.wordEnd)
        case .up: return recall(place - 1)
        case .down: return recall(place + 1)
        case .backspace: doomed = max(0, cursor - 1)..<cursor
        case .delete: doomed = cursor..<min(count, cursor + 1)
        case .eraseToStart: doomed = 0..<cursor
        case .eraseToEnd: doomed = cursor..<count
        case .eraseWord: doomed = line.wordStart..<cursor
        case .text, .paste, .enter, .tab, .interrupt, .endOfInput, .clearScreen: return ""
        }
        guard !doomed.isEmpty else { return "\u{7}" }
        line.remove(doomed)
        return ""
    }

    private mutating func go(_ place: Int) -> String {
        line.move(to: place)
        return ""
    }

    private mutating func recall(_ wanted: Int) -> String {
        guard (0...history.count).contains(wanted) else { return "\u{7}" }
        if place == history.count { draft = line }
        place = wanted
        line = wanted == history.count ? draft : EditedText(history[wanted])
        return ""
    }

    private mutating func tab(_ columns: Int, _ completion: LineCompletion?) -> String {
        guard let completion, let first = completion.candidates.first,
            line.before.hasSuffix(completion.typed)
        else { return "\u{7}" }
        let typed = Array(completion.typed).count
        let isOnly = completion.candidates.count == 1
        let common = completion.candidates.reduce(first) { $0.commonPrefix(with: $1) }
        let added = String(common.dropFirst(typed)) + (isOnly ? " " : "")
        if !added.isEmpty { return insert(added) }
        guard wasTab else { return "\u{7}" }
        return draw(columns: columns) + "\n"
            + Self.listed(completion.candidates, columns: columns)
    }

    /// Words in rows.
    private static func listed(_ words: [String], columns: Int) -> String {
        var rows = [""]
        for word in words {
            let last = rows[rows.count - 1]
            if last.isEmpty {
                rows[rows.count - 1] = word
            } else if DisplayWidth.of(last) + 2 + DisplayWidth.of(word) < columns {
                rows[rows.count - 1] = last + "  " + word
            } else {
                rows.append(word)
            }
        }
        return rows.map { $0 + "\n" }.joined()
    }

    /// Without characters that control, end lines or turn text around; line ends and tabs become
    /// blanks. Joiners stay: emoji and some scripts need them.
    private static func harmless(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0A where previous == "\r": break
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case 0x200C, 0x200D, 0xFE0F: result.append(scalar)
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .surrogate: break
                default: result.append(scalar)
                }
            }
        }
        return String(result)
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
