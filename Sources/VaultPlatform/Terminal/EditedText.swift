/// A line of text with a cursor in it, as characters that a person perceives.
///
/// The cursor stands before `characters[cursor]`, or at the end: 0 ≤ cursor ≤ count, always.
struct EditedText: Equatable, Sendable {
    private(set) var characters: [Character] = []
    private(set) var cursor = 0
    /// Bytes of UTF-8.
    private(set) var size = 0

    /// Nothing yet.
    init() {}

    /// A text with the cursor at its end.
    init(_ text: String) { insert(text) }

    /// The whole text.
    var text: String { String(characters) }

    /// What stands before the cursor.
    var before: String { String(characters[..<cursor]) }

    /// What stands behind the cursor.
    var behind: String { String(characters[cursor...]) }

    /// Puts a text at the cursor, which then stands behind it. Marks join the character before;
    /// a character that joins with the one behind takes it along.
    mutating func insert(_ text: String) {
        guard !text.isEmpty else { return }
        let start = max(0, cursor - 1)
        let end = min(characters.count, cursor + 1)
        let left = String(characters[start..<cursor]) + text
        let joined = Array(left + String(characters[cursor..<end]))
        // Behind the last character that holds something of what was put in.
        var bytes = 0
        var count = 0
        while bytes < left.utf8.count {
            bytes += joined[count].utf8.count
            count += 1
        }
        characters.replaceSubrange(start..<end, with: joined)
        cursor = start + count
        size += text.utf8.count
    }

    /// Removes characters; the cursor then stands where they were.
    mutating func remove(_ range: Range<Int>) {
        size -= characters[range].reduce(0) { $0 + $1.utf8.count }
        characters.removeSubrange(range)
        cursor = range.lowerBound
        // What now stands side by side may be one character, as two halves of a flag are.
        guard cursor > 0, cursor < characters.count else { return }
        let joined = Array(String(characters[cursor - 1...cursor]))
        guard joined.count == 1 else { return }
        characters.replaceSubrange(cursor - 1...cursor, with: joined)
    }

    /// Moves the cursor, at most to either end.
    mutating func move(to place: Int) { cursor = min(max(0, place), characters.count) }

    /// Where the word before the cursor begins, blanks after it included.
    var wordStart: Int {
        var place = cursor
        while place > 0, characters[place - 1].isWhitespace { place -= 1 }
        while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
        return place
    }

    /// Where the word behind the cursor ends, blanks before it included.
    var wordEnd: Int {
        var place = cursor
        while place < characters.count, characters[place].isWhitespace { place += 1 }
        while place < characters.count, !characters[place].isWhitespace { place += 1 }
        return place
    }
}
