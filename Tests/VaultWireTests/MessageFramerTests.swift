import Testing
import VaultWire

/// A clock that stands until it is told to go on.
struct HandClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }
    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}

    static func at(_ seconds: Int) -> Instant { Instant(offset: .seconds(seconds)) }
}

/// Feeds chunks one after another and collects the messages.
private func messages(
    _ chunks: [[UInt8]], limit: Int = 64
) throws(WireError) -> [[UInt8]] {
    var framer = MessageFramer<HandClock>(
        limits: MessageLimits(bytes: limit, depth: 4), patience: .seconds(10))
    var found: [[UInt8]] = []
    for chunk in chunks {
        try framer.feed(chunk.span, now: HandClock.at(0)) { message in
            found.append(message.indices.map { message[$0] })
        }
    }
    return found
}

@Suite struct MessageFramerTests {
    private let stream: [UInt8] = Array("a\0bc\0def\0{}\0".utf8)
    private let expected = ["a", "bc", "def", "{}"].map { Array($0.utf8) }

    @Test func everyWayToCutTheStreamInThreeGivesTheSameMessages() throws {
        for first in 0...stream.count {
            for second in first...stream.count {
                let chunks = [stream[..<first], stream[first..<second], stream[second...]]
                #expect(try messages(chunks.map { Array($0) }) == expected)
            }
        }
    }

    @Test func aByteAtATime() throws {
        #expect(try messages(stream.map { [$0] }) == expected)
    }

    @Test func theLimitIsExact() throws {
        let longest = [UInt8](repeating: 0x78, count: 64)
        #expect(try messages([longest + [0]]) == [longest])
        #expect(try messages([longest, [0]]) == [longest])
        #expect(throws: WireError.messageTooLong(limit: 64)) {
            try messages([longest + [0x78, 0]])
        }
        // Also before its end has come, or a peer could make the service hold any amount.
        #expect(throws: WireError.messageTooLong(limit: 64)) { try messages([longest, [0x78]]) }
        #expect(throws: WireError.messageTooLong(limit: 64)) { try messages([longest + [0x78]]) }
    }

    @Test func anEmptyMessageIsAnErrorAndStaysOne() {
        #expect(throws: WireError.emptyMessage) { try messages([[0]]) }
        #expect(throws: WireError.emptyMessage) { try messages([[0x78, 0, 0]]) }
        var framer = MessageFramer<HandClock>(patience: .seconds(1))
        var lent = 0
        var errors: [WireError] = []
        for chunk: [UInt8] in [[0, 0, 0], [0x78, 0]] {
            do throws(WireError) {
                try framer.feed(chunk.span, now: HandClock.at(0)) { _ in lent += 1 }
            } catch {
                errors.append(error)
            }
        }
        #expect(lent == 0)
        #expect(errors == [.emptyMessage, .emptyMessage])
    }

    @Test func theDeadlineRunsFromTheFirstByteAndLaterOnesDoNotMoveIt() throws {
        var framer = MessageFramer<HandClock>(patience: .seconds(10))
        let before = framer.deadline
        #expect(before == nil)
        for second in 0..<5 {
            try framer.feed([0x78].span, now: HandClock.at(second)) { _ in }
        }
        let begun = (
            framer.deadline, framer.isOverdue(at: HandClock.at(9)),
            framer.isOverdue(at: HandClock.at(10))
        )
        #expect(begun == (HandClock.at(10), false, true))
        try framer.feed([0].span, now: HandClock.at(9)) { _ in }
        let complete = framer.deadline
        #expect(complete == nil)
        try framer.feed([0x78, 0, 0x79].span, now: HandClock.at(20)) { _ in }
        let next = (framer.deadline, framer.pendingBytes)
        #expect(next == (HandClock.at(30), 1))
        framer.abandon()
        let abandoned = (framer.deadline, framer.pendingBytes)
        #expect(abandoned == (nil, 0))
    }

    @Test func anErrorOfTheReaderStopsTheStream() {
        var framer = MessageFramer<HandClock>(patience: .seconds(10))
        var lent = 0
        var errors: [WireError] = []
        for _ in 0..<2 {
            do throws(WireError) {
                try framer.feed([0x78, 0, 0x79, 0].span, now: HandClock.at(0)) {
                    _ throws(WireError) in
                    lent += 1
                    throw WireError.notAnObject
                }
            } catch {
                errors.append(error)
            }
        }
        #expect(lent == 1)
        #expect(errors == [.notAnObject, .notAnObject])
    }
}
