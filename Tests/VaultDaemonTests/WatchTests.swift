import Testing
import VaultCoding
import VaultEngine
import VaultWire

@testable import VaultDaemon

/// `Vault.Watch` over a real socket.
@Suite(.serialized) struct WatchTests {
    private func begin(_ client: Client) throws {
        try client.send(Call.format(VaultWatch.self, NoFields(), more: true) + [0])
    }

    private func next(_ client: Client) throws -> VaultWatch.Reply {
        let message = try #require(try client.receive(), "the stream ended")
        return try Reply(parsing: message).result(of: VaultWatch.self).get()
    }

    /// The present state up to the sign of life that ends it.
    private func present(_ client: Client) throws -> [VaultWatch.Reply] {
        var all: [VaultWatch.Reply] = []
        while true {
            let notice = try next(client)
            #expect(notice.present)
            if notice.kind == .alive { return all }
            all.append(notice)
        }
    }

    @Test func tellsTheStateAndEachChange() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        let client = try scene.connect()
        try begin(client)
        let first = try present(client)
        #expect(first.map(\.kind) == [.state])
        #expect(first.map(\.code) == ["sealed"])
        try scene.unseal()
        #expect(try next(client).finding?.code == "settings.shared-uid")
        let unsealed = try next(client)
        #expect(unsealed.kind == .state && unsealed.code == "unsealed" && !unsealed.present)
        #expect(unsealed.severity == .amber)
        // Somebody who comes now is told what is there.
        let late = try scene.connect()
        try begin(late)
        let now = try present(late)
        #expect(now.map(\.code) == ["unsealed", "settings.shared-uid"])
        #expect(now.last?.finding?.remedy.isEmpty == false)
        let opal = try scene.login("Opal", scene.key("operator.key"))
        _ = try opal.ask(VaultSeal.self, .init())
        for client in [client, late] {
            #expect(try next(client).code == "sealed")
        }
        await scene.stop()
        for client in [client, late] {
            #expect(try next(client).code == "stopping")
            #expect(try client.receive() == nil)
        }
    }

    @Test func whatPeopleDoIsForThoseWhoAnswerForThem() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        try scene.unseal()
        let opal = try scene.login("Opal", scene.key("operator.key"))
        let (known, stranger) = (
            try scene.login("Opal", scene.key("operator.key")), try scene.connect()
        )
        for client in [known, stranger] {
            try begin(client)
            _ = try present(client)
        }
        _ = try opal.ask(
            DirectoryEnlist.self, .init(name: "Paul", uid: 77, idempotency: DaemonScene.request))
        let notice = try next(known)
        #expect(notice.kind == .people)
        #expect(notice.code == "principal.enlist")
        #expect(notice.finding == nil)
        _ = try opal.ask(VaultSeal.self, .init())
        #expect(try next(known).code == "sealed")
        #expect(try next(stranger).code == "sealed", "a stranger heard of people")
        await scene.stop()
    }

    @Test func needsMoreAndHasItsBounds() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        #expect(try scene.connect().refusal(VaultWatch.self, .init()) == .expectedMore)
        var clients: [Client] = []
        for _ in 0..<8 {
            let client = try scene.connect()
            try begin(client)
            _ = try present(client)
            clients.append(client)
        }
        let ninth = try scene.connect()
        try begin(ninth)
        let message = try #require(try ninth.receive())
        guard
            case .failure(.tooManyRequests) = try Reply(parsing: message).result(
                of: VaultWatch.self)
        else {
            Issue.record("a ninth watcher of one account")
            return
        }
        // A place is given back by who goes.
        clients.removeLast()
        var isIn = false
        for _ in 0..<1_000 where !isIn {
            let again = try scene.connect()
            try begin(again)
            let message = try #require(try again.receive())
            if case .success = try Reply(parsing: message).result(of: VaultWatch.self) {
                isIn = true
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        #expect(isIn)
        await scene.stop()
    }

    @Test func aSignOfLifeComesAgainAndAgain() async throws {
        let scene = try DaemonScene()
        try await scene.start(heartbeat: 20)
        let client = try scene.connect()
        try begin(client)
        _ = try present(client)
        for _ in 0..<3 {
            let alive = try next(client)
            #expect(alive.kind == .alive && !alive.present)
        }
        await scene.stop()
    }

    /// Silence about people must not pass for a quiet day.
    @Test func anEndedLoginIsSaidOnce() async throws {
        let scene = try DaemonScene()
        try await scene.start(heartbeat: 20)
        try scene.unseal()
        let (known, stranger) = (
            try scene.login("Opal", scene.key("operator.key")), try scene.connect()
        )
        for client in [known, stranger] {
            try begin(client)
            _ = try present(client)
        }
        let other = try scene.login("Opal", scene.key("operator.key"))
        _ = try other.ask(VaultSeal.self, .init())
        var codes: [String] = []
        // Which comes first is not said: the seal ends logins on its way.
        while !codes.contains("sealed") || !codes.contains("login.over") {
            codes.append(try next(known).code)
        }
        while codes.suffix(3) != ["alive", "alive", "alive"] { codes.append(try next(known).code) }
        #expect(codes.count { $0 == "login.over" } == 1)
        var heard: [String] = []
        while heard.drop(while: { $0 != "sealed" }).count(where: { $0 == "alive" }) < 3 {
            heard.append(try next(stranger).code)
        }
        #expect(!heard.contains("login.over"))
        await scene.stop()
    }

    /// Somebody who does not read costs a bounded row of notices and holds nobody up; once they read
    /// again they hear how much they missed, and the present state.
    @Test func aSlowReaderMissesNoticesAndNobodyElseDoes() async throws {
        let scene = try DaemonScene()
        let vault = try await scene.start()
        let (slow, quick) = (try scene.connect(), try scene.connect())
        for client in [slow, quick] { try begin(client) }
        _ = try present(quick)
        let rounds = 3_000
        for number in 0..<rounds {
            // Long enough that buffers of sockets and connections fill.
            let detail = String(repeating: "x", count: 400)
            if number.isMultiple(of: 2) {
                vault.report(HealthFinding(.diskLow, detail: detail, value: 1))
            } else {
                vault.reportWell(.diskLow)
            }
            #expect(try next(quick).code == "disk.low", "\(number)")
        }
        vault.report(HealthFinding(.keyOld, value: 400))
        #expect(try next(quick).code == "key.old")
        var seen = 0
        var dropped: Int64 = 0
        _ = try present(slow)
        while true {
            let notice = try next(slow)
            seen += 1
            if notice.dropped > 0 {
                dropped = notice.dropped
                #expect(notice.present && notice.kind == .state)
                seen -= 1
                break
            }
        }
        #expect(seen + Int(dropped) == rounds + 1)
        #expect(dropped > 100)
        #expect(try next(slow).finding?.code == "key.old")
        #expect(try next(slow).kind == .alive)
        await scene.stop()
    }
}
