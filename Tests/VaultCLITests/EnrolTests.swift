import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct EnrolTests {
    private static let offer = SessionBeginEnrolment.Reply(
        secret: SecretText(Samples.secret), fingerprintWords: Samples.words, pending: "p1")
    private static let done = SessionCompleteEnrolment.Reply(
        principal: Samples.principal, name: "李梅", fingerprintWords: Samples.words)
    private static let key = String(repeating: "A", count: 43) + "="

    private func harness(founded: Bool) throws -> Harness {
        let harness = try Harness()
        var status = VaultGetStatus.Reply.unsealed
        status.founded = founded
        if !founded { status.vaultFingerprint = nil }
        harness.service.on(VaultGetStatus.self, status)
        harness.service.on(SessionBeginEnrolment.self, Self.offer)
        harness.service.on(SessionCompleteEnrolment.self, Self.done)
        return harness
    }

    @Test func wordsAreShownOnceAndTypedBack() throws {
        let harness = try harness(founded: true)
        let run = harness.run(
            "enrol",
            typing: [
                "AAAA-BBBB-CCCC", Samples.words.joined(separator: " "), "",
                "academic acid acne acquire acrobat activity actress adult", "",
                "acad acid acne acqu acro acti actr adap",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.shown.hasPrefix(
                "one-time code: \nthe twelve words of the vault fingerprint, from the signed page: \n"
            ))
        #expect(run.shown.contains("this is your secret; whoever has it can be you\n\n 1 academic"))
        #expect(run.shown.contains("word 8 is not as shown\n"))
        #expect(
            run.output == """
                李梅 is enrolled; read these twelve words out to whoever grants you access:
                 1 academic   2 acid       3 acne       4 acquire
                 5 acrobat    6 activity   7 actress    8 adapt
                 9 adequate  10 adjust    11 admit     12 adorn

                """)
        let begun = harness.service.calls(SessionBeginEnrolment.self)
        #expect(begun.map { $0.code.reveal() } == ["AAAA-BBBB-CCCC"])
        #expect(begun.map(\.form) == [.words] && begun.map(\.foundingRole) == [nil])
        let completed = harness.service.calls(SessionCompleteEnrolment.self)
        #expect(completed.map(\.pending) == ["p1"])
        #expect(completed.map { $0.secret.reveal() } == [Samples.secret])
        #expect(completed.map(\.vaultFingerprint) == [Samples.words])
    }

    @Test func wordsNotTypedBackAreNotInUse() throws {
        let harness = try harness(founded: false)
        let wrong = (0..<5).flatMap { _ in ["", "x"] }
        let run = harness.run("enroll", "--as", "custodian", typing: ["AAAA"] + wrong)
        #expect(run.status == 1)
        #expect(
            run.errors == """
                error: the words were not typed back, so they are not in use
                hint: start again; new words will be made

                """)
        #expect(harness.service.calls(SessionCompleteEnrolment.self).isEmpty)
        #expect(
            harness.service.calls(SessionBeginEnrolment.self).map(\.foundingRole) == [.custodian])
    }

    @Test func aKeyFileIsWrittenInstead() throws {
        let harness = try harness(founded: true)
        harness.service.on(
            SessionBeginEnrolment.self,
            .init(secret: SecretText(Self.key), fingerprintWords: Samples.words, pending: "p1"))
        let code = try harness.write("code", " AAAA-BBBB-CCCC\n")
        let file = harness.file("key")
        let run = harness.run(
            "--login", "李梅", "enrol", "--code-file", code, "--new-key-file", file,
            "--vault-words-file", "-", input: Samples.words.joined(separator: "\n"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.hasSuffix(
                "your key file is \(file); keep it, and a copy, where only you can read it\n"))
        #expect(try harness.contents(file) == "CAREVAULT-SECRET-KEY-1\n\(Self.key)\n")
        #expect(try Files.status(file).mode == 0o400)
        let begun = harness.service.calls(SessionBeginEnrolment.self)
        #expect(begun.map { $0.code.reveal() } == ["AAAA-BBBB-CCCC"])
        #expect(begun.map(\.form) == [.keyfile] && begun.map(\.name) == ["李梅"])
        #expect(
            harness.service.calls(SessionCompleteEnrolment.self).map { $0.secret.reveal() }
                == [Self.key])

        let again = harness.run("enrol", "--code-file", code, "--new-key-file", file)
        #expect(again.status == 1)
        #expect(again.errors == "error: cannot create \(file): file exists\n")
        #expect(harness.service.calls(SessionBeginEnrolment.self).count == 1)
    }

    @Test func aRefusedKeyFileIsRemovedButNotOneThatMayBeInForce() throws {
        let harness = try harness(founded: false)
        let code = try harness.write("code", "AAAA")
        let file = harness.file("key")
        harness.service.on(
            SessionBeginEnrolment.self,
            .init(secret: SecretText(Self.key), fingerprintWords: Samples.words, pending: "p1"))
        harness.service.refuse(SessionCompleteEnrolment.self, .fingerprintMismatch(whose: "vault"))
        let refused = harness.run("enrol", "--code-file", code, "--new-key-file", file)
        #expect(refused.status == 1)
        #expect(
            refused.errors.hasPrefix("error: those are not the words of this vault's fingerprint\n")
        )
        #expect(try !Files.exists(file))
        harness.service.onCall(SessionCompleteEnrolment.name) { _ in nil }
        #expect(harness.run("enrol", "--code-file", code, "--new-key-file", file).status == 6)
        #expect(try Files.exists(file))
    }

    @Test func whatCannotBe() throws {
        let harness = try harness(founded: true)
        let blind = harness.run("enrol")
        #expect(
            blind.errors == """
                error: there is no terminal to show the new words at
                hint: run this in a terminal, or use --new-key-file FILE

                """)
        let twice = harness.run("enrol", "--code-file", "-", "--vault-words-file", "-")
        #expect(twice.status == 2)
        harness.service.refuse(SessionBeginEnrolment.self, .wrongSecret)
        let words = Samples.words.joined(separator: " ")
        let wrong = harness.run("enrol", "--json", typing: ["AAAA", words])
        #expect(wrong.status == 3)
        #expect(wrong.output.contains(#""code":"WrongSecret","message":"that code opens nothing"#))
        #expect(
            wrong.errors == """
                error: that code opens nothing for your account
                hint: check the code, the name (--login NAME) and your account: id -u
                hint: if it is lost, used or has lapsed, an operator gives another: carevault principal reenlist NAME

                """)
        harness.service.on(VaultGetStatus.self, .sealed)
        #expect(harness.run("enrol", typing: ["AAAA", words]).status == 4)
    }

    private static let party = WireParty(
        principal: Samples.principal, name: "王", uid: 5, fingerprintWords: [], signed: false)

    private static func draft(mine: String, auditor: Bool = true) -> DirectoryGetFoundingDraft.Reply
    {
        var own = party
        own.fingerprintWords = Samples.words
        var signed = party
        signed.signed = true
        return .init(
            number: 4, draftHash: "ab", operatorParty: mine == "operator" ? own : party,
            custodian: mine == "custodian" ? own : signed,
            auditor: auditor ? (mine == "auditor" ? own : party) : nil,
            compartments: ["registry", "legal"], policyHash: "cd", mine: mine)
    }

    @Test func theFirstSignature() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(DirectoryGetFoundingDraft.self, Self.draft(mine: "custodian"))
        harness.service.on(DirectorySignFounding.self, .init(committed: false))
        let run = harness.run("found", typing: [Samples.words.joined(separator: " ")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.errors == """
                the founding, as it would be signed now:
                statement:     4
                draft:         ab
                operator:      王, uid 5, \(Samples.principal)
                custodian:     王, uid 5, \(Samples.principal)
                auditor:       王, uid 5, \(Samples.principal)
                compartments:  registry, legal
                access policy: cd
                your twelve words, to be read out to the other signer:
                 1 academic   2 acid       3 acne       4 acquire
                 5 acrobat    6 activity   7 actress    8 adapt
                 9 adequate  10 adjust    11 admit     12 adorn

                """)
        #expect(run.shown == "the twelve words of the auditor, as read out in person: \n")
        #expect(run.output == "signed; the founding stands when the other has signed too\n")
        let sent = harness.service.calls(DirectorySignFounding.self)
        #expect(sent.map(\.draftHash) == ["ab"] && sent.map(\.otherWords) == [Samples.words])
    }

    @Test func theSecondSignatureFounds() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(DirectoryGetFoundingDraft.self, Self.draft(mine: "auditor"))
        harness.service.on(
            DirectorySignFounding.self, .init(committed: true, vaultFingerprint: Samples.words))
        let file = try harness.write("words", Samples.words.joined(separator: " "))
        let run = harness.run("found", "--other-words-file", file)
        #expect(run.errors.contains("custodian:     王, uid 5, \(Samples.principal), signed\n"))
        #expect(
            run.output.hasPrefix(
                "the vault is founded; print these words on a page and have it signed in ink:\n 1 academic"
            ))
        let json = harness.run("found", "--other-words-file", file, "--json")
        #expect(json.errors == "")
        #expect(
            json.output.hasPrefix(#"{"format":1,"committed":true,"vault_fingerprint":["academic","#)
        )
    }

    @Test func whoCannotSign() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(DirectoryGetFoundingDraft.self, Self.draft(mine: "operator"))
        #expect(
            harness.run("found").errors.hasSuffix(
                "error: the founding is signed by the first custodian and the first auditor, not by the operator\n"
            ))
        harness.service.on(
            DirectoryGetFoundingDraft.self, Self.draft(mine: "custodian", auditor: false))
        let early = harness.run("found")
        #expect(early.status == 1)
        #expect(
            early.errors.hasSuffix(
                """
                error: the first auditor has not enrolled yet
                hint: they do it with: carevault enrol --as auditor

                """))
    }
}
