import Foundation
import Synchronization
import Testing
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct ShellTests {
    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.service.on(SessionDescribe.self, .init(session: .counsellor))
        harness.service.on(SessionLogout.self, NoFields())
        harness.service.on(
            SubjectsFind.self,
            .init(
                hits: [
                    .init(
                        subject: Samples.subject, names: ["王\u{1B}[2J\u{202E}芳"],
                        employeeNumber: "E-9876", birthDate: "1980-05-01", unit: "城东")
                ], truncated: false))
        harness.service.on(
            RecordsList.self,
            .init(
                records: [
                    .init(
                        record: Samples.record, version: 1, kind: "counselling.session",
                        author: Samples.principal, created: 1_799_999_999_000_000)
                ], cursor: nil))
        harness.logIn()
        return harness
    }

    @Test func aDay() throws {
        let harness = try harness()
        let run = harness.run(
            "shell",
            typing: ["find 王芳", "record list 1", "open", "back", "status", "quit", "never"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("1  王␛[2J\\u{202E}芳  1980  …9876  城东"))
        #expect(run.output.contains("1  counselling session  2027-01-15T07:59:59Z        1  you"))
        #expect(run.output.contains("state:"))
        #expect(run.shown.contains("李梅 treatment> "))
        #expect(run.shown.contains("李梅 treatment 王␛[2J\\u{20…> "))
        for text in [run.output, run.errors, run.shown] {
            #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        }
        // One connection: the login was resumed once.
        #expect(harness.service.calls(SessionResume.self).count == 1)
        #expect(harness.service.calls(SessionLogin.self).count == 1, "the one before the shell")
        #expect(harness.service.calls(SubjectsFind.self).map(\.text) == ["王芳"])
    }

    @Test func purposes() throws {
        let harness = try harness()
        let run = harness.run(
            "shell", "--purpose", "payment",
            typing: [
                "find a", "find --purpose eligibility b", "目的 治疗", "find c",
                "record list 1", "record list 1 --purpose payment", "purpose nonsense", "purpose",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            harness.service.calls(SubjectsFind.self).map(\.purpose)
                == ["HPAYMT", "ELIGDTRM", "TREAT"])
        #expect(harness.service.calls(RecordsList.self).map(\.purpose) == ["TREAT", "HPAYMT"])
        #expect(run.errors.contains("purpose of use: treatment"))
        #expect(run.errors.contains("nonsense"))
        #expect(run.shown.contains("李梅 payment> ") && run.shown.contains("李梅 treatment> "))
    }

    @Test func mineIsNumberedToo() throws {
        let harness = try harness()
        let hit = WireSubjectHit(subject: Samples.subject, names: ["赵敏"])
        harness.service.on(SubjectsListMine.self, .init(hits: [hit], truncated: true))
        let run = harness.run("shell", typing: ["mine --limit 1", "open 1", "quit"])
        #expect(run.output.contains("1  赵敏"))
        #expect(run.output.contains("1  counselling session"))
        #expect(run.errors.contains("there are more: more"))
        #expect(harness.service.calls(SubjectsListMine.self).map(\.limit) == [1])
        #expect(harness.service.calls(RecordsList.self).map(\.subject) == [Samples.subject])
    }

    @Test func aNumberNamesNobodyWhileRecordsAreOnTheScreen() throws {
        let harness = try harness()
        let run = harness.run(
            "shell",
            typing: [
                "find a", "open 1", "subject amend 1", "record list １", "subject show 1",
                "record get 1 1", "record add 1 counselling.session", "back", "record list 1",
            ])
        let refusals = run.errors.ranges(
            of: "names no person: the numbers on the screen are records")
        #expect(refusals.count == 5, "\(run.errors)")
        #expect(harness.service.calls(SubjectsShow.self).isEmpty)
        #expect(harness.service.calls(RecordsGet.self).isEmpty)
        #expect(harness.service.calls(RecordsList.self).count == 2)
    }

    @Test func whoseFileItIsStandsAboveEveryForm() throws {
        let harness = try harness()
        let note = try harness.write("note", "held_on: 2026-03-04\n")
        harness.service.refuse(RecordsCreate.self, .denied(reference: "K7"))
        harness.service.refuse(RecordsGet.self, .denied(reference: "K8"))
        harness.service.refuse(SubjectsShow.self, .denied(reference: "K9"))
        let run = harness.run(
            "shell",
            typing: [
                "find a", "open 1", "add counselling.session --from \(note)", "amend 1", "amend",
                "show", "list",
            ])
        let row = "in the file of: 王␛[2J\\u{202E}芳  1980  …9876  城东\n"
        #expect(run.errors.ranges(of: row).count == 3, "\(run.errors)")
    }

    @Test func whatWasAmendedIsShownAnew() throws {
        let harness = try harness()
        let version = Mutex<Int64>(1)
        harness.service.on(RecordsList.self) { _ in
            .success(
                .init(
                    records: [
                        .init(
                            record: Samples.record, version: version.withLock { $0 },
                            kind: "counselling.session", author: Samples.principal,
                            created: 1_799_999_999_000_000)
                    ], cursor: nil))
        }
        harness.service.on(
            RecordsGet.self,
            .init(
                document: .init(
                    subject: Samples.subject, record: Samples.record, version: 1,
                    kind: "counselling.session", author: Samples.principal, created: 0,
                    body: JSONBytes(unchecked: Array(#"{"held_on":"2026-03-04"}"#.utf8)))))
        harness.service.on(RecordsAmend.self) { _ in
            version.withLock { $0 = 2 }
            return .success(.init(record: Samples.record, version: 2, created: 0))
        }
        harness.service.on(
            SubjectsAmend.self, .init(record: Samples.record, version: 2, created: 0))
        harness.service.on(SubjectsShow.self, .init(document: .newName))
        let note = try harness.write(
            "note", "held_on: 2026-03-05\nchannel: phone\nrisk: low\nsummary: calm\n")
        let name = try harness.write("name", "names.full: 王新\n")
        let run = harness.run(
            "shell",
            typing: [
                "find a", "open 1", "open 1", "amend --from \(note)", "back", "back", "open 1",
                "amend --from \(name)", "back",
            ])
        #expect(run.status == 0, "\(run.errors)")
        let shown = run.output.components(separatedBy: "version  by\n").dropFirst()
        let versions = shown.map {
            $0.prefix { !$0.isNewline }.split(separator: " ").suffix(2).first
        }
        #expect(versions == ["1", "2", "2"], "\(run.output)\(run.errors)")
        #expect(run.shown.contains("李梅 treatment 王新> "))
        #expect(run.errors.contains("1  王新"), "the list of people has the new name too")
    }

    @Test func aNewPersonIsOpenAtOnce() throws {
        let harness = try harness()
        harness.service.on(
            SubjectsAdd.self,
            .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
        harness.service.on(SubjectsShow.self, .init(document: .newName))
        let name = try harness.write("name", "names.full: 王新\n")
        let run = harness.run("shell", typing: ["add --from \(name)", "list"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("added subject \(Samples.subject)"))
        #expect(run.shown.contains("李梅 treatment 王新> "))
        #expect(harness.service.calls(SubjectsAdd.self).count == 1)
        #expect(harness.service.calls(RecordsList.self).count == 2)
    }

    @Test func moreGoesOnToTheEnd() throws {
        let harness = try harness()
        let people = (1...130).map {
            WireSubjectHit(subject: "S\($0)", names: ["王芳"], employeeNumber: "E-\(1000 + $0)")
        }
        harness.service.on(SubjectsFind.self) { call in
            let count = min(Int(call.limit ?? 20), call.text == "many" ? 130 : 25)
            return .success(
                .init(
                    hits: Array(people.prefix(count)),
                    truncated: count < (call.text == "many" ? 130 : 25)))
        }
        let run = harness.run("shell", typing: ["find few", "more", "more", "open 22"])
        #expect(run.output.contains("21  王芳  -     …1021"), "\(run.output)")
        #expect(run.output.ranges(of: "…1001").count == 1, "only those who are new")
        #expect(run.errors.contains("there are more: more"))
        #expect(run.errors.contains("that was the last page"))
        #expect(harness.service.calls(SubjectsFind.self).map(\.limit) == [20, 40])
        #expect(harness.service.calls(RecordsList.self).map(\.subject) == ["S22"])
        let many = harness.run(
            "shell", typing: ["find many", "more", "more", "more", "more", "back", "open 100"])
        #expect(many.errors.ranges(of: "no list is longer than 100").count == 2)
        #expect(
            harness.service.calls(SubjectsFind.self).map(\.limit).suffix(4) == [20, 40, 80, 100])
        #expect(harness.service.calls(RecordsList.self).map(\.subject).last == "S100")
    }

    @Test func aNumberIsFoundWithoutAnOption() throws {
        let harness = try harness()
        let hit = WireSubjectHit(subject: Samples.subject, names: ["赵敏"])
        harness.service.on(SubjectsFind.self) { call in
            let isKnown = call.by == .employeeNumber && call.text != "0"
            return .success(.init(hits: isKnown ? [hit] : [], truncated: false))
        }
        let run = harness.run(
            "shell",
            typing: [
                "find ２００４", "find 440301198005011234", "find 0", "find 王芳",
                "find --by 姓名 2004", "find --by 证件号码 2004",
            ])
        let calls = harness.service.calls(SubjectsFind.self)
        #expect(
            calls.map(\.by) == [
                .employeeNumber, .nationalID, .employeeNumber, .employeeNumber, .name, .name,
                .nationalID,
            ])
        #expect(calls.first?.text == "2004")
        #expect(run.output.ranges(of: "1  赵敏").count == 2)
        #expect(run.output.contains("nobody with this employee number"))
        #expect(run.output.contains("or a number: find --by employee-number"))
    }

    @Test func pagesOfRecordsAreNumberedOn() throws {
        let harness = try harness()
        harness.service.on(RecordsList.self) { call in
            let first = call.cursor == nil ? 1 : 21
            return .success(
                .init(
                    records: (first..<first + (first == 1 ? 20 : 3)).map {
                        .init(
                            record: "R\($0)", version: 1, kind: "counselling.session",
                            author: Samples.principal, created: 0)
                    }, cursor: first == 1 ? "next" : nil))
        }
        harness.service.refuse(RecordsGet.self, .denied(reference: "K7"))
        let run = harness.run(
            "shell", typing: ["find a", "open 1", "more", "more", "open 22", "open 2"])
        #expect(run.output.contains("\n23  counselling session"), "\(run.output)")
        #expect(run.errors.ranges(of: "that was the last page").count == 1)
        #expect(harness.service.calls(RecordsGet.self).map(\.record) == ["R22", "R2"])
    }

    @Test func theOptionsOfOneCommandAreOfThatCommand() throws {
        let harness = try harness()
        let run = harness.run(
            "shell", typing: ["find --json a", "find a", "status --language zh", "status"])
        #expect(run.output.contains(#"{"format":1,"hits":[{"subject":"#))
        #expect(run.output.contains("name"))
        #expect(run.output.contains("状态：") && run.output.contains("state:"))
    }

    @Test func aLapseAsksOnceAndRepeats() throws {
        let harness = try harness()
        let once = Once()
        harness.service.on(RecordsList.self) { _ in
            once.first
                ? .failure(.loginNeeded(reason: "expired"))
                : .success(.init(records: [], cursor: nil))
        }
        let run = harness.run(
            "shell", typing: ["find a", "open 1", Samples.secret, "quit"])
        #expect(run.status == 0)
        #expect(run.shown.contains("your login has expired; nothing is lost"))
        #expect(run.output.contains("no records"))
        #expect(harness.service.calls(RecordsList.self).count == 2)
        // The seat stays hers: somebody else's secret would not do.
        #expect(harness.service.calls(SessionLogin.self).map(\.name) == [nil, "李梅"])
    }

    @Test func aSecretMayBeMistypedOrGivenUp() throws {
        let harness = try harness()
        harness.service.refuse(RecordsList.self, .loginNeeded(reason: "ended"))
        let run = harness.run(
            "shell",
            typing: [
                "find a", "open 1", "one two", Samples.secret, Samples.secret, Samples.secret,
                "status",
            ])
        #expect(run.shown.contains("word 1 is not one of the list\nword 1 again"))
        // It is not asked for ever.
        #expect(harness.service.calls(RecordsList.self).count == 3)
    }

    @Test func lockingEndsTheLogin() throws {
        let harness = try harness()
        let logins = harness.service
        let run = harness.run("shell", typing: ["lock", "wrong words", Samples.secret, "find a"])
        #expect(run.status == 0)
        #expect(run.shown.contains("locked: the seat of 李梅"))
        #expect(run.shown.contains("unlocked; everything is where you left it"))
        #expect(logins.calls(SessionLogout.self).count == 2, "at the lock, and at the end")
        #expect(logins.calls(SubjectsFind.self).count == 1)
        #expect(harness.run("find").status != 0)
        let after = harness.run("whoami")
        #expect(after.status == ExitStatus.loginNeeded.rawValue, "no token stays")
    }

    @Test func aKeyFileUnlocksWhereThereAreNoWords() throws {
        let harness = try harness()
        let key = Base64.format([UInt8](repeating: 7, count: 32))
        let path = try harness.write("key", "CAREVAULT-SECRET-KEY-1\n\(key)\n")
        harness.environment["HOME"] = harness.directory
        let run = harness.run(
            "shell", "--key-file", path,
            typing: [
                "lock", harness.file("nowhere"), " ~/key ", "lock", path, "find a",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("nowhere"))
        #expect(run.shown.contains("your secret (eight words, or the path of your key file): "))
        #expect(run.shown.contains("unlocked; everything is where you left it"))
        let forms = harness.service.calls(SessionLogin.self).map(\.form)
        #expect(forms == [.words, .keyfile, .keyfile])
        #expect(harness.service.calls(SubjectsFind.self).map(\.text) == ["a"])
        // Without a login the option opens it; nobody is asked.
        let first = harness.run("shell", "--key-file", path, typing: ["find c"])
        #expect(!first.shown.contains("your secret"))
        #expect(harness.service.calls(SubjectsFind.self).map(\.text) == ["a", "c"])
    }

    @Test func theLoginOfSomebodyElsesWindowStays() throws {
        let harness = try harness()
        _ = harness.run("shell", typing: ["quit"])
        #expect(harness.service.calls(SessionLogout.self).isEmpty)
        #expect(harness.run("whoami").status == 0)
    }

    @Test func linesThatCannotBeDoneSayWhy() throws {
        let harness = try harness()
        let run = harness.run(
            "shell",
            typing: [
                "frobnicate", "record get", "shell", "status --socket /elsewhere",
                "record list 00000000000000000000000000X",
                "record", "help record get", "help lock", "help frobnicate", "record get --help",
                "back",
                "list", "more", "",
            ])
        #expect(run.status == 0)
        for words in [
            "error: there is no command frobnicate", "error: missing expected argument",
            "error: you are in the shell already", "error: --socket names another seat",
            "00000000000000000000000000X is no identifier", "nothing is open",
            "error: there is no list",
        ] {
            #expect(run.errors.contains(words), "\(words) in \(run.errors)")
        }
        #expect(run.shown.contains("USAGE: carevault record <subcommand>"))
        // Once by name, once by the option.
        #expect(run.shown.split(separator: "USAGE: carevault record get ").count == 3)
        #expect(run.shown.contains("hide everything until your secret is typed"))
    }

    /// What is wrong with a line, in one or two, in the language of the shell and not of the locale.
    @Test(arguments: ["查找 --by shoe-size 43", "-", "status --shoe-size", "列表 --limit many"])
    func aWrongOptionIsSaidInTheShellsLanguage(line: String) throws {
        let harness = try harness()
        let run = harness.run(
            "shell", "--language", "zh", typing: ["查找 王芳", "打开 1", line, "退出"])
        let errors = run.errors.split(separator: "\n").drop { !$0.hasPrefix("错误：") }
        #expect((1...3).contains(errors.count), "\(run.errors)")
        #expect(!run.errors.contains("error:") && !run.errors.contains("OVERVIEW"))
    }

    @Test func nobodySitsAtAPipe() throws {
        let harness = try harness()
        let run = harness.run("shell")
        #expect(run.status == 2)
        #expect(
            run.errors == """
                error: the shell is for a person at a terminal
                hint: run it in a terminal, over ssh with -t; scripts run the commands one by one

                """)
        #expect(harness.run("shell", "--lock-after", "0", typing: []).status == 2)
        harness.service.on(VaultGetStatus.self, .sealed)
        #expect(harness.run("shell", typing: []).status == ExitStatus.sealed.rawValue)
    }

    @Test func thePurposeIsAskedForOnce() throws {
        let harness = try harness()
        var session = WireSessionInfo.counsellor
        session.purpose = nil
        harness.service.on(SessionDescribe.self, .init(session: session))
        let run = harness.run(
            "shell",
            typing: ["find a", "", "find b", "fun", "treatment", "record list 1", "find c", "quit"])
        #expect(run.status == 0)
        #expect(run.shown.contains("files are opened for a purpose"))
        #expect(run.shown.contains("interrupted") && run.errors.contains("fun"))
        #expect(harness.service.calls(SubjectsFind.self).map(\.text) == ["b", "c"])
        #expect(harness.service.calls(SubjectsFind.self).map(\.purpose) == ["TREAT", "TREAT"])
        #expect(harness.service.calls(RecordsList.self).map(\.purpose) == ["TREAT"])
    }

    @Test func aTypedTextSurvivesAMistypedSecretAndADenial() throws {
        let harness = try harness()
        let tries = Mutex(0)
        harness.service.on(SubjectsAdd.self) { _ in
            let count = tries.withLock { tries in
                tries += 1
                return tries
            }
            switch count {
            case 1: return .failure(.loginNeeded(reason: "ended"))
            case 2: return .failure(.denied(reference: "K7"))
            case 3: return .failure(.staleSession(compartment: "registry"))
            default:
                return .success(
                    .init(subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
            }
        }
        let run = harness.run(
            "subject", "add", "--lines",
            typing: [
                "names.full: 张伟", "academic acid", Samples.secret, "perhaps", "yes", Samples.secret,
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("reference K7"))
        let sent = harness.service.calls(SubjectsAdd.self)
        #expect(sent.count == 4)
        #expect(Set(sent.map { JSONWriter.text(.object($0.fields)) }).count == 1)
        #expect(Set(sent.map(\.idempotency)).count == 1)
    }

    @Test func onlyAClearNoGivesATypedTextUp() throws {
        let harness = try harness()
        harness.service.refuse(SubjectsAdd.self, .denied(reference: "K7"))
        let run = harness.run(
            "subject", "add", "--lines", typing: ["names.full: 张伟", "a", "b", "c", "d", "e", "no"])
        #expect(run.status == ExitStatus.refused.rawValue)
        #expect(run.shown.contains("your text is kept"))
        #expect(harness.service.calls(SubjectsAdd.self).count == 1)
    }

    @Test func whatIsSentAgainIsOneRequest() throws {
        let harness = try harness()
        let tries = Mutex(0)
        harness.service.onCall(SubjectsAdd.name) { _ in
            let count = tries.withLock { tries in
                tries += 1
                return tries
            }
            guard count > 2 else { return nil }
            return [
                ReplyWriter.reply(
                    SubjectsAdd.Reply(
                        subject: Samples.subject, record: Samples.record, pseudonym: "ab"))
            ]
        }
        let run = harness.run(
            "subject", "add", "--lines", typing: ["names.full: 张伟", "yes"])
        #expect(run.status == 0, "\(run.errors)")
        let ids = harness.service.calls(SubjectsAdd.self).map(\.idempotency)
        #expect(ids.count == 3)
        #expect(Set(ids).count == 1)
    }

    /// A shell at a terminal, which locks after a fifth of a second.
    private func sit(_ pair: borrowing PseudoTerminalPair, _ harness: Harness) throws -> Worker {
        let terminal = try Terminal(device: pair.duplicateTerminal())
        let environment = harness.environment.merging(["TERM": "xterm"]) { $1 }
        let directory = harness.directory
        let path = harness.service.path
        return Worker {
            var context = Harness.silent
            context.variable = { environment[$0] }
            context.terminal = { () throws(PlatformError) in terminal }
            context.runDirectory = directory + "/run"
            context.errors = { try? terminal.write($0) }
            context.output = { (text) throws(PlatformError) in try terminal.write(text) }
            var options = CommonOptions()
            (options.socket, options.login, options.json, options.language) = (
                path, nil, false, nil
            )
            let client = try Client(context, options, .carevault)
            let seat = SeatTerminal(terminal, isCapable: true, tooLong: "")
            client.stay(at: seat)
            let shell = Shell(
                client: client, seat: seat, session: try client.describeLogin())
            seat.idle = IdleRule(milliseconds: 200) { () throws(PlatformError) in
                try shell.lock()
            }
            try shell.run()
        }
    }

    @Test func whoLeavesInTheMiddleOfATextIsToldOnce() throws {
        let harness = try harness()
        let pair = try PseudoTerminalPair()
        let shell = try sit(pair, harness)
        let prompt = "your secret (eight words, or the path of your key file): "
        try pair.controller.writeAll("subject add\r")
        _ = try pair.output(until: "full")
        try pair.controller.writeAll("张")
        _ = try pair.output(until: prompt)
        try pair.controller.writeAll("\u{4}")
        let shown = try pair.output(until: prompt)
        #expect(shown.contains("the text that you were typing would be lost; ^D again leaves"))
        // A mistyped secret is no second ^D: it is asked for again, in place.
        try pair.controller.writeAll("acid\n")
        _ = try pair.output(until: prompt)
        try pair.controller.writeAll("\u{4}")
        try shell.result()
        #expect(harness.service.calls(SubjectsAdd.self).isEmpty)
    }

    @Test func theScreenLocksWhenNobodyTypes() throws {
        let harness = try harness()
        let pair = try PseudoTerminalPair()
        let shell = try sit(pair, harness)
        try pair.controller.writeAll("find 王")
        var shown = try pair.output(
            until: "your secret (eight words, or the path of your key file): ")
        #expect(shown.contains("\u{1B}[H\u{1B}[2J\u{1B}[3Jlocked: the seat of 李梅"))
        #expect(harness.service.calls(SessionLogout.self).count == 1)
        try pair.controller.writeAll(Samples.secret + "\n")
        // What was being typed is there again.
        shown = try pair.output(until: "李梅 treatment> find 王")
        #expect(shown.contains("unlocked"))
        #expect(!shown.contains("academic"))
        try pair.controller.writeAll("芳\r")
        _ = try pair.output(until: "…9876")
        // ^D at the locked screen leaves.
        _ = try pair.output(until: "your secret (eight words, or the path of your key file): ")
        try pair.controller.writeAll("\u{4}")
        try shell.result()
        #expect(harness.service.calls(SubjectsFind.self).map(\.text) == ["王芳"])
    }
}

extension WireSubjectDocument {
    /// Somebody as they are called now.
    fileprivate static let newName = Self(
        subject: Samples.subject, pseudonym: "ab", record: Samples.record, version: 1, created: 0,
        author: Samples.principal,
        fields: JSONBytes(unchecked: Array(#"{"names":[{"full":"王新"}]}"#.utf8)))
}

extension PseudoTerminalPair {
    /// What was shown up to and including a text.
    fileprivate borrowing func output(until text: String) throws -> String {
        var found: [UInt8] = []
        while !found.suffix(text.utf8.count).elementsEqual(text.utf8) {
            let part = try controller.read(upTo: 1)
            try #require(!part.isEmpty)
            found += part
        }
        return String(decoding: found, as: UTF8.self)
    }
}

/// Something that blocks, on a thread of its own.
private final class Worker: Sendable {
    private let outcome = Mutex<Result<Void, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            let result = Result { try body() }
            outcome.withLock { $0 = result }
            done.signal()
        }
    }

    func result() throws {
        try #require(done.wait(timeout: .now() + 20) == .success)
        try outcome.withLock { $0 }?.get()
    }
}
