import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct AccountTests {
    private static let person = WirePrincipal(
        id: Samples.principal, name: "李梅", uid: 1001, state: .granted, roles: ["counsellor"],
        compartments: ["registry"], unit: "A", employer: "other office",
        ends: 1_798_761_600_000_000, fingerprintWords: Samples.words)

    private func harness() throws -> Harness {
        let harness = try Harness()
        harness.logIn()
        harness.service.on(DirectoryListPrincipals.self, .init(principals: [Self.person]))
        return harness
    }

    @Test func showsAPersonAndWhoSigned() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryGetPrincipal.self,
            .init(
                principal: Self.person,
                statements: [
                    .init(
                        number: 5, kind: "enlist", time: 1_760_000_000_000_000,
                        signers: ["olga"]),
                    .init(
                        number: 6, kind: "care-grant", time: 1_760_000_001_000_000,
                        signers: ["cora"]),
                    .init(
                        number: 7, kind: "later-kind", time: 1_760_000_002_000_000,
                        signers: ["cora", "aude"]),
                ]))
        #expect(
            harness.run("principal", "show", "李梅").output == """
                name:         李梅
                identifier:   \(Samples.principal)
                uid:          1001
                state:        granted
                roles:        counsellor
                compartments: registry
                unit:         A
                employer:     other office
                ends:         2026-12-31 (the grant has ended)
                fingerprint:  \(Samples.words.joined(separator: " "))

                statement  kind                time                  signed by
                        5  enlisted            2025-10-09T08:53:20Z  olga
                        6  granted care roles  2025-10-09T08:53:21Z  cora
                        7  later-kind          2025-10-09T08:53:22Z  cora, aude

                """)
        #expect(harness.service.calls(DirectoryGetPrincipal.self)[0].principal == Self.person.id)
    }

    @Test func changesAccounts() throws {
        let harness = try harness()
        harness.service.on(DirectoryEnable.self, .init(statement: 9))
        harness.service.on(DirectoryAmend.self, .init(statement: 10))
        harness.service.on(DirectoryRebind.self, .init(statement: 11, sessionsEnded: 2))
        #expect(
            harness.run("principal", "enable", "李梅").output
                == "李梅 is enabled, without rights (statement 9); "
                + "a custodian or an auditor grants again\n")
        #expect(
            harness.run("principal", "amend", "李梅", "--name", "李小梅").output
                == "李梅 is called 李小梅 now (statement 10)\n")
        #expect(
            harness.run("principal", "rebind", "李梅", "--uid", "root").output
                == "李梅 logs in from uid 0 now (statement 11); 2 logins ended\n")
        #expect(harness.service.calls(DirectoryAmend.self).map(\.name) == ["李小梅"])
        #expect(harness.service.calls(DirectoryRebind.self).map(\.uid) == [0])
        harness.service.refuse(DirectoryEnable.self, .alreadyDone(what: "enabled"))
        #expect(
            harness.run("principal", "enable", "李梅").errors.hasPrefix(
                "error: that principal is not disabled\n"))
    }

    @Test func whoLeavesLeavesAList() throws {
        let harness = try harness()
        harness.service.on(
            DirectoryLeave.self,
            .init(
                statement: 9, sessionsEnded: 1,
                remaining: [
                    .init(task: "slots", role: "operator", items: ["init", "safe"]),
                    .init(task: "grant", role: "custodian", items: ["counsellor"]),
                    .init(task: "later-task", role: "auditor", items: []),
                ]))
        #expect(
            harness.run("principal", "leave", "李梅").output
                == """
                李梅 is disabled; 1 login ended
                what remains to do:
                whose work  what to do                                     about       how
                operator    replace the unseal secrets that they may know  init, safe  no command yet: keep the disk and its copies from them
                custodian   take the grant back                            counsellor  carevault revoke '李梅'
                auditor     later-task                                     none        -

                """)
        harness.service.on(DirectoryLeave.self, .init(sessionsEnded: 0, remaining: []))
        #expect(
            harness.run("principal", "leave", "李梅").output
                == "李梅 was disabled before; 0 logins ended\nnothing remains to do\n")
        #expect(
            harness.run("principal", "leave", "李梅", "--json").output
                == #"{"format":1,"sessions_ended":0,"remaining":[]}"# + "\n")
    }
}
