import Synchronization
import Testing
import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

@testable import VaultCLI

/// Records asked for field by field, and the words of fields in both languages.
@Suite(.serialized) struct FormTests {
    // MARK: Words

    /// Every path of a schema with its type.
    private func paths(_ fields: [Field], at path: String = "") -> [(String, FieldType)] {
        fields.flatMap { field -> [(String, FieldType)] in
            let here = path.isEmpty ? field.name : "\(path).\(field.name)"
            switch field.type {
            case .object(let inner), .list(.object(let inner), _):
                return [(here, field.type)] + paths(inner, at: here)
            default: return [(here, field.type)]
            }
        }
    }

    @Test(arguments: RecordKind.allCases) func everyFieldAndOptionHasWords(_ kind: RecordKind) {
        for (path, type) in paths(KindRegistry.schema(for: kind).fields) {
            #expect(FieldMessages.label(path, kind: kind.name) != nil, "\(kind.name) \(path)")
            let meaning = FieldMessages.meaning(path, kind: kind.name, english: "?")
            #expect(meaning.text(in: .simplifiedChinese) != "?", "\(kind.name) \(path)")
            let options: [String] =
                switch type {
                case .option(let options), .list(.option(let options), _): options
                default: []
                }
            for language in Language.allCases {
                let words = options.compactMap {
                    FieldMessages.option($0, path: path, kind: kind.name)?.text(in: language)
                }
                #expect(Set(words).count == options.count, "\(kind.name) \(path): \(words)")
            }
        }
        #expect(FieldMessages.kind(kind.name) != nil)
    }

    @Test func everyFaultHasWords() {
        for fault in FieldFault.allCases.map(\.rawValue) + LineFault.allCases.map(\.rawValue) {
            #expect(RecordProblemMessages.fault(fault) != nil, "\(fault)")
        }
    }

