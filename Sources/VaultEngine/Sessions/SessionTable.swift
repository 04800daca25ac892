import Synchronization
import VaultCoding
import VaultSodium

/// The logins that are open, by the hash of their token.
final class SessionTable: Sendable {
    private let sessions = Mutex<[Digest: Session]>([:])

    /// Adds a login and returns its token, which is kept nowhere. When the principal has too many,
    /// the oldest ends.
    func add(_ session: Session) -> [UInt8] {
        let token = Random.bytes(LoginLimits.tokenBytes)
        let ended = sessions.withLock { sessions -> Session? in
            let own = sessions.filter { $0.value.principal == session.principal }
            var oldest: Session?
            if own.count >= LoginLimits.perPrincipal,
                let first = own.min(by: { $0.value.openedAt < $1.value.openedAt })
            {
                oldest = sessions.removeValue(forKey: first.key)
            }
            sessions[Self.name(token)] = session
            return oldest
        }
        ended?.finish()
        return token
    }

    /// The login of a token, if it is alive. Whoever has a token of another uid learns that it is one,
    /// which nobody guesses, and gets nothing else for it. Throws `foreignLogin`.
    func session(
        _ token: [UInt8], uid: UInt32, now: UInt64
    ) throws(EngineError) -> Session? {
        guard token.count == LoginLimits.tokenBytes else { return nil }
        let name = Self.name(token)
        guard let session = sessions.withLock({ $0[name] }) else { return nil }
        guard session.uid == uid else { throw .foreignLogin }
        guard !session.isOver(at: now) else {
            remove(where: { $0 === session })
            return nil
        }
        return session
    }

    /// Ends all logins that `matches` and returns them.
    @discardableResult
    func remove(where matches: (Session) -> Bool) -> [Session] {
        let gone = sessions.withLock { sessions -> [Session] in
            let gone = sessions.filter { matches($0.value) }
            for key in gone.keys { sessions.removeValue(forKey: key) }
            return Array(gone.values)
        }
        for session in gone { session.finish() }
        return gone
    }

    /// Ends those that are over, so that their keys do not lie in memory until somebody asks.
    func sweep(_ now: UInt64) { remove(where: { $0.isOver(at: now) }) }

    /// Whether an account has a login that is alive. Nobody is told which.
    func isOpen(uid: UInt32, now: UInt64) -> Bool {
        sessions.withLock { $0.values.contains { $0.uid == uid && !$0.isOver(at: now) } }
    }

    /// How many are open.
    var count: Int { sessions.withLock { $0.count } }

    private static func name(_ token: [UInt8]) -> Digest { Blake2b.digest(token, personal: .token) }
}
