import Testing
import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct FormWordsTests {
    /// Every field of every kind with its path, without numbers.
    private static let fields: [(place: RecordPlace, field: Field)] =
        RecordKind.allCases.flatMap { kind in
            all(KindRegistry.schema(for: kind).fields, RecordPlace(kind: kind.name))
        }

    private static func all(
        _ fields: [Field], _ place: RecordPlace
    ) -> [(place: RecordPlace, field: Field)] {
        fields.flatMap { field -> [(place: RecordPlace, field: Field)] in
            let here = place.field(field.name)
            switch field.type {
            case .object(let inner), .list(.object(let inner), _):
                return [(here, field)] + all(inner, here)
            default: return [(here, field)]
            }
        }
    }

    @Test func everyFieldAndOptionHasWordsInBothLanguages() {
        #expect(Self.fields.count > 60)
        for kind in RecordKind.allCases {
            #expect(FieldMessages.kind(kind.name) != nil, "\(kind)")
        }
        for (place, field) in Self.fields {
            let label = FieldMessages.label(place.path, kind: place.kind)
            #expect(label != nil, "\(place.kind) \(place.path)")
            if case .list(.object, _) = field.type {
                let element = FieldMessages.element(place.path, kind: place.kind)
                #expect(element != nil, "\(place.kind) \(place.path)")
            }
            let meaning = FieldMessages.meaning(
                place.path, kind: place.kind, english: field.meaning)
            #expect(meaning.text(in: .english) == field.meaning)
            for text in [label, meaning] {
                #expect(
                    text?.text(in: .simplifiedChinese) != text?.text(in: .english),
                    "\(place.kind) \(place.path)")
            }
            switch field.type {
            case .option(let words), .list(.option(let words), _):
                for word in words {
                    let name = FieldMessages.option(word, path: place.path, kind: place.kind)
                    #expect(name != nil, "\(place.kind) \(place.path) \(word)")
                }
                // Two options of one name could not be told apart.
                let names = words.map { place.option($0).text(in: .simplifiedChinese) }
                #expect(Set(names).count == names.count, "\(place.kind) \(place.path) \(names)")
            default: break
            }
        }
        #expect(FieldMessages.label("nothing", kind: "medical.expense") == nil)
    }

    @Test func whatIsExpectedIsSaidInBothLanguages() {
        for fault in FieldFault.allCases {
            let words = RecordProblemMessages.fault(fault.rawValue)
            #expect(words?.text(in: .english) == fault.words)
            #expect(words?.text(in: .simplifiedChinese) != fault.words)
        }
        for fault in LineFault.allCases where fault != .unknownField {
            #expect(
                RecordProblemMessages.fault(fault.rawValue)?.text(in: .english) == fault.words)
        }
        for (place, field) in Self.fields {
            let english: String
            switch field.type {
            case .list(_, let limit): english = "1 to \(limit) elements, or no such field"
            default: english = field.type.expected
            }
            let said = FieldWords.expected(
                "missing", place.path, kind: place.kind, english: english)
            #expect(said.text(in: .english) == english)
            #expect(said.text(in: .simplifiedChinese) != english, "\(place.kind) \(place.path)")
        }
        // What the daemon says and nobody here knows stays as it is.
        #expect(
            FieldWords.expected("x", "y", kind: nil, english: "a moon")
                == Message(verbatim: "a moon"))
    }

    @Test func freeSpellingsAreRead() throws {
        func read(_ typed: String, _ path: String, _ kind: RecordKind) throws -> JSON.Value {
            let place = RecordPlace(kind: kind.name).field(path)
            let field = try #require(
                KindRegistry.schema(for: kind).fields.first { $0.name == path })
            return try TypedValue(
                type: field.type, place: place, language: .simplifiedChinese, currency: "CNY"
            ).read(typed)
        }
        for typed in ["2026-03-04", "2026/3/4", "2026.3.4", "2026年3月4日", "20260304", "２０２６－０３－０４"] {
            #expect(try read(typed, "held_on", .counsellingSession) == "2026-03-04")
        }
        for typed in ["3", "in_person", "in", "当面", "当", "３"] {
            #expect(try read(typed, "channel", .counsellingSession) == "in_person")
        }
        for typed in ["1200.5", "1,200.50", "1200.50 CNY", "1200.50cny", "1200.50元", "￥1200.50"] {
            #expect(
                try read(typed, "total", .medicalExpense)
                    == ["amount_minor": 120_050, "currency": "CNY"], "\(typed)")
        }
        #expect(
            try read("300 jpy", "total", .medicalExpense)
                == ["amount_minor": 300, "currency": "JPY"])
        #expect(
            try read("1，7 sleep", "topics", .counsellingSession) == ["work", "depression", "sleep"])
        for (typed, path, kind) in [
            ("2026-02-30", "held_on", RecordKind.counsellingSession),
            ("", "held_on", .counsellingSession),
            ("0", "channel", .counsellingSession), ("4", "channel", .counsellingSession),
            ("o", "status", .medicalExpense), ("re", "status", .medicalExpense),
            ("12.345", "total", .medicalExpense), ("-1", "total", .medicalExpense),
            ("1 ZZZ", "total", .medicalExpense), ("1441", "duration_minutes", .counsellingSession),
            ("a\u{7}", "provider", .medicalExpense), ("24:00", "started_at", .counsellingSession),
        ] {
            #expect(throws: TypedValue.Problem.self, "\(typed)") { try read(typed, path, kind) }
        }
    }

    @Test func aFormIsAnsweredCorrectedAndSent() throws {
        let harness = try Harness()
        harness.logIn()
        let once = Once()
        harness.service.on(RecordsCreate.self) { _ in
            once.first
                ? .failure(.invalidFields([.init(field: "risk", problem: "not-an-option")]))
                : .success(.init(record: Samples.record, version: 1, created: 1))
        }
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: [
                "", "2026-03-04", "phone", "?", "low", "!",
                // The summary: an empty answer, a field, sent, refused, sent.
                "", "99", "3", "high", "s", "s",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.output == "added record \(Samples.record)\n")
        let sent = harness.service.calls(RecordsCreate.self)
        #expect(
            sent.map { JSON.Value.object($0.body) }
                == Array(
                    repeating: ["held_on": "2026-03-04", "channel": "phone", "risk": "high"],
                    count: 2))
        // Another text is another request.
        #expect(Set(sent.map(\.idempotency)).count == 2)
        #expect(run.shown.contains("this is needed\n"))
        #expect(run.shown.contains("not given: 4 began at, 5 minutes"))
    }

    @Test func whoIsAnonymousIsAskedForNothingThatNames() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        let run = harness.run("subject", "add", typing: ["", "y", "", "", "", "", "s"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(!run.shown.contains("employee number"))
        #expect(
            harness.service.calls(SubjectsAdd.self).map { JSON.Value.object($0.fields) }
                == [["anonymous": true]])
    }

    @Test func aFormThatEndsEarlySendsNothing() throws {
        let harness = try Harness()
        harness.logIn()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session", typing: ["2026-03-04"])
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("warning: nothing was sent\nerror: "))
        let dropped = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: ["2026-03-04", "!", "d", "no", "d", "1", "2", "3", "4", "5", "d", "yes"])
        #expect(dropped.status == 1)
        #expect(dropped.errors == "error: dropped; nothing was sent\n")
        #expect(harness.service.calls(RecordsCreate.self).isEmpty)
    }

    @Test func linesAreWrappedByWhatTheyTake() {
        #expect(WrappedText.lines("", columns: 10) == [""])
        #expect(WrappedText.lines("one two three", columns: 7) == ["one two", "three"])
        #expect(WrappedText.lines("one two three", columns: 8) == ["one two", "three"])
        #expect(WrappedText.lines("困难很多", columns: 5) == ["困难", "很多"])
        #expect(WrappedText.lines("abcdefgh", columns: 3) == ["abc", "def", "gh"])
        for columns in 2...20 {
            let text = "一 two 三four, five六七 eight"
            let lines = WrappedText.lines(text, columns: columns)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
            #expect(
                lines.joined().filter { $0 != " " } == text.filter { $0 != " " }, "\(columns)")
        }
    }
}
