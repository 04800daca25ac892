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
}
