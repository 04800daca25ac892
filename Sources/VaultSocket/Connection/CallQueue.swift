import VaultWire

/// The calls of one connection: which may begin, and in what order replies leave.
///
/// Does no I/O. Calls begin in the order of arrival, several at a time; replies may be completed in
/// any order and leave in that of the calls. A call that runs alone begins when nothing else is
/// unanswered and holds up those behind it.
struct CallQueue {
    /// A reply to be written.
    struct Output {
        let message: [UInt8]
        /// The stream it belongs to, to be told once it is written.
        let flow: StreamFlow?
    }

    private struct Slot {
        var messages: [[UInt8]] = []
        var next = 0
        var isAnswered = false
        let flow: StreamFlow?
    }

    private let limit: Int
    private var waiting: [(call: Call, runsAlone: Bool)] = []
    private var nextWaiting = 0
    /// The oldest call whose replies have not all left is `first`.
    private var slots: [Slot] = []
    private var first: UInt64 = 0
    private var unanswered = 0
    private var loneRuns = false

    /// - Parameter limit: calls that may be begun and not have all replies written.
    init(limit: Int) { self.limit = limit }

    /// Calls that have not begun.
    var backlog: Int { waiting.count - nextWaiting }
    /// Calls that have begun and whose replies have not all left.
    var inHand: Int { slots.count }
    var isEmpty: Bool { slots.isEmpty && backlog == 0 }

    /// A call arrived.
    mutating func append(_ call: Call, runsAlone: Bool) { waiting.append((call, runsAlone)) }

    /// Whether the oldest waiting call may begin.
    var canBegin: Bool {
        guard nextWaiting < waiting.count, slots.count < limit, !loneRuns else { return false }
        return !waiting[nextWaiting].runsAlone || unanswered == 0
    }

    /// Begins the oldest waiting call, which `canBegin`.
    mutating func begin() -> (sequence: UInt64, call: Call, flow: StreamFlow?) {
        let (call, runsAlone) = waiting[nextWaiting]
        nextWaiting += 1
        if nextWaiting == waiting.count {
            waiting.removeAll(keepingCapacity: waiting.count <= limit)
            nextWaiting = 0
        }
        let flow = call.more ? StreamFlow() : nil
        slots.append(Slot(flow: flow))
        unanswered += 1
        loneRuns = runsAlone
        return (first + UInt64(slots.count - 1), call, flow)
    }

    /// A reply was made. An empty message stands for the end of a call that wants no reply.
    mutating func complete(_ sequence: UInt64, _ message: [UInt8], isFinal: Bool) {
        guard sequence >= first, sequence - first < UInt64(slots.count) else { return }
        let index = Int(sequence - first)
        guard !slots[index].isAnswered else { return }
        if !message.isEmpty { slots[index].messages.append(message) }
        guard isFinal else { return }
        slots[index].isAnswered = true
        unanswered -= 1
        loneRuns = false
    }

    /// The next reply in the order of the calls; nil if it has not been made yet.
    mutating func nextOutput() -> Output? {
        while let head = slots.first {
            if head.next < head.messages.count {
                let isLast = head.isAnswered && head.next + 1 == head.messages.count
                let output = Output(
                    message: head.messages[head.next], flow: isLast ? nil : head.flow)
                if isLast { removeHead() } else { advanceHead() }
                return output
            }
            guard head.isAnswered else { return nil }
            removeHead()
        }
        return nil
    }

    /// The connection is gone: forgets all calls and tells the streams.
    mutating func cancel() {
        for slot in slots { slot.flow?.close() }
        first += UInt64(slots.count)
        slots = []
        waiting = []
        nextWaiting = 0
        unanswered = 0
    }

    /// Forgets calls that have not begun.
    mutating func dropBacklog() {
        waiting = []
        nextWaiting = 0
    }

    private mutating func removeHead() {
        slots.removeFirst()
        first += 1
    }

    private mutating func advanceHead() {
        slots[0].messages[slots[0].next] = []
        slots[0].next += 1
        if slots[0].next == slots[0].messages.count {
            slots[0].messages.removeAll(keepingCapacity: true)
            slots[0].next = 0
        }
    }
}
