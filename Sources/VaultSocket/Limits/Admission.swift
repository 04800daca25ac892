import Synchronization

/// Counts connections and calls per user; a call beyond the limit waits until another one ends.
final class Admission: Sendable {
    /// A connection that waits for its user's turn.
    struct Waiter: Sendable {
        let shard: Shard
        let connection: ConnectionID
    }

    fileprivate struct User {
        var connections = 0
        var calls = 0
        /// Each connection at most once, in the order of asking.
        var waiting: [Waiter] = []
    }

    fileprivate struct State {
        var users: [UInt32: User] = [:]
        var connections = 0
        var calls = 0
    }

    private let state = Mutex(State())
    private let limits: SocketLimits

    init(limits: SocketLimits) { self.limits = limits }

    /// Connections and calls now.
    var load: SocketServer.Load {
        state.withLock { SocketServer.Load(connections: $0.connections, calls: $0.calls) }
    }

    /// Takes a place for a connection.
    /// - Returns: why there is none, or nil when it was taken; `disconnect` gives it back.
    func connect(_ user: UInt32) -> SocketDiagnostic.Refusal? {
        state.withLock { state in
            guard state.connections < limits.connections else { return .tooManyConnections }
            var entry = state.users[user] ?? User()
            guard entry.connections < limits.connectionsPerUser else {
                return .tooManyConnectionsOfUser
            }
            entry.connections += 1
            state.users[user] = entry
            state.connections += 1
            return nil
        }
    }

    /// Gives a connection's place back. If it had just been given a turn, the next one gets it.
    func disconnect(_ user: UInt32, _ connection: ConnectionID) {
        state.withLock { state in
            state.connections -= 1
            state.users[user]?.connections -= 1
            state.users[user]?.waiting.removeAll { $0.connection == connection }
            state.forgetIfIdle(user)
        }
        pass(user)
    }

    /// Takes a place for a call. Without one, the connection is told when it should try again.
    /// - Returns: whether there was a place; `end` gives it back.
    func begin(_ user: UInt32, for waiter: @autoclosure () -> Waiter) -> Bool {
        state.withLock { state in
            guard var entry = state.users[user] else { return false }
            guard entry.calls < limits.callsPerUser else {
                let waiter = waiter()
                if !entry.waiting.contains(where: { $0.connection == waiter.connection }) {
                    entry.waiting.append(waiter)
                    state.users[user] = entry
                }
                return false
            }
            entry.calls += 1
            state.users[user] = entry
            state.calls += 1
            return true
        }
    }

    /// Gives a call's place back and wakes the connection that has waited longest.
    func end(_ user: UInt32) {
        let next: Waiter? = state.withLock { state in
            state.calls -= 1
            state.users[user]?.calls -= 1
            guard state.users[user]?.waiting.isEmpty == false else {
                state.forgetIfIdle(user)
                return nil
            }
            return state.users[user]?.waiting.removeFirst()
        }
        if let next { next.shard.post(.proceed(next.connection)) }
    }

    /// Wakes the next waiting connection if there is a place: a connection that was given a turn
    /// may have had no use for it.
    func pass(_ user: UInt32) {
        let next: Waiter? = state.withLock { state in
            guard let entry = state.users[user], !entry.waiting.isEmpty,
                entry.calls < limits.callsPerUser
            else { return nil }
            return state.users[user]?.waiting.removeFirst()
        }
        if let next { next.shard.post(.proceed(next.connection)) }
    }
}

extension Admission.State {
    fileprivate mutating func forgetIfIdle(_ user: UInt32) {
        guard let entry = users[user], entry.connections == 0, entry.calls == 0 else { return }
        users[user] = nil
    }
}