    /// What validation says of records with everything wrong is known in Chinese too.
    @Test(arguments: [
        #"{"held_on":"2024-02-30","channel":"fax","risk":7,"next_on":"x","topics":[],"a":1}"#,
        #"{"held_on":"2024-02-29","channel":"phone","risk":"low","next_on":"2024-02-01"}"#,
        #"{"opened_on":"2024-02-29","status":"closed","household_income":{"amount_minor":-1}}"#,
        #"{"household":[{"income":{"amount_minor":1,"currency":"XYZ"}}],"relief":7}"#,
        #"{"incurred_on":"2024-02-29","patient":"self","category":"dental","status":"verified","total":{"amount_minor":1,"currency":"CNY"},"own_share":{"amount_minor":2,"currency":"CNY"},"other_paid":{"amount_minor":2,"currency":"EUR"}}"#,
        #"{"anonymous":true,"names":[{"full":" "}]}"#, #"{"contacts":{"email":"x"}}"#, "7",
    ]) func everyExpectationHasWords(_ text: String) throws {
        let value = try JSON.parse(text)
        for kind in RecordKind.allCases {
            do throws(RecordError) {
                _ = try KindRegistry.schema(for: kind).validate(value)
            } catch {
                guard case .invalid(let report) = error else { continue }
                for problem in report.problems {
                    let words = FieldWords.expected(
                        problem.fault.rawValue, "\(problem.path)", kind: kind.name,
                        english: problem.expected)
                    #expect(words.text(in: .english) == problem.expected)
                    #expect(
                        words.text(in: .simplifiedChinese) != problem.expected,
                        "\(kind.name) \(problem)")
                }
            }
        }
    }

    // MARK: A whole form

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(
            RecordsCreate.self, .init(record: Samples.record, version: 1, created: 1))
        return harness
    }

    @Test func aSessionIsAskedForFieldByField() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session", "--purpose", "treatment",
            typing: [
                "2026/11/24", "fax", "1", "?", "low", "25:99", "09:30", "50", "", "3",
                "work, hope", "1 grief", "第一段\n第二段", "<", "", "", "安全计划", "", "x", "11",
                "n", "yes", "计划二", "send",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        let sent = harness.service.calls(RecordsCreate.self)
        #expect(sent.count == 1)
        #expect(sent.first?.body["held_on"] == "2026-11-24")
        #expect(sent.first?.body["channel"] == "phone")
        #expect(sent.first?.body["risk"] == "low")
        #expect(sent.first?.body["topics"] == ["work", "grief"])
        #expect(sent.first?.body["concern"] == "第一段\n第二段")
        #expect(sent.first?.body["plan"] == "计划二")
        #expect(sent.first?.body["summary"] == nil)
        #expect(run.shown.contains("  1 none  2 low"))
        #expect(run.shown.contains("judged risk of harm\n"))
        #expect(run.shown.contains("expected a time of day from 00:00 to 23:59"))
    }

    @Test func inChineseEveryWordIs() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session", "--language", "zh",
            typing: ["2026年11月24日", "电话", "紧急", "", "", "", "", "", "", "", "", "", "发送"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(!run.shown.contains("phone"))
        #expect(harness.service.calls(RecordsCreate.self).first?.body["risk"] == "acute")
    }

    @Test func listsOfObjectsAndGroups() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        harness.service.on(SubjectsFind.self, .init(hits: [], truncated: false))
        // names: one with two fields, no second; numbers; birth; sex; unit; status; contacts with a
        // phone; relatives none; remarks. Whether there is no name is not asked.
        let run = harness.run(
            "subject", "add",
            typing: [
                "张伟", "<", "", "1", "no", "E-7", "", "1980-01-02", "2", "城东支行", "1",
                "yes", "138 0013 8000", "", "", "", "", "", "no", "", "send",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        let fields = harness.service.calls(SubjectsAdd.self).first?.fields
        #expect(fields?["names"] == [["full": "张伟", "kind": "legal"]])
        #expect(fields?["contacts"] == ["phone": "138 0013 8000"])
        #expect(fields?["sex"] == "male")
        #expect(fields?["relatives"] == nil)
        #expect(run.shown.contains("name 1, full name: \n"))
        // Back from its second field.
        #expect(run.shown.contains("name 1, full name [张伟]: \n"))
        #expect(!run.shown.contains("no name given"))
    }

    @Test func aNumberThatSomebodyHasIsShownBeforeAPersonIsAdded() throws {
        let harness = try harness()
        let hit = WireSubjectHit(
            subject: Samples.subject, names: ["李辉"], employeeNumber: "E-7",
            birthDate: "1982-11-23")
        harness.service.on(SubjectsFind.self, .init(hits: [hit], truncated: false))
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        let lines = ["names.full: 李辉\nemployee_number: E-7\nnational_id: 1"]
        // Not another one: it goes on in a form, and is dropped there.
        var run = harness.run("subject", "add", "--lines", typing: lines + ["no", "d", "yes"])
        #expect(run.status != 0)
        #expect(run.errors.contains("employee number: somebody has it already"), "\(run.errors)")
        #expect(run.errors.contains("李辉") && run.errors.contains("1982-11-23"))
        #expect(run.errors.contains("error: nobody was added"))
        #expect(harness.service.calls(SubjectsAdd.self).isEmpty)
        // Another one, twice; both numbers were looked for.
        run = harness.run("subject", "add", "--lines", typing: lines + ["yes", "yes"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(harness.service.calls(SubjectsAdd.self).count == 1)
        #expect(
            harness.service.calls(SubjectsFind.self).map(\.text) == ["E-7", "E-7", "1"])
        // A program is not asked.
        let file = harness.file("person.json")
        _ = try harness.write("person.json", #"{"names":[{"full":"李辉"}],"employee_number":"E-7"}"#)
        #expect(harness.run("subject", "add", "--from", file).status == 0)
        #expect(harness.service.calls(SubjectsFind.self).count == 3)
    }

    @Test func whoSkipsTheNameIsAskedWhetherThereIsNone() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        // No name, which is denied; back to the name; it is needed or denied again, then there is one.
        let run = harness.run(
            "subject", "add",
            typing: ["", "", "no", "", "<", "王芳", "", "no"]
                + Array(repeating: "", count: 9) + ["send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.ranges(of: "no name given (yes or no) *: ").count == 3)
        #expect(
            harness.service.calls(SubjectsAdd.self).map { JSON.Value.object($0.fields) }
                == [["names": [["full": "王芳"]]]])
        // Left out by name and by number: the flag of the list is asked for as well.
        let changed = harness.run(
            "subject", "add", typing: ["!", "1", "", "yes", "!", "s"])
        #expect(changed.status == 0, "\(changed.errors)\n\(changed.shown)")
        #expect(
            harness.service.calls(SubjectsAdd.self).last.map { JSON.Value.object($0.fields) }
                == ["anonymous": true])
    }

    /// What a session is asked for up to its summary.
    private static let start = ["2026-11-24", "1", "1", "", "", "", "", "", ""]

    @Test func aTextThatIsTooLongIsKeptAndCut() throws {
        let harness = try harness()
        // 20 000 characters fit; a family of five scalars stands across the limit.
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
        let text = String(repeating: "长", count: 19_998) + family + "尾"
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + [text, "x", "c", "no", "c", "yes", "", "", "send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown.suffix(2_000))")
        #expect(run.shown.contains("summary: 4 characters more than the 20000 that fit; your text"))
        #expect(run.shown.contains("type c, n or return"))
        #expect(run.shown.contains("长长| and leave out: "))
        #expect(run.shown.contains("cut 2 characters? [yes/no]"))
        #expect(
            harness.service.calls(RecordsCreate.self).first?.body["summary"]
                == .string(String(repeating: "长", count: 19_998)))
        // In bytes, where only those are too many: 4 each.
        let wide = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + [
                String(repeating: "\u{20000}", count: 16_001), "c", "yes", "", "", "send",
            ])
        #expect(wide.status == 0)
        #expect(wide.shown.contains("summary: 4 bytes more than the 64000 that fit"))
    }

    @Test func aTextThatIsTooLongWaitsInTheSummary() throws {
        let harness = try harness()
        let text = "头" + String(repeating: "长", count: 20_004)
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            // Left for later; sent in vain; chosen again, a new text begun and given up, then cut.
            typing: Self.start + [
                text, "", "", "", "send", "10", "n", "", "10", "c", "yes", "send",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown.suffix(2_000))")
        #expect(run.shown.contains("10 summary (too long): 头长长"))
        #expect(run.shown.contains("summary: is too long; expected text of 1 to 20000 characters"))
        // Until it fits, the summary shows the beginning.
        let cut = try #require(run.shown.ranges(of: "it would end").first)
        #expect(run.shown[..<cut.lowerBound].count { $0 == "长" } < 1_000)
        let sent = harness.service.calls(RecordsCreate.self)
        #expect(sent.count == 1)
        #expect(sent.first?.body["summary"] == .string(String(text.prefix(20_000))))
    }

    @Test func aLineThatIsTooLongIsKeptToo() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        let name = String(repeating: "名", count: 99) + " 尾"
        let run = harness.run(
            "subject", "add", typing: [name, "c", "yes", "", "no", "", "", "", "", "!", "send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.contains("name 1, full name: 1 character more than the 100 that fit"))
        // A line does not end in the blank before the cut.
        #expect(
            harness.service.calls(SubjectsAdd.self).first?.fields["names"]
                == [["full": .string(String(repeating: "名", count: 99))]])
    }

    @Test func anEditorShortensATextThatIsTooLong() throws {
        let harness = try harness()
        let editor = try harness.write(
            "editor", "#!/bin/sh\ncut -c 1-30 \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n",
            mode: 0o700)
        harness.environment["EDITOR"] = editor
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + [String(repeating: "x", count: 20_001), "e", "", "", "send"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown.suffix(2_000))")
        #expect(
            harness.service.calls(RecordsCreate.self).first?.body["summary"]
                == .string(String(repeating: "x", count: 30)))
        // Nothing of it stays behind, and an editor that fails loses nothing.
        let left = try Files.list("\(harness.directory)/carevault").filter { $0.hasPrefix("edit") }
        #expect(left.isEmpty)
        harness.environment["EDITOR"] = "false"
        let failed = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: Self.start + [
                String(repeating: "x", count: 20_001), "e", "c", "yes", "", "", "send",
            ])
        #expect(failed.status == 0)
        #expect(failed.errors.contains("the editor false ended with status 1"))
    }

    @Test func linesThatCanBeReadAreMendedInAForm() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        let run = harness.run(
            "subject", "add", "--lines",
            typing: ["names.full: 王芳\nbirth_date: 1980", "5", "1980-02-29", "s"])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.errors.contains("line 2, birth_date: is no date of the calendar"))
        #expect(
            run.errors.hasSuffix("what you typed is kept; change what is wrong by its number\n"))
        #expect(run.shown.contains("1 names:         王芳\n5 date of birth: 1980\n"))
        #expect(
            harness.service.calls(SubjectsAdd.self).map { JSON.Value.object($0.fields) }
                == [["names": [["full": "王芳"]], "birth_date": "1980-02-29"]])
    }

    @Test func whatIsWrongTogetherIsSaidBeforeItIsSent() throws {
        let harness = try harness()
        let run = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: [
                "2026-11-24", "1", "1", "", "", "", "", "", "", "", "", "2026-11-01", "send", "12",
                "-", "send",
            ])
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.contains("comes before another date"))
        #expect(harness.service.calls(RecordsCreate.self).first?.body["next_on"] == nil)
    }

    @Test func droppedAndInterruptedFormsSendNothing() throws {
        let harness = try harness()
        let start = ["2026-11-24", "1", "1"] + Array(repeating: "", count: 9)
        let dropped = harness.run(
            "record", "add", Samples.subject, "counselling.session",
            typing: start + ["drop", "yes"])
        #expect(dropped.status == 1)
        #expect(dropped.errors == "error: dropped; nothing was sent\n")
        let cut = harness.run(
            "record", "add", Samples.subject, "counselling.session", typing: ["2026-11-24", "1"])
        #expect(cut.status == 1)
        #expect(cut.errors.hasPrefix("warning: nothing was sent\n"))
        #expect(harness.service.calls(RecordsCreate.self).isEmpty)
    }

    // MARK: Two people, one record

    private static let before =
        #"{"schema":1,"held_on":"2026-11-24","channel":"phone","risk":"low"}"#

    /// Version 2 is what was read; somebody else wrote version 3 with other fields meanwhile.
    private func contested(_ theirs: String) throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        let reads = Mutex(0)
        harness.service.on(RecordsGet.self) { _ in
            let count = reads.withLock { reads in
                reads += 1
                return reads
            }
            return .success(
                .init(
                    document: .init(
                        subject: Samples.subject, record: Samples.record, version: Int64(count + 1),
                        kind: "counselling.session", author: Samples.principal, created: 1,
                        body: JSONBytes(unchecked: Array((count == 1 ? Self.before : theirs).utf8)))
                )
            )
        }
        harness.service.on(RecordsAmend.self) { parameters in
            parameters.baseVersion == 3
                ? .success(.init(record: Samples.record, version: 4, created: 1))
                : .failure(.conflict(what: "version", current: "3"))
        }
        return harness
    }

    /// Changes the risk of version 2 and sends, then sends what both sides came to.
    private func amend(_ harness: Harness, _ more: String...) -> Transcript {
        harness.run(
            "record", "amend", Samples.subject, Samples.record,
            typing: ["3", "high", "send"] + more)
    }

    @Test func changesOfBothSidesGoTogether() throws {
        let harness = try contested(
            #"{"held_on":"2026-11-24","channel":"online","risk":"low","number":3}"#)
        let run = amend(harness, "send")
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        let sent = harness.service.calls(RecordsAmend.self)
        #expect(sent.map(\.baseVersion) == [2, 3])
        #expect(Set(sent.map(\.idempotency)).count == 2)
        #expect(
            sent.last?.body
                == JSON.Object([
                    "held_on": "2026-11-24", "channel": "online", "risk": "high", "number": 3,
                ]))
    }

    @Test func anAmendmentBeginsWithAllThatIsThere() throws {
        let harness = try contested(Self.before)
        let run = harness.run(
            "record", "amend", Samples.subject, Samples.record,
            typing: ["3", "high", "a", "", "2"] + Array(repeating: "", count: 10) + [
                "d", "no", "d", "yes",
            ])
        #expect(run.status == 1)
        #expect(run.errors == "error: dropped; nothing was sent\n")
        let shown = run.shown
        #expect(shown.hasPrefix("counselling session, version 2\n\n1 day:"), "\(shown)")
        // Before a field: what its keys do. Before all of them too, and then no more.
        #expect(shown.contains("\nreturn keeps, ? explains"))
        #expect(shown.contains("day * [2026-11-24]: \n"))
        #expect(shown.contains("risk of harm * [high]: \n"))
        #expect(shown.contains("2 way:          online\n3 risk of harm: high\n"))
        // Who changed nothing loses nothing.
        let looked = harness.run(
            "record", "amend", Samples.subject, Samples.record, typing: ["d"])
        #expect(looked.errors == "error: nothing was changed, nothing was sent\n")
        #expect(harness.service.calls(RecordsAmend.self).isEmpty)
    }

    @Test func aFieldThatBothChangedIsShownAndDecidedByThePerson() throws {
        let theirs = #"{"held_on":"2026-11-24","channel":"phone","risk":"acute"}"#
        let mine = try contested(theirs)
        let run = amend(mine, "", "3", "1", "send")
        #expect(run.status == 0, "\(run.errors)\n\(run.shown)")
        #expect(run.shown.contains("acute"))
        #expect(run.shown.contains("both changed risk of harm: 1 takes yours, 2 takes that of"))
        #expect(run.shown.ranges(of: "type 1 or 2\n").count == 2)
        #expect(mine.service.calls(RecordsAmend.self).last?.body["risk"] == "high")
        let other = try contested(theirs)
        #expect(amend(other, "2", "5", "50", "send").status == 0)
        #expect(other.service.calls(RecordsAmend.self).last?.body["risk"] == "acute")
        let kept = try contested(theirs)
        #expect(amend(kept, "1", "drop", "yes").status == 1)
        #expect(kept.service.calls(RecordsAmend.self).count == 1)
    }
}
