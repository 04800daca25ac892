import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct StatusTests {
    @Test func showsWhereTheVaultStands() throws {
        let harness = try Harness()
        let run = harness.run("status")
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(
            run.output == """
                vault:         \(Samples.principal)
                state:         unsealed
                version:       0.1.0
                founded:       yes
                fingerprint:   \(Samples.words.joined(separator: " "))
                storage epoch: 1
                audit log:     12 entries
                health:        green
                next step:     run: carevault login

                """)
    }

    @Test func showsWhatNeedsAttention() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        let run = harness.run("status", "--check")
        #expect(run.status == 1)
        #expect(
            run.output == """
                vault:          \(Samples.principal)
                state:          sealed
                version:        0.1.0
                audit log:      1 entry
                not handed out: 1 entry, for 2 hours
                health:         amber
                next step:      an operator runs: carevault unseal

                amber log.unpinned: The end of the audit log could be cut off unnoticed: no auditor \
                has taken a checkpoint for 8 days (120 entries).
                  remedy: An auditor runs carevault audit checkpoint and keeps the file elsewhere.

                """)
        let chinese = harness.run("status", "--language", "zh").output
        #expect(chinese.contains("状态：         已封存\n"))
        #expect(chinese.contains("黄 log.unpinned：审计日志的末端可能被截断而无人察觉：审计员已 8 天未取走检查点（120 条）。\n"))
        #expect(chinese.contains("  处理：请审计员执行 carevault audit checkpoint 并将文件保存在别处。\n"))
    }

    @Test func checkTellsTheColour() throws {
        let harness = try Harness()
        #expect(harness.run("status", "--check").status == 0)
        var red = VaultGetStatus.Reply.sealed
        red.health = .red
        harness.service.on(VaultGetStatus.self, red)
        #expect(harness.run("status", "--check").status == 2)
        #expect(harness.run("status").status == 0)
    }

    @Test func answersPrograms() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        let run = harness.run("--json", "status")
        #expect(
            run.output == """
                {"format":1,"state":"sealed","vault":"\(Samples.principal)","version":"0.1.0",\
                "health":"amber","findings":[{"code":"log.unpinned","severity":"amber",\
                "cause":"Nobody outside has seen the log.",\
                "remedy":"Run carevault audit checkpoint.","detail":"8","value":120}],\
                "next_step":"unseal",\
                "log_entries":1,"unpinned":{"entries":1,"age_us":7200000000}}

                """)
    }

    @Test func aCodeOfANewerDaemonIsShownInItsEnglish() throws {
        let harness = try Harness()
        var status = VaultGetStatus.Reply.sealed
        status.findings = [
            .init(
                code: "moon.full", severity: .red, cause: "The moon is\u{1B} full.",
                remedy: "Wait.")
        ]
        harness.service.on(VaultGetStatus.self, status)
        for language in ["en", "zh"] {
            let output = harness.run("status", "--language", language).output
            #expect(output.contains("The moon is␛ full.\n"))
            #expect(output.contains("Wait.\n"))
        }
    }

    @Test func givesMetrics() throws {
        let harness = try Harness()
        var status = VaultGetStatus.Reply.unsealed
        status.version = "1\"\\\n"
        status.diskFree = 5_000_000_000
        status.unpinned = .init(entries: 3, age: 7_200_900_000)
        status.health = .amber
        status.findings = VaultGetStatus.Reply.sealed.findings
        harness.service.on(VaultGetStatus.self, status)
        let run = harness.run("status", "--prometheus", "--check")
        #expect(run.status == 1)
        let samples = run.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "carevault_up 1",
                #"carevault_build_info{version="1\"\\\n",client="0.1.0"} 1"#,
                #"carevault_state{state="uninitialised"} 0"#,
                #"carevault_state{state="sealed"} 0"#, #"carevault_state{state="unsealed"} 1"#,
                "carevault_founded 1", "carevault_health 1",
                #"carevault_finding{code="log.unpinned",severity="amber"} 1"#,
                "carevault_log_entries 12", "carevault_unpinned_entries 3",
                "carevault_unpinned_age_seconds 7200", "carevault_storage_epoch 1",
                "carevault_disk_free_bytes 5000000000",
            ])
        for name in Set(samples.map { $0.prefix { $0 != "{" && $0 != " " } }) {
            #expect(run.output.contains("# HELP \(name) "))
            #expect(run.output.contains("# TYPE \(name) gauge\n"))
        }
        harness.service.on(VaultGetStatus.self, .sealed)
        let sealed = harness.run("status", "--prometheus").output
        for unknown in ["founded", "unpinned_entries", "storage_epoch", "disk_free"] {
            #expect(!sealed.contains("carevault_\(unknown)"), "\(unknown)")
        }
    }

    @Test func metricsGoToAFileEvenWithoutADaemon() throws {
        let harness = try Harness()
        let file = harness.file("carevault.prom")
        #expect(harness.run("status", "--prometheus", "--out", file).output == "")
        #expect(try contentsStart(harness, file, "carevault_up 1"))
        #expect(try Files.status(file).mode == 0o644)
        harness.service.stop()
        try? Files.remove(harness.service.path)
        let down = harness.run("status", "--prometheus", "--out", file)
        #expect(down.status == 6)
        #expect(down.errors.hasPrefix("error: cannot connect to"))
        #expect(try contentsStart(harness, file, "carevault_up 0"))
        #expect(!(try harness.contents(file)).contains("carevault_state"))
        let away = harness.run("status", "--prometheus", "--out", harness.file("no/dir/x.prom"))
        #expect(away.status == 1)
    }

    private func contentsStart(
        _ harness: Harness, _ file: String, _ sample: String
    ) throws -> Bool {
        try harness.contents(file).split(separator: "\n").first { !$0.hasPrefix("#") }
            == sample[...]
    }

    @Test func metricsAreAskedForInOneWay() throws {
        let harness = try Harness()
        let both = harness.run("status", "--prometheus", "--json")
        #expect(both.status == 2)
        #expect(both.errors.hasPrefix("error: --prometheus and --json exclude each other"))
        let file = harness.run("status", "--out", harness.file("x"))
        #expect(file.status == 2)
        #expect(file.errors.hasPrefix("error: --prometheus is missing"))
    }

    @Test func theNextStepCountsPeople() throws {
        let harness = try Harness()
        var status = VaultGetStatus.Reply.unsealed
        status.nextStep = "grant-waiting"
        for (people, words) in [(Int64(1), "1 person has"), (3, "3 people have")] {
            status.peopleWaiting = people
            harness.service.on(VaultGetStatus.self, status)
            let line =
                "next step:     \(words) enrolled; a custodian (for care roles) or an auditor "
            #expect(
                harness.run("status").output.contains(
                    line + "runs: carevault grant NAME --role ROLE\n"))
        }
    }

    /// To a person at a terminal; a script that reads standard error is told nothing.
    @Test func commandsEndWithTheNextStep() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(
            DirectoryEnlist.self,
            .init(
                principal: Samples.principal, code: SecretText("AAAA-BBBB-CCCC"),
                expires: 1_800_086_400_000_000))
        func told() -> [String] {
            [true, false].map { isRead in
                harness.isRead = isRead
                return harness.run("principal", "enlist", "李梅", "--uid", "1001").errors
            }
        }
        #expect(
            told() == ["next: 李梅 runs at their own account: carevault enrol\n", ""])
        var young = VaultGetStatus.Reply.unsealed
        young.founded = false
        harness.service.on(VaultGetStatus.self, young)
        #expect(
            told() == [
                "next: 李梅 runs at their own account: carevault enrol --as custodian, or --as auditor\n",
                "",
            ])
    }

    @Test func unsealsWithWords() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        harness.service.on(VaultUnseal.self, .init(adopted: 2, statements: 7, epoch: 1))
        let run = harness.run(
            "unseal", typing: ["1 ACAD 2 acid, acne acqu\tacro acti actr adap"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.shown == "unseal secret (eight words): \n")
        #expect(
            run.output == """
                the vault is unsealed (storage epoch 1, 7 statements checked)
                2 audit entries from the time it was sealed were taken over

                """)
        let sent = harness.service.calls(VaultUnseal.self)
        #expect(sent.map { $0.secret.reveal() } == [Samples.secret])
        #expect(sent.map(\.form) == [.words])
    }

    @Test func typingErrorsCostNoTry() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        let wrong = harness.run(
            "unseal", typing: ["academic acid acme acquire a b c d", "acma", "acmo"])
        #expect(wrong.status == 1)
        #expect(
            wrong.errors == """
                error: word 3 is not one of the list
                hint: four letters of each word are enough; look for a typing error

                """)
        let short = harness.run("unseal", typing: ["academic acid", "", "acid"])
        #expect(short.errors == "error: there are 8 words, 1 were given\n")
        #expect(
            harness.run("unseal", typing: ["", "", ""]).errors == "error: nothing was typed\n")
        #expect(harness.service.calls(VaultUnseal.self).isEmpty)
    }

    @Test func countsOneStatement() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        harness.service.on(VaultUnseal.self, .init(adopted: 0, statements: 1, epoch: 1))
        let run = harness.run("unseal", typing: [Samples.secret])
        #expect(run.output == "the vault is unsealed (storage epoch 1, 1 statement checked)\n")
    }

    @Test func aMistypedWordIsTypedAgainAlone() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        harness.service.on(VaultUnseal.self, .init(adopted: 0, statements: 1, epoch: 3))
        let mistyped = "1 acad 2 acid 3 acme 4 acqu acro acti actr adaq"
        let run = harness.run("unseal", typing: [mistyped, "acne", "adap"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.shown == """
                unseal secret (eight words):\u{20}
                word 3 is not one of the list
                word 3 again (four letters are enough):\u{20}
                word 8 is not one of the list
                word 8 again (four letters are enough):\u{20}

                """)
        // Or all of them.
        #expect(harness.run("unseal", typing: [mistyped, Samples.secret]).status == 0)
        let sent = harness.service.calls(VaultUnseal.self)
        #expect(sent.map { $0.secret.reveal() } == [Samples.secret, Samples.secret])
    }

    /// Without a terminal there is one answer.
    @Test func aMistypedWordFromADescriptorIsRefused() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        let number = try Files.open(harness.write("words", "academic acme\n")).take()
        let run = harness.run("unseal", "--secret-fd", "\(number)", typing: [Samples.secret])
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("error: word 2 is not one of the list\n"))
        #expect(harness.service.calls(VaultUnseal.self).isEmpty)
        // Nothing is wrong with the words of an account that is not listed.
        harness.service.refuse(VaultUnseal.self, .permissionDenied)
        let stranger = harness.run(
            "unseal", typing: ["acad acid acne acqu acro acti actr adap"])
        #expect(stranger.status == 3)
        #expect(
            stranger.errors.hasPrefix(
                "error: your account (uid \(Harness.silent.user)) may not unseal this vault\n"))
    }

    @Test func unsealsWithAKeyFile() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        harness.service.on(VaultUnseal.self, .init(adopted: 0, statements: 1, epoch: 3))
        let key = String(repeating: "A", count: 43) + "="
        let file = try harness.write("key", "CAREVAULT-SECRET-KEY-1\n\(key)\n", mode: 0o400)
        let run = harness.run("unseal", "--key-file", file)
        #expect(run.status == 0, "\(run.errors)")
        #expect(harness.service.calls(VaultUnseal.self).map { $0.secret.reveal() } == [key])
        #expect(harness.service.calls(VaultUnseal.self).map(\.form) == [.keyfile])

        let loose = try harness.write("loose", "CAREVAULT-SECRET-KEY-1\n\(key)\n", mode: 0o640)
        let refused = harness.run("unseal", "--key-file", loose)
        #expect(refused.status == 1)
        #expect(
            refused.errors == """
                error: \(loose) has mode 0640, so others than its owner can use it
                hint: chmod go= \(loose)

                """)
        let other = try harness.write("other", "no key\n")
        #expect(
            harness.run("unseal", "--key-file", other).errors == """
                error: \(other) is not a CareVault key file
                hint: its first line is CAREVAULT-SECRET-KEY-1

                """)
        let both = harness.run("unseal", "--key-file", other, "--secret-fd", "7")
        #expect(both.status == 2)
        #expect(
            both.errors
                == "error: --key-file and --secret-fd exclude each other\nhint: leave one of them out\n"
        )
    }

    @Test func withoutATerminalTheRemedyIsNamed() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        let run = harness.run("unseal")
        #expect(run.status == 1)
        #expect(
            run.errors == """
                error: there is no terminal to ask for the secret at
                hint: run this in a terminal, or use --key-file FILE or --secret-fd NUMBER

                """)
    }

    @Test func nothingToDoIsNoFailure() throws {
        let harness = try Harness()
        let unseal = harness.run("unseal")
        #expect(unseal.status == 0)
        #expect(unseal.output == "the vault was unsealed already\n")
        harness.service.on(VaultGetStatus.self, .sealed)
        harness.service.refuse(VaultUnseal.self, .alreadyDone(what: "unsealed"))
        #expect(harness.run("unseal", typing: [Samples.secret]).output == unseal.output)
        let seal = harness.run("seal", "--json")
        #expect(seal.output == #"{"format":1,"state":"sealed","changed":false}"# + "\n")
        #expect(harness.run("seal").output == "the vault was sealed already\n")
    }

    @Test func sealsAndForgetsTheLogin() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(VaultSeal.self, .init())
        let run = harness.run("seal")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "the vault is sealed; every login has ended\n")
        #expect(harness.run("whoami").status == 5)
    }
}
