import Testing
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

@testable import VaultCLI

/// Every error with its whole English text and its exit code.
@Suite(.serialized) struct ErrorTests {
    struct Known: CustomTestStringConvertible {
        let error: ClientError
        let status: Int32
        let text: String
        var testDescription: String { text }

        init(_ error: VaultWireError, _ status: Int32, _ text: String) {
            self.init(.service(error), status, text)
        }

        init(_ error: ClientError, _ status: Int32, _ text: String) {
            self.error = error
            self.status = status
            self.text = text
        }
    }

    private static let service = [
        Known(
            .invalidParameter(parameter: "x"), 1,
            """
            error: the daemon does not know x
            hint: client and daemon have different versions: carevault --version, carevaultd --version
            """),
        Known(
            .expectedMore, 1,
            """
            error: the daemon does not know more
            hint: client and daemon have different versions: carevault --version, carevaultd --version
            """),
        Known(
            .permissionDenied, 3,
            """
            error: the rules do not allow this to you
            hint: carevault whoami shows your roles; a custodian grants care roles, an auditor all others
            """),
        Known(
            .notFounded, 1,
            """
            error: the vault is not founded yet, so no files are kept in it
            hint: the first custodian and the first auditor sign it with: carevault found
            """),
        Known(
            .loginNeeded(reason: "none"), 5,
            """
            error: you are not logged in
            hint: log in with: carevault login
            """),
        Known(
            .loginNeeded(reason: "foreign"), 5,
            """
            error: that login belongs to another user
            hint: log in again with: carevault login
            """),
        Known(
            .loginNeeded(reason: "ended"), 5,
            """
            error: your login has ended
            hint: log in again with: carevault login
            """),
        Known(
            .denied(reference: "K7\u{1B}"), 3,
            """
            error: the rules do not allow this to you (reference K7␛)
            hint: carevault whoami shows your roles; a custodian grants care roles, an auditor all others
            hint: an auditor sees why: carevault audit tail --reference 'K7␛'
            """),
        Known(
            .notFound(reference: "K7"), 3,
            """
            error: not found, or not for you (reference K7)
            hint: check the identifier
            hint: an auditor sees why: carevault audit tail --reference K7
            """),
        Known(
            .purposeNeeded(purposes: ["TREAT", "CAREMGT", "X"]), 2,
            """
            error: a purpose of use is needed to open files
            hint: add --purpose with one of: treatment, care-management, X
            """),
        Known(
            .purposeNeeded(purposes: []), 2,
            """
            error: a purpose of use is needed to open files
            hint: add --purpose PURPOSE
            """),
        Known(
            .conflict(what: "version", current: ""), 1,
            """
            error: the record was amended meanwhile
            hint: look at the newest version with: carevault record get
            """),
        Known(
            .conflict(what: "name", current: ""), 1,
            """
            error: that name is taken
            hint: choose another; carevault principal list shows them
            """),
        Known(
            .conflict(what: "uid", current: ""), 1,
            """
            error: that account has a principal already
            hint: one person, one account; carevault principal list shows them
            """),
        Known(
            .conflict(what: "last-unsealer", current: "1001"), 1,
            """
            error: uid 1001 is the only account that may unseal this vault; without it nobody could open the vault again
            hint: take their rights and leave the account: an auditor (for care roles, a custodian) runs carevault revoke NAME
            hint: who may unseal is named when a vault is made: carevaultd init --unseal-uid, once for each of two accounts
            """),
        Known(
            .conflict(what: "code-out", current: "K7"), 3,
            """
            error: an operator gave you a new one-time code, and your old secret opens nothing any more (reference K7)
            hint: make your new secret with the code: carevault enrol
            """),
        Known(
            .conflict(what: "separation", current: "K7"), 3,
            """
            error: this person holds a role that excludes the one you grant (reference K7)
            hint: carevault principal list shows it; whoever grants that role takes it back first: carevault revoke NAME
            """),
        Known(
            .conflict(what: "oneself", current: "K7"), 3,
            """
            error: nobody does this to themselves (reference K7)
            hint: a colleague in the same office does it for you
            """),
        Known(
            .loginNeeded(reason: "changed"), 5,
            """
            error: your login has ended: your account or rights were changed
            hint: log in again with: carevault login
            """),
        Known(
            .conflict(what: "draft", current: ""), 1,
            """
            error: the draft of the founding changed meanwhile
            hint: look at the new one with: carevault found
            """),
        Known(
            .conflict(what: "index", current: ""), 1,
            """
            error: another subject has that employee number or national id
            hint: find it with: carevault subject find
            """),
        Known(
            .conflict(what: "row", current: ""), 1,
            """
            error: somebody else changed this at the same time
            hint: look at it, then try again
            """),
        Known(
            .alreadyDone(what: "unsealed"), 1,
            """
            error: the vault is unsealed already
            hint: look at: carevault status
            """),
        Known(
            .alreadyDone(what: "sealed"), 1,
            """
            error: the vault is sealed already
            hint: look at: carevault status
            """),
        Known(
            .alreadyDone(what: "enrolled"), 1,
            """
            error: that principal is enrolled already
            hint: carevault principal list shows where everybody stands
            """),
        Known(
            .alreadyDone(what: "disabled"), 1,
            """
            error: that principal is disabled already
            hint: carevault principal list shows where everybody stands
            """),
        Known(
            .alreadyDone(what: "granted"), 1,
            """
            error: that is granted already
            hint: carevault principal list shows where everybody stands
            """),
        Known(
            .alreadyDone(what: "founded"), 1,
            """
            error: the vault is founded already
            hint: a custodian or an auditor grants roles now: carevault grant
            """),
        Known(
            .alreadyDone(what: "signed"), 1,
            """
            error: you have signed this founding already; the other signature is awaited
            hint: look at: carevault status
            """),
        Known(
            .alreadyDone(what: "rotation"), 1,
            """
            error: a rotation is under way already
            hint: look at: carevault key rotate storage status
            """),
        Known(
            .alreadyDone(what: "new"), 1,
            """
            error: that is done already
            hint: look at: carevault status
            """),
        Known(
            .idempotencyReused, 1,
            """
            error: the daemon took this for a repetition of another request and did nothing
            hint: run the command again
            """),
        Known(
            .staleSession(compartment: "medical"), 5,
            """
            error: the key of medical changed since you logged in
            hint: log in again with: carevault login
            """),
        Known(
            .fingerprintMismatch(whose: "vault"), 1,
            """
            error: those are not the words of this vault's fingerprint
            hint: compare them with the signed page; if they are right, do not go on: this is another vault
            """),
        Known(
            .fingerprintMismatch(whose: "other"), 1,
            """
            error: those words are not the fingerprint of the key that is stored
            hint: have them read out again; if they are right, do not go on: the stored key is not that person's
            """),
        Known(
            .outcomePending(reference: "K7"), 6,
            """
            error: it is stored, but its audit entry is not durable yet (reference K7)
            hint: it is not shown until then; ask the operator to look at: carevault status
            """),
        Known(
            .quarantined(reference: "K7"), 1,
            """
            error: it exists but fails its integrity check and is not shown (reference K7)
            hint: give the reference to the operator; a backup may hold it
            """),
        Known(
            .unavailable(cause: "log.full", remedy: "Free space."), 6,
            """
            error: the daemon cannot do this now: log.full
            hint: Free space.
            """),
        Known(
            .unavailable(cause: "disk.full", remedy: "Free space.", detail: "write: code 28"), 6,
            """
            error: the daemon cannot do this now: the disk is full
            hint: an operator frees some space; it goes on by itself
            hint: for the operator: write: code 28
            """),
        Known(
            .unavailable(cause: "log.full", remedy: ""), 6,
            """
            error: the daemon cannot do this now: log.full
            hint: look at: carevault status
            """),
        Known(
            .integrityFailure(
                code: "files.damaged", place: "/v/vault.db",
                found: "the store is at commit 9, the log has seen commit 12",
                remedy: "put back the files that belong together"), 1,
            """
            error: /v/vault.db: the store is at commit 9, the log has seen commit 12
            hint: nothing was opened or repaired; keep a copy of the files before anything else
            hint: put back the files that belong together
            """),
    ]

