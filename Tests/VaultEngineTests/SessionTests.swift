import Testing
import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultTestKit

@testable import VaultEngine

/// Logins: how long they live, whose they are, and what ends them.
@Suite struct SessionTests {
    private static let minute: UInt64 = 60_000_000

    private func token(
        _ name: String, _ office: Office, secret: [UInt8]? = nil
    ) throws -> [UInt8] {
        try office.vault.login(
            name: nil, secret: try Office.secret(secret ?? office.secrets[name] ?? []),
            form: .keyFile, purpose: nil, caller: office.caller(name)
        ).token
    }

    private func isAlive(_ session: Session, _ office: Office) -> Bool {
        (try? office.vault.principals(session)) != nil
    }

    @Test func idleLoginsEnd() throws {
        let office = try Office.open()
        // Operators and auditors after 15 minutes, care staff after 60.
        for (name, minutes) in [("olga", 15), ("aude", 15), ("nina", 60), ("karl", 60)] {
            let bytes = try token(name, office)
            let session = try office.vault.resume(token: bytes, caller: office.caller(name))
            let idle = UInt64(minutes) * Self.minute
            office.time.change { $0 += idle - Self.minute }
            #expect(isAlive(session, office), "\(name)")
            // Used, it lives as long again.
            office.time.change { $0 += idle - Self.minute }
            #expect(isAlive(session, office), "\(name)")
            office.time.change { $0 += idle }
            #expect(try failure { try office.vault.principals(session) } == .loginNeeded)
            #expect(
                try failure {
                    try office.vault.resume(token: bytes, caller: office.caller(name))
                } == .loginNeeded)
        }
    }

    @Test func noLoginLastsLongerThanEightHours() throws {
        let office = try Office.open()
        let bytes = try token("nina", office)
        let nina = try office.vault.resume(token: bytes, caller: office.caller("nina"))
        let end = nina.end
        while office.time.value + 30 * Self.minute < end {
            office.time.change { $0 += 29 * Self.minute }
            #expect(isAlive(nina, office))
        }
        office.time.value = end
        #expect(try failure { try office.find("x", nina) } == .loginNeeded)
        #expect(
            try failure { try office.vault.resume(token: bytes, caller: office.caller("nina")) }
                == .loginNeeded)
    }

    @Test func aDeniedRequestDoesNotKeepALoginAlive() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        office.time.change { $0 += 14 * Self.minute }
        _ = try failure { try office.find("x", olga) }
        office.time.change { $0 += 2 * Self.minute }
        #expect(!isAlive(olga, office))
    }

    @Test func theSweepClosesLocks() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let core = try office.vault.core()
        office.time.change { $0 += 61 * Self.minute }
        core.doChores()
        #expect(core.sessions.count == 0)
        #expect(nina.care == nil)
        #expect(throws: EngineError.loginNeeded) { try nina.keys() }
    }

    @Test func tokensServeTheirUidOnly() throws {
        let office = try Office.open()
        let bytes = try token("nina", office)
        for name in ["olga", "karl", "nobody"] {
            #expect(
                try failure { try office.vault.resume(token: bytes, caller: office.caller(name)) }
                    == .foreignLogin)
        }
        for index in [0, 15, 31] {
            var altered = bytes
            altered[index] ^= 1
            #expect(
                try failure {
                    try office.vault.resume(token: altered, caller: office.caller("nina"))
                } == .loginNeeded)
        }
        #expect(
            try failure {
                try office.vault.resume(
                    token: Array(bytes.dropLast()), caller: office.caller("nina"))
            } == .loginNeeded)
        _ = try office.vault.resume(token: bytes, caller: office.caller("nina"))
    }

    enum End: CaseIterable { case disable, revoke, reenlist, logout, grantAnew, seal }

    /// A login on two connections: whoever still holds it is out at once, even where the person has
    /// the same rights again.
    @Test(arguments: End.allCases)
    func everyEndIsAtOnce(end: End) throws {
        let office = try Office.open()
        let bytes = try token("nina", office)
        let one = try office.vault.resume(token: bytes, caller: office.caller("nina"))
        let two = try office.vault.resume(token: bytes, caller: office.caller("nina"))
        let person = try office.addSubject("Ada Lovelace", one)
        let id = try #require(office.ids["nina"])
        let olga = try office.login("olga")
        switch end {
        case .disable:
            #expect(try office.vault.disable(id, session: olga).sessionsEnded == 1)
        case .revoke:
            let outcome = try office.vault.revoke(id, session: try office.login("karl"))
            #expect(outcome.sessionsEnded == 1)
            #expect(outcome.keysStayKnown == [.registry, .counselling])
        case .reenlist: _ = try office.vault.reenlist(id, session: olga)
        case .logout: try office.vault.logout(one)
        case .grantAnew: try office.grant("nina", .counsellor)
        case .seal:
            try office.vault.seal(olga)
            try office.unseal()
        }
        for session in [one, two] {
            #expect(
                try failure { try office.read(person.subject, person.record, session) }
                    == .loginNeeded)
            #expect(try failure { try office.find("Ada Lovelace", session) } == .loginNeeded)
            #expect(try failure { try office.addSubject("x", session) } == .loginNeeded)
            #expect(try failure { try office.vault.principals(session) } == .loginNeeded)
            #expect(session.care == nil)
        }
        // What ended it is told to whoever has the token: a change, or nothing in particular.
        let isChange = end != .logout && end != .seal
        #expect(
            try failure { try office.vault.resume(token: bytes, caller: office.caller("nina")) }
                == (isChange ? .loginChanged : .loginNeeded))
        #expect(two.wasChanged == isChange)
        // Who still has rights logs in anew; nobody else does.
        switch end {
        case .logout, .grantAnew, .seal:
            let again = try office.login("nina")
            #expect(try office.find("Ada Lovelace", again).count == 1)
        case .disable: #expect(try failure { try office.login("nina") } == .wrongSecret)
        case .revoke, .reenlist:
            guard case .denied = try failure({ try office.login("nina") }) else {
                Issue.record("logged in without a grant")
                return
            }
        }
    }

    @Test func replacedKeysHaveNoRights() throws {
        let office = try Office.open()
        let old = try #require(office.secrets["nina"])
        let id = try #require(office.ids["nina"])
        let person = try office.addSubject("Ada Lovelace", try office.login("nina"))
        let code = try office.vault.reenlist(id, session: try office.login("olga")).code
        try office.enrol("nina", code)
        // Enrolled anew and not granted: no rights, with either secret.
        guard case .denied = try failure({ try office.login("nina") }) else {
            Issue.record("logged in without a grant")
            return
        }
        #expect(try failure { try token("nina", office, secret: old) } == .wrongSecret)
        try office.grant("nina", .counsellor)
        #expect(try failure { try token("nina", office, secret: old) } == .wrongSecret)
        let nina = try office.login("nina")
        #expect(try office.read(person.subject, person.record, nina).subject == person.subject)
    }

    @Test func endsOfGrantsAreKept() throws {
        let office = try Office.open()
        try office.enrol("paul", try office.enlist("paul", by: try office.login("olga")))
        let end = office.time.value + 10 * Self.minute
        _ = try office.vault.grant(
            GrantRequest(
                principal: try #require(office.ids["paul"]), roles: [.counsellor],
                compartments: [], unit: "", employer: "", endsMicroseconds: end,
                fingerprintWords: office.words["paul"] ?? []),
            session: try office.login("karl"))
        let paul = try office.login("paul")
        #expect(try office.find("x", paul).isEmpty)
        office.time.value = end
        guard case .denied(_, let rule) = try failure({ try office.find("x", paul) }) else {
            Issue.record("not denied")
            return
        }
        #expect(rule.contains("ended"))
        // In a running login the keys go with the grant, also where nothing is asked.
        #expect(paul.isOver(at: end) && paul.end == end)
        #expect(try failure { try office.login("paul") } == .grantEnded(at: end))
        try office.grant("paul", .counsellor)
        #expect(try office.find("x", try office.login("paul")).isEmpty)
    }

    @Test func wrongSecretsAreSlowedDown() throws {
        let office = try Office.open()
        let wrong = try #require(office.secrets["karl"])
        let refused = office.logDisk.withContents { $0.records.count }
        for _ in 0..<LoginLimits.freeFailures {
            #expect(try failure { try token("nina", office, secret: wrong) } == .wrongSecret)
        }
        var waits: [UInt64] = []
        for _ in 0..<4 {
            #expect(try failure { try token("nina", office, secret: wrong) } == .wrongSecret)
            // Even the right secret waits now; that of others does not.
            guard case .tooManyRequests(let wait) = try failure({ try office.login("nina") })
            else {
                Issue.record("not slowed down")
                return
            }
            waits.append(wait)
            _ = try office.login("olga")
            office.time.change { $0 += wait }
        }
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $1 > $0 + $0 / 2 }, "\(waits)")
        // Each failure has its entry.
        let told = try office.lines().filter {
            $0.leaf.sequence >= UInt64(refused) && $0.a?.failure == "wrong-secret"
        }
        #expect(told.count == LoginLimits.freeFailures + 4)
        // The right secret clears the slate.
        _ = try office.login("nina")
        #expect(try failure { try token("nina", office, secret: wrong) } == .wrongSecret)
        _ = try office.login("nina")
    }

    @Test func theClockGoesBack() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let person = try office.addSubject("Ada Lovelace", nina)
        let before = office.time.value
        office.time.value = before - 3600 * 1_000_000
        // A login from the future is over; a new one works, and times in the log still ascend.
        #expect(try failure { try office.find("x", nina) } == .loginNeeded)
        let again = try office.login("nina")
        _ = try office.amend(
            person.subject, person.record, base: 1, ["names": [["full": "Ada Byron"]]], again)
        _ = try office.enlist("paul", by: try office.login("olga"))
        let times = try office.lines().map(\.leaf.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        try office.restart()
        try office.verify([], "after the jump")
    }

    @Test func onePersonHasABoundedNumberOfLogins() throws {
        let office = try Office.open()
        let all = try (0...LoginLimits.perPrincipal).map { _ in try office.login("nina") }
        #expect(!isAlive(all[0], office))
        #expect(all.dropFirst().allSatisfy { isAlive($0, office) })
        #expect(try office.vault.core().sessions.count <= LoginLimits.perPrincipal + 3)
    }

    /// While a person makes statements, their other logins neither alarm nor fail.
    @Test func loginsBesideStatementsOfTheSamePerson() throws {
        let office = try Office.open()
        try office.restart()
        let olga = try office.login("olga")
        let vault = office.vault
        let secret = try #require(office.secrets["olga"])
        let caller = office.caller("olga")
        let results = try Crowd.run(3) { thread in
            for number in 0..<12 {
                if thread == 0 {
                    _ = try vault.enlist(
                        name: "p\(number)", uid: UInt32(3000 + number), session: olga)
                } else {
                    _ = try vault.login(
                        name: nil, secret: try Office.secret(secret), form: .keyFile,
                        purpose: nil, caller: caller)
                }
            }
        }
        // The oldest login of hers goes when there are too many; it is the one that enlists.
        for (number, result) in results.enumerated() {
            do { try result.get() } catch {
                #expect(number == 0 && error as? EngineError == .loginNeeded, "\(error)")
            }
        }
        #expect(office.codes.isEmpty)
    }
}
