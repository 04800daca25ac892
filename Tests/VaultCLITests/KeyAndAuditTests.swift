import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct KeyTests {
    private static func rotation(
        _ state: WireRotationState, _ done: Int64 = 0
    ) -> KeysRotateStorage.Reply {
        .init(
            rotation: .init(
                state: state, fromEpoch: state == .idle ? nil : 1,
                toEpoch: state == .idle ? 1 : 2, done: done, total: 300, started: 1))
    }

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        return harness
    }

    @Test func status() throws {
        let harness = try harness()
        harness.service.on(
            KeysGetKeyStatus.self,
            .init(
                slots: [
                    .init(number: 1, form: .words, label: "safe", created: 1_785_587_696_000_000),
                    .init(number: 2, form: .keyfile, label: "tpm", created: 1_785_587_696_000_000),
                ],
                unsealers: [
                    .init(uid: 1001, names: ["olga"]), .init(uid: 990, names: []),
                ],
                epochs: [
                    .init(number: 1, state: .retired, created: 1_785_587_696_000_000),
                    .init(number: 2, state: .retiring, created: 1_785_587_696_000_000),
                    .init(number: 3, state: .current, created: 1_785_587_696_000_000),
                ], rotation: Self.rotation(.running, 7).rotation))
        let run = harness.run("key", "status")
        #expect(
            run.output == """
                slot  form      label  made
                   1  words     safe   2026-08-01T12:34:56Z
                   2  key file  tpm    2026-08-01T12:34:56Z

                unsealing uid  name
                         1001  olga
                          990  none

                storage epoch  state     made
                            1  retired   2026-08-01T12:34:56Z
                            2  retiring  2026-08-01T12:34:56Z
                            3  current   2026-08-01T12:34:56Z

                rotation: from epoch 1 to 2: 7 of 300 keys re-wrapped

                """, "\(run.errors)")
    }

    @Test func runsToTheEnd() throws {
        let harness = try harness()
        let once = Once()
        harness.service.on(KeysRotateStorage.self) { parameters in
            switch parameters.action {
            case .start: .success(Self.rotation(.running))
            case .status: .success(Self.rotation(once.first ? .running : .ready, 300))
            case .complete: .success(Self.rotation(.complete, 300))
            }
        }
        let run = harness.run("key", "rotate", "storage")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "complete: no key is under epoch 1 any more, epoch 2 is in use\n")
        #expect(
            run.errors
                == "backups keep opening with the unseal secrets of their day until they expire\n")
        #expect(
            harness.service.calls(KeysRotateStorage.self).map(\.action)
                == [.start, .status, .status, .complete])
    }

    @Test func takesUpARotationUnderWay() throws {
        let harness = try harness()
        harness.service.on(KeysRotateStorage.self) { parameters in
            switch parameters.action {
            case .start: .failure(.alreadyDone(what: "rotation"))
            case .status: .success(Self.rotation(.ready, 300))
            case .complete: .success(Self.rotation(.complete, 300))
            }
        }
        #expect(harness.run("key", "rotate", "storage").status == 0)
    }

    @Test func stepsByThemselves() throws {
        let harness = try harness()
        harness.service.on(KeysRotateStorage.self, Self.rotation(.ready, 300))
        #expect(
            harness.run("key", "rotate", "storage", "status").output
                == "from epoch 1 to 2: 300 of 300 keys re-wrapped; ready to complete\n")
        harness.service.on(KeysRotateStorage.self, Self.rotation(.idle))
        #expect(
            harness.run("key", "rotate", "storage", "status").output
                == "none; epoch 1 is in use\n")
        let dry = harness.run("key", "rotate", "storage", "--dry-run")
        #expect(dry.output == "a rotation would re-wrap 300 keys; nothing was changed\n")
        let sent = harness.service.calls(KeysRotateStorage.self)
        #expect(sent.map(\.dryRun) == [false, false, true])
        harness.service.refuse(KeysRotateStorage.self, .denied(reference: "K7"))
        #expect(harness.run("key", "rotate", "storage").status == 3)
        #expect(harness.run("key", "rotate", "storage", "halfway").status == 2)
    }
}

