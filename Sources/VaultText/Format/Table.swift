import VaultPlatform

/// Rows under titles, aligned by what the characters take in a terminal, so that Chinese names
/// line up.
///
/// ```
/// NAME   UID   ROLE
/// 张伟   1001  counsellor
/// ```
package struct Table: Sendable {
    /// Where the text of a column stands.
    package enum Alignment: Sendable {
        case leading, trailing
    }

    /// A column.
    package struct Column: Sendable {
        let title: Message
        let alignment: Alignment

        /// A column; numbers look best with `.trailing`.
        package init(_ title: Message, _ alignment: Alignment = .leading) {
            self.title = title
            self.alignment = alignment
        }
    }

    private let columns: [Column]
    private var rows: [[Phrase]] = []

    /// An empty table.
    package init(_ columns: [Column]) { self.columns = columns }

    /// Whether there is no row. Say in words that there is nothing, instead of bare titles.
    package var isEmpty: Bool { rows.isEmpty }

    /// Adds a row with one cell for each column. Use `Phrase(stored: text)` for stored text.
    package mutating func add(_ cells: [Phrase]) {
        precondition(cells.count == columns.count, "internal error: a row of another table")
        rows.append(cells)
    }

    /// Adds a row.
    package mutating func add(_ cells: Phrase...) { add(cells) }

    /// The lines without their ends. Where they would be wider than `columns`, each row is told by
    /// itself, a line for each cell.
    func lines(in language: Language, columns: Int?) -> [String] {
        let lines = text(in: language).split(separator: "\n").map(String.init)
        guard let columns, lines.contains(where: { DisplayWidth.of($0) > columns }) else {
            return lines
        }
        let colon = CommonMessages.colon.text(in: language)
        return rows.enumerated().flatMap { number, row in
            zip(self.columns, row).enumerated().flatMap { place, cell -> [String] in
                let lead = place == 0 ? "\(number + 1). " : "   "
                let title = cell.0.title.text(in: language)
                return WrappedText.lines(
                    "\(title)\(colon) \(cell.1.text(in: language))", columns: max(1, columns - 3)
                ).enumerated().map { ($0.offset == 0 ? lead : "   ") + $0.element }
            }
        }
    }

    /// The lines, titles first, each ended by a line feed and without blanks before it.
    package func text(in language: Language) -> String {
        text(in: language, fitting: .max)
    }

    /// The lines for a terminal of so many columns; nil where there is none, which takes any width.
    /// A table that is too wide is told row by row instead, each cell under its title, with an empty
    /// line between rows: nothing is cut.
    package func text(in language: Language, columns available: Int?) -> String {
        let table = text(in: language)
        guard let available,
            table.split(separator: "\n").contains(where: { DisplayWidth.of(String($0)) > available }
            )
        else { return table }
        let titles = columns.map { $0.title.text(in: language) }
        let widest = titles.map { DisplayWidth.of($0) }.max() ?? 0
        return rows.map { row in
            zip(titles, row).map { title, cell in
                let text = cell.text(in: language)
                let blanks = Blanks.string(widest - DisplayWidth.of(title) + 2)
                return text.isEmpty ? "" : title + blanks + text + "\n"
            }.joined()
        }.joined(separator: "\n")
    }

    /// The lines within a terminal of so many columns: while they are too wide, what stands in the
    /// widest column is cut.
    package func text(in language: Language, fitting available: Int) -> String {
        let titles = columns.map { $0.title.text(in: language) }
        var lines = [titles] + rows.map { row in row.map { $0.text(in: language) } }
        let full = columns.indices.map { column in
            lines.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        let widest = FittedText.widths(full, within: available - 2 * (columns.count - 1))
        if widest != full {
            lines = lines.map { line in
                zip(line, widest).map { FittedText.cut($0, to: $1) }
            }
        }
        let widths = columns.indices.map { column in
            lines.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        return lines.map { line in
            var text = ""
            for (column, cell) in line.enumerated() {
                if column > 0 { text += "  " }
                let blanks = Blanks.string(widths[column] - DisplayWidth.of(cell))
                text += columns[column].alignment == .leading ? cell + blanks : blanks + cell
            }
            return Blanks.trimmed(text) + "\n"
        }.joined()
    }
}

/// Blanks for alignment.
enum Blanks {
    static func string(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// Without blanks at the end, which would show when a terminal is narrower.
    static func trimmed(_ text: String) -> String {
        guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
        return String(text[...last])
    }
}
