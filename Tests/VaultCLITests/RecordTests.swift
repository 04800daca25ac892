import Testing
import VaultCoding
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct RecordTests {
    private static let person = """
        names.full: 张伟
        employee_number: E-7
        contacts.phone: 138 0013 8000
        """
    private static let fields: JSON.Value = [
        "names": [["full": "张伟"]], "employee_number": "E-7",
        "contacts": ["phone": "138 0013 8000"],
    ]
    private static let added = SubjectsAdd.Reply(
        subject: Samples.subject, record: Samples.record, pseudonym: "ab")

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(SubjectsFind.self, .init(hits: [], truncated: false))
        harness.service.on(SubjectsAdd.self, Self.added)
        return harness
    }

    @Test func addsAPersonFromAFile() throws {
        let harness = try harness()
        let file = try harness.write("person", Self.person)
        let run = harness.run("subject", "add", "--from", file, "--purpose", "care-management")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "added subject \(Samples.subject)\n")
        let sent = harness.service.calls(SubjectsAdd.self)
        #expect(sent.map { JSON.Value.object($0.fields) } == [Self.fields])
        #expect(sent.map(\.purpose) == ["CAREMGT"])
        #expect(try IdempotencyID(text: sent[0].idempotency).text == sent[0].idempotency)
    }

    @Test func takesJSONFromStandardInput() throws {
        let harness = try harness()
        let text = JSONWriter.text(Self.fields)
        let run = harness.run("subject", "add", "--from", "-", "--json", input: "\u{FEFF}" + text)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                {"format":1,"subject":"\(Samples.subject)","record":"\(Samples.record)",\
                "pseudonym":"ab"}

                """)
        #expect(harness.service.calls(SubjectsAdd.self).map { .object($0.fields) } == [Self.fields])
        let bad = harness.run("subject", "add", "--from", "-", input: #"{"a":1,"a":2}"#)
        #expect(bad.status == 1)
        #expect(bad.errors == "error: the record is not acceptable JSON at byte 7\n")
        #expect(
            harness.run("subject", "add", "--from", "-", input: " \n").errors
                == "error: there is nothing in <standard input>\n")
    }

    @Test func problemsNameTheLine() throws {
        let harness = try harness()
        let file = try harness.write(
            "person", "names.full: 张伟\nbirthday: 1980-01-01\nbirth_date 1980-01-01\n")
        let run = harness.run("subject", "add", "--from", file)
        #expect(run.status == 1)
        #expect(
            run.errors.hasPrefix(
                "error: the record is not as it must be\nhint: line 2, birthday: names no field; expected one of "
            ))
        #expect(
            run.errors.hasSuffix(
                "hint: line 3: has no field name and colon; expected `field: value`\n"))
        let wrong = try harness.write("wrong", "names.full: 张伟\nbirth_date: 1980-02-30\n")
        #expect(
            harness.run("subject", "add", "--from", wrong).errors.contains(
                "hint: line 2, birth_date: is no date of the calendar; expected "))
        #expect(harness.service.calls(SubjectsAdd.self).isEmpty)
    }

    @Test func fieldsThatTheDaemonRefusesAreNamed() throws {
        let harness = try harness()
        harness.service.refuse(
            SubjectsAdd.self,
            .invalidFields([
                .init(field: "birth_date", problem: "not-a-date", expected: "a date"),
                .init(field: "x", problem: "brand-new"),
            ]))
        let file = try harness.write("person", Self.person)
        let run = harness.run("subject", "add", "--from", file)
        #expect(run.status == 1)
        #expect(
            run.errors == """
                error: nothing was done; this is not acceptable
                hint: birth_date: is no date of the calendar; expected a date
                hint: x: brand-new

                """)
    }

    @Test func aPersonTypesAndMends() throws {
        let harness = try harness()
        let run = harness.run(
            "subject", "add", "--lines", typing: ["name: x", "yes", Self.person])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.shown.hasPrefix(
                "fields of person, one `field: value` a line (end with a line that is only .)\n"
            ))
        #expect(run.shown.contains("type it again? [yes/no] "))
        #expect(harness.service.calls(SubjectsAdd.self).count == 1)
        let given = harness.run("subject", "add", "--lines", typing: ["name: x", "no"])
        #expect(given.status == 1)
    }

    @Test func theLoginIsLookedAtBeforeAPersonTypes() throws {
        let harness = try Harness()
        let run = harness.run("subject", "add", "--lines", typing: [Self.person])
        #expect(run.status == 5)
        #expect(run.shown == "")
    }

    @Test func textSurvivesALoginThatLapsed() throws {
        let harness = try harness()
        let once = Once()
        harness.service.on(SubjectsAdd.self) { _ in
            once.first ? .failure(.loginNeeded(reason: "expired")) : .success(Self.added)
        }
        let run = harness.run("subject", "add", "--lines", typing: [Self.person, Samples.secret])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors == "your login ended meanwhile; log in again, then your text is sent\n")
        let sent = harness.service.calls(SubjectsAdd.self)
        #expect(sent.map { .object($0.fields) } == [Self.fields, Self.fields])
    }

    @Test func textSurvivesADaemonThatIsAway() throws {
        let harness = try harness()
        let once = Once()
        harness.service.on(SubjectsAdd.self) { _ in
            once.first ? .failure(.sealed) : .success(Self.added)
        }
        let run = harness.run("subject", "add", "--lines", typing: [Self.person, "yes"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.shown.contains("your text is kept; send it again? [yes/no] "))
    }

    @Test func aBrokenConnectionIsTriedOnceMoreUnderTheSameName() throws {
        let harness = try harness()
        let once = Once()
        harness.service.onCall(SubjectsAdd.name) { _ in
            once.first ? nil : [ReplyWriter.reply(Self.added)]
        }
        let file = try harness.write("person", Self.person)
        let run = harness.run("subject", "add", "--from", file)
        #expect(run.status == 0, "\(run.errors)")
        let sent = harness.service.calls(SubjectsAdd.self)
        #expect(sent.count == 2)
        #expect(Set(sent.map(\.idempotency)).count == 1)

        harness.service.onCall(SubjectsAdd.name) { _ in nil }
        let lost = harness.run("subject", "add", "--from", file)
        #expect(lost.status == 6)
        #expect(
            lost.errors == """
                error: the daemon at \(harness.service.path) closed the connection before it answered
                hint: look at: carevault status

                """)
        #expect(harness.service.calls(SubjectsAdd.self).count == 4)
    }

    @Test func aPendingEntryIsAskedForOnceMore() throws {
        let harness = try harness()
        let once = Once()
        harness.service.on(SubjectsAdd.self) { _ in
            once.first ? .failure(.outcomePending(reference: "R1")) : .success(Self.added)
        }
        let file = try harness.write("person", Self.person)
        #expect(harness.run("subject", "add", "--from", file).status == 0)
        #expect(Set(harness.service.calls(SubjectsAdd.self).map(\.idempotency)).count == 1)
    }

    @Test func findsAPersonByNameTypedNotArgued() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsFind.self,
            .init(
                hits: [
                    .init(
                        subject: Samples.subject, names: ["张伟", "Zhang\u{1B}[2J Wei"],
                        employeeNumber: "E-7", birthDate: "1980-01-02", unit: nil,
                        status: "active")
                ], truncated: true))
        let run = harness.run("subject", "find", typing: ["  张伟 "])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.shown == "full name: \n")
        #expect(run.errors == "there are more; raise --limit\n")
        #expect(
            run.output == """
                subject                      names                employee number  born        unit  status
                \(Samples.subject)  张伟, Zhang␛[2J Wei  E-7              1980-01-02  -     active

                """)
        let sent = harness.service.calls(SubjectsFind.self)
        #expect(sent.map(\.text) == ["张伟"] && sent.map(\.by) == [.name])

        let argued = harness.run("subject", "find", "张伟", typing: ["x"])
        #expect(argued.status == 2)
        #expect(
            argued.errors == """
                error: what you search for must not stand on the command line, where every user can see it
                hint: leave it away and type it when asked, or use --from FILE

                """)
        harness.service.on(SubjectsFind.self, .init(hits: [], truncated: false))
        let none = harness.run(
            "subject", "find", "--by", "employee-number", "--from", "-", "--limit", "5",
            input: "E-8\n")
        #expect(none.status == 0)
        #expect(none.output == "nobody found; the whole name or number is needed\n")
        #expect(harness.service.calls(SubjectsFind.self).last?.by == .employeeNumber)
        #expect(harness.service.calls(SubjectsFind.self).last?.limit == 5)
        let range = harness.run("subject", "find", "--limit", "101", typing: ["x"])
        #expect(range.status == 2)
        #expect(range.errors == "error: --limit takes a number from 1 to 100\n")
    }

    @Test func showsAPerson() throws {
        let harness = try harness()
        let fields: JSON.Object = try #require(
            JSON.parse(
                #"{"schema":1,"names":[{"full":"张伟","kind":"legal"},{"full":"Zhang Wei"}],"contacts":{"safe_to_call":false},"remarks":"one\ntwo\u202e"}"#
            ).object)
        harness.service.on(
            SubjectsShow.self,
            .init(
                document: .init(
                    subject: Samples.subject, pseudonym: "ab12", record: Samples.record, version: 2,
                    created: 1_785_587_696_000_000, author: Samples.principal,
                    fields: JSONBytes(fields))))
        let run = harness.run("subject", "show", Samples.subject.lowercased())
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                subject:           \(Samples.subject)
                pseudonym:         ab12
                record:            \(Samples.record)
                version:           2
                written:           2026-08-01T12:34:56Z
                written by:        \(Samples.principal)
                names:
                  full name  kind of name
                  张伟       legal
                  Zhang Wei  -
                others may answer: no
                remarks:           one
                                   two\\u{202E}

                """)
        #expect(harness.service.calls(SubjectsShow.self).map(\.subject) == [Samples.subject])
        let typo = harness.run("subject", "show", String(Samples.subject.dropLast()) + "~")
        #expect(typo.status == 2)
        #expect(typo.errors.hasSuffix("is no identifier; look for a typing error\n"))
        #expect(harness.run("subject", "show", "0001").status == 0)
    }

    @Test func getsListsAndTellsTheHistory() throws {
        let harness = try harness()
        harness.service.on(RecordsGet.self, .init(document: .session))
        let get = harness.run("record", "get", Samples.subject, Samples.record, "--version", "2")
        #expect(
            get.output == """
                subject:    \(Samples.subject)
                record:     \(Samples.record)
                kind:       medical expense (medical.expense)
                version:    2
                amends:     1
                written:    2026-08-01T12:34:56Z
                written by: \(Samples.principal)
                amount:     1200.50 CNY
                hospital:   -
                days:       3
                rate:       0.5

                """)
        let json = harness.run("record", "get", Samples.subject, Samples.record, "--json")
        #expect(json.output.contains(#""body":{"amount":{"amount_minor":120050,"currency":"CNY"}"#))

        let summary = WireRecordSummary(
            record: Samples.record, version: 12, kind: "medical.expense",
            author: Samples.principal, authorName: "李\u{1B}梅", created: 1_785_587_696_000_000)
        harness.service.on(RecordsList.self, .init(records: [summary], cursor: "c 1"))
        let list = harness.run("record", "list", Samples.subject)
        #expect(
            list.output == """
                record                       version  kind             written               written by
                \(Samples.record)       12  medical expense  2026-08-01T12:34:56Z  李␛梅

                """)
        let listed = harness.run("record", "list", Samples.subject, "--json")
        #expect(listed.output.contains(#""author":"\#(Samples.principal)","author_name":"#))
        let chinese = harness.run(
            "record", "list", Samples.subject, "--kind", "医疗费用", "--language", "zh")
        #expect(chinese.output.contains("  医疗费用  "))
        #expect(!chinese.output.contains("medical"))
        #expect(
            harness.service.calls(RecordsList.self).map(\.kind) == [nil, nil, "medical.expense"])
        #expect(list.errors == "there are more: --cursor 'c 1'\n")
        harness.service.on(RecordsList.self, .init(records: []))
        #expect(harness.run("record", "list", Samples.subject).output == "no records\n")
        harness.service.on(RecordsHistory.self, .init(versions: [summary]))
        #expect(
            harness.run("record", "history", Samples.subject, Samples.record).output == list.output)
    }

    @Test func amendsTheNewestVersion() throws {
        let harness = try harness()
        harness.service.on(RecordsGet.self, .init(document: .session))
        harness.service.on(
            RecordsAmend.self, .init(record: Samples.record, version: 3, created: 1))
        let file = try harness.write("body", #"{"amount":1}"#)
        let run = harness.run("record", "amend", Samples.subject, Samples.record, "--from", file)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "record \(Samples.record) now has version 3\n")
        #expect(harness.service.calls(RecordsAmend.self).map(\.baseVersion) == [2])
        #expect(harness.service.calls(RecordsGet.self).count == 1)
        // Who states both needs no reading.
        _ = harness.run(
            "record", "amend", Samples.subject, Samples.record, "--base", "7", "--kind",
            "medical.expense", "--from", file)
        #expect(harness.service.calls(RecordsAmend.self).map(\.baseVersion) == [2, 7])
        #expect(harness.service.calls(RecordsGet.self).count == 1)
        harness.service.refuse(RecordsAmend.self, .conflict(what: "version", current: "4"))
        let conflict = harness.run(
            "record", "amend", Samples.subject, Samples.record, "--from", file)
        #expect(conflict.status == 1)
        #expect(
            conflict.errors.hasSuffix(
                """
                amount, before:      1200.50 CNY
                amount, yours:       1
                amount, meanwhile:   1200.50 CNY
                hospital, before:    -
                hospital, yours:     -
                hospital, meanwhile: -
                days, before:        3
                days, yours:         -
                days, meanwhile:     3
                rate, before:        0.5
                rate, yours:         -
                rate, meanwhile:     0.5
                put both together and amend again with --base 2
                error: the record was amended meanwhile; its newest version is 4
                hint: look at the newest version with: carevault record get

                """))
    }

    @Test func addsARecord() throws {
        let harness = try harness()
        harness.service.on(
            RecordsCreate.self, .init(record: Samples.record, version: 1, created: 1))
        let run = harness.run(
            "record", "add", Samples.subject, "future.kind", "--from", "-", input: #"{"a":1}"#)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "added record \(Samples.record)\n")
        #expect(harness.service.calls(RecordsCreate.self).map(\.kind) == ["future.kind"])
        let lines = harness.run(
            "record", "add", Samples.subject, "future.kind", "--from", "-", input: "a: 1")
        #expect(lines.status == 2)
        #expect(
            lines.errors.hasPrefix(
                "error: there is no kind of record future.kind\nhint: use one of: registry.subject, "
            ))
    }
}

extension WireRecordDocument {
    fileprivate static let session = WireRecordDocument(
        subject: Samples.subject, record: Samples.record, version: 2, baseVersion: 1,
        kind: "medical.expense", author: Samples.principal, created: 1_785_587_696_000_000,
        body: JSONBytes(
            JSON.Object([
                "amount": ["amount_minor": 120_050, "currency": "CNY"], "hospital": .null,
                "days": 3, "rate": .double(0.5), "schema": 1,
            ])))
}
