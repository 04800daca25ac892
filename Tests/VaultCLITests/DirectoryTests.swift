import Testing
import VaultCoding
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct DirectoryTests {
    private static let people = [
        WirePrincipal(
            id: "0AB\(String(Samples.principal.dropFirst(3)))", name: "李梅", uid: 1001,
            state: .granted, roles: ["counsellor"], compartments: ["registry", "counselling"],
            ends: 1_798_761_600_000_000, fingerprintWords: Samples.words),
        WirePrincipal(
            id: "0AC\(String(Samples.principal.dropFirst(3)))", name: "ops", uid: 7,
            state: .enlisted, roles: [], compartments: []),
    ]

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(DirectoryListPrincipals.self, .init(principals: Self.people))
        harness.service.on(DirectoryCheckGrant.self, .init())
        return harness
    }

    @Test func enlists() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryEnlist.self,
            .init(
                principal: Samples.principal, code: SecretText("AAAA-BBBB-CCCC"),
                expires: 1_800_086_400_000_000))
        let run = harness.run("principal", "enlist", "李梅", "--uid", "1001")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                enlisted 李梅 as \(Samples.principal)
                one-time code, to be handed over in person: AAAA-BBBB-CCCC (lapses in 1 day)

                """)
        let file = harness.file("code")
        let written = harness.run(
            "principal", "enlist", "李梅", "--uid", "root", "--code-out", file, "--json")
        #expect(
            written.output == """
                {"format":1,"principal":"\(Samples.principal)","name":"李梅",\
                "expires_us":1800086400000000,"code_file":"\(file)"}

                """)
        #expect(try harness.contents(file) == "AAAA-BBBB-CCCC\n")
        #expect(try Files.status(file).mode == 0o600)
        let sent = harness.service.calls(DirectoryEnlist.self)
        #expect(sent.map(\.uid) == [1001, 0])
        // A file that is there is not lost, and nobody is enlisted for it.
        let again = harness.run("principal", "enlist", "x", "--uid", "1", "--code-out", file)
        #expect(again.status == 1)
        #expect(again.errors == "error: cannot create \(file): file exists\n")
        #expect(harness.service.calls(DirectoryEnlist.self).count == 2)
        let nobody = harness.run("principal", "enlist", "x", "--uid", "no-such-user-here")
        #expect(nobody.errors.hasPrefix("error: there is no user no-such-user-here\n"))
    }

    @Test func lists() throws {
        let harness = try harness()
        let run = harness.run("principal", "list")
        let rest = String(Samples.principal.dropFirst(3))
        #expect(
            run.output == """
                name   uid  state     roles       compartments           ends        identifier
                李梅  1001  granted   counsellor  registry, counselling  2026-12-31  0AB\(rest)
                ops      7  enlisted  none        none                   -           0AC\(rest)

                """)
        #expect(
            harness.run("principal", "list", "--json").output.hasPrefix(
                #"{"format":1,"principals":[{"id":"0AB"#))
    }

    @Test func namesIdentifiersAndBeginningsAreTaken() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryDisable.self, .init(statement: 9, sessionsEnded: 1))
        let run = harness.run("principal", "disable", "李梅")
        #expect(run.output == "李梅 is disabled; 1 login ended\n")
        _ = harness.run("principal", "disable", "0ac")
        _ = harness.run("principal", "disable", Samples.principal)
        #expect(
            harness.service.calls(DirectoryDisable.self).map(\.principal)
                == [Self.people[0].id, Self.people[1].id, Samples.principal])
        // A whole identifier needs no list.
        #expect(harness.service.calls(DirectoryListPrincipals.self).count == 2)
        let many = harness.run("principal", "disable", "0A")
        #expect(many.status == 3)
        #expect(many.errors.hasPrefix("error: several principals begin with 0A\n"))
        let none = harness.run("principal", "disable", "nobody")
        #expect(none.status == 3)
        #expect(
            none.errors == """
                error: there is no principal nobody
                hint: carevault principal list shows them

                """)
    }

    @Test func reenlists() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryReEnlist.self,
            .init(code: SecretText("AAAA-BBBB-CCCC"), expires: 1_800_086_400_000_000))
        #expect(
            harness.run("principal", "reenlist", "ops").output == """
                ops has a new code; the former key and every grant have ended
                one-time code, to be handed over in person: AAAA-BBBB-CCCC (lapses in 1 day)

                """)
        let file = harness.file("code")
        #expect(
            harness.run("principal", "reenlist", "ops", "--code-out", file).output.hasSuffix(
                "the one-time code is in \(file) (lapses in 1 day); hand it over in person\n"))
    }

    @Test func grants() throws {
        let harness = try harness()
        harness.service.on(DirectoryGrant.self, .init(statement: 12))
        let words = Samples.words.joined(separator: " ")
        let run = harness.run(
            "grant", "李梅", "--role", "counsellor", "--until", "2027-12-31", "--unit", "A",
            typing: [words.uppercased()])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.shown == "the twelve words of 李梅, as read out by them: \n")
        #expect(run.output == "granted counsellor to 李梅 (statement 12)\n")
        let file = try harness.write("words", words + "\n")
        _ = harness.run(
            "grant", "ops", "--role", "auditor", "--words-file", file)
        _ = harness.run(
            "grant", "ops", "--role", "custodian", "--words-file", "-", input: words)
        let sent = harness.service.calls(DirectoryGrant.self)
        #expect(sent.map(\.fingerprintWords) == [Samples.words, Samples.words, Samples.words])
        #expect(sent.map(\.ends) == [1_830_297_600_000_000, nil, nil])
        #expect(sent.map(\.unit) == ["A", nil, nil])
        #expect(
            sent.map(\.compartments) == [
                ["registry", "counselling"], [],
                ["registry", "hardship", "medical", "counselling", "legal"],
            ])
    }

    /// A word that cannot be one of a fingerprint is told and asked again; it is no alarm.
    @Test func aMistypedWordIsAskedAgain() throws {
        let harness = try harness()
        harness.service.on(DirectoryGrant.self, .init(statement: 12))
        let words = Samples.words.joined(separator: " ")
        var mistyped = Samples.words
        mistyped[2] = "acnn"
        let run = harness.run(
            "grant", "李梅", "--role", "counsellor",
            typing: [
                mistyped.joined(separator: " "), Samples.words.dropLast().joined(separator: " "),
                words,
            ])
        #expect(run.status == 0, "\(run.errors)")
        let question = "the twelve words of 李梅, as read out by them: \n"
        #expect(
            run.shown == """
                \(question)word 3 is mistyped, acnn is not one of the list; type all 12 words again
                \(question)there are 12 words, 11 were typed
                \(question)
                """)
        #expect(
            harness.service.calls(DirectoryGrant.self).map(\.fingerprintWords) == [Samples.words])
        let never = harness.run(
            "grant", "李梅", "--role", "counsellor", typing: Array(repeating: "x y", count: 5))
        #expect(never.status == 1)
        #expect(never.errors == "error: the question was not answered\n")
        #expect(harness.service.calls(DirectoryGrant.self).count == 1)
    }

    /// What would be refused whatever the words are is refused before they are asked for.
    @Test func aGrantThatCannotBeAsksForNoWords() throws {
        let harness = try harness()
        harness.service.refuse(DirectoryCheckGrant.self, .denied(reference: "0123456789"))
        let denied = harness.run(
            "grant", "李梅", "--role", "auditor", "--until", "2027-12-31", "--unit", "A",
            typing: ["x"])
        #expect(denied.status == 3)
        #expect(denied.shown == "")
        #expect(
            harness.service.calls(DirectoryCheckGrant.self).first.map { JSONLine.text($0.json) }
                == JSONLine.text(
                    DirectoryCheckGrant.Parameters(
                        principal: Self.people[0].id, roles: ["auditor"], compartments: [],
                        unit: "A",
                        ends: 1_830_297_600_000_000
                    ).json))
        harness.service.refuse(DirectoryCheckGrant.self, .conflict(what: "state", current: ""))
        let enlisted = harness.run("grant", "ops", "--role", "auditor", typing: ["x"])
        #expect(enlisted.status == 1)
        #expect(enlisted.shown == "")
        #expect(enlisted.errors.hasPrefix("error: ops has not enrolled yet\nhint: they enrol "))
        var out = Self.people
        out[1].state = .disabled
        harness.service.on(DirectoryListPrincipals.self, .init(principals: out))
        let disabled = harness.run("grant", "ops", "--role", "auditor", typing: ["x"])
        #expect(disabled.errors.hasPrefix("error: ops is disabled\nhint: an operator gives "))
        let other = harness.run("grant", "李梅", "--role", "auditor", typing: ["x"])
        #expect(other.errors.hasPrefix("error: this person is not enrolled yet, holds no grant"))
        #expect(harness.service.calls(DirectoryGrant.self).isEmpty)
    }

    @Test func grantsThatCannotBe() throws {
        let harness = try harness()
        let file = try harness.write("words", Samples.words.joined(separator: "\n"))
        #expect(
            harness.run("grant", "ops", "--words-file", file).errors == "error: --role is missing\n"
        )
        let role = harness.run("grant", "ops", "--role", "boss", "--words-file", file)
        #expect(role.status == 2)
        #expect(
            role.errors.hasPrefix(
                "error: there is no role boss\nhint: use one of: operator, custodian, "))
        let compartment = harness.run(
            "grant", "ops", "--role", "counsellor", "--compartment", "x", "--words-file", file)
        #expect(
            compartment.errors.hasPrefix(
                "error: there is no compartment x\nhint: use one of: registry, "))
        let date = harness.run(
            "grant", "ops", "--role", "counsellor", "--until", "2027-02-29", "--words-file", file)
        #expect(date.errors == "error: --until takes a date such as 2027-12-31\n")
        let few = try harness.write("few", "academic acid")
        let short = harness.run("grant", "ops", "--role", "counsellor", "--words-file", few)
        #expect(short.errors == "error: there are 12 words, 2 were given\n")
        harness.service.refuse(DirectoryGrant.self, .fingerprintMismatch(whose: "principal"))
        let wrong = harness.run("grant", "ops", "--role", "counsellor", "--words-file", file)
        #expect(wrong.status == 1)
        #expect(
            wrong.errors.hasPrefix(
                "error: those words are not the fingerprint of the key that is stored\n"))
    }

    @Test func revokes() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryRevoke.self,
            .init(statement: 13, sessionsEnded: 2, keysStayKnown: ["registry", "counselling"]))
        let run = harness.run("revoke", "李梅")
        #expect(run.status == 0)
        #expect(run.output == "every grant of 李梅 is taken back (statement 13); 2 logins ended\n")
        #expect(
            run.errors == """
                warning: the keys of registry, counselling stay known to them until the generation rotates
                hint: this matters only with the storage lock as well: a copy of the disk and an unseal secret

                """)
    }
}