    private static let own = [
        Known(
            .connection(.timedOut(path: "/s", seconds: 60)), 6,
            """
            error: the daemon at /s did not answer within 60 seconds
            hint: whether it was done is unknown; look before you repeat it
            """),
        Known(
            .connection(.callTooLong(limit: 9)), 1,
            """
            error: that is more than the 9 bytes that the daemon takes at once
            hint: make it shorter
            """),
        Known(.input(.json(at: nil)), 1, "error: the record is not acceptable JSON"),
        Known(.input(.notAnObject), 1, "error: the record is not a JSON object"),
        Known(.input(.notText(source: "/f")), 1, "error: /f is not UTF-8 text"),
        Known(
            .input(.ambiguousPrincipal("0A")), 3,
            """
            error: several principals begin with 0A
            hint: type more of the identifier
            """),
        Known(
            .usage(.standardInputTwice), 2,
            "error: only one input can come from standard input\nhint: name a file for the other"),
        Known(
            .usage(.notADate(option: "--until")), 2,
            "error: --until takes a date such as 2027-12-31"),
        Known(
            .evidence(.otherLog(source: "/s")), 10, "error: /s belongs to another log"),
    ]

    @Test(arguments: service + own)
    func says(_ known: Known) {
        #expect(known.error.diagnostic.text(in: .english) == known.text + "\n")
        #expect(known.error.status.rawValue == known.status)
        // Chinese exists for each, and is another text.
        #expect(known.error.diagnostic.text(in: .simplifiedChinese) != known.text + "\n")
    }

