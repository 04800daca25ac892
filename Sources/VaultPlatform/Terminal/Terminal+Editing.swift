import CPlatform
import Glibc

/// What to do when nobody has typed for a while.
package struct IdleRule {
    /// After how many milliseconds.
    package let milliseconds: Int32
    /// Called with the terminal in its usual mode; typing goes on when it returns.
    package let act: () throws(PlatformError) -> Void

    /// From its parts.
    package init(milliseconds: Int32, act: @escaping () throws(PlatformError) -> Void) {
        self.milliseconds = milliseconds
        self.act = act
    }
}

/// What is typed key by key, by a person who sees where the cursor is.
protocol KeyedEditor {
    /// How many bytes may be fed at once.
    var readable: Int { get }
    /// Whether nothing more is to be fed.
    var isDone: Bool { get }
    /// The input ended.
    mutating func hangUp()
    /// What to write to show it as it is.
    mutating func draw(columns: Int) -> String
}

extension LineEditor: KeyedEditor {
    var isDone: Bool { outcome != nil }
}

extension TextLinesEditor: KeyedEditor {
    var isDone: Bool { outcome != nil }
}

extension Terminal {
    /// Has a line typed with the keys of an editor. What is typed ahead stays for the next reader.
    ///
    /// ^Z stops the process as usual; what was typed is there again when it continues. The
    /// terminal is told to mark pastes and stays so: what is pasted while a command works is marked
    /// too. `forgetPastes` ends that.
    ///
    /// - Throws: `interrupted` for signals other than ^C; what `idle` throws.
    package func readLine(
        _ editor: inout LineEditor, idle: IdleRule? = nil,
        complete: (String) -> LineCompletion? = { _ in nil }
    ) throws(PlatformError) -> EditedLine {
        while true {
            var isIdle = false
            try inMode(CP_TERMINAL_KEYS) { () throws(PlatformError) in
                try self.write("\u{1B}[?2004h")
                isIdle = try self.edit(&editor, idle?.milliseconds ?? -1) {
                    $0.feed($1, columns: $2, complete: complete)
                }
            }
            if let outcome = editor.outcome { return outcome }
            if isIdle { try idle?.act() }
        }
    }

    /// Ends what `readLine` told the terminal about pastes.
    package func forgetPastes() throws(PlatformError) { try write("\u{1B}[?2004l") }

    /// - Returns: whether it ended because nobody typed.
    private func edit<Editor: KeyedEditor>(
        _ editor: inout Editor, _ idle: Int32,
        _ feed: (inout Editor, UInt8, Int) -> String
    ) throws(PlatformError) -> Bool {
        var mustDraw = true
        while !editor.isDone {
            // Drawn once all has come that is there already: a paste is no hundred drawings.
            let wait = mustDraw ? 0 : idle
            guard let bytes = try rawRead(count: editor.readable, milliseconds: wait) else {
                guard mustDraw else { return true }
                try write(editor.draw(columns: columns))
                mustDraw = false
                continue
            }
            if bytes.isEmpty { editor.hangUp() }
            let columns = columns
            for byte in bytes {
                let shown = feed(&editor, byte, columns)
                if !shown.isEmpty { try write(shown) }
            }
            mustDraw = true
        }
        return false
    }

    /// Has a text of several lines typed, each with the keys of an editor. After an interruption it can
    /// be called again with the same text.
    ///
    /// - Throws: as ``readLine(_:idle:complete:)``.
    package func readText(
        _ editor: inout TextLinesEditor, idle: IdleRule? = nil
    ) throws(PlatformError) -> TextLinesEditor.Outcome {
        editor.goOn()
        var isHidden = false
        while true {
            var isIdle = false
            try inMode(CP_TERMINAL_KEYS) { () throws(PlatformError) in
                try self.write("\u{1B}[?2004h" + (isHidden ? editor.shown : ""))
                isHidden = false
                isIdle = try self.edit(&editor, idle?.milliseconds ?? -1) {
                    $0.feed($1, columns: $2)
                }
            }
            if let outcome = editor.outcome { return outcome }
            if isIdle {
                try idle?.act()
                isHidden = true
            }
        }
    }

    /// Reads a text of several lines, ended by a line `.` or `。` or by ^D, safe for pasting.
    ///
    /// - Parameters:
    ///   - limit: most bytes of UTF-8; what exceeds it is dropped with a bell and marked.
    ///   - answers: what is the whole text where it is typed alone in the first line.
    ///   - idle: what to do when nobody types; the text so far is shown again afterwards.
    package func readBlock(
        limit: Int, answers: Set<String> = [], idle: IdleRule?
    ) throws(PlatformError) -> TextBlock {
        var editor = TextBlockEditor(limit: limit, answers: answers)
        var wasInterrupted = false
        while !editor.isFinished {
            try inMode(CP_TERMINAL_RAW) { () throws(PlatformError) in
                // Bracketed paste: the terminal says where a paste begins and ends (xterm, `?2004`).
                try self.write("\u{1B}[?2004h")
                defer { try? self.write("\u{1B}[?2004l") }
                if wasInterrupted { try self.write(editor.shown) }
                wasInterrupted = false
                while !editor.isFinished {
                    let wait = idle?.milliseconds ?? -1
                    guard let bytes = try self.rawRead(count: 4_096, milliseconds: wait) else {
                        wasInterrupted = true
                        return
                    }
                    if bytes.isEmpty { editor.endOfInput() }
                    var shown = ""
                    for byte in bytes where !editor.isFinished { shown += editor.feed(byte) }
                    try self.write(shown)
                }
            }
            if wasInterrupted { try idle?.act() }
        }
        return editor.block
    }
}
