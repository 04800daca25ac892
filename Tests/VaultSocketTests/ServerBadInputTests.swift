import Foundation
import Synchronization
import Testing
import VaultCoding
import VaultPlatform
import VaultSocket
import VaultWire

/// What a careless or malicious client sends.
@Suite(.serialized) struct ServerBadInputTests {
    static let broken: [(bytes: [UInt8], error: WireError)] = [
        ([0], .emptyMessage),
        ([UInt8](repeating: 0, count: 300_000), .emptyMessage),
        (Array("{\"method\":7}\0".utf8), .wrongType(key: "method")),
        (Array("[]\0".utf8), .notAnObject),
        (Array("{\"method\":\"a.B\",\"extra\":1}\0".utf8), .unknownKey),
        (Array("{\"method\":\"a.B\",\"oneway\":true,\"more\":true}\0".utf8), .conflictingFlags),
        (Array("{}\0".utf8), .noMethod),
        (Array("GET / HTTP/1.1\r\n\r\n\0".utf8), .notJSON(.syntax(at: 0))),
        (
            [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) + 1),
            .messageTooLong(limit: 1 << 20)
        ),
    ]

    @Test(arguments: broken)
    func aBrokenMessageClosesItsConnectionAndNoOther(
        bytes: [UInt8], error: WireError
    ) async throws {
        let fixture = try ServerFixture { call, responder in responder.reply(echo(call)) }
        let other = try fixture.connect()
        let client = try fixture.connect()
        // The call before it is still answered; the one after it is never begun.
        try client.send([Call.numbered(1)])
        // The server may close before all is written.
        try? client.send(raw: bytes + Call.numbered(2).format() + [0])
        #expect(try client.receive()?.number == 1)
        #expect(try client.receive() == nil)
        try other.send([Call.numbered(3)])
        #expect(try other.receive()?.number == 3)
        let found = fixture.log.all.map {
            if case .brokenMessage(let error, _, _) = $0 { error } else { WireError.unknownError }
        }
        #expect(found == [error])
        await fixture.stop()
    }

    @Test func everyOneByteChangeIsAnsweredOrClosesTheConnection() async throws {
        let fixture = try ServerFixture { call, responder in responder.reply(echo(call)) }
        let seed = Call.numbered(1).format()
        var answered = 0
        for index in seed.indices {
            for byte in [0, 0x22, 0x5C, 0x7B, 0xC3, seed[index] ^ 1] as [UInt8]
            where byte != seed[index] {
                var mangled = seed
                mangled[index] = byte
                let client = try fixture.connect()
                try client.send(raw: mangled + [0])
                if try client.receive() != nil { answered += 1 }
            }
        }
        #expect(answered > 0)
        #expect(await eventually { fixture.isIdle })
        await fixture.stop()
    }

    @Test func aHalfMessageIsWaitedForButNotForEver() async throws {
        var limits = SocketLimits.standard
        limits.messagePatience = .milliseconds(300)
        let fixture = try ServerFixture(limits: limits) { call, responder in
            responder.reply(echo(call))
        }
        let client = try fixture.connect()
        let message = Call.numbered(1).format() + [0]
        try client.send(raw: Array(message[..<10]))
        try await Task.sleep(for: .milliseconds(50))
        try client.send(raw: Array(message[10...]))
        #expect(try client.receive()?.number == 1)
        // Idle between messages is no offence.
        try await Task.sleep(for: .milliseconds(500))
        try client.send(raw: message)
        #expect(try client.receive()?.number == 1)
        // One byte now and then does not move the deadline.
        let start = ContinuousClock.now
        for byte in message.dropLast() {
            guard (try? client.send(raw: [byte])) != nil, ContinuousClock.now - start < .seconds(2)
            else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try client.receive() == nil)
        #expect(ContinuousClock.now - start < .seconds(2))
        guard case .unfinishedMessage = fixture.log.all.first else {
            Issue.record("not reported: \(fixture.log.all)")
            return
        }
        await fixture.stop()
    }

    @Test func aClientThatNeverReadsIsStoppedThenClosed() async throws {
        var limits = SocketLimits.standard
        limits.readerPatience = .milliseconds(300)
        let handled = Mutex(0)
        let body = JSON.Object(["text": .string(String(repeating: "x", count: 50_000))])
        let fixture = try ServerFixture(limits: limits) { call, responder in
            handled.withLock { $0 += 1 }
            responder.reply(ReplyWriter.reply(raw: JSONBytes(body)))
        }
        let calls: [UInt8] = (0..<2000).flatMap { Call.numbered($0).format() + [0] }
        let path = fixture.path
        // 2000 replies would be 100 MB. The client writes until the server has given it up.
        let sent = Task {
            try await onThread {
                let client = try TestClient(path)
                while (try? client.send(raw: calls)) != nil {}
            }
        }
        #expect(await eventually { !fixture.log.all.isEmpty && fixture.isIdle })
        _ = try await sent.value
        // High mark, what the kernel holds, and a batch of calls: far below all of them.
        #expect(handled.withLock { $0 } < 200)
        guard case .stalledReader = fixture.log.all.first else {
            Issue.record("not reported: \(fixture.log.all)")
            return
        }
        await fixture.stop()
    }

    @Test func callsBeyondTheLimitOfAConnectionAreNotBegun() async throws {
        var limits = SocketLimits.standard
        limits.callsPerConnection = 4
        let desk = Desk()
        let fixture = try ServerFixture(limits: limits) { call, responder in
            desk.put(call, responder)
        }
        let client = try fixture.connect()
        try client.send((0..<20).map { Call.numbered($0) })
        for round in 0..<5 {
            #expect(await eventually { desk.count == 4 })
            try await Task.sleep(for: .milliseconds(20))
            #expect(desk.count == 4)
            for (call, responder) in desk.take() { responder.reply(echo(call)) }
            for number in 0..<4 { #expect(try client.receive()?.number == round * 4 + number) }
        }
        await fixture.stop()
    }

    @Test func callsBeyondTheLimitOfAUserWaitTheirTurn() async throws {
        var limits = SocketLimits.standard
        limits.callsPerUser = 3
        let desk = Desk()
        let fixture = try ServerFixture(limits: limits) { call, responder in
            desk.put(call, responder)
        }
        let clients = try (0..<8).map { _ in try fixture.connect() }
        for (number, client) in clients.enumerated() { try client.send([Call.numbered(number)]) }
        // One that waits goes away: its turn must not be lost.
        try await Task.sleep(for: .milliseconds(50))
        clients[7].close()
        var answered = 0
        while answered < 7 {
            #expect(await eventually { desk.count > 0 })
            try await Task.sleep(for: .milliseconds(10))
            #expect(desk.count <= 3)
            let taken = desk.take()
            answered += taken.filter { $0.call.parameters["n"] != 7 }.count
            for (call, responder) in taken { responder.reply(echo(call)) }
            if taken.isEmpty { break }
        }
        for (number, client) in clients.dropLast().enumerated() {
            #expect(try client.receive()?.number == number)
        }
        #expect(await eventually { fixture.server.load.calls == 0 })
        await fixture.stop()
    }

    @Test func theTurnOfAConnectionThatIsGoneIsNotLost() async throws {
        var limits = SocketLimits.standard
        limits.callsPerUser = 1
        let desk = Desk()
        let fixture = try ServerFixture(limits: limits) { call, responder in
            desk.put(call, responder)
        }
        let clients = try (0..<3).map { _ in try fixture.connect() }
        for (number, client) in clients.enumerated() {
            try client.send([Call.numbered(number)])
            #expect(await eventually { desk.count == 1 })
            try await Task.sleep(for: .milliseconds(30))
        }
        clients[1].close()
        #expect(await eventually { fixture.server.load.connections == 2 })
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        #expect(await eventually { desk.count == 1 })
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        #expect(try clients[2].receive()?.number == 2)
        await fixture.stop()
    }

    @Test func connectionsBeyondTheLimitAreClosedAtOnce() async throws {
        var limits = SocketLimits.standard
        limits.connectionsPerUser = 2
        let fixture = try ServerFixture(limits: limits) { call, responder in
            responder.reply(echo(call))
        }
        let first = try fixture.connect()
        let second = try fixture.connect()
        #expect(await eventually { fixture.server.load.connections == 2 })
        #expect(try fixture.connect().receive() == nil)
        #expect(
            fixture.log.all == [
                .refused(.tooManyConnectionsOfUser, user: Accounts.effectiveUser)
            ])
        first.close()
        #expect(await eventually { fixture.server.load.connections == 1 })
        let third = try fixture.connect()
        try third.send([Call.numbered(3)])
        #expect(try third.receive()?.number == 3)
        second.close()
        await fixture.stop()
    }

    @Test func thePeerIsTheKernelsWord() async throws {
        let peers = Mutex<[Peer]>([])
        let fixture = try ServerFixture { peer, _ in
            peers.withLock { $0.append(peer) }
            return ClosureHandler { call, responder in responder.reply(echo(call)) }
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(1)])
        #expect(try client.receive()?.number == 1)
        #expect(peers.withLock { $0.map(\.user) } == [Accounts.effectiveUser])
        await fixture.stop()
    }
}