    @Test func everyErrorOfTheWireIsAmongThem() {
        let elsewhere: Set<VaultWireError.Name> = [
            .interfaceNotFound, .methodNotFound, .methodNotImplemented, .sealed, .wrongSecret,
            .tooManyRequests, .invalidFields,
        ]
        let here = Self.service.compactMap { known -> VaultWireError.Name? in
            guard case .service(let error) = known.error else { return nil }
            return error.name
        }
        #expect(Set(here).union(elsewhere) == Set(VaultWireError.Name.allCases))
    }

    @Test func theDaemonIsAway() {
        let context = Harness.silent
        let errors = Recorder()
        var noting = context
        noting.errors = { errors.add($0) }
        let status = ClientProgram.run(["status", "--socket", "/dev/shm/none/s"], noting)
        #expect(status == 6)
        #expect(
            errors.text == """
                error: cannot connect to /dev/shm/none/s: no such file or directory
                hint: is carevaultd running? start it with: carevaultd run

                """)
        let long = "/" + String(repeating: "s", count: 107)
        #expect(ClientProgram.run(["status", "--socket", long], noting) == 6)
        #expect(errors.text.contains("has 108 bytes; a socket takes 107\n"))
    }

    @Test func whatAnswersIsNoDaemonOfOurs() throws {
        let harness = try Harness()
        for answer in [
            #"{"parameters":{"state":"open"}}"#, #"{"a":1}"#, "no", #"{"error":"x.y.Z"}"#,
            #"{"parameters":{},"continues":true}"#,
        ] {
            harness.service.onCall(VaultGetStatus.name) { _ in [Array(answer.utf8)] }
            let run = harness.run("status")
            #expect(run.status == 6, "\(answer)")
            #expect(
                run.errors == """
                    error: what answers at \(harness.service.path) does not speak as this client does
                    hint: is that the socket of carevaultd, of the same version?

                    """, "\(answer)")
        }
    }

    @Test func waitingEnds() throws {
        let harness = try Harness()
        harness.service.onCall(VaultGetStatus.name) { _ in [] }
        let connection = try Connection(harness.service.path)
        #expect(
            throws: ClientError.connection(
                .timedOut(path: harness.service.path, seconds: 1))
        ) {
            try connection.call(VaultGetStatus.self, NoFields(), seconds: 1)
        }
        // Of no use afterwards: a late answer would be taken for that of another call.
        #expect(throws: ClientError.self) {
            try connection.call(VaultGetStatus.self, NoFields(), seconds: 1)
        }
    }

    @Test func aCallThatIsTooLongIsNotSent() throws {
        let harness = try Harness()
        let connection = try Connection(harness.service.path)
        let text = String(repeating: "x", count: 1 << 20)
        #expect(throws: ClientError.connection(.callTooLong(limit: 1 << 20))) {
            try connection.call(SubjectsFind.self, .init(by: .name, text: text))
        }
        #expect(harness.service.members.isEmpty)
    }
}
