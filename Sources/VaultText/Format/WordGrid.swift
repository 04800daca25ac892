import VaultPlatform

/// Words with their numbers, to be read out or copied by hand: secrets, fingerprints.
///
/// ```
///  1 academic   2 acid       3 acne       4 acquire
///  5 acrobat    6 activity   7 actress    8 adapt
/// ```
package enum WordGrid {
    /// The lines, each ended by a line feed.
    package static func text(_ words: [String], perLine: Int = 4) -> String {
        let width = words.map { DisplayWidth.of($0) }.max() ?? 0
        var result = ""
        for start in stride(from: 0, to: words.count, by: perLine) {
            let line = words[start..<min(start + perLine, words.count)].enumerated().map { entry in
                let number = start + entry.offset + 1
                let word = VisibleText.line(entry.element)
                return Blanks.string(number < 10 ? 1 : 0) + "\(number) " + word
                    + Blanks.string(width - DisplayWidth.of(word))
            }
            result += Blanks.trimmed(line.joined(separator: "  ")) + "\n"
        }
        return result
    }

    /// Cells side by side, as many as fit a line; each line is ended by a line feed.
    ///
    /// - Parameters:
    ///   - width: columns of the terminal; a wider cell has a line of its own.
    ///   - indent: blanks before each line.
    package static func lines(_ cells: [String], width: Int, indent: Int) -> String {
        var lines: [String] = []
        var line = ""
        for cell in cells.map(VisibleText.line) {
            let gap = line.isEmpty ? "" : "  "
            let columns = indent + DisplayWidth.of(line) + gap.count + DisplayWidth.of(cell)
            if columns > width, !line.isEmpty {
                lines.append(line)
                line = cell
            } else {
                line += gap + cell
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { Blanks.string(indent) + $0 + "\n" }.joined()
    }
}
