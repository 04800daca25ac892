import Dispatch
import Synchronization
import VaultCoding
package import VaultEngine
import VaultPlatform
import VaultSocket
import VaultWire

/// Those who watch the vault, and what waits to be told to each.
///
/// Every notice is made and told on one queue, so all watchers see one order. Nothing here waits for a
/// reader: what a reader leaves unread beyond a bound is dropped, and once there is room they are told
/// the present state and how much was dropped.
package final class Watchers: Sendable {
    /// One stream.
    private struct Watcher {
        let connection: ConnectionState
        let responder: Responder
        /// Messages that wait for room.
        var waiting: [[UInt8]] = []
        /// Notices that were dropped since the last one that was told.
        var dropped: Int64 = 0
        /// Whether the present state has to be told before anything else.
        var mustCatchUp = true
        /// Whether the stream was asked to say when there is room.
        var isAwaited = false
        /// Whether what happens is told to it yet: what happened before is in the present state.
        var isReady = false
        /// Whether it was told of people at the last sign of life.
        var heard = false
    }

    private struct State {
        var watchers: [UInt64: Watcher] = [:]
        var next: UInt64 = 0
        var isOver = false
    }

    /// Watchers of one account: a desk, a pager, a second pager, and some by hand.
    private static let perUser = 8
    /// Watchers in all: each takes a connection, and 64 tell every pager of an office.
    private static let total = 64
    /// Notices that may wait for one reader before they are dropped: more than any change brings at
    /// once, some 16 KiB.
    private static let backlog = 64

    private let vault: Vault
    private let heartbeat: DispatchTimeInterval
    private let queue = DispatchQueue(label: "carevault.watchers", qos: .utility)
    private let state = Mutex(State())

    /// Tells of a vault from here on.
    ///
    /// - Parameter heartbeat: between two signs of life, in milliseconds.
    package init(vault: Vault, heartbeat: Int = 30_000) {
        self.vault = vault
        self.heartbeat = .milliseconds(heartbeat)
        vault.listen { [weak self] notice in self?.tell(notice) }
    }

    // MARK: Coming and going

    /// Adds a stream. False when there are too many.
    func add(_ connection: ConnectionState, _ responder: Responder) -> Bool {
        let number = state.withLock { state -> UInt64? in
            let own = state.watchers.values.count {
                $0.connection.caller.uid == connection.caller.uid
            }
            guard !state.isOver, own < Self.perUser, state.watchers.count < Self.total else {
                return nil
            }
            state.next += 1
            state.watchers[state.next] = Watcher(connection: connection, responder: responder)
            return state.next
        }
        guard let number else { return false }
        queue.async {
            let hears = self.mayHear(connection)
            self.change(number) {
                $0.heard = hears
                $0.isReady = true
            }
            self.pump(number)
            self.beat(number)
        }
        return true
    }

    /// Forgets the streams of a connection that is gone.
    func remove(_ connection: ConnectionState) {
        let gone = state.withLock { state in
            let gone = state.watchers.filter { $0.value.connection === connection }
            for number in gone.keys { state.watchers[number] = nil }
            return gone
        }
        // Let go of outside the lock.
        _ = gone
    }

    /// Tells everybody that the daemon stops, and ends their streams.
    func finish() {
        queue.sync {
            let all = state.withLock { state in
                defer { state.watchers = [:] }
                state.isOver = true
                return Array(state.watchers.values)
            }
            for watcher in all {
                var last = self.line(.state, "stopping", self.worst)
                last.dropped = watcher.dropped + Int64(watcher.waiting.count)
                watcher.responder.reply(ReplyWriter.reply(last))
            }
        }
    }

    // MARK: Telling

    private func tell(_ notice: Notice) {
        let time = SystemClock.nowMicroseconds
        queue.async {
            let numbers = self.state.withLock { state in
                state.watchers.filter { $0.value.isReady }.map(\.key)
            }
            guard !numbers.isEmpty else { return }
            let message = ReplyWriter.reply(self.line(notice, at: time), continues: true)
            for number in numbers { self.enqueue(message, number, notice.isAboutPeople) }
        }
    }

    /// Puts a message in a watcher's row, or counts it as dropped.
    private func enqueue(_ message: [UInt8], _ number: UInt64, _ isAboutPeople: Bool) {
        guard let watcher = state.withLock({ $0.watchers[number] }) else { return }
        if isAboutPeople, !mayHear(watcher.connection) { return }
        change(number) { watcher in
            if watcher.mustCatchUp {
                watcher.dropped += 1
            } else if watcher.waiting.count >= Self.backlog {
                watcher.dropped += Int64(watcher.waiting.count) + 1
                watcher.waiting = []
                watcher.mustCatchUp = true
            } else {
                watcher.waiting.append(message)
            }
        }
        pump(number)
    }

    /// Sends what a watcher has room for.
    private func pump(_ number: UInt64) {
        while let watcher = state.withLock({ $0.watchers[number] }) {
            if watcher.responder.isClosed {
                return change(number) { $0.waiting = [] }
            }
            guard watcher.responder.isWritable else { return wait(number, watcher) }
            if let message = watcher.waiting.first {
                change(number) { $0.waiting.removeFirst() }
                watcher.responder.stream(message)
            } else if watcher.mustCatchUp {
                let present = self.present(dropped: watcher.dropped)
                change(number) {
                    $0.waiting = present
                    $0.dropped = 0
                    $0.mustCatchUp = false
                }
            } else {
                return
            }
        }
    }

    private func wait(_ number: UInt64, _ watcher: Watcher) {
        guard !watcher.isAwaited else { return }
        change(number) { $0.isAwaited = true }
        // The stream is done with when its connection is, so nothing is held for longer.
        watcher.responder.whenWritable {
            self.queue.async {
                self.change(number) { $0.isAwaited = false }
                self.pump(number)
            }
        }
    }

    /// A sign of life, again and again; not to a reader who has something to read.
    private func beat(_ number: UInt64) {
        queue.asyncAfter(deadline: .now() + heartbeat) { [weak self] in
            guard let self, let watcher = self.state.withLock({ $0.watchers[number] }) else {
                return
            }
            // Otherwise a pager would take silence about people for a quiet day.
            if watcher.heard, !self.mayHear(watcher.connection) {
                self.change(number) { $0.heard = false }
                let over = self.line(.people, "login.over", .amber)
                self.enqueue(ReplyWriter.reply(over, continues: true), number, false)
            }
            if watcher.waiting.isEmpty, !watcher.mustCatchUp, watcher.responder.isWritable {
                let alive = self.line(.alive, "alive", self.worst)
                watcher.responder.stream(ReplyWriter.reply(alive, continues: true))
            }
            self.beat(number)
        }
    }

    private func change(_ number: UInt64, _ body: (inout Watcher) -> Void) {
        state.withLock { state in
            guard var watcher = state.watchers[number] else { return }
            body(&watcher)
            state.watchers[number] = watcher
        }
    }

    private func mayHear(_ connection: ConnectionState) -> Bool {
        guard let session = try? connection.session() else { return false }
        return vault.mayHearOfPeople(session)
    }

    // MARK: Words

    private var worst: HealthColour { vault.findings.map(\.colour).max() ?? .green }

    /// The present state, each finding, and a sign of life as the end.
    private func present(dropped: Int64) -> [[UInt8]] {
        let findings = vault.findings
        let worst = findings.map(\.colour).max() ?? .green
        var lines = [line(.state, vault.isSealed ? "sealed" : "unsealed", worst)]
        lines[0].dropped = dropped
        for finding in findings {
            var line = line(.finding, finding.code.rawValue, finding.colour)
            line.finding = WireFinding(finding)
            lines.append(line)
        }
        lines.append(line(.alive, "alive", worst))
        return lines.map { line in
            var line = line
            line.present = true
            return ReplyWriter.reply(line, continues: true)
        }
    }

    private func line(_ notice: Notice, at time: UInt64) -> VaultWatch.Reply {
        switch notice {
        case .state(let state):
            return line(.state, state == .sealed ? "sealed" : "unsealed", worst, at: time)
        case .found(let finding):
            var line = line(.finding, finding.code.rawValue, finding.colour, at: time)
            line.finding = WireFinding(finding)
            return line
        case .cleared(let code): return line(.cleared, code.rawValue, .green, at: time)
        case .lockedOut: return line(.people, "login.locked", .amber, at: time)
        case .refused(let count):
            var line = line(.people, "login.refused", .amber, at: time)
            line.count = Int64(count)
            return line
        case .acted(let action): return line(.people, action.rawValue, .green, at: time)
        }
    }

    private func line(
        _ kind: WireNoticeKind, _ code: String, _ colour: HealthColour,
        at time: UInt64 = SystemClock.nowMicroseconds
    ) -> VaultWatch.Reply {
        VaultWatch.Reply(
            time: Int64(clamping: time), kind: kind, code: code, severity: WireHealth(colour))
    }
}
