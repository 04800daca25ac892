import Testing

@testable import VaultPlatform

/// One row of a terminal, as far as the line editor uses it: text, CR, LF, BEL, and of ECMA-48 EL,
/// CUF, CUP and ED. Whatever else comes, or what would wrap, is a failure.
struct TinyScreen {
    let columns: Int
    /// What stands in each column: a character in its first one, nothing in its others.
    private(set) var cells: [Character?]
    private(set) var cursor = 0
    /// Rows that were left with a line feed.
    private(set) var rowsLeft: [String] = []

    init(columns: Int) {
        self.columns = columns
        cells = Array(repeating: " ", count: columns)
    }

    /// The row without blanks at its end.
    var row: String {
        var text = String(cells.compactMap { $0 })
        while text.last == " " { text.removeLast() }
        return text
    }

    mutating func show(_ output: String) {
        var rest = Array(output)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\r": cursor = 0
            case "\n", "\r\n":
                rowsLeft.append(row)
                clear(from: 0)
                cursor = 0
            case "\u{7}": break
            case "\u{1B}": control(&rest)
            default: put(character)
            }
        }
    }

    private mutating func control(_ rest: inout ArraySlice<Character>) {
        #expect(rest.popFirst() == "[")
        var number = ""
        while let next = rest.first, next.isNumber { number.append(rest.removeFirst()) }
        switch rest.popFirst() {
        case "K": clear(from: cursor)
        case "C":
            cursor += Int(number) ?? 1
            #expect(cursor < columns, "the cursor leaves the row")
        case "H": cursor = 0
        case "J": clear(from: 0)
        case let other: Issue.record("a sequence that this screen does not know: \(other ?? "-")")
        }
    }

    private mutating func clear(from start: Int) {
        for column in start..<columns { cells[column] = " " }
    }

    private mutating func put(_ character: Character) {
        let width = DisplayWidth.of(character)
        #expect(cursor + width < columns, "writes into the last column, or beyond: \(character)")
        guard width > 0, cursor + width <= columns else { return }
        cells[cursor] = character
        for column in cursor + 1..<cursor + width { cells[column] = nil }
        cursor += width
    }
}
