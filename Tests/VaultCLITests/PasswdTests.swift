import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct PasswdTests {
    private static let key = String(repeating: "A", count: 43) + "="
    private static let old = "adapt adapt adapt adapt adapt adapt adapt adapt"

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(
            SessionBeginSecretChange.self,
            .init(secret: SecretText(Samples.secret), pending: "p1"))
        harness.service.on(SessionCompleteSecretChange.self, .init(sessionsEnded: 1))
        return harness
    }

    @Test func wordsAreShownOnceAndTypedBack() throws {
        let harness = try harness()
        let run = harness.run("passwd", typing: [Self.old, "", Samples.secret])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.shown.hasPrefix("your present secret (eight words): "))
        #expect(run.shown.contains("this is your new secret; the present one counts until"))
        #expect(
            run.output
                == "your new secret counts, the old one opens nothing any more; "
                + "1 other login ended\n")
        let begun = harness.service.calls(SessionBeginSecretChange.self)
        #expect(begun.map { $0.secret.reveal() } == [Self.old])
        #expect(begun.map(\.form) == [.words] && begun.map(\.newForm) == [.words])
        let completed = harness.service.calls(SessionCompleteSecretChange.self)
        #expect(completed.map { $0.secret.reveal() } == [Samples.secret])
        #expect(completed.map(\.pending) == ["p1"])
    }

    @Test func wordsNotTypedBackChangeNothing() throws {
        let harness = try harness()
        let wrong = (0..<5).flatMap { _ in ["", "x"] }
        let run = harness.run("passwd", typing: [Self.old] + wrong)
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("error: the words were not typed back"))
        #expect(harness.service.calls(SessionCompleteSecretChange.self).isEmpty)
    }

    @Test func aKeyFileReplacesAKeyFile() throws {
        let harness = try harness()
        harness.service.on(
            SessionBeginSecretChange.self, .init(secret: SecretText(Self.key), pending: "p1"))
        let old = try harness.write("old.key", "CAREVAULT-SECRET-KEY-1\n\(Self.key)\n")
        let file = harness.file("new.key")
        let run = harness.run("passwd", "--key-file", old, "--new-key-file", file, "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == #"{"format":1,"sessions_ended":1,"key_file":"\#(file)"}"# + "\n")
        #expect(try harness.contents(file) == "CAREVAULT-SECRET-KEY-1\n\(Self.key)\n")
        #expect(try Files.status(file).mode == 0o400)
        // The same file twice is a mistake that costs nothing.
        let again = harness.run("passwd", "--key-file", old, "--new-key-file", file)
        #expect(again.errors.hasPrefix("error: cannot create \(file): file exists\n"))
        #expect(harness.service.calls(SessionBeginSecretChange.self).count == 1)
        // Refused for certain: a file that opens nothing does not stay.
        harness.service.refuse(SessionCompleteSecretChange.self, .wrongSecret)
        let other = harness.file("other.key")
        #expect(harness.run("passwd", "--key-file", old, "--new-key-file", other).status == 3)
        #expect(try !Files.exists(other))
    }

    @Test func aContactIsNamedWithErrorsThatNeedSomebody() throws {
        let harness = try harness()
        var status = VaultGetStatus.Reply.unsealed
        status.contact = "档案室 王芳，电话 8123"
        harness.service.on(VaultGetStatus.self, status)
        for error in [
            VaultWireError.wrongSecret, .tooManyRequests(retry: 1),
            .conflict(what: "grant-ended", current: "1798761600000000"),
        ] {
            harness.service.refuse(SessionLogin.self, error)
            let run = harness.run("login", typing: [Samples.secret])
            #expect(run.errors.hasSuffix("hint: who helps here: 档案室 王芳，电话 8123\n"))
        }
        let ended = harness.run("login", "--json", typing: [Samples.secret])
        #expect(ended.status == 3)
        #expect(
            ended.errors.hasPrefix(
                "error: your grant ended with 2026-12-31\nhint: a custodian grants care roles"))
        #expect(ended.output.contains("who helps here: 档案室"))
        harness.service.refuse(SessionLogin.self, .denied(reference: "R"))
        #expect(!harness.run("login", typing: [Samples.secret]).errors.contains("helps here"))
    }

    @Test func aLoginGreets() throws {
        let harness = try Harness()
        let now: Int64 = 1_800_000_000_000_000
        harness.service.on(
            SessionLogin.self,
            .init(
                token: SecretText("token-1"), session: .counsellor,
                lastLogin: now - 3_600_000_000, failedTries: 2,
                notices: [
                    .init(code: "enrolled-not-granted", about: ["max", "李梅"]),
                    .init(code: "own-grant-ending", about: [], due: now + 86_400_000_000),
                    .init(code: "later-code", about: ["x"]),
                ]))
        harness.isRead = true
        let run = harness.run("login", typing: [Samples.secret])
        #expect(run.status == 0)
        #expect(
            run.errors == """
                last login 1 hour ago (2027-01-15T07:00:00Z), 2 wrong secrets since then
                waiting: enrolled, not granted yet: max, 李梅
                your own grant ends in 1 day
                waiting: later-code x
                warning: somebody gave wrong secrets for your account
                hint: if that was not you, tell an auditor, and take a new secret with: carevault passwd

                """)
        // A script gets no greeting; what is told only once it gets all the same.
        let warning = """
            warning: somebody gave wrong secrets for your account
            hint: if that was not you, tell an auditor, and take a new secret with: carevault passwd

            """
        harness.isRead = false
        #expect(harness.run("login", typing: [Samples.secret]).errors == warning)
        harness.isRead = true
        let json = harness.run("login", "--json", typing: [Samples.secret])
        #expect(json.errors == warning)
        #expect(json.output.contains(#""failed_tries":2,"notices":[{"code":"enrolled"#))
        #expect(!json.output.contains("token"))
    }
}
