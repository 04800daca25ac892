import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultTestKit

@testable import VaultEngine

/// Findings appear, are logged, told and go again.
@Suite struct HealthTests {
    private static let day: UInt64 = 24 * 3600 * 1_000_000

    private func finding(_ code: HealthCode, _ office: Office) -> HealthFinding? {
        office.vault.status(for: office.caller("olga")).health.first { $0.code == code }
    }

    /// What the log says of a code: whether it was well again, in order.
    private func logged(_ code: HealthCode, _ office: Office) throws -> [Bool] {
        // Nobody waits for these entries.
        try office.vault.core().log.flush()
        return try office.lines().compactMap { line in
            guard case .health(code.rawValue, let recovered) = line.a?.detail else { return nil }
            return recovered
        }
    }

    @Test func theClockGoesBackADay() throws {
        let office = try Office.open()
        #expect(finding(.clockBack, office) == nil)
        office.time.change { $0 -= 59_000_000 }
        #expect(finding(.clockBack, office) == nil)
        office.time.change { $0 = $0 + 59_000_000 - Self.day }
        let found = try #require(finding(.clockBack, office))
        #expect(found.colour == .amber)
        #expect((86_390...86_400).contains(found.value ?? 0))
        // Work goes on: logins, writes, reads, checkpoints and the chores.
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        #expect(try office.find("Ada Lovelace", nina).map(\.subject) == [ada.subject])
        try office.vault.core().doChores()
        _ = try office.vault.auditCheckpoint(since: nil, try office.login("aude"))
        // It is known after a restart too: the log knows later times.
        try office.kill()
        #expect(finding(.clockBack, office) != nil)
        try office.unseal()
        #expect(finding(.clockBack, office) != nil)
        office.time.change { $0 += Self.day + 120_000_000 }
        #expect(finding(.clockBack, office) == nil)
        #expect(try logged(.clockBack, office).last == true)
    }

    @Test func nobodyTakesACheckpoint() throws {
        let office = try Office.open()
        #expect(finding(.logUnpinned, office) == nil)
        office.time.change { $0 += 7 * Self.day - 60_000_000 }
        #expect(finding(.logUnpinned, office) == nil)
        office.time.change { $0 += 120_000_000 }
        let found = try #require(finding(.logUnpinned, office))
        #expect(found.detail == "7")
        #expect((found.value ?? 0) > 10)
        _ = finding(.logUnpinned, office)
        _ = try office.vault.auditCheckpoint(since: nil, try office.login("aude"))
        #expect(finding(.logUnpinned, office) == nil)
        #expect(try logged(.logUnpinned, office) == [false, true])
    }

    @Test func theStorageKeyGetsOld() throws {
        let office = try Office.open()
        office.time.change { $0 += 364 * Self.day }
        #expect(finding(.keyOld, office) == nil)
        office.time.change { $0 += 2 * Self.day }
        #expect(finding(.keyOld, office)?.value == 366)
        let olga = try office.login("olga")
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        #expect(finding(.keyOld, office) == nil)
        #expect(try logged(.keyOld, office) == [false, true])
    }

    @Test func theFoundingWaits() throws {
        let office = try Office()
        try office.unseal()
        #expect(finding(.foundingWaiting, office) == nil)
        office.time.change { $0 += 3 * Self.day }
        #expect(finding(.foundingWaiting, office)?.value == 3)
        try office.found()
        #expect(finding(.foundingWaiting, office) == nil)
        #expect(try logged(.foundingWaiting, office) == [false, true])
    }

    @Test func whatTheMachineShowsIsLoggedOnceForEachColour() throws {
        let office = try Office.open()
        let vault = office.vault
        vault.report(HealthFinding(.diskLow, detail: "/d", value: 9))
        vault.report(HealthFinding(.diskLow, detail: "/d", value: 8))
        #expect(finding(.diskLow, office)?.value == 8)
        vault.report(HealthFinding(.diskLow, colour: .red, detail: "/d", value: 1))
        #expect(vault.findings.first?.code == .diskLow)
        vault.reportWell(.diskLow)
        vault.reportWell(.diskLow)
        #expect(finding(.diskLow, office) == nil)
        #expect(try logged(.diskLow, office) == [false, false, true])
    }

    @Test func whileSealedItIsLoggedToo() throws {
        let office = try Office.open()
        try office.vault.seal(try office.login("olga"))
        office.vault.report(HealthFinding(.runtimeFull, detail: "/run/s", value: 0))
        #expect(finding(.runtimeFull, office) != nil)
        try office.unseal()
        #expect(try logged(.runtimeFull, office) == [false])
        #expect(finding(.runtimeFull, office) != nil)
    }

