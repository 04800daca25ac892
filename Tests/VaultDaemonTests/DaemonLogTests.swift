import Synchronization
import Testing
import VaultEngine
import VaultPlatform
import VaultSocket

@testable import VaultDaemon

@Suite struct DaemonLogTests {
    private func line(_ event: DaemonEvent, _ style: LineLogHandler.Style = .journal) -> String {
        let lines = Mutex("")
        DaemonLog(style: style) { text in lines.withLock { $0 += text } }.write(event)
        return lines.withLock { $0 }
    }

    @Test func writesOneLineForEachEvent() {
        #expect(
            line(.engine(.unsealed(adopted: 2, statements: 9, recovered: 0)))
                == "<5>vault unsealed adopted=2 statements=9 recovered=0\n")
        #expect(line(.engine(.unsealFailed(uid: 1000))) == "<4>unseal failed uid=1000\n")
        #expect(line(.engine(.sealed(reason: .statements))).hasPrefix("<2>vault sealed"))
    }

    @Test func datesLinesOutsideTheJournal() throws {
        let text = line(.stopped, .dated)
        #expect(text.hasSuffix("Z notice: stopped\n"))
        #expect(text.hasPrefix("20"))
    }

    @Test func cannotBeTurnedAroundByAPath() {
        let text = line(.started(version: "1", data: "/a b\n\u{1B}[2J\"="))
        #expect(text.split(separator: "\n").count == 1)
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains(#"data="/a b"#))
        #expect(text.contains(#"\""#))
    }

    @Test func namesABrokenMessageByCodeAlone() {
        let peer = Peer(user: 1, group: 1)
        let text = line(.socket(.refused(.stopping, user: peer.user)))
        #expect(text == "<4>connection refused: stopping uid=1\n")
    }
}
