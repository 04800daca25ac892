import Testing
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

@testable import VaultCLI

/// What is typed in forms, and what becomes of a text that is there.
@Suite(.serialized) struct FormAnswerTests {
    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(
            RecordsCreate.self, .init(record: Samples.record, version: 1, created: 1))
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        return harness
    }

    /// What a session is asked for up to its summary.
    private static let start = ["2026-11-24", "1", "1", "", "", "", "", "", ""]

    @Test(arguments: [
        (["", "more"], "one\nmore"), (["a", "more"], "one\nmore"), (["追加", "more"], "one\nmore"),
        (["", ""], "one"), (["k"], "one"), (["n", "no", "k"], "one"),
        (["x", "n", "yes", "two"], "two"),
        (["n", "yes", ""], "one"), (["<"], "one"), (["-"], nil), (["e", "k"], "one"),
    ]) func aTextThatIsThereIsNotReplacedUnasked(_ typed: [String], _ expected: String?) throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + ["one", "", "", "10"] + typed + ["send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(
            run.shown.contains("summary: a adds at the end, n types it anew, k keeps [a]: "))
        #expect(
            harness.service.calls(RecordsCreate.self).first?.body["summary"]
                == expected.map { .string($0) })
    }

    @Test func anEditorChangesATextThatIsThere() throws {
        let harness = try harness()
        harness.environment["EDITOR"] = try harness.write(
            "editor", "#!/bin/sh\necho last >> \"$1\"\n", mode: 0o700)
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + ["one", "", "", "10", "e", "send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(
            harness.service.calls(RecordsCreate.self).first?.body["summary"] == "one\nlast")
    }

    @Test func whatIsThereStaysWhenAllIsAskedForAgain() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + ["one", "", "", "a"] + Array(repeating: "", count: 12) + ["send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.contains("k keeps [k]: "))
        #expect(harness.service.calls(RecordsCreate.self).first?.body["summary"] == "one")
    }

    @Test(arguments: [
        ("21：05", "21:05"), ("9点", "09:00"), ("9点半", "09:30"), ("21点05分", "21:05"),
        ("9:30", "09:30"),
        ("０８：１５", "08:15"), ("25点", "25点"), ("9:", "9:"), ("9点5", "9点5"), ("09:61", "09:61"),
    ]) func timesAreTypedAsPeopleDo(_ typed: String, _ expected: String) {
        #expect(TypedValue.timeOfDay(TypedValue.narrow(typed)) == expected)
    }

    @Test func aFullWidthTimeIsTaken() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: ["2026-11-24", "1", "1", "21：05", "!", "send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(harness.service.calls(RecordsCreate.self).first?.body["started_at"] == "21:05")
    }

    @Test func aPersonIsNotAddedToAPerson() throws {
        let harness = try harness()
        for kind in ["registry.subject", "人员登记"] {
            let run = harness.run("record", "add", Samples.subject, kind, typing: ["x"])
            #expect(run.status == 2, "\(run.shown)")
            #expect(run.shown.isEmpty)
            #expect(run.errors.contains("hint: change it with amend"))
        }
    }

    @Test func theRowsOfAListCarryTheNumbersThatAreAskedFor() throws {
        let harness = try harness()
        let run = harness.run(
            "subject", "add",
            typing: [
                "张伟", "1", "yes", "Zhang Wei", "4", "no", "!", "1", "7", "-1", "", "send",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.contains("  1  张伟  legal\n  2  Zhang Wei  romanised\n"))
        #expect(run.shown.contains("type return, +, a number from 1 to 2, or -number\n"))
        #expect(
            harness.service.calls(SubjectsAdd.self).first?.fields["names"]
                == [["full": "Zhang Wei", "kind": "romanised"]])
    }

    @Test(arguments: [
        (
            "counselling.session", "next_on", "wrong-order", "a date not before held_on",
            "不早于“日期”的日期"
        ),
        ("medical.expense", "own_share", "above-whole", "at most total", "不超过“总额”"),
        ("medical.expense", "own_share", "other-currency", "the currency of total", "与“总额”相同的币种"),
        (
            "counselling.session", "risk", "not-an-option",
            "one of none, low, moderate, high, acute",
            "以下之一：无（none）、低（low）、中（moderate）、高（high）、紧急（acute）"
        ),
        (
            "registry.subject", "birth_date", "conflict",
            "no such field, because anonymous is true",
            "不应填写，因为“未留姓名”为“是”"
        ),
        (
            "medical.expense", "total", "wrong-type", "an object with amount_minor and currency",
            "金额和币种，如 1200.50 CNY"
        ),
    ]) func fieldsAreCalledAsFormsCallThem(
        _ kind: String, _ field: String, _ code: String, _ english: String, _ chinese: String
    ) {
        let words = FieldWords.expected(code, field, kind: kind, english: english)
        #expect(words.text(in: .english) == english)
        #expect(words.text(in: .simplifiedChinese) == chinese)
    }

    @Test func anEmptyFormIsDropped() throws {
        let run = try harness().run("subject", "add", typing: ["!", "d"])
        #expect(run.status == 1)
        #expect(run.errors == "error: dropped; nothing was sent\n")
    }

    @Test func whoEndsTheInputIsAskedUntilItIsClear() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session", typing: ["2026-11-24", "1"])
        #expect(run.status == 1)
        #expect(run.shown.ranges(of: "drop everything you typed? [yes/no] ").count > 5)
        let empty = harness.run("record", "add", Samples.subject, "counselling.session", typing: [])
        #expect(!empty.shown.contains("drop everything"))
    }
}
