import Testing
import VaultPlatform

@testable import VaultText

/// Tables and lists of fields line up whatever stands in them.
@Suite struct TableTests {
    /// Cells of every kind: narrow, wide, combining, emoji, joined, flags, ambiguous, controls, none.
    private static let cells = [
        "", "a", "张伟", "é", "e\u{301}", "😀", "👩‍⚕️", "🇨🇳", "±°…", "ｆｕｌｌ", "한국", "かな", "a\u{1B}b",
        "\u{202E}",
        "欧阳娜娜 Ouyang", "①", "—", String(repeating: "长", count: 30),
    ]

    @Test func everyColumnBeginsAtOnePlace() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let columns = Int.random(in: 2...5, using: &random)
            let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (0..<columns).map { _ in Self.cells.randomElement(using: &random) ?? "" }
            }
            var table = Table(
                (0..<columns).map { .init(Message("|C\($0)", chinese: "|列\($0)")) })
            for row in rows { table.add(row.map { Phrase(stored: "|" + $0) }) }
            for language in Language.allCases {
                let lines = table.text(in: language).split(separator: "\n").map(String.init)
                #expect(lines.count == rows.count + 1)
                #expect(Set(lines.map { Self.marks(in: $0) }).count == 1, "\(lines)")
            }
        }
    }

    @Test func everyValueBeginsAtOnePlace() {
        for language in Language.allCases {
            var fields = FieldList()
            for cell in Self.cells where !cell.isEmpty {
                fields.add(Message(everywhere: Phrase(stored: cell)), stored: "|x\n|y")
            }
            let lines = fields.text(in: language).split(separator: "\n").map(String.init)
            #expect(Set(lines.map { Self.marks(in: $0) }).count == 1, "\(lines)")
        }
    }

    @Test func aTableThatIsTooWideIsToldRowByRow() {
        var table = Table([
            .init(Message("NAME", chinese: "姓名")), .init(Message("UNIT", chinese: "单位")),
        ])
        table.add("张伟", "East centre")
        table.add("Ann", "")
        table.add("Li", "West")
        let whole = table.text(in: .english)
        #expect(table.text(in: .english, columns: nil) == whole)
        #expect(table.text(in: .english, columns: 17) == whole)
        #expect(
            table.text(in: .english, columns: 16) == """
                NAME  张伟
                UNIT  East centre

                NAME  Ann

                NAME  Li
                UNIT  West

                """)
        #expect(table.text(in: .simplifiedChinese, columns: 9).hasPrefix("姓名  张伟\n单位  East"))
        #expect(Table([.init(Message(everywhere: "A"))]).text(in: .english, columns: 1) == "A\n")
    }

    /// At which columns `|` stands.
    private static func marks(in line: String) -> [Int] {
        var column = 0
        var places: [Int] = []
        for character in line {
            if character == "|" { places.append(column) }
            column += DisplayWidth.of(character)
        }
        return places
    }
}