@Suite(.serialized) struct AuditTests {
    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.environment["XDG_STATE_HOME"] = harness.file("state")
        harness.logIn()
        harness.service.on(
            AuditGetCheckpoint.self,
            .init(checkpoint: SampleNotes.ten, verifierKey: SampleNotes.key))
        return harness
    }

    @Test func tail() throws {
        let harness = try harness()
        harness.service.on(
            AuditTail.self,
            .init(entries: [
                .init(
                    sequence: 8, time: 1_785_587_696_000_000, epoch: 0, entry: "e", opened: true,
                    roles: [], action: "vault.seal", outcome: .success, results: 0, records: []),
                .init(
                    sequence: 9, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: true,
                    name: "李梅", uid: 1001, roles: ["counsellor"], action: "record.read",
                    kind: "hardship.case", purpose: "TREAT", outcome: .denied, results: 0,
                    pseudonym: "ab12", records: []),
                .init(
                    sequence: 10, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: false,
                    roles: [], action: "", results: 0, records: []),
                .init(
                    sequence: 11, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: true,
                    uid: 66, roles: [], action: "session.login", outcome: .failed, results: 0,
                    records: []),
            ]))
        let run = harness.run("audit", "tail", "-n", "4")
        #expect(
            run.output == """
                number  time                  who     action         outcome  kind           purpose    whom
                     8  2026-08-01T12:34:56Z  daemon  vault.seal     success  -              -          -
                     9  2026-08-01T12:34:56Z  李梅    record.read    denied   hardship case  treatment  ab12
                    10  2026-08-01T12:34:56Z  -       (closed)       -        -              -          -
                    11  2026-08-01T12:34:56Z  uid 66  session.login  failed   -              -          -

                """, "\(run.errors)")
        let chinese = harness.run("audit", "tail", "-n", "4", "--language", "zh")
        #expect(
            chinese.output.split(separator: "\n").dropFirst(2).first
                == "   9  2026-08-01T12:34:56Z  李梅      读取记录    拒绝  困难帮扶  治疗  ab12",
            "\(chinese.output)")
        #expect(harness.service.calls(AuditTail.self).map(\.limit) == [4, 4])
        #expect(
            harness.run("audit", "tail", "-n", "0").errors
                == "error: --limit takes a number from 1 to 1000\n")
        harness.service.on(AuditTail.self, .init(entries: []))
        #expect(harness.run("audit", "tail").output == "no entries\n")
    }

    /// What an entry says of whom it was about, and of which step it was.
    @Test func whomAndWhichStep() throws {
        let harness = try harness()
        func entry(_ change: (inout WireAuditEntry) -> Void) -> WireAuditEntry {
            var entry = WireAuditEntry(
                sequence: 7, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: true,
                name: "cora", principal: "C1", uid: 1, roles: ["custodian"],
                action: "principal.grant", outcome: .success, results: 0, records: [])
            change(&entry)
            return entry
        }
        func target(_ principal: String, _ name: String?) -> WireEntryTarget {
            .init(
                principal: principal, name: name, roles: ["counsellor"],
                compartments: ["counselling"])
        }
        let granted = entry { $0.target = target("N1", "nina") }
        let gone = entry { $0.target = target("N2", nil) }
        let own = entry { $0.target = target("C1", "cora") }
        let signed = entry {
            $0.action = "vault.found"
            $0.step = "signed"
        }
        let started = entry {
            $0.action = "key.rotate-storage"
            $0.step = "started"
            $0.statement = 12
        }
        let read = entry {
            $0.action = "audit.read"
            $0.range = .init(from: 3, to: 9)
        }
        harness.service.on(AuditTail.self, .init(entries: [granted, gone, own, signed, started]))
        let table = harness.run("audit", "tail").output.split(separator: "\n").dropFirst()
        #expect(table.map { $0.split(separator: " ").last } == ["nina", "N2", "-", "-", "-"])
        #expect(table.contains { $0.contains(" vault.found (signed) ") })
        #expect(table.contains { $0.contains(" key.rotate-storage (started) ") })
        let chinese = harness.run("audit", "tail", "--language", "zh").output
        #expect(chinese.contains("签署创立（已签署）"))
        #expect(chinese.contains("轮换存储密钥（已开始）"))
        harness.service.on(AuditTail.self, .init(entries: [granted, started, read]))
        let single = harness.run("audit", "tail", "--reference", "0123456789").output
        #expect(
            single.contains(
                """
                whom:         nina
                identifier:   N1
                for roles:    counsellor
                compartments: counselling

                """), "\(single)")
        #expect(single.contains("action:    key.rotate-storage (started)\n"), "\(single)")
        #expect(single.contains("statement: 12\n"), "\(single)")
        #expect(single.contains("entries: 6, numbers 3 to 8\n"), "\(single)")
    }

    @Test func aReferenceFindsWhatWasRefusedAndWhy() throws {
        let harness = try harness()
        harness.service.on(
            AuditTail.self,
            .init(entries: [
                .init(
                    sequence: 9, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: true,
                    name: "李梅", uid: 1001, roles: ["counsellor"], action: "record.read",
                    kind: "hardship.case", purpose: "TREAT", outcome: .denied,
                    rule: "deny:role-missing", failure: "denied", reference: "0123456789",
                    results: 0, pseudonym: "ab12", records: []),
                .init(
                    sequence: 10, time: 1_785_587_696_000_000, epoch: 1, entry: "e", opened: true,
                    name: "olga", uid: 1001, roles: ["operator"], action: "key.rotate-storage",
                    outcome: .failed, rule: "allow:operator:key.rotate-storage",
                    failure: "no-words-for-this", reference: "0123456789", results: 0,
                    records: []),
            ]))
        let run = harness.run("audit", "tail", "--reference", "oi2-345-6789")
        #expect(
            run.output == """
                number:  9
                time:    2026-08-01T12:34:56Z
                who:     李梅
                roles:   counsellor
                action:  record.read
                outcome: denied
                why:     none of their roles allows this (deny:role-missing)
                kind:    hardship case
                purpose: treatment
                whom:    ab12

                number:  10
                time:    2026-08-01T12:34:56Z
                who:     olga
                roles:   operator
                action:  key.rotate-storage
                outcome: failed
                why:     no-words-for-this

                """, "\(run.errors)")
        #expect(harness.service.calls(AuditTail.self).map(\.reference) == ["0123456789"])
        let mistyped = harness.run("audit", "tail", "--reference", "012345678")
        #expect(mistyped.status == 2)
        #expect(mistyped.errors.hasPrefix("error: 012345678 is not a reference\n"))
        harness.service.on(AuditTail.self, .init(entries: []))
        let absent = harness.run("audit", "tail", "--reference", "0123456789")
        #expect(absent.status == 3)
        #expect(
            absent.errors.hasPrefix("error: no entry of the log has the reference 0123456789\n"))
    }

    @Test func aCheckpointIsWrittenAndRemembered() throws {
        let harness = try harness()
        let file = harness.file("pin")
        let run = harness.run("audit", "checkpoint", "--out", file)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                the checkpoint of 10 entries is in \(file); keep it away from this machine, it is what --pin takes

                """)
        #expect(try harness.contents(file) == SampleNotes.ten)
        #expect(try Files.status(file).mode == 0o600)
        let kept = harness.file("state/carevault/\(Samples.principal)")
        #expect(try harness.contents("\(kept).checkpoint") == SampleNotes.ten)
        #expect(try harness.contents("\(kept).key") == SampleNotes.key + "\n")
    }

    /// The daemon counts a checkpoint that it gave as kept elsewhere: it is not asked for one that there
    /// is no place for.
    @Test(arguments: ["checkpoint", "export"])
    func nothingIsAskedForWithoutAPlaceForIt(command: String) throws {
        let harness = try harness()
        let taken = try harness.write("taken", "mine")
        let lost = harness.file("none/pin")
        let existing = harness.run("audit", command, "--out", taken)
        #expect(existing.status == 1)
        #expect(existing.errors == "error: cannot create \(taken): file exists\n")
        let nowhere = harness.run("audit", command, "--out", lost)
        #expect(nowhere.status == 1)
        #expect(
            nowhere.errors == """
                error: cannot create \(lost): no such file or directory
                hint: there is no directory \(harness.file("none")); make it first, or name another

                """)
        #expect(try harness.contents(taken) == "mine")
        #expect(harness.service.calls(AuditGetCheckpoint.self).isEmpty)
        #expect(harness.service.calls(AuditExport.self).isEmpty)
    }

    /// Nor does a file stay that nothing came for.
    @Test func aRefusedCheckpointLeavesNoFile() throws {
        let harness = try harness()
        harness.service.refuse(AuditGetCheckpoint.self, .denied(reference: "K7"))
        #expect(harness.run("audit", "checkpoint", "--out", harness.file("pin")).status == 3)
        #expect(try !Files.exists(harness.file("pin")))
    }

    @Test func aLogThatWasCutOrRewrittenIsNoticed() throws {
        let harness = try harness()
        #expect(harness.run("audit", "checkpoint", "--out", harness.file("a")).status == 0)
        func next(
            _ note: String, _ key: String = SampleNotes.key, proof: [String] = []
        ) -> Transcript {
            harness.service.on(
                AuditGetCheckpoint.self,
                .init(checkpoint: note, verifierKey: key, consistency: proof))
            return harness.run("audit", "checkpoint", "--out", harness.file("b"))
        }
        let cut = next(SampleNotes.eight)
        #expect(cut.status == 10)
        #expect(
            cut.errors == """
                error: the log has 8 entries, but 10 were seen before: entries are gone
                hint: report this; an accepted rollback is written in the log itself

                """)
        let rewritten = """
            error: the first 10 entries of the log are not those seen before: it was rewritten
            hint: report this, and keep both checkpoints as evidence

            """
        #expect(next(SampleNotes.tenForked).errors == rewritten)
        #expect(
            next(SampleNotes.twelveForked, proof: SampleNotes.tenToTwelve).errors == rewritten)
        #expect(next(SampleNotes.twelve).errors == rewritten)
        let other = next(SampleNotes.tenByOther, SampleNotes.otherKey)
        #expect(other.errors == "error: \(harness.service.path) belongs to another log\n")
        #expect(
            next(SampleNotes.tenByOther).errors == """
                error: the signature of \(harness.service.path) does not verify
                hint: do not trust this log; keep the file as evidence

                """)
        #expect(
            next("nothing").errors == """
                error: \(harness.service.path) is not a checkpoint of a log
                hint: carevault audit checkpoint --out FILE writes one

                """)
        #expect(try !Files.exists(harness.file("b")))
        #expect(next(SampleNotes.twelve, proof: SampleNotes.tenToTwelve).status == 0)
        // What was seen last is what counts from now on.
        #expect(harness.service.calls(AuditGetCheckpoint.self).last?.sinceSize == 10)
        try Files.remove(harness.file("b"))
        #expect(next(SampleNotes.ten).status == 10)
        #expect(harness.service.calls(AuditGetCheckpoint.self).last?.sinceSize == 12)
    }

    @Test func exportStreams() throws {
        let harness = try harness()
        harness.service.onCall(AuditExport.name) { _ in
            [
                ReplyWriter.reply(
                    AuditExport.Reply(lines: "{1}\n", done: 1, total: 2), continues: true),
                ReplyWriter.reply(AuditExport.Reply(lines: "{2}\n", done: 2, total: 2)),
            ]
        }
        let file = harness.file("log")
        let run = harness.run("audit", "export", "--out", file, "--from", "3")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "exported 2 entries to \(file)\n")
        #expect(run.errors == "check it anywhere with: carevault verify \(file)\n")
        #expect(try harness.contents(file) == "{1}\n{2}\n")
        #expect(try Files.status(file).mode == 0o600)
        #expect(harness.service.calls(AuditExport.self).map(\.fromSequence) == [3])
        let again = harness.run("audit", "export", "--out", file)
        #expect(again.status == 1)
        #expect(again.errors == "error: cannot create \(file): file exists\n")
        let both = harness.run(
            "audit", "export", "--out", file, "--from", "1", "--since", "/x")
        #expect(both.status == 2)
    }

    @Test func halfAnExportIsNotKept() throws {
        let harness = try harness()
        harness.service.onCall(AuditExport.name) { _ in
            [
                ReplyWriter.reply(
                    AuditExport.Reply(lines: "{1}\n", done: 1, total: 2), continues: true),
                ReplyWriter.error(.sealed, in: .audit),
            ]
        }
        let file = harness.file("log")
        #expect(harness.run("audit", "export", "--out", file).status == 4)
        #expect(try !Files.exists(file))
    }

    @Test(
        arguments: [
            (WireVerdict.valid, nil, nil, 0, "valid: 12 entries checked\n"),
            (.invalid, "leaf.changed", 7, 10, "invalid at entry 7: leaf.changed\n"),
            (.incomplete, "contents.missing", nil, 11, "incomplete: contents.missing\n"),
        ] as [(WireVerdict, String?, Int64?, Int32, String)])
    func verifiesTheLiveLog(
        verdict: WireVerdict, problem: String?, sequence: Int64?, status: Int32, text: String
    ) throws {
        let harness = try harness()
        harness.service.onCall(AuditVerifyLive.name) { _ in
            [
                ReplyWriter.reply(AuditVerifyLive.Reply(done: 5, total: 12), continues: true),
                ReplyWriter.reply(
                    AuditVerifyLive.Reply(
                        done: 12, total: 12, verdict: verdict, problem: problem,
                        problemSequence: sequence)),
            ]
        }
        let run = harness.run("audit", "verify")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output == text)
    }
}
