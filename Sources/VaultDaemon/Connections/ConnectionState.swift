import Synchronization
import VaultAccess
import VaultCoding
import VaultEngine
package import VaultPlatform
package import VaultSocket
package import VaultWire

/// One connection: who is at the other end, and the login it is tied to.
///
/// A connection serves at most one login at a time, and the enrolments that were begun on it.
package final class ConnectionState: ConnectionHandler {
    private struct State {
        var session: Session?
        /// Whether a login was tied to this connection and is over.
        var hadSession = false
        /// Enrolments begun here, with the form of their secrets.
        var enrolments: [String: WireSecretForm] = [:]
    }

    /// What all connections share.
    let context: ServiceContext
    /// Who is at the other end, as the kernel says.
    let caller: Caller
    private let state = Mutex(State())

    /// A connection of `peer`, not logged in.
    package init(peer: Peer, context: ServiceContext) {
        self.context = context
        caller = Caller(uid: peer.user, gid: peer.group, pid: peer.processHint)
    }

    // MARK: Calls

    package func handle(_ call: Call, _ responder: Responder) {
        // The common way first: a method of ours, called as it wants to be.
        if let route = Routes.byName[call.method], route.accepts(call) {
            route.run(call, self, responder)
        } else if let answer = context.introspection.answer(call) {
            responder.reply(answer)
        } else {
            preconditionFailure("internal error: every declared method of a vault has a route")
        }
    }

    package func runsAlone(_ call: Call) -> Bool {
        Routes.byName[call.method]?.runsAlone ?? false
    }

    package func closed() {
        context.watchers.remove(self)
        let enrolments = state.withLock { state in
            defer { state = State() }
            return state.enrolments
        }
        for id in enrolments.keys { context.vault.abandonEnrolment(pending: id, caller: caller) }
    }

    // MARK: The login

    /// The login of this connection.
    ///
    /// - Throws: `sealed` or `loginNeeded`. Whether a login is still alive is the engine's to say.
    func session() throws(EngineError) -> Session {
        if let session = state.withLock({ $0.session }) { return session }
        throw context.vault.isSealed ? .sealed : .loginNeeded
    }

    /// Whether a login is tied to this connection.
    var hasSession: Bool { state.withLock { $0.session != nil } }

    /// Ties a login to this connection in place of any other.
    func tie(_ session: Session) { state.withLock { $0.session = session } }

    /// Unties the login, which is over.
    func untie() {
        state.withLock { state in
            state.hadSession = state.hadSession || state.session != nil
            state.session = nil
        }
    }

    // MARK: Enrolments

    /// Notes an enrolment that was begun here.
    func began(enrolment id: String, _ form: WireSecretForm) {
        state.withLock { $0.enrolments[id] = form }
    }

    /// The form of the secret of an enrolment that was begun here; nil for any other.
    func form(ofEnrolment id: String) -> WireSecretForm? { state.withLock { $0.enrolments[id] } }

    /// Forgets an enrolment that is complete.
    func ended(enrolment id: String) { state.withLock { $0.enrolments[id] = nil } }

    // MARK: Refusals

    /// What an engine error means on this connection.
    func errorContext(_ terms: Route.Terms) -> ErrorContext {
        let (session, hadSession) = state.withLock { ($0.session, $0.hadSession) }
        guard let session else {
            return ErrorContext(
                loginReason: hadSession ? "ended" : terms.loginReason, whose: terms.whose,
                done: terms.done)
        }
        let now = SystemClock.nowMicroseconds
        let isExpired = now >= session.end || now >= session.idleEnd
        return ErrorContext(
            loginReason: session.wasChanged ? "changed" : isExpired ? "expired" : "ended",
            whose: terms.whose,
            purposes: Self.purposes(of: session), done: terms.done)
    }

    /// Counts a refusal if nobody is logged in here; later ones are the engine's to log.
    func refused() {
        if !hasSession { context.refusals.note(caller) }
    }

    private static func purposes(of session: Session) -> [String] {
        let policy = AccessPolicy.shipped
        let allowed = session.roles.reduce(into: Set<PurposeOfUse>()) { allowed, role in
            allowed.formUnion(policy.purposes[role] ?? [])
        }
        return PurposeOfUse.allCases.filter(allowed.contains).map(\.rawValue)
    }
}
