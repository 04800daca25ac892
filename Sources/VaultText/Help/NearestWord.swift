/// What was probably meant by a mistyped word.
package enum NearestWord {
    /// The nearest of the known words; nil where none is near.
    package static func of(_ typed: String, among known: [String]) -> String? {
        // Nobody's mistyped command is longer; a pasted page would take long.
        guard typed.count <= 24 else { return nil }
        let distances = known.map { (word: $0, distance: distance($0, typed.lowercased())) }
        guard let best = distances.min(by: { $0.distance < $1.distance }),
            best.distance <= 2, best.distance < best.word.count - 1
        else { return nil }
        return best.word
    }

    /// Insertions, deletions and substitutions between two words (Levenshtein).
    static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one), Array(other))
        var row = Array(0...b.count)
        for i in a.indices {
            var corner = row[0]
            row[0] = i + 1
            for j in b.indices {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, corner + (a[i] == b[j] ? 0 : 1))
                corner = above
            }
        }
        return row[b.count]
    }
}