    @Test func everyChangeIsToldInOrder() throws {
        let office = try Office()
        let told = Office.Box<[Notice]>([])
        office.vault.listen { notice in told.change { $0.append(notice) } }
        try office.unseal()
        try office.found()
        let low = HealthFinding(.diskLow, detail: "/d", value: 9)
        office.vault.report(low)
        office.vault.report(HealthFinding(.diskLow, detail: "/d", value: 8))
        office.vault.reportWell(.diskLow)
        let enlist = Notice.acted(.enlist)
        #expect(
            told.value == [
                .state(.unsealed), enlist, enlist, .acted(.vaultFound), .found(low),
                .cleared(.diskLow),
            ])
        told.value = []
        let olga = try office.login("olga")
        let karl = try #require(office.ids["karl"])
        #expect(throws: EngineError.self) {
            _ = try office.vault.disable(karl, session: olga)
        }
        #expect(told.value == [], "an act that was refused took no effect")
        let wrong = [UInt8]("CAREVAULT-SECRET-KEY-1\n".utf8) + [UInt8](repeating: 65, count: 43)
        for _ in 0..<5 {
            _ = try? office.vault.unseal(
                secret: try Office.secret(wrong), caller: office.caller("olga"))
            _ = try? office.vault.login(
                name: nil, secret: try Office.secret(wrong), form: .keyFile, purpose: nil,
                caller: office.caller("karl"))
        }
        #expect(told.value == [], "a few wrong secrets are nobody's business")
        _ = try? office.vault.login(
            name: nil, secret: try Office.secret(wrong), form: .keyFile, purpose: nil,
            caller: office.caller("karl"))
        #expect(told.value == [.lockedOut])
        try office.vault.seal(olga)
        #expect(told.value.last == .state(.sealed))
    }

    @Test func whoAnswersForPeopleHearsOfThem() throws {
        let office = try Office.open()
        for (name, expected) in [("olga", true), ("karl", true), ("aude", true), ("nina", false)] {
            let session = try office.login(name)
            #expect(office.vault.mayHearOfPeople(session) == expected, "\(name)")
            try office.vault.logout(session)
            #expect(!office.vault.mayHearOfPeople(session))
        }
    }

    /// To those who bring people in, from the founding to the first who can keep files.
    @Test func theNextStepOfTheOffice() throws {
        let office = try Office()
        try office.unseal()
        try office.found()
        func next(_ name: String) -> (VaultStatus.NextStep, Int?) {
            let status = office.vault.status(for: office.caller(name))
            return (status.nextStep, status.peopleWaiting)
        }
        let olga = try office.login("olga")
        _ = try office.login("karl")
        #expect(next("olga") == (.enlistFirst, nil))
        #expect(next("karl") == (.enlistFirst, nil))
        let code = try office.enlist("nina", by: olga)
        #expect(next("karl") == (.enrolFirst, nil))
        try office.enrol("nina", code)
        #expect(next("karl") == (.grantWaiting, 1))
        #expect(next("olga") == (.grantWaiting, 1))
        #expect(next("nina") == (.grant, nil))
        #expect(next("aude") == (.login, nil))
        try office.grant("nina", .counsellor)
        #expect(next("karl") == (.nothing, nil))
        try office.enrol("paul", try office.enlist("paul", by: try office.login("olga")))
        #expect(next("karl") == (.grantWaiting, 1))
        // Who keeps files has nothing to do with it; whose grant was taken back waits for none.
        _ = try office.login("nina")
        #expect(next("nina") == (.nothing, nil))
        try office.grant("paul", .caseworker)
        _ = try office.vault.revoke(
            try #require(office.ids["paul"]), session: try office.login("karl"))
        #expect(next("karl") == (.nothing, nil))
    }

    /// Who acts next, told to the founders and to the operator who waits for them.
    @Test func theNextStepToTheFounding() throws {
        let office = try Office()
        try office.unseal()
        func next(_ name: String) -> VaultStatus.NextStep {
            office.vault.status(for: office.caller(name)).nextStep
        }
        func waits(_ name: String) throws -> Bool {
            try office.vault.greeting(try office.login(name)).notices.contains {
                $0.code == .founding
            }
        }
        #expect(next("olga") == .login)
        let olga = try office.login("olga")
        #expect(next("olga") == .enlist)
        try office.enrol("karl", try office.enlist("karl", by: olga), seat: .custodian)
        #expect(next("olga") == .enlist && next("karl") == .enlist)
        let code = try office.enlist("aude", by: olga)
        #expect(next("olga") == .enrolFounders && next("karl") == .enrolFounders)
        #expect(next("aude") == .enrol)
        #expect(try !waits("karl"))
        try office.enrol("aude", code, seat: .auditor)
        #expect(next("olga") == .foundersSign)
        #expect(next("karl") == .found && next("aude") == .found)
        #expect(try waits("karl") && waits("aude") && !waits("olga"))
        let karl = try office.login("karl")
        let draft = try office.vault.foundingDraft(karl)
        _ = try office.vault.signFounding(
            draft: draft.hash, otherWords: office.words["aude"] ?? [], session: karl)
        #expect(next("olga") == .auditorSigns && next("karl") == .auditorSigns)
        #expect(next("aude") == .found)
        #expect(try !waits("karl") && waits("aude") && !waits("olga"))
    }

    @Test func aRotationThatIsReadyIsCompleted() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        _ = try office.login("aude")
        func next(_ name: String) -> VaultStatus.NextStep {
            office.vault.status(for: office.caller(name)).nextStep
        }
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        try office.awaitWalk(olga)
        #expect(next("olga") == .completeRotation)
        #expect(next("aude") == .nothing)
        _ = try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
        #expect(next("olga") == .nothing)
    }

    @Test func theNextStepKnowsOfALogin() throws {
        let office = try Office.open()
        try office.employ("paul", .caseworker)
        func next(_ name: String) -> VaultStatus.NextStep {
            office.vault.status(for: office.caller(name)).nextStep
        }
        #expect(next("nina") == .login)
        let nina = try office.login("nina")
        #expect(next("nina") == .nothing)
        #expect(next("paul") == .login, "a login of somebody else")
        try office.vault.logout(nina)
        #expect(next("nina") == .login)
    }
}
