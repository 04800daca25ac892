import Testing
import VaultWire

@testable import VaultSocket

@Suite struct CallQueueTests {
    private func begin(_ queue: inout CallQueue, _ count: Int) {
        for number in 0..<count { queue.append(Call(method: "a.B\(number)"), runsAlone: false) }
        for _ in 0..<count { _ = queue.begin() }
    }

    private func output(_ queue: inout CallQueue) -> [[UInt8]] {
        var found: [[UInt8]] = []
        while let next = queue.nextOutput() { found.append(next.message) }
        return found
    }

    @Test func everyOrderOfFiveCompletionsLeavesInTheOrderOfTheCalls() {
        for order in permutations([0, 1, 2, 3, 4] as [UInt64]) {
            var queue = CallQueue(limit: 8)
            begin(&queue, 5)
            var left: [[UInt8]] = []
            for sequence in order {
                queue.complete(sequence, [UInt8(sequence) + 1], isFinal: true)
                left += output(&queue)
            }
            #expect(left == [[1], [2], [3], [4], [5]])
            #expect(queue.isEmpty)
        }
    }

    @Test func theLimitCountsCallsWhoseRepliesHaveNotLeft() {
        var queue = CallQueue(limit: 2)
        for _ in 0..<3 { queue.append(Call(method: "a.B"), runsAlone: false) }
        _ = queue.begin()
        _ = queue.begin()
        #expect(!queue.canBegin)
        // The second is done, but its reply waits for the first.
        queue.complete(1, [2], isFinal: true)
        #expect(queue.nextOutput() == nil && !queue.canBegin)
        queue.complete(0, [1], isFinal: true)
        #expect(output(&queue) == [[1], [2]])
        #expect(queue.canBegin && queue.backlog == 1)
    }

    @Test func aCallThatRunsAloneWaitsAndHoldsUp() {
        var queue = CallQueue(limit: 8)
        queue.append(Call(method: "a.First"), runsAlone: false)
        queue.append(Call(method: "a.Login"), runsAlone: true)
        queue.append(Call(method: "a.Next"), runsAlone: false)
        #expect(queue.begin().call.method == "a.First")
        #expect(!queue.canBegin)
        queue.complete(0, [1], isFinal: true)
        #expect(queue.canBegin)
        #expect(queue.begin().call.method == "a.Login")
        #expect(!queue.canBegin)
        queue.complete(1, [2], isFinal: true)
        #expect(queue.canBegin)
        #expect(queue.begin().call.method == "a.Next")
        #expect(!queue.canBegin && queue.backlog == 0)
    }

    @Test func streamsOfLaterCallsWaitForTheirTurn() {
        var queue = CallQueue(limit: 8)
        queue.append(Call(method: "a.B"), runsAlone: false)
        queue.append(Call(method: "a.C", more: true), runsAlone: false)
        _ = queue.begin()
        let flow = queue.begin().flow
        #expect(flow != nil)
        queue.complete(1, [2], isFinal: false)
        #expect(queue.nextOutput() == nil)
        queue.complete(0, [1], isFinal: true)
        #expect(output(&queue) == [[1], [2]])
        queue.complete(1, [3], isFinal: false)
        queue.complete(1, [4], isFinal: true)
        #expect(output(&queue) == [[3], [4]])
        #expect(queue.isEmpty)
    }

    @Test func whatComesTwiceOrTooLateIsIgnored() {
        var queue = CallQueue(limit: 8)
        begin(&queue, 2)
        queue.complete(0, [1], isFinal: true)
        queue.complete(0, [9], isFinal: true)
        queue.complete(7, [9], isFinal: true)
        #expect(output(&queue) == [[1]])
        queue.complete(0, [9], isFinal: true)
        queue.cancel()
        queue.complete(1, [9], isFinal: true)
        #expect(queue.nextOutput() == nil && queue.isEmpty)
    }

    @Test func oneWayCallsLeaveNothing() {
        var queue = CallQueue(limit: 8)
        begin(&queue, 3)
        queue.complete(0, [], isFinal: true)
        queue.complete(1, [2], isFinal: true)
        queue.complete(2, [], isFinal: true)
        #expect(output(&queue) == [[2]])
        #expect(queue.isEmpty)
    }
}

extension CallQueue.Output: Equatable {
    static func == (left: CallQueue.Output, right: CallQueue.Output) -> Bool {
        left.message == right.message && left.flow === right.flow
    }
}

private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
    guard let last = elements.last else { return [[]] }
    return permutations(elements.dropLast()).flatMap { shorter in
        (0...shorter.count).map { index in
            var longer = shorter
            longer.insert(last, at: index)
            return longer
        }
    }
}
