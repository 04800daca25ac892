import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct LoginTests {
    @Test func keepsTheTokenInMemory() throws {
        let harness = try Harness()
        harness.service.on(
            SessionLogin.self, .init(token: SecretText("token-1"), session: .counsellor))
        harness.service.on(SessionResume.self, .init(session: .counsellor))
        harness.service.on(SessionDescribe.self, .init(session: .counsellor))
        let run = harness.run("login", "--purpose", "治疗", typing: [Samples.secret])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == "logged in as 李梅 (counsellor); ends in 15 minutes if unused, "
                + "in 8 hours at the latest\n")
        let sent = harness.service.calls(SessionLogin.self)
        #expect(sent.map(\.purpose) == ["TREAT"])
        #expect(sent.map(\.name) == [nil])

        let directory = harness.file("carevault")
        #expect(try Files.status(directory).mode == 0o700)
        let names = try Files.list(directory)
        #expect(names.count == 1)
        let file = Files.join(directory, names[0])
        #expect(try Files.status(file).mode == 0o600)
        #expect(try harness.contents(file) == "token-1\n")

        let whoami = harness.run("whoami")
        #expect(
            whoami.output == """
                name:               李梅
                principal:          \(Samples.principal)
                uid:                1001
                roles:              counsellor
                compartments:       registry, counselling
                purpose:            treatment
                ends when idle:     in 15 minutes
                ends at the latest: in 8 hours
                fingerprint:        \(Samples.words.joined(separator: " "))

                """)
        #expect(harness.service.calls(SessionResume.self).map { $0.token.reveal() } == ["token-1"])
        // The token is never shown.
        let json = harness.run("login", "--json", typing: [Samples.secret])
        #expect(!json.output.contains("token"))
        #expect(json.output.hasPrefix(#"{"format":1,"session":{"principal":"#))
    }

    /// Nobody could use or end a login whose token is lost.
    @Test func aLoginThatCannotBeKeptIsEnded() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(SessionLogout.self, .init())
        let directory = harness.file("carevault")
        let file = try Files.join(directory, #require(try Files.list(directory).first))
        try Files.remove(file)
        try Files.createDirectory(file, mode: 0o700)
        let run = harness.run("login", typing: [Samples.secret])
        #expect(run.status == 1)
        // Where it lies is said, not the names of the files in there.
        #expect(run.errors.hasPrefix("error: cannot write \(directory): "), "\(run.errors)")
        #expect(!run.errors.contains(".token"))
        #expect(harness.service.calls(SessionLogin.self).count == 2)
        #expect(harness.service.calls(SessionLogout.self).count == 1)
        #expect(try Files.list(directory).count == 1)
    }

    @Test func aPlaceThatTakesNothingIsToldBeforeTheSecret() throws {
        let harness = try Harness()
        harness.logIn()
        let directory = harness.file("carevault")
        let file = try Files.join(directory, #require(try Files.list(directory).first))
        try Files.createDirectory(file + ".trial", mode: 0o700)
        let run = harness.run("login", typing: [Samples.secret])
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("error: cannot write \(directory): "), "\(run.errors)")
        #expect(run.shown.isEmpty)
        #expect(harness.service.calls(SessionLogin.self).count == 1)
    }

    @Test func anOpenRuntimeDirectoryIsNamedWithItsMode() throws {
        let harness = try Harness()
        try Files.setMode(harness.directory, 0o755)
        let run = harness.run("login", typing: [Samples.secret])
        #expect(run.status == 1)
        #expect(run.errors.contains("\(harness.directory) has mode 0755"), "\(run.errors)")
        #expect(run.errors.contains("hint: chmod 0700 \(harness.directory)\n"))
        #expect(run.shown.isEmpty)
    }

    @Test func severalLoginsStandSideBySide() throws {
        let harness = try Harness()
        harness.logIn()
        let other = harness.run("--login", "ops", "login", typing: [Samples.secret])
        #expect(other.status == 0)
        #expect(harness.service.calls(SessionLogin.self).map(\.name) == [nil, "ops"])
        #expect(try Files.list(harness.file("carevault")).count == 2)
        harness.service.on(SessionLogout.self, .init())
        #expect(harness.run("logout", "--login", "ops").output == "logged out\n")
        #expect(try Files.list(harness.file("carevault")).count == 1)
        #expect(harness.run("logout", "--login", "ops").output == "you were not logged in\n")
        let missing = harness.run("whoami", "--login", "ops")
        #expect(missing.status == 5)
        #expect(
            missing.errors == """
                error: ops is not logged in here
                hint: log in with: carevault login --login ops

                """)
    }

    @Test func aLoginThatIsOverIsForgotten() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.refuse(SessionResume.self, .loginNeeded(reason: "expired"))
        let run = harness.run("whoami")
        #expect(run.status == 5)
        #expect(
            run.errors == """
                error: your login has expired
                hint: log in again with: carevault login

                """)
        #expect(try Files.list(harness.file("carevault")).isEmpty)
        #expect(
            harness.run("whoami").errors == """
                error: you are not logged in
                hint: log in with: carevault login

                """)
    }

    @Test func whileSealedNobodyIsToldToLogIn() throws {
        let harness = try Harness()
        harness.service.on(VaultGetStatus.self, .sealed)
        for command in ["whoami", "login"] {
            let run = harness.run(command)
            #expect(run.status == 4)
            #expect(
                run.errors == """
                    error: the vault is sealed
                    hint: an operator opens it with: carevault unseal

                    """)
        }
    }

    @Test func withoutMemoryThereIsNoLogin() throws {
        let harness = try Harness()
        // A directory on a disk, and none at all.
        harness.environment["XDG_RUNTIME_DIR"] = "/var/tmp"
        let user = Accounts.effectiveUser
        let run = harness.run("login", typing: [Samples.secret])
        #expect(run.status == 1)
        let system = harness.file("run/\(user)")
        #expect(
            run.errors == """
                error: there is no private directory in memory to keep the login in \
                (/var/tmp has mode 1777, \(system) is not there)
                hint: chmod 0700 /var/tmp
                hint: log in to the machine with a session that sets XDG_RUNTIME_DIR
                hint: or have root make one: install -d -m 0700 -o \(user) /run/carevault/\(user)

                """)
        #expect(harness.service.calls(SessionLogin.self).isEmpty)
        // The one that the system made serves instead.
        harness.environment["XDG_RUNTIME_DIR"] = nil
        try Files.createDirectory(system, mode: 0o700, withParents: true)
        harness.logIn()
        #expect(try Files.list(system).count == 1)
        // Open to others, it does not.
        try Files.setMode(system, 0o750)
        #expect(harness.run("whoami").status == 1)
    }

    @Test func refusals() throws {
        let harness = try Harness()
        harness.service.refuse(SessionLogin.self, .wrongSecret)
        let run = harness.run("login", "--json", typing: [Samples.secret])
        #expect(run.status == 3)
        #expect(
            run.output == """
                {"format":1,"error":{"code":"WrongSecret",\
                "message":"that secret opens nothing for your account",\
                "hints":["check the words, the name (--login NAME) and your account: id -u",\
                "if it is lost: an operator re-enlists you, then a custodian or an auditor grants \
                again"],\
                "exit":3}}

                """)
        let purpose = harness.run("login", "--purpose", "fun", typing: [Samples.secret])
        #expect(purpose.status == 2)
        #expect(
            purpose.errors.hasPrefix("error: there is no purpose of use fun\nhint: use one of: "))
        harness.service.refuse(SessionLogin.self, .tooManyRequests(retry: 30_000_000))
        let busy = harness.run("login", typing: [Samples.secret])
        #expect(busy.status == 6)
        #expect(
            busy.errors == """
                error: too many requests from your account
                hint: wait 31 seconds, then try again

                """)
    }

    @Test func aSecretMayComeFromADescriptor() throws {
        let harness = try Harness()
        harness.service.on(
            SessionLogin.self, .init(token: SecretText("t"), session: .counsellor))
        let file = try harness.write("words", Samples.secret + "\n")
        let number = try Files.open(file).take()
        let run = harness.run("login", "--secret-fd", "\(number)")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            harness.service.calls(SessionLogin.self).map { $0.secret.reveal() } == [Samples.secret])
    }
}
