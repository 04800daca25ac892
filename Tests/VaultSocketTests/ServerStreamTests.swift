import Foundation
import Synchronization
import Testing
import VaultCoding
import VaultSocket
import VaultWire

/// Streams, their back-pressure, and the end of the service.
@Suite(.serialized) struct ServerStreamTests {
    private static func chunk(_ number: Int, bytes: Int = 10) -> [UInt8] {
        ReplyWriter.reply(
            raw: JSONBytes(
                JSON.Object([
                    "n": .int(Int64(number)), "text": .string(String(repeating: "x", count: bytes)),
                ])), continues: true)
    }

    @Test func aStreamWaitsForItsReader() async throws {
        let made = Mutex(0)
        let fixture = try ServerFixture { call, responder in
            Thread.detachNewThread {
                for number in 0..<60 {
                    guard responder.streamWaiting(Self.chunk(number, bytes: 100_000)) else {
                        return
                    }
                    // The second call streams in vain and waits for nobody: it does not count.
                    if call.more { made.withLock { $0 += 1 } }
                }
                responder.reply(echo(call))
            }
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(60, more: true), Call.numbered(61)])
        try await Task.sleep(for: .milliseconds(200))
        // 6 MB are to be sent; the marks and the kernel hold about one.
        #expect(made.withLock { $0 } < 40)
        for number in 0..<60 {
            let reply = try #require(try client.receive())
            #expect(reply.number == number && reply.continues)
        }
        let last = try #require(try client.receive())
        #expect(last.number == 60 && !last.continues)
        // The call after the stream, whose producer streams in vain, for it did not say `more`.
        let single = try #require(try client.receive())
        #expect(single.number == 61 && !single.continues)
        await fixture.stop()
    }

    @Test func aStreamEndsWhenTheClientGoes() async throws {
        let ended = Mutex(false)
        let closed = Mutex(0)
        let fixture = try ServerFixture { _, _ in
            ClosureHandler { _, responder in
                Thread.detachNewThread {
                    var number = 0
                    while responder.streamWaiting(Self.chunk(number, bytes: 100_000)) {
                        number += 1
                    }
                    responder.fail(.sealed, in: .audit)
                    ended.withLock { $0 = true }
                }
            } onClosed: {
                closed.withLock { $0 += 1 }
            }
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(0, more: true)])
        #expect(try client.receive()?.number == 0)
        client.close()
        #expect(await eventually { ended.withLock { $0 } })
        #expect(await eventually { fixture.isIdle })
        #expect(closed.withLock { $0 } == 1)
        await fixture.stop()
    }

    @Test func producersThatAskAreToldWhenThereIsRoom() async throws {
        let fixture = try ServerFixture { call, responder in
            produce(0, call, responder)
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(500, more: true)])
        for number in 0..<500 { #expect(try client.receive()?.number == number) }
        #expect(try client.receive()?.continues == false)
        await fixture.stop()

        @Sendable func produce(_ first: Int, _ call: Call, _ responder: Responder) {
            var number = first
            while number < 500, responder.isWritable {
                responder.stream(Self.chunk(number))
                number += 1
            }
            guard number < 500 else {
                responder.reply(echo(call))
                return
            }
            let next = number
            responder.whenWritable {
                DispatchQueue.global().async { produce(next, call, responder) }
            }
        }
    }

    @Test func shutdownAnswersWhatIsInHand() async throws {
        let desk = Desk()
        let closed = Mutex(0)
        let fixture = try ServerFixture { _, _ in
            ClosureHandler {
                desk.put($0, $1)
            } onClosed: {
                closed.withLock { $0 += 1 }
            }
        }
        // One of each on every event loop, which take turns.
        let busy = [try fixture.connect(), try fixture.connect()]
        let idle = [try fixture.connect(), try fixture.connect()]
        for client in busy { try client.send([Call.numbered(1)]) }
        #expect(await eventually { desk.count == 2 && fixture.server.load.connections == 4 })
        let stopped = Task { await fixture.server.shutdown(grace: .seconds(20)) }
        for client in idle { #expect(try client.receive() == nil) }
        #expect(throws: (any Error).self) { _ = try fixture.connect() }
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        for client in busy {
            #expect(try client.receive()?.number == 1)
            #expect(try client.receive() == nil)
        }
        let start = ContinuousClock.now
        await stopped.value
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(closed.withLock { $0 } == 4)
        #expect(fixture.log.all == [])
    }

    @Test func shutdownDoesNotWaitForEver() async throws {
        let desk = Desk()
        let fixture = try ServerFixture { call, responder in desk.put(call, responder) }
        let client = try fixture.connect()
        try client.send([Call.numbered(1)])
        #expect(await eventually { desk.count == 1 })
        let start = ContinuousClock.now
        await fixture.server.shutdown(grace: .milliseconds(200))
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(try client.receive() == nil)
        guard case .drainOverdue = fixture.log.all.first else {
            Issue.record("not reported: \(fixture.log.all)")
            return
        }
        // An answer after the end goes nowhere and harms nothing.
        for (call, responder) in desk.take() {
            #expect(responder.isClosed)
            responder.reply(echo(call))
        }
    }
}
