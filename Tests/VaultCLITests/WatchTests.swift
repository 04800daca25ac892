import Synchronization
import Testing
import VaultPlatform
import VaultWire

@testable import VaultCLI

@Suite(.serialized) struct WatchTests {
    private static let time: Int64 = 1_800_000_000_000_000

    private static func message(
        _ kind: WireNoticeKind, _ code: String, _ severity: WireHealth, present: Bool = false,
        dropped: Int64 = 0, finding: WireFinding? = nil, count: Int64? = nil
    ) -> [UInt8] {
        ReplyWriter.reply(
            VaultWatch.Reply(
                time: time, kind: kind, code: code, severity: severity, present: present,
                dropped: dropped, finding: finding, count: count), continues: true)
    }

    private static let disk = WireFinding(
        code: "disk.low", severity: .red, cause: "English.", remedy: "English.", detail: "/data",
        value: 3 << 20)

    private static let present = [
        message(.state, "sealed", .red, present: true),
        message(.finding, "disk.low", .red, present: true, finding: disk),
        message(.alive, "alive", .red, present: true),
    ]

    @Test func showsThePresentStateOnce() throws {
        let harness = try Harness()
        harness.service.onCall(VaultWatch.name) { call in
            call.more ? Self.present : nil
        }
        let run = harness.run("watch", "--once")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                2027-01-15T08:00:00Z red sealed: (present) the vault is sealed
                2027-01-15T08:00:00Z red disk.low: (present) Only 3 MiB are free where /data lies; \
                when it is full, nothing is read or changed.

                """)
        let chinese = harness.run("watch", "--once", "--language", "zh").output
        #expect(
            chinese.contains("红 disk.low：（现状）/data 所在磁盘仅剩 3 MiB；写满后将暂停一切读写。\n"))
        let lines = harness.run("watch", "--once", "--json").output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines.last == """
                {"format":1,"time_us":1800000000000000,"kind":"alive","code":"alive",\
                "severity":"red","present":true,"dropped":0}
                """)
    }

    @Test func saysWhatHappened() throws {
        let harness = try Harness()
        harness.service.onCall(VaultWatch.name) { _ in
            [
                Self.message(.cleared, "disk.low", .green),
                Self.message(.people, "login.refused", .amber, count: 7),
                Self.message(.people, "principal.disable", .green),
                Self.message(.people, "some.thing", .green),
                Self.message(.state, "unsealed", .green, present: true, dropped: 12),
                Self.message(.alive, "alive", .green),
            ]
        }
        #expect(
            harness.run("watch", "--once").output == """
                2027-01-15T08:00:00Z green disk.low: this is over
                2027-01-15T08:00:00Z amber login.refused: 7 calls of an account were refused before a login
                2027-01-15T08:00:00Z green principal.disable: a person was disabled
                2027-01-15T08:00:00Z green some.thing: an act took effect
                12 notices were dropped because they were not read in time
                2027-01-15T08:00:00Z green unsealed: (present) the vault is unsealed

                """)
    }

    @Test func endsWhereThereIsNoDaemon() throws {
        let harness = try Harness()
        harness.service.stop()
        try? Files.remove(harness.service.path)
        for arguments in [["watch"], ["watch", "--once"]] {
            let run = arguments.count == 1 ? harness.run("watch") : harness.run("watch", "--once")
            #expect(run.status == 6)
            #expect(run.output == "")
            #expect(run.errors.hasPrefix("error: cannot connect to"))
        }
    }

    @Test func findsADaemonAgain() throws {
        let harness = try Harness()
        let asked = Mutex(0)
        harness.service.onCall(VaultWatch.name) { _ in
            let number = asked.withLock { number in
                number += 1
                return number
            }
            // The third time something ends the program, which would go on for ever.
            return number < 3
                ? Self.present : [ReplyWriter.error(.permissionDenied, in: .service)]
        }
        // A service that sends and then closes: the fake one serves one connection at a time.
        harness.service.closesAfterAnswer = true
        let run = harness.run("watch")
        #expect(run.status == 3)
        let codes = run.output.split(separator: "\n").map { line in
            line.split(separator: " ").dropFirst(2).first.map { $0.dropLast() } ?? ""
        }
        #expect(
            codes == [
                "sealed", "disk.low", "connection.lost", "connection.back", "sealed", "disk.low",
                "connection.lost",
            ])
    }

    @Test func usesTheLoginThatIsKept() throws {
        let harness = try Harness()
        harness.logIn()
        harness.service.onCall(VaultWatch.name) { _ in Self.present }
        _ = harness.run("watch", "--once")
        #expect(harness.service.members.suffix(2) == ["Resume", "Watch"])
        // One that is over is no reason to see nothing.
        harness.service.refuse(SessionResume.self, .loginNeeded(reason: "expired"))
        #expect(harness.run("watch", "--once").status == 0)
    }
}
