import VaultCoding
import VaultEngine
import VaultKeyring
import VaultWire

/// The part of `io.carevault.Session` that changes one's own secret.
enum SecretHandlers {
    static let routes: [Route] = [
        .blocking(SessionBeginSecretChange.self, .derivation, beginSecretChange),
        .blocking(SessionCompleteSecretChange.self, .act, completeSecretChange),
    ]

    @Sendable
    private static func beginSecretChange(
        _ exchange: Exchange<SessionBeginSecretChange>
    ) throws(EngineError) -> SessionBeginSecretChange.Reply {
        let asked = exchange.parameters
        let session = try exchange.session()
        let offer = try exchange.vault.beginSecretChange(
            old: try SecretWire.secret(asked.secret, asked.form), form: SecretForm(asked.newForm),
            session: session, caller: exchange.caller)
        exchange.connection.began(enrolment: offer.pending, asked.newForm)
        return SessionBeginSecretChange.Reply(
            secret: SecretWire.text(of: offer.secretText, asked.newForm), pending: offer.pending)
    }

    @Sendable
    private static func completeSecretChange(
        _ exchange: Exchange<SessionCompleteSecretChange>
    ) throws(EngineError) -> SessionCompleteSecretChange.Reply {
        let asked = exchange.parameters
        // Whoever has no login hears that, and nothing about what they sent.
        let session = try exchange.session()
        // An identifier that another connection was given serves nobody here.
        guard let form = exchange.connection.form(ofEnrolment: asked.pending) else {
            throw .invalidArgument(name: "pending", problem: "is not one of this connection")
        }
        let ended = try exchange.vault.completeSecretChange(
            pending: asked.pending, secret: try SecretWire.secret(asked.secret, form),
            session: session, caller: exchange.caller)
        exchange.connection.ended(enrolment: asked.pending)
        return SessionCompleteSecretChange.Reply(sessionsEnded: Int64(ended))
    }
}

extension WireNotice {
    init(_ notice: LoginGreeting.Notice) {
        self.init(
            code: notice.code.rawValue, about: notice.about,
            due: notice.due.map(Int64.init(clamping:)))
    }
}
