import Synchronization
import VaultAccess
package import VaultCoding
import VaultKeyring
package import VaultStatements

/// One login: who, in which roles, with which locks open.
///
/// Keys live in guarded memory behind the locks. Ending a session drops them, whoever still holds the
/// session: a request under way, which took what it needs, finishes, and nothing after it starts.
package final class Session: Sendable {
    /// Names the login in the audit log.
    package let id: SessionID
    /// How long it lasts at most.
    private let bounds: SessionBounds
    /// Who is logged in.
    package let principal: PrincipalID
    /// The person's name as of the login.
    package let name: String
    /// The kernel uid that may use the token.
    package let uid: UInt32
    /// The roles that are active.
    package let roles: Set<Role>
    /// The purpose of requests that name none.
    package let purpose: PurposeOfUse?
    /// When it began, microseconds since 1970.
    package let openedAt: UInt64
    /// The public halves of the person's keys.
    package let identity: PublicIdentity
    /// Their fingerprint in this vault.
    package let fingerprint: Fingerprint
    /// Subject keys opened so far, bounded.
    let subjects = SubjectKeyring()
    /// The seat that this person takes at the founding, before it.
    let seat: FoundingSeat?
    /// When the grant ends that this login rests on, microseconds since 1970; nil if it does not.
    package let grantEnds: UInt64?
    /// When the person logged in before, microseconds since 1970; nil the first time.
    package let lastLogin: UInt64?
    /// Wrong secrets of theirs since then, as far as the vault has been unsealed that long.
    package let failedTries: Int

    /// What a login opens.
    private struct Locks {
        let keys: PrincipalKeys
        let care: CareLock?
        let audit: AuditLock?
    }

    private struct State {
        var lastUsed: UInt64
        /// Nil once the session has ended.
        var locks: Locks?
        /// Whether a change of the account or its rights ended it.
        var isChanged = false
    }

    private let state: Mutex<State>

    init(
        id: SessionID, bounds: SessionBounds, principal: PrincipalID, name: String, uid: UInt32,
        roles: Set<Role>,
        purpose: PurposeOfUse?, openedAt: UInt64, keys: PrincipalKeys, care: CareLock?,
        audit: AuditLock?, seat: FoundingSeat?, grantEnds: UInt64?, lastLogin: UInt64?,
        failedTries: Int
    ) {
        self.id = id
        self.bounds = bounds
        self.principal = principal
        self.name = name
        self.uid = uid
        self.roles = roles
        self.purpose = purpose
        self.openedAt = openedAt
        self.identity = keys.identity
        self.fingerprint = keys.fingerprint
        self.seat = seat
        self.grantEnds = grantEnds
        self.lastLogin = lastLogin
        self.failedTries = failedTries
        state = Mutex(
            State(lastUsed: openedAt, locks: Locks(keys: keys, care: care, audit: audit)))
    }

    /// The person's own keys. Throws `loginNeeded` once the session has ended.
    func keys() throws(EngineError) -> PrincipalKeys {
        guard let keys = state.withLock({ $0.locks?.keys }) else { throw .loginNeeded }
        return keys
    }

    /// The care lock, for care staff; nil also once the session has ended.
    var care: CareLock? { state.withLock { $0.locks?.care } }

    /// The audit lock, for auditors; nil also once the session has ended.
    var audit: AuditLock? { state.withLock { $0.locks?.audit } }

    /// What an access decision wants to know.
    var facts: SessionFacts {
        let state = state.withLock { $0 }
        return SessionFacts(
            activeRoles: roles, openedAt: openedAt, lastUsedAt: state.lastUsed,
            isEnded: state.locks == nil)
    }

    /// When it ends if it is not used, microseconds since 1970.
    package var idleEnd: UInt64 {
        state.withLock { $0.lastUsed } + bounds.idle(for: roles)
    }

    /// When it ends in any case, microseconds since 1970.
    package var end: UInt64 { min(openedAt + bounds.absolute, grantEnds ?? .max) }

    /// Whether it is over: ended, idle for too long, too old, or past the end of the grant.
    func isOver(at now: UInt64) -> Bool {
        let state = state.withLock { $0 }
        return state.locks == nil || now >= end
            || now >= state.lastUsed + bounds.idle(for: roles)
    }

    /// Whether a change of the account or its rights ended it.
    package var wasChanged: Bool { state.withLock { $0.isChanged } }

    /// Notes a use.
    func touch(_ now: UInt64) { state.withLock { $0.lastUsed = max($0.lastUsed, now) } }

    /// Ends it: no later request is served, and its locks close.
    func finish(isChanged: Bool = false) {
        state.withLock { state in
            state.locks = nil
            state.isChanged = state.isChanged || isChanged
        }
        subjects.forget()
    }
}
