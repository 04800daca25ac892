import Testing
import VaultCoding

@testable import VaultRecords

@Suite struct FieldLinesTests {
    /// The problems of lines, as `line field fault`.
    private func problems(_ text: String, _ kind: RecordKind = .registrySubject) -> [String] {
        do {
            _ = try FieldLines(text, kind: kind)
            return []
        } catch .unreadableLines(let problems) {
            return problems.map {
                "\($0.line) \($0.field?.description ?? "-") \($0.fault.rawValue)"
            }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func aSubjectIsReadFromLines() throws {
        let text = """
            \u{FEFF}# who
            names.full: 张三
            names.kind: legal

            names.full：Zhang San
              contacts.phone: not a continuation, but a value
            """
        // The last line begins with white space, so it continues a one-line field.
        #expect(problems(text) == ["6 names[1].full not-continued"])

        let good = """
            \u{FEFF}# who
            names.full: 张三
            names.kind: legal

            names.full：Zhang San
            contacts.phone:   138 0013 8000
            contacts.safe_to_call: no
            relatives.relation: child
            relatives.has_income: 是
            remarks: first: line
              second line

              fourth line
            """
        let lines = try FieldLines(good, kind: .registrySubject)
        let expected: JSON.Value = [
            "names": [["full": "张三", "kind": "legal"], ["full": "Zhang San"]],
            "contacts": ["phone": "138 0013 8000", "safe_to_call": false],
            "relatives": [["relation": "child", "has_income": true]],
            "remarks": "first: line\nsecond line\n\nfourth line",
        ]
        #expect(.object(lines.object) == expected)
        #expect(throws: Never.self) {
            try KindRegistry.schema(for: .registrySubject).validate(.object(lines.object))
        }
        #expect(lines.line(of: .record.field("names").element(1).field("full")) == 5)
        #expect(lines.line(of: .record.field("names").element(1).field("kind")) == 5)
        #expect(lines.line(of: .record.field("contacts").field("safe_to_call")) == 7)
        #expect(lines.line(of: .record.field("sex")) == nil)
    }

    /// What all continuing lines are indented by is not part of the text; the rest of it is.
    @Test(arguments: [
        ("remarks: a\n  b\n    c\n", "a\nb\n  c"), ("remarks:\n    a\n  b\n", "  a\nb"),
        ("remarks: a\n\tb\n\t\tc\n", "a\nb\nc"), ("remarks: a\n  b\n\tc\n", "a\nb\nc"),
        (
            "remarks:\n  \u{3000}\u{3000}一\n  \u{3000}\u{3000}二\n",
            "\u{3000}\u{3000}一\n\u{3000}\u{3000}二"
        ),
        ("remarks: 一\n\u{3000}\u{3000}二\n", "一\n\u{3000}\u{3000}二"),
        ("remarks:\n\n  a\n\n\n  b  \n\n", "a\n\n\nb"),
    ])
    func longTextsKeepTheirParagraphs(lines: String, text: String) throws {
        let object = try FieldLines(lines, kind: .registrySubject).object
        #expect(object["remarks"] == .string(text))
    }

    @Test func moneyNumbersAndListsAreRead() throws {
        let text =
            "opened_on: 2024-01-01\r\nstatus: draft\r\ncauses: illness\r\ncauses: debt\r\n"
            + "household.relation: self\r\nhousehold.relation: spouse\r\n"
            + "household.income: 1200.50 CNY\r\n"
        let lines = try FieldLines(text, kind: .hardshipCase)
        #expect(lines.object["causes"] == ["illness", "debt"])
        let spouse: JSON.Value = [
            "relation": "spouse", "income": ["amount_minor": 120_050, "currency": "CNY"],
        ]
        #expect(lines.object["household"] == [["relation": "self"], spouse])
        let income = FieldPath.record.field("household").element(1).field("income")
        #expect(lines.line(of: income.field("amount_minor")) == 7)
        let session = try FieldLines("duration_minutes: 50", kind: .counsellingSession)
        #expect(session.object["duration_minutes"] == 50)
    }

    @Test func everyWrongLineIsNamed() {
        let text = """
            no colon here
            colour: red
            names.kind: legal
            names.full:
            names.nick: x
            names: 张三
            names.full: a
            names.kind: legal
            names.kind: alias
            sex.x: male
            contacts: 138
            sex: male
            sex: female
            contacts.safe_to_call: maybe
            """
        #expect(
            problems(text) == [
                "1 - no-colon", "2 colour unknown-field", "3 names no-element",
                "4 names[0].full no-value", "5 names[0].nick unknown-field",
                "6 names unknown-field", "9 names[1].kind repeated", "10 sex.x unknown-field",
                "11 contacts unknown-field", "13 sex repeated",
                "14 contacts.safe_to_call not-a-flag",
            ])
        #expect(
            problems("total: 12.5 CNY\nincurred_on: x", .medicalExpense) == ["1 total not-money"])
        #expect(problems("number: 07", .counsellingSession) == ["1 number not-a-number"])
        #expect(problems(": x") == ["1 ? unknown-field"])
        #expect(problems("names..full: x") == ["1 names no-element"])
        #expect(problems(String(repeating: "x", count: FieldLines.limit + 1)) == ["1 - too-large"])
    }

    @Test func valuesAreNeverEchoed() {
        let text = "names.full: \nnames.张三: x\n张三: x\n张三\nsex: 张三\n  张三\n"
        let error = #expect(throws: RecordError.self) {
            try FieldLines(text, kind: .registrySubject)
        }
        #expect(!"\(String(describing: error)) \(String(reflecting: error))".contains("张三"))
    }

    @Test func everyOneByteChangeReadsOrIsRefused() {
        let seed = Array("names.full: 张\nremarks: a\n b\nsex: male\n".utf8)
        var accepted = 0
        for index in seed.indices {
            for byte in UInt8.min...UInt8.max {
                var bent = seed
                bent[index] = byte
                guard let text = String(validating: bent, as: UTF8.self) else { continue }
                guard let lines = try? FieldLines(text, kind: .registrySubject) else { continue }
                accepted += 1
                // Whatever is read is JSON that the strict reader takes, unchanged.
                let written = JSONWriter.format(.object(lines.object))
                #expect((try? JSON.parse(written)) == .object(lines.object))
            }
        }
        #expect(accepted > 0)
    }
}
