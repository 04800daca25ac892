import Foundation
import Synchronization
import Testing
import VaultCoding
import VaultSocket
import VaultWire

/// Many calls at once, in order.
@Suite(.serialized) struct ServerOrderTests {
    @Test func pipelinedCallsAreAnsweredInOrder() async throws {
        let fixture = try ServerFixture { call, responder in responder.reply(echo(call)) }
        let client = try fixture.connect()
        // Far more than the limit of calls in hand, in one write.
        try client.send((0..<500).map { Call.numbered($0) })
        for number in 0..<500 { #expect(try client.receive()?.number == number) }
        await fixture.stop()
        #expect(fixture.log.all == [])
    }

    @Test func completionsInReverseFromOtherThreadsLeaveInOrder() async throws {
        let desk = Desk()
        let fixture = try ServerFixture { call, responder in desk.put(call, responder) }
        let client = try fixture.connect()
        for round in 0..<20 {
            try client.send((0..<8).map { Call.numbered(round * 8 + $0) })
            #expect(await eventually { desk.count == 8 })
            for (call, responder) in desk.take().reversed() {
                Thread.detachNewThread { responder.reply(echo(call)) }
            }
            for number in 0..<8 { #expect(try client.receive()?.number == round * 8 + number) }
        }
        await fixture.stop()
    }

    @Test func sixtyFourConnectionsEcho() async throws {
        let worker = DispatchQueue(label: "worker")
        let fixture = try ServerFixture { call, responder in
            // Half answer at once on the event loop, half from one other thread.
            if call.parameters["n"]?.int?.isMultiple(of: 2) == true {
                responder.reply(echo(call))
            } else {
                worker.async { responder.reply(echo(call)) }
            }
        }
        let path = fixture.path
        try await withThrowingTaskGroup(of: Int.self) { group in
            for connection in 0..<64 {
                group.addTask {
                    try await onThread {
                        let client = try TestClient(path)
                        var right = 0
                        for batch in 0..<20 {
                            let numbers = (0..<10).map { connection * 1000 + batch * 10 + $0 }
                            try client.send(numbers.map { Call.numbered($0) })
                            for number in numbers where try client.receive()?.number == number {
                                right += 1
                            }
                        }
                        return right
                    }
                }
            }
            for try await right in group { #expect(right == 200) }
        }
        #expect(await eventually { fixture.isIdle })
        await fixture.stop()
        #expect(fixture.log.all == [])
    }

    @Test func aCallThatRunsAloneIsAlone() async throws {
        let desk = Desk()
        let fixture = try ServerFixture { call, responder in desk.put(call, responder) }
        let client = try fixture.connect()
        try client.send(
            ["a.One", "a.Two", "a.Alone", "a.Three"].enumerated().map {
                Call.numbered($0.offset, method: $0.element)
            })
        #expect(await eventually { desk.count == 2 })
        try await Task.sleep(for: .milliseconds(30))
        #expect(desk.methods == ["a.One", "a.Two"])
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        #expect(await eventually { desk.count == 1 })
        try await Task.sleep(for: .milliseconds(30))
        #expect(desk.methods == ["a.Alone"])
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        #expect(await eventually { desk.methods == ["a.Three"] })
        for (call, responder) in desk.take() { responder.reply(echo(call)) }
        for number in 0..<4 { #expect(try client.receive()?.number == number) }
        await fixture.stop()
    }

    @Test func oneWayCallsGetNoReplyNotEvenAnError() async throws {
        let seen = Mutex(0)
        let fixture = try ServerFixture { call, responder in
            seen.withLock { $0 += 1 }
            if call.oneway {
                responder.fail(.sealed, in: .vault)
            } else {
                responder.reply(echo(call))
            }
        }
        let client = try fixture.connect()
        try client.send([
            Call(method: "a.B", oneway: true), Call.numbered(1), Call(method: "a.B", oneway: true),
            Call.numbered(2),
        ])
        #expect(try client.receive()?.number == 1)
        #expect(try client.receive()?.number == 2)
        #expect(seen.withLock { $0 } == 4)
        await fixture.stop()
    }

    @Test func aSecondReplyIsDropped() async throws {
        let second = Mutex<[Bool]>([])
        let fixture = try ServerFixture { call, responder in
            let results = [responder.reply(echo(call)), responder.reply(echo(call))]
            second.withLock { $0 += results }
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(1), Call.numbered(2)])
        #expect(try client.receive()?.number == 1)
        #expect(try client.receive()?.number == 2)
        #expect(second.withLock { $0 } == [true, false, true, false])
        await fixture.stop()
    }

    @Test func aCallThatIsLetGoClosesTheConnection() async throws {
        let fixture = try ServerFixture { call, responder in
            if call.parameters["n"] == 1 { responder.reply(echo(call)) }
        }
        let client = try fixture.connect()
        try client.send([Call.numbered(1)])
        #expect(try client.receive()?.number == 1)
        try client.send([Call.numbered(2)])
        #expect(try client.receive() == nil)
        #expect(await eventually { fixture.isIdle })
        guard case .unanswered = fixture.log.all.first else {
            Issue.record("not reported: \(fixture.log.all)")
            return
        }
        await fixture.stop()
    }
}
