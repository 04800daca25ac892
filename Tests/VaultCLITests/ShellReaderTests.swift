import Testing
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

@testable import VaultCLI

@Suite struct ShellReaderTests {
    @Test(arguments: [
        ("record list A", ["record", "list", "A"]), ("  a\tb\u{3000}c ", ["a", "b", "c"]),
        ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a\\ b", ["a b"]), ("'a'\"b\"c", ["abc"]),
        ("''", [""]), ("\"a\\\"b\"", ["a\"b"]), ("'a\\b'", ["a\\b"]), ("", []), (" ", []),
        ("--kind=counselling.session", ["--kind=counselling.session"]),
    ])
    func words(line: String, words: [String]) throws {
        #expect(try ShellWords.split(line) == words)
    }

    @Test(arguments: ["'", "a \"b", "a\\", "'a\\'b'"])
    func openQuotes(line: String) {
        #expect(throws: ClientError.usage(.shell(.openQuote))) { try ShellWords.split(line) }
    }

    @Test(arguments: [
        ("1", 1), ("12", 12), ("１２", 12), ("007", 7), ("", nil), ("1a", nil), ("三", 3), ("十", nil),
        ("-1", nil), ("12345", nil), ("½", nil),
    ])
    func numbers(typed: String, number: Int?) {
        #expect(ShellPlace.number(typed) == number)
    }

    // MARK: A place with two people, the second open, with two records

    private static let people = ["S1", "S2"].map {
        ShellPerson(.init(subject: $0, names: ["王芳"], employeeNumber: "E-123456"))
    }
    private static let records = [
        record("R1", "counselling.session"), record("R2", "registry.subject"),
    ]

    private static func record(_ record: String, _ kind: String) -> WireRecordSummary {
        .init(record: record, version: 1, kind: kind, author: "P", created: 0)
    }

    private var found: ShellPlace {
        var place = ShellPlace()
        place.find(Self.people)
        return place
    }

    private var opened: ShellPlace {
        var place = found
        place.open(Self.people[1])
        place.list(Self.records, more: "next", kind: nil)
        return place
    }

    private func command(_ line: String, _ place: ShellPlace) throws -> [String]? {
        guard
            case .command(let words) = try ShellReader(place: place, vocabulary: .carevault).read(
                line)
        else {
            return nil
        }
        return words
    }

    @Test(arguments: [
        ("show", ["subject", "show", "S2"]), ("show 1", ["record", "get", "S2", "R1"]),
        ("show R9 --version 2", ["record", "get", "S2", "R9", "--version", "2"]),
        ("amend", ["subject", "amend", "S2"]),
        ("amend 2 --base 1", ["record", "amend", "S2", "R2", "--base", "1"]),
        ("show １ －－version ２", ["record", "get", "S2", "R1", "--version", "2"]),
        ("历史２", ["record", "history", "S2", "R2"]),
        ("新增咨询会谈", ["record", "add", "S2", "咨询会谈"]),
        ("history ２", ["record", "history", "S2", "R2"]),
        ("add counselling.session", ["record", "add", "S2", "counselling.session"]),
        ("新增 counselling.session", ["record", "add", "S2", "counselling.session"]),
        ("新增 咨询会谈 --purpose test", ["record", "add", "S2", "咨询会谈", "--purpose", "test"]),
        ("add counselling session", ["record", "add", "S2", "counselling session"]),
        ("record list 1", ["record", "list", "1"]), ("whoami --json", ["whoami", "--json"]),
    ])
    func shortForms(line: String, words: [String]) throws {
        #expect(try command(line, opened) == words)
    }

    @Test func shortFormsWithNobodyOpen() throws {
        #expect(try command("add --from x", found) == ["subject", "add", "--from", "x"])
        #expect(try command("show 2", found) == ["subject", "show", "S2"])
        #expect(try command("show S9", ShellPlace()) == ["subject", "show", "S9"])
        var shown = opened
        shown.record = Self.records[0]
        #expect(try command("show", shown) == ["record", "get", "S2", "R1"])
        #expect(try command("amend", shown) == ["record", "amend", "S2", "R1"])
        #expect(try command("history", shown) == ["record", "history", "S2", "R1"])
    }

    @Test(arguments: [
        ("history", ShellProblem.noRecord("history")), ("amend 3", .noSuchNumber("3", last: 2)),
        ("add", .needsKind), ("open", .needsNumber("open")),
        ("open 3", .noSuchNumber("3", last: 2)),
        ("open 0", .noSuchNumber("0", last: 2)), ("open 1 2", .tooManyWords("open")),
        ("back 1", .tooManyWords("back")), ("lock now", .tooManyWords("lock")),
        ("opne 1", .unknownWord("opne", nearest: "open")), ("x", .unknownWord("x", nearest: nil)),
        ("查询 王芳", .unknownWord("查询", nearest: "查找")), ("锁", .unknownWord("锁", nearest: "锁定")),
        ("搜索 王芳", .unknownWord("搜索", nearest: "查找")), ("天气", .unknownWord("天气", nearest: nil)),
        ("recrod list", .unknownWord("recrod", nearest: "record")),
    ])
    func wrongLines(line: String, problem: ShellProblem) {
        #expect(throws: ClientError.usage(.shell(problem))) {
            try ShellReader(place: opened, vocabulary: .carevault).read(line)
        }
    }

    @Test func wrongLinesWithNobodyOpen() {
        for (line, problem) in [
            ("history 1", ShellProblem.nobodyOpen("history")), ("amend 1", .nobodyOpen("amend")),
            ("show", .nobodyOpen("show")), ("add counselling.session", .nobodyOpen("add")),
            ("list", .nothingListed), ("open 1", .nothingListed),
        ] {
            #expect(throws: ClientError.usage(.shell(problem)), "\(line)") {
                try ShellReader(place: ShellPlace(), vocabulary: .carevault).read(line)
            }
        }
    }

    @Test(arguments: [
        ("find 王 芳", "王 芳"), ("find O'Brien", "O'Brien"), ("查找 王芳  ", "王芳"),
        ("find \"王芳\"", "王芳"), ("find “王芳”", "王芳"), ("find --limit 5 王芳", "王芳"),
        ("find --by=employee-number --limit 5 E-1", "E-1"), ("find -- --by", "--by"), ("find", ""),
        ("FIND a", "a"), ("find --purpose treatment '", "'"), ("查找王芳", "王芳"),
        ("查找 －－by 工号 １２", "１２"),
    ])
    func finding(line: String, text: String) throws {
        guard
            case .find(let command, let found, _) = try ShellReader(
                place: found, vocabulary: .carevault
            ).read(line)
        else {
            Issue.record("no search: \(line)")
            return
        }
        #expect(found == text)
        #expect(command.misplaced.isEmpty)
    }

    @Test func findingTakesOptions() throws {
        let line = "find --by national-id --limit 3 --purpose payment 11"
        guard
            case .find(let command, let text, true) = try ShellReader(
                place: found, vocabulary: .carevault
            ).read(line)
        else {
            Issue.record("no search")
            return
        }
        #expect(command.by == .nationalID)
        #expect(command.limit == 3)
        #expect(command.purpose.purpose == "payment")
        #expect(text == "11")
        #expect(throws: (any Error).self) {
            try ShellReader(place: found, vocabulary: .carevault).read("find --by shoe-size 43")
        }
    }

    @Test(arguments: [
        ("200400418", [WireFindBy.employeeNumber]), ("２００４", [.employeeNumber]),
        ("E-1001", [.employeeNumber]), ("44030119800501123X", [.nationalID, .employeeNumber]),
        ("440301198005011234", [.nationalID, .employeeNumber]), ("王芳", [.name]),
        ("Wang Fang", [.name]), ("Anne-Marie", [.name]), ("王芳2", [.name]), ("", [.name]),
    ])
    func whatLooksLikeANumberIsLookedForAsOne(text: String, order: [WireFindBy]) {
        #expect(FindGuess.order(text) == order)
    }

    @Test(arguments: [
        ("工号", SubjectFindCommand.By.employeeNumber), ("姓名", .name), ("证件号码", .nationalID),
        ("employee-number", .employeeNumber), ("national id", .nationalID),
    ])
    func whatToLookForHasTwoLanguages(typed: String, by: SubjectFindCommand.By) {
        #expect(SubjectFindCommand.By(argument: typed) == by)
    }

    @Test func openingGoesByTheNewestList() throws {
        guard
            case .openPerson(let person) = try ShellReader(place: found, vocabulary: .carevault)
                .read("open 2")
        else {
            Issue.record("no person")
            return
        }
        #expect(person.subject == "S2")
        guard
            case .openRecord(let wide) = try ShellReader(place: opened, vocabulary: .carevault)
                .read("打开２"), wide.record == "R2",
            case .openRecord(let record) = try ShellReader(place: opened, vocabulary: .carevault)
                .read("打开 1")
        else {
            Issue.record("no record")
            return
        }
        #expect(record.record == "R1")
        guard
            case .openSubject("ABC") = try ShellReader(place: opened, vocabulary: .carevault).read(
                "open ABC")
        else {
            Issue.record("no subject")
            return
        }
    }

    @Test func numbersStandForIdentifiersInCommands() throws {
        func resolved(_ subject: String, _ record: String) throws -> [String] {
            let subject = try opened.subject(subject)
            return [subject, try opened.record(record, of: subject)]
        }
        #expect(try resolved("S2", "1") == ["S2", "R1"])
        // Of another person's records no numbers are on the screen.
        #expect(try resolved("S1", "1") == ["S1", "1"])
        #expect(try found.subject("2") == "S2")
        for typed in ["1", "２", "9"] {
            #expect(throws: ClientError.usage(.shell(.numberOfNobody(typed)))) {
                try resolved(typed, "1")
            }
        }
        #expect(try resolved("S7", "ABC") == ["S7", "ABC"])
        #expect(throws: ClientError.usage(.shell(.noSuchNumber("9", last: 2)))) {
            try resolved("S2", "9")
        }
    }

    @Test func goingBack() {
        var place = opened
        place.record = Self.records[0]
        let first = place.back()
        #expect(first && place.record == nil && place.person == Self.people[1])
        let second = place.back()
        #expect(second && place.person == nil && place.listing == .people(Self.people))
        let third = place.back()
        #expect(!third)
    }

    @Test(arguments: [
        ("op", ["open"]), ("查", ["查找", "查看"]), ("open ", ["1", "2"]),
        ("add cou", ["counselling.session"]), ("add 咨", ["咨询会谈"]),
        ("list --kind 医疗费", ["医疗费用"]), ("grant x --role 审计", ["审计员"]),
        ("grant x --role med", ["medical-officer"]), ("grant x --compartment 法", ["法律"]),
        ("purpose pay", ["payment"]), ("find --by na", ["name", "national-id"]),
        ("record li", ["list"]), ("mi", ["mine"]), ("record get 1 1 --purpose tre", ["treatment"]),
        ("record add 1 hard", ["hardship.case"]), ("find --l", ["--limit"]),
        ("mine --", ["--limit", "--purpose"]), ("show 1 --v", ["--version"]),
        ("find --by 工", ["工号"]),
    ])
    func completing(before: String, candidates: [String]) {
        #expect(
            ShellCompletion(place: opened, vocabulary: .carevault)(before)?.candidates == candidates
        )
    }

    @Test func nothingAboutPeopleIsCompleted() {
        for before in [
            "find ", "find 王", "quit ", "quit --", "lock --p", "open 1 --", "open x", "nothing ",
            "record get 1 ",
        ] {
            #expect(
                ShellCompletion(place: opened, vocabulary: .carevault)(before) == nil, "\(before)")
        }
    }

    @Test func peopleAreToldApart() {
        let people = ["E-123456", "7", nil].map {
            ShellPerson(
                .init(
                    subject: "S", names: ["王芳"], employeeNumber: $0, birthDate: "1980-05-01",
                    unit: "城东支行", status: "active"))
        }
        let wide = ShellTables(language: .english, columns: 80, own: nil).people(people)
        #expect(
            wide == """
                #  name  born  no.    unit      status
                1  王芳  1980  …3456  城东支行  active
                2  王芳  1980  …7     城东支行  active
                3  王芳  1980  -      城东支行  active

                """)
        let chinese = ShellTables(language: .simplifiedChinese, columns: 80, own: nil)
        #expect(chinese.people(people).contains("城东支行  在职\n"))
        let narrow = ShellTables(language: .simplifiedChinese, columns: 40, own: nil)
            .people([ShellPerson(.init(subject: "S", names: []))] + people)
        #expect(narrow.hasPrefix("#  姓名      出生  工号   单位\n1  （匿名）  -     -      -\n"))
    }
}

extension ShellVocabulary {
    /// With the commands of the client.
    fileprivate static let carevault = ShellVocabulary(tree: .carevault)
}
