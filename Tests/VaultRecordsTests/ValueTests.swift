import Testing
import VaultCoding

@testable import VaultRecords

@Suite struct ValueTests {
    @Test(arguments: [
        "2024-02-29", "2000-02-29", "1900-01-01", "2199-12-31", "2023-04-30", "2023-12-31",
    ])
    func datesOfTheCalendarRoundTrip(text: String) {
        #expect(CalendarDate(text)?.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2100-02-29", "2023-04-31", "2023-13-01", "2023-00-10",
        "2023-01-00", "1899-12-31", "2200-01-01", "2023-1-01", "20230101", "2023-01-01 ",
        "+023-01-01",
        "2023/01/01", "２０２３-01-01", "", "2023-01-0x",
    ])
    func otherDatesAreRefused(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func theCalendarHasTheRightNumberOfDays() {
        var count = 0
        for year in CalendarDate.years {
            for month in 0...13 {
                for day in 0...32 where CalendarDate(year: year, month: month, day: day) != nil {
                    count += 1
                }
            }
        }
        // 300 years: 75 divisible by four, of which 1900, 2100 are not leap years; 2000 is.
        #expect(count == 300 * 365 + 75 - 2)
    }

    @Test(arguments: [
        ("1200.50 CNY", 120_050), ("1200 CNY", 120_000), ("0.01 CNY", 1), ("0 CNY", 0),
        ("300 JPY", 300), ("1.234 KWD", 1_234), ("100000000000 CNY", 10_000_000_000_000),
    ])
    func moneyIsReadExactly(text: String, minor: Int64) throws {
        let money = try #require(Money(text: text))
        #expect(money.amountMinor == minor)
        #expect(Money(text: money.text) == money)
        #expect(Money(money.json) == money)
    }

    @Test(arguments: [
        "1200.5 CNY", "1200.505 CNY", "1200. CNY", ".50 CNY", "-1 CNY", "+1 CNY", "1,200 CNY",
        "1200", "CNY 1200", "1200  CNY", "1200CNY", "01 CNY", "300.00 JPY", "1 cny", "1 XXX",
        "1 \u{212A}WD", "100000000001 CNY", "１２ CNY", "1e3 CNY", "99999999999999999999 CNY",
    ])
    func otherMoneyIsRefused(text: String) {
        #expect(Money(text: text) == nil)
    }

    @Test func moneyPrintsItsDecimals() throws {
        let yuan = try #require(Currency(code: "CNY"))
        #expect(Money(amountMinor: 5, currency: yuan)?.text == "0.05 CNY")
        #expect(Money(amountMinor: 120_000, currency: yuan)?.text == "1200.00 CNY")
        #expect(Money(amountMinor: -1, currency: yuan) == nil)
        #expect(Money(amountMinor: Money.limit + 1, currency: yuan) == nil)
    }

    @Test func textRulesFindTheirFault() {
        func line(_ text: String) -> FieldFault? { TextRule.line.fault(in: text) }
        #expect(line("张三") == nil)
        #expect(line("") == .blank)
        #expect(line("   ") == .blank)
        #expect(line("\u{200B}\u{FEFF}\u{3164}") == .blank)
        #expect(line(" x") == .edgeSpace)
        #expect(line("x\u{3000}") == .edgeSpace)
        for scalar in [
            "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\n", "\r", "\t", "\u{2028}",
        ] {
            #expect(line("x\(scalar)y") == .controlCharacter)
        }
        #expect(line(String(repeating: "字", count: 100)) == nil)
        #expect(line(String(repeating: "字", count: 101)) == .tooLong)
        // One grapheme of many marks is many characters here.
        #expect(line("a" + String(repeating: "\u{301}", count: 100)) == .tooLong)
        #expect(
            TextRule.line.excess(of: "a" + String(repeating: "\u{301}", count: 100))?.count == 1)
        #expect(TextRule.line.excess(of: String(repeating: "字", count: 100)) == nil)
        // A beginning ends between characters as people see them.
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
        let filled = String(repeating: "字", count: 96)
        #expect(TextRule.line.beginning(of: filled + family) == filled)
        #expect(TextRule.line.beginning(of: filled + "a" + family) == filled + "a")
        #expect(TextRule.line.beginning(of: family + "\u{20000}") == family + "\u{20000}")
        #expect(TextRule.notes.fault(in: "a\nb\n") == nil)
        #expect(TextRule.notes.fault(in: "a\r\nb") == .controlCharacter)
        #expect(TextRule.notes.fault(in: String(repeating: "𠮷", count: 16_001)) == .tooLong)
    }

    @Test(arguments: [
        (TextRule.Form.identifier, ["A-17", "0", "11010519491231002X"], ["", "a b", "ä", "a_b"]),
        (.phone, ["+86 138-0013", "(010) 55"], ["12", "1+23", "abc", "１３８"]),
        (
            .email, ["a@b.c", "x.y@sub.example.org"],
            ["a@b", "@b.c", "a@@b.c", "a@b.", "a b@c.d", "a@b_c.d"]
        ),
        (.timeOfDay, ["00:00", "23:59", "09:30"], ["24:00", "12:60", "9:30", "12-30", "29:00"]),
        (.diagnosis, ["F32", "F32.1", "S72.00XA"], ["f32", "F3", "F32.", "F321", "32F"]),
    ])
    func formsAcceptAndRefuse(form: TextRule.Form, good: [String], bad: [String]) {
        for text in good { #expect(TextRule.form(form).fault(in: text) == nil, "\(text)") }
        for text in bad { #expect(TextRule.form(form).fault(in: text) != nil, "\(text)") }
    }

    @Test func pathsReadWellAndHideWhatIsNoName() {
        let path = FieldPath.record.field("household").element(2).field("income")
        #expect("\(path.field("amount_minor"))" == "household[2].income.amount_minor")
        #expect("\(path.field("张三"))" == "household[2].income.?")
        #expect("\(path.field("Zhang San"))" == "household[2].income.?")
        #expect("\(FieldPath.record)" == "record")
        #expect(path.parent == FieldPath.record.field("household").element(2))
    }
}
