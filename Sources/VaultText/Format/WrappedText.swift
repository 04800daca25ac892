import VaultPlatform

/// Text in lines that fit a terminal, by what characters take there.
///
/// Lines break at blanks, and between Chinese characters, but never before a mark that ends
/// something (`，。：）`) or after one that begins something (`（《“`). A word that is wider than a
/// line is broken where the line ends.
package enum WrappedText {
    /// The lines of a text, without blanks at their ends; line feeds stay.
    ///
    /// - Parameters:
    ///   - columns: the width of a line, at least 2.
    ///   - used: columns that are taken on the first line.
    package static func lines(_ text: String, columns: Int, used: Int = 0) -> [String] {
        let columns = max(2, columns)
        var used = used
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            defer { used = 0 }
            return fill(pieces(of: line), columns: columns, used: used)
        }
    }

    /// What a line may be broken into: each piece stands on one line, with the blanks behind it.
    static func pieces(of line: Substring) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in line {
            if let last = piece.last, mayBreak(between: last, and: character) {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }

    private static func mayBreak(between last: Character, and next: Character) -> Bool {
        if last == " " { return next != " " }
        if next == " " { return false }
        guard DisplayWidth.of(last) == 2 || DisplayWidth.of(next) == 2 else { return false }
        return !begins.contains(last) && !ends.contains(next)
    }

    private static let begins: Set<Character> = ["（", "《", "“", "‘", "【", "(", "[", "<", "「"]
    private static let ends: Set<Character> = [
        "，", "。", "、", "；", "：", "？", "！", "）", "》", "”", "’", "】", "」", "…", ",", ".", ";",
        ":", ")", "]", ">", "%",
    ]

    private static func fill(_ pieces: [String], columns: Int, used: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var width = used
        for piece in pieces {
            let word = Blanks.trimmed(piece)
            if width + DisplayWidth.of(word) > columns, width > 0 {
                lines.append(Blanks.trimmed(line))
                (line, width) = ("", 0)
            }
            for character in piece {
                let step = DisplayWidth.of(character)
                if width + step > columns, character != " " {
                    lines.append(Blanks.trimmed(line))
                    (line, width) = ("", 0)
                }
                line.append(character)
                width += step
            }
        }
        return lines + [Blanks.trimmed(line)]
    }
}
