import NIOCore
import Synchronization

/// One event loop with its connections, and the letter box through which other threads reach them.
///
/// A thread that completes dozens of replies at once, as the writer of the audit log does after
/// each sync, wakes the loop once: the first letter schedules the emptying, the others join it, and
/// each connection is flushed once for all its letters.
final class Shard: Sendable {
    /// What other threads tell a connection.
    enum Letter: Sendable {
        case reply(ConnectionID, sequence: UInt64, message: [UInt8], isFinal: Bool)
        /// A call was let go without a reply.
        case abandoned(ConnectionID)
        /// There may be a place for a call of its user.
        case proceed(ConnectionID)

        /// Turns go through the box also on the loop: a row of connections that wake each other
        /// would nest otherwise.
        var isTurn: Bool { if case .proceed = self { true } else { false } }

        var connection: ConnectionID {
            switch self {
            case .reply(let id, _, _, _), .abandoned(let id), .proceed(let id): id
            }
        }
    }

    private struct Box {
        var letters: [Letter] = []
        var isScheduled = false
    }

    /// The connections; touched on the loop only.
    private final class Table {
        var connections: [ConnectionID: Connection] = [:]
    }

    let loop: any EventLoop
    private let box = Mutex(Box())
    private let table: NIOLoopBoundBox<Table>

    init(_ loop: any EventLoop) {
        self.loop = loop
        table = NIOLoopBoundBox.makeBoxSendingValue(Table(), eventLoop: loop)
    }

    /// On the loop.
    func add(_ connection: Connection) { table.value.connections[connection.id] = connection }

    /// On the loop.
    func remove(_ connection: Connection) {
        table.value.connections[connection.id] = nil
    }

    /// Delivers a letter: at once on the loop itself, else with the next emptying of the box.
    func post(_ letter: Letter) {
        if loop.inEventLoop, !letter.isTurn {
            if let connection = deliver(letter) { connection.pump() }
            return
        }
        let mustSchedule = box.withLock { box in
            box.letters.append(letter)
            defer { box.isScheduled = true }
            return !box.isScheduled
        }
        if mustSchedule { loop.execute { self.empty() } }
    }

    private func empty() {
        let letters = box.withLock { box in
            box.isScheduled = false
            let letters = box.letters
            box.letters = []
            box.letters.reserveCapacity(letters.count)
            return letters
        }
        var touched: [Connection] = []
        touched.reserveCapacity(letters.count)
        for letter in letters {
            guard let connection = deliver(letter), !connection.isTouched else { continue }
            connection.isTouched = true
            touched.append(connection)
        }
        for connection in touched {
            connection.isTouched = false
            connection.pump()
        }
    }

    /// Hands a letter over without acting on it yet; nil if the connection is gone.
    private func deliver(_ letter: Letter) -> Connection? {
        guard let connection = table.value.connections[letter.connection] else {
            return nil
        }
        switch letter {
        case .reply(_, let sequence, let message, let isFinal):
            connection.complete(sequence, message, isFinal: isFinal)
        case .abandoned: connection.unanswered()
        case .proceed: connection.hasTurn = true
        }
        return connection
    }

    /// Answers what is in hand on every connection, then closes it. Returns at once; the future
    /// completes when all are closed.
    func drainAll(within grace: Duration) -> EventLoopFuture<Void> {
        loop.flatSubmit {
            let connections = Array(self.table.value.connections.values)
            for connection in connections { connection.drain(within: grace) }
            return EventLoopFuture.andAllComplete(
                connections.map { $0.closeFuture(on: self.loop) }, on: self.loop)
        }
    }
}
