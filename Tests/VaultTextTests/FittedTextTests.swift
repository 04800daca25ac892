import Testing
import VaultPlatform

@testable import VaultText

@Suite struct FittedTextTests {
    @Test(arguments: [
        ("张伟", 4, "张伟"), ("张伟三", 4, "张…"), ("abcdef", 4, "abc…"), ("", 4, ""), ("a张", 2, "a…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("a\nb", 3, "a␊b"), ("张", 1, "…"),
    ])
    func cutting(text: String, columns: Int, cut: String) {
        #expect(FittedText.cut(text, to: columns) == cut)
        #expect(DisplayWidth.of(FittedText.cut(text, to: columns)) <= columns)
    }

    @Test(arguments: [
        ([2, 8, 4], 20, [2, 8, 4]), ([2, 20, 4], 20, [2, 14, 4]), ([2, 20, 18], 20, [2, 9, 9]),
        ([10, 10, 10], 20, [6, 7, 7]), ([10, 10, 10], 3, [4, 4, 4]), ([], 3, []),
        ([30, 5, 12], 20, [7, 5, 8]),
    ])
    func widths(full: [Int], available: Int, expected: [Int]) {
        #expect(FittedText.widths(full, within: available) == expected)
    }

    @Test(arguments: [40, 80]) func tablesStayWithinTheTerminal(columns: Int) {
        var table = Table([
            .init(Message("#"), .trailing), .init(Message("name")), .init(Message("unit")),
        ])
        table.add("1", "欧阳娜娜", "城东支行营业部柜面业务组第三小组客户服务与现金管理岗位")
        table.add("10", "A very long Latin name that goes on and on", "西区")
        let lines = table.text(in: .english, fitting: columns).split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines { #expect(DisplayWidth.of(String(line)) <= columns) }
        // The columns begin in the same place, whatever stands before.
        let starts = [("西", 2), ("城", 1), ("u", 0)].map { mark, line in
            DisplayWidth.of(String(lines[line].prefix { String($0) != mark }))
        }
        #expect(Set(starts).count == 1)
        #expect(lines[1].contains("…"))
    }
}
