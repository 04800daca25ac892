import Testing
import VaultText
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct UsageTests {
    private func run(_ arguments: String...) -> Transcript {
        let (output, errors) = (Recorder(), Recorder())
        var context = Harness.silent
        context.output = { output.add($0) }
        context.errors = { errors.add($0) }
        let status = ClientProgram.run(arguments, context)
        return Transcript(status: status, output: output.text, errors: errors.text, shown: "")
    }

    @Test func help() {
        for run in [run("--help"), run("-h"), run("help")] {
            #expect(run.status == 0)
            #expect(run.errors == "")
            #expect(run.output == Self.help)
        }
        // Without a command the same goes to standard error, as the mistake it is.
        let bare = run()
        #expect(bare.status == 2)
        #expect(bare.errors == Self.help)
        #expect(bare.output == "")
    }

    private static let help = """
        OVERVIEW: Talks to carevaultd, which keeps the files of people in trouble
        encrypted.

        Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or denied, 4 sealed, 5
        login needed, 6 unavailable; verify: 10 invalid, 11 incomplete, 12 valid
        without an outside pin. Secrets and client data are never arguments. carevault
        --version shows the version.

        USAGE: carevault <subcommand>

        OPTIONS:
          -h, --help              Show help information.

        EVERYONE SUBCOMMANDS:
          status                  Show where the vault stands and what to do next.
                                  Needs no login.
          enrol                   Make your secret with the one-time code that the
                                  operator gave you.
          login                   Open your locks. The login is kept in memory and ends
                                  by itself.
          logout                  End your login and wipe its keys.
          whoami                  Show who is logged in, as what and until when.
          passwd                  Replace your secret by a new one; your keys and
                                  grants stay.
          verify                  Check an export of the audit trail. Needs no daemon
                                  and trusts nothing.
          watch                   Show what changes, a line each, for a pager. Needs no
                                  login.
          sample                  Write invented files to try the vault with, as
                                  carevault load reads them.

        CARE STAFF SUBCOMMANDS:
          shell                   Work through many files in one login: find, open,
                                  add, back.
          subject                 The people whom the files are about.
          record                  The files. Every one that is shown is audited.
          load                    Load many people and records from JSON Lines; may be
                                  repeated safely.

        OPERATORS SUBCOMMANDS:
          unseal                  Open the storage lock with the secret of a slot.
          seal                    Close the storage lock; ends every login. Operator.
          principal               The people and services who may log in.
          key                     Unseal slots, storage epochs and their rotation.
                                  Operator.

        CUSTODIANS AND AUDITORS SUBCOMMANDS:
          found                   Sign the founding of the vault. First custodian and
                                  first auditor, once each.
          grant                   Give a principal roles. Custodian for care roles,
                                  auditor for the others.
          revoke                  Take every grant of a principal back.
          audit                   The audit trail. Looking at it is itself logged.
                                  Auditor.

          See 'carevault help <subcommand>' for detailed help.

        """

    @Test(arguments: [
        "status", "enrol", "enroll", "login", "logout", "whoami", "passwd", "subject", "record",
        "unseal",
        "seal", "principal", "key", "found", "grant", "revoke", "audit", "sample",
    ])
    func everyCommandHasHelp(name: String) {
        let run = run(name, "--help")
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("OVERVIEW: "))
        #expect(run.output.contains("USAGE: carevault \(name)"))
    }

    @Test func helpOfACommand() {
        #expect(
            run("record", "get", "--help").output == """
                OVERVIEW: Show a record.

                USAGE: carevault record get <subject> <record> [--version <number>]
                       [--purpose <purpose>] [--socket <path>] [--login <name>] [--json]
                       [--language <tag>]

                ARGUMENTS:
                  <subject>               Identifier of the subject; subject find shows it.
                  <record>                Identifier of the record; record list shows it.

                OPTIONS:
                  --version <number>      Version, from 1 (default: the newest).
                  --purpose <purpose>     Purpose of use: treatment, care-management,
                                          eligibility, payment … or its HL7 code.
                  --socket <path>         Socket of the daemon (default: $CAREVAULT_SOCKET,
                                          else /run/carevault/vault.sock).
                  --login <name>          Name of the principal, for an account that has
                                          several logins.
                  --json                  Answer in JSON, for programs.
                  --language <tag>        Language: en or zh (default: from the locale).
                  -h, --help              Show help information.

                """)
    }

    @Test func version() {
        #expect(run("--version").output == "0.1.0\n")
    }

    @Test func theAmericanSpellingIsHidden() {
        #expect(!Self.help.contains("enroll"))
    }

    @Test func wrongUsage() {
        let unknown = run("frob")
        #expect(unknown.status == 2)
        #expect(
            unknown.errors == """
                error: unexpected argument 'frob'
                hint: see: carevault --help

                """)
        let option = run("subject", "find", "--frob")
        #expect(option.status == 2)
        #expect(option.errors.hasPrefix("error: unknown option '--frob'"))
        #expect(option.errors.hasSuffix("hint: see: carevault subject find --help\n"))
        #expect(
            run("grant").errors == """
                error: missing expected argument '<principal>'
                hint: see: carevault grant --help

                """)
        let group = run("key", "rotate")
        #expect(group.status == 2)
        #expect(group.errors.hasPrefix("OVERVIEW: Replace keys, online.\n"))
    }

    @Test func languages() {
        let unknown = run("status", "--language", "fr")
        #expect(unknown.status == 2)
        #expect(unknown.errors == "error: there is no language fr\nhint: use en or zh\n")
        #expect(run("status", "--language", "zh").errors.hasPrefix("错误：无法连接 "))
    }

    @Test func theSocketMayComeFromTheEnvironment() {
        let errors = Recorder()
        var context = Harness.silent
        context.errors = { errors.add($0) }
        context.variable = { $0 == "CAREVAULT_SOCKET" ? "/dev/shm/none/a" : nil }
        _ = ClientProgram.run(["status"], context)
        _ = ClientProgram.run(["status", "--socket", "/dev/shm/none/b"], context)
        context.variable = { _ in "" }
        _ = ClientProgram.run(["status"], context)
        let places = ["/dev/shm/none/a", "/dev/shm/none/b", CommonOptions.defaultSocket]
        for place in places { #expect(errors.text.contains("cannot connect to \(place): ")) }
    }

    @Test(arguments: [
        (["--json", "status"], ["status", "--json"]),
        (
            ["--socket", "/s", "--json", "audit", "tail"],
            ["audit", "tail", "--socket", "/s", "--json"]
        ),
        (["--login=a", "x", "--", "y"], ["x", "--login=a", "--", "y"]),
        (["status", "--json"], ["status", "--json"]),
        (["--json"], ["--json"]), (["--socket"], ["--socket"]), (["--help"], ["--help"]), ([], []),
    ])
    func commonOptionsMayStandFirst(typed: [String], meant: [String]) {
        #expect(LeadingOptions.movedBack(typed) == meant)
    }

    @Test(arguments: [
        ("Unexpected argument 'X'.", "unexpected argument 'X'"), ("HL7 is new.", "HL7 is new"),
        ("One.\nTwo.", "one"), ("", ""),
    ])
    func theParserSpeaksOurVoice(text: String, own: String) {
        #expect(ParserWords.own(text) == own)
    }
}
