import Testing
import VaultCoding
import VaultRecords
import VaultText

@testable import VaultCLI

/// A record in an editor: what is not touched stays as it is, whatever stands in it, and no text
/// brings the reader down.
@Suite struct DraftTests {
    /// Pseudo-random numbers from a seed, so that a failure repeats.
    private var dice = SplitMix64(seed: 3)

    /// Lines that look like something else.
    private static let lookalikes = [
        "# no comment", "#! no problem", "summary: no field", "day: 2020-01-01", "", "  indented",
        "- dash", ".", "。", "{", "}", "[1]", "names:", ": colon", "张伟：李梅",
        "\"quoted\"", "\\", "|", ">", "---", "e\u{301}", "👩‍👩‍👧", "\u{3000}wide blank",
    ]

    private mutating func pick(_ count: Int) -> Int { Int(dice.next() % UInt64(count)) }

    private mutating func text() -> String {
        // A text begins and ends with something to see; blanks at the ends of lines are not kept.
        ([["first", "\u{3000}\u{3000}first"][pick(2)]]
            + (0..<pick(6)).map { _ in Self.lookalikes[pick(Self.lookalikes.count)] }
            + ["last"]).joined(separator: "\n")
    }

    private func session(_ summary: String) -> JSON.Object {
        JSON.Object([
            "held_on": .string("2026-03-04"), "channel": .string("phone"), "risk": .string("low"),
            "duration_minutes": .int(50), "summary": .string(summary), "plan": .string("two weeks"),
        ])
    }

    @Test mutating func whatIsNotTouchedStays() throws {
        for _ in 0..<300 {
            let before = session(text())
            for language in Language.allCases {
                var draft = RecordDraft(
                    kind: .counsellingSession, language: language, before: before)
                #expect(draft.isUnchanged)
                let same = try draft.object()
                #expect(same == before, "\(JSONWriter.text(.object(same)))")
                draft.text = draft.text.replacing(
                    "\nduration_minutes: 50\n", with: "\nduration_minutes: 51\n")
                var after = before
                after["duration_minutes"] = .int(51)
                #expect(try draft.object() == after)
            }
        }
    }

    /// A word changed in a text of several lines changes that word alone.
    @Test mutating func aChangedWordChangesNothingElse() throws {
        for _ in 0..<300 {
            let text = text()
            var draft = RecordDraft(
                kind: .counsellingSession, language: .english, before: session(text))
            draft.text = draft.text.replacing("last", with: "end")
            let edited = try draft.object()["summary"]?.string
            #expect(edited == text.replacing("last", with: "end"), "\(text.debugDescription)")
        }
    }

    @Test mutating func everySampleGoesThroughAnEditor() throws {
        var lines: [JSON.Object] = []
        let organisation = SampleOrganisation(seed: 1, shape: SampleShape(dividedBy: 100))
        try organisation.eachLine(of: nil) { (line) throws(ClientError) in lines.append(line) }
        var kinds: Set<RecordKind> = []
        for line in lines {
            let kind = try RecordKind(name: try #require(line["kind"]?.string))
            let fields = try #require(line["fields"]?.object)
            let draft = RecordDraft(kind: kind, language: .simplifiedChinese, before: fields)
            #expect(try draft.object() == fields)
            kinds.insert(kind)
        }
        // All that the sample organisation has.
        #expect(kinds == Set(RecordKind.allCases).subtracting([.medicalExpense]))
    }

    /// Cut, doubled and mixed lines are read or refused, with the lines that are wrong.
    @Test mutating func noTextBringsTheReaderDown() {
        var refused = 0
        for round in 0..<600 {
            let kind = RecordKind.allCases[round % RecordKind.allCases.count]
            let whole = RecordDraft(kind: kind, language: .english, before: JSON.Object()).text
            var scalars = Array(whole.unicodeScalars)
            for _ in 0..<(1 + pick(20)) {
                let place = pick(scalars.count)
                switch pick(4) {
                case 0: scalars.remove(at: place)
                case 1: scalars.insert(contentsOf: text().unicodeScalars, at: place)
                case 2: scalars.insert(contentsOf: scalars[place...].prefix(40), at: place)
                default: scalars[place] = [":", "\n", " ", "#", "\u{0}", "张", "[", "."][pick(8)]
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            do throws(ClientError) {
                _ = try RecordInput.object(text, kind: kind.name)
            } catch {
                refused += 1
                #expect(!error.diagnostic.text(in: .simplifiedChinese).isEmpty)
            }
        }
        #expect(refused > 300)
    }
}
