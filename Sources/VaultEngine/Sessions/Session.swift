import Synchronization
import VaultAccess
package import VaultCoding
package import VaultKeyring
import VaultStatements

/// One login: who, in which roles, with which locks open.
///
/// Keys live in guarded memory behind the locks and are wiped when the last reference goes; ending a
/// session drops the table's reference, so a request under way finishes and nothing after it starts.
package final class Session: Sendable {
    /// Names the login in the audit log.
    package let id: SessionID
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
    /// The person's own keys.
    package let keys: PrincipalKeys
    /// The care lock, for care staff.
    let care: CareLock?
    /// The audit lock, for auditors.
    let audit: AuditLock?
    /// Subject keys opened so far, bounded.
    let subjects = SubjectKeyring()
    /// The seat that this person takes at the founding, before it.
    let seat: FoundingSeat?

    private struct State {
        var lastUsed: UInt64
        var isEnded = false
    }

    private let state: Mutex<State>

    init(
        id: SessionID, principal: PrincipalID, name: String, uid: UInt32, roles: Set<Role>,
        purpose: PurposeOfUse?, openedAt: UInt64, keys: PrincipalKeys, care: CareLock?,
        audit: AuditLock?, seat: FoundingSeat?
    ) {
        self.id = id
        self.principal = principal
        self.name = name
        self.uid = uid
        self.roles = roles
        self.purpose = purpose
        self.openedAt = openedAt
        self.keys = keys
        self.care = care
        self.audit = audit
        self.seat = seat
        state = Mutex(State(lastUsed: openedAt))
    }

    /// What an access decision wants to know.
    var facts: SessionFacts {
        SessionFacts(
            activeRoles: roles, openedAt: openedAt, lastUsedAt: state.withLock { $0.lastUsed })
    }

    /// When it ends if it is not used, microseconds since 1970.
    package var idleEnd: UInt64 {
        state.withLock { $0.lastUsed } + SessionLimits.idle(for: roles)
    }

    /// When it ends in any case, microseconds since 1970.
    package var end: UInt64 { openedAt + SessionLimits.absolute }

    /// Whether it is over: ended, idle for too long, or too old.
    func isOver(at now: UInt64) -> Bool {
        let state = state.withLock { $0 }
        return state.isEnded || now >= end
            || now >= state.lastUsed + SessionLimits.idle(for: roles)
    }

    /// Notes a use.
    func touch(_ now: UInt64) { state.withLock { $0.lastUsed = max($0.lastUsed, now) } }

    /// Ends it: no later request is served.
    func finish() {
        state.withLock { $0.isEnded = true }
        subjects.forget()
    }
}
