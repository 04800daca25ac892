import Synchronization
import VaultCoding
import VaultSodium

/// The logins that are open, by the hash of their token.
final class SessionTable: Sendable {
    private let sessions = Mutex<[Digest: Session]>([:])
    /// Logins that ended by a change of the account or its rights, with the time until which their
    /// owners are told so: when they would have ended in any case.
    private let changed = Mutex<[Digest: UInt64]>([:])

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
    /// which nobody guesses, and gets nothing else for it. Throws `foreignLogin`, `loginChanged`.
    func session(
        _ token: [UInt8], uid: UInt32, now: UInt64
    ) throws(EngineError) -> Session? {
        guard token.count == LoginLimits.tokenBytes else { return nil }
        let name = Self.name(token)
        guard let session = sessions.withLock({ $0[name] }) else {
            if let until = changed.withLock({ $0[name] }), now < until { throw .loginChanged }
            return nil
        }
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
        let gone = take(where: matches).values
        for session in gone { session.finish() }
        return Array(gone)
    }

    /// Ends all logins that `matches`, because the account or its rights were changed: their owners
    /// are told so. Returns how many there were.
    @discardableResult
    func endChanged(where matches: (Session) -> Bool) -> Int {
        let gone = take(where: matches)
        changed.withLock { changed in
            for (name, session) in gone { changed[name] = session.end }
            guard changed.count > LoginLimits.changedLogins else { return }
            let oldest = changed.sorted { $0.value < $1.value }
            for (name, _) in oldest.prefix(changed.count - LoginLimits.changedLogins) {
                changed[name] = nil
            }
        }
        for session in gone.values { session.finish(isChanged: true) }
        return gone.count
    }

    private func take(where matches: (Session) -> Bool) -> [Digest: Session] {
        sessions.withLock { sessions in
            let gone = sessions.filter { matches($0.value) }
            for key in gone.keys { sessions.removeValue(forKey: key) }
            return gone
        }
    }

    /// Ends those that are over, so that their keys do not lie in memory until somebody asks.
    func sweep(_ now: UInt64) {
        remove(where: { $0.isOver(at: now) })
        changed.withLock { changed in changed = changed.filter { now < $0.value } }
    }

    /// Whether an account has a login that is alive. Nobody is told which.
    func isOpen(uid: UInt32, now: UInt64) -> Bool {
        sessions.withLock { $0.values.contains { $0.uid == uid && !$0.isOver(at: now) } }
    }

    /// How many are open.
    var count: Int { sessions.withLock { $0.count } }

    private static func name(_ token: [UInt8]) -> Digest { Blake2b.digest(token, personal: .token) }
}
