/// The part of a line that a terminal shows: one row, moved sideways so that the cursor is in it.
///
/// ```
/// nina treatment> <…part of a long line that does not fit in|to the row>
/// ```
///
/// The last column stays free: a terminal that has filled it is about to wrap.
struct LineView: Equatable, Sendable {
    /// The first character that is shown.
    private(set) var first = 0

    /// The narrowest terminal that is drawn for; a narrower one wraps.
    static let narrowest = 8

    /// The widest prompt that leaves room for a line.
    static func promptColumns(of columns: Int) -> Int {
        max(1, min(columns * 4 / 5, columns - (columns < 24 ? 7 : 12)))
    }

    /// What to write to show a line anew: prompt, the part in view, and the cursor in its place.
    /// - Parameter columns: of the terminal.
    mutating func draw(prompt: String, _ line: EditedText, columns: Int) -> String {
        let columns = max(Self.narrowest, columns)
        let prompt = Self.fitted(prompt, Self.promptColumns(of: columns))
        // One column for each mark that says that there is more, and the free one at the end.
        let space = columns - DisplayWidth.of(prompt) - 3
        place(line, space)
        var shown = first > 0 ? "<" : ""
        var used = 0
        var cursorColumn = DisplayWidth.of(prompt) + shown.count
        for (place, character) in line.characters.enumerated().dropFirst(first) {
            let width = DisplayWidth.of(character)
            // A mark with nothing before it would sit on the prompt.
            if used == 0, width == 0 { continue }
            if used + width > space {
                shown += ">"
                break
            }
            if place < line.cursor { cursorColumn += width }
            shown.append(character)
            used += width
        }
        // Back to the start; clear to the end (ECMA-48 EL); back and forward to the cursor (CUF).
        return "\r\(prompt)\(shown)\u{1B}[K\r"
            + (cursorColumn > 0 ? "\u{1B}[\(cursorColumn)C" : "")
    }

    /// Chooses the first character: as before where the cursor is still in view, else so that the
    /// cursor is in the middle; the start, if all fits.
    private mutating func place(_ line: EditedText, _ space: Int) {
        if Self.fits(line.characters[...], space) {
            first = 0
            return
        }
        first = min(first, line.characters.count)
        // The character under the cursor must fit too.
        let end = min(line.cursor + 1, line.characters.count)
        if first <= line.cursor, Self.fits(line.characters[first..<end], space),
            !Self.fits(line.characters[first...], space / 2)
        {
            return
        }
        first = line.cursor
        var used = first < end ? DisplayWidth.of(line.characters[first]) : 0
        while first > 0 {
            used += DisplayWidth.of(line.characters[first - 1])
            guard used <= space / 2 else { return }
            first -= 1
        }
    }

    private static func fits(_ characters: ArraySlice<Character>, _ space: Int) -> Bool {
        var used = 0
        for character in characters {
            used += DisplayWidth.of(character)
            if used > space { return false }
        }
        return true
    }

    /// The end of a prompt, where all of it would take too much of the row.
    private static func fitted(_ prompt: String, _ space: Int) -> String {
        var rest = prompt[...]
        while DisplayWidth.of(String(rest)) > space { rest.removeFirst() }
        return String(rest)
    }
}
