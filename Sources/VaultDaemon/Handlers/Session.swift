import VaultCoding
import VaultEngine
import VaultKeyring
import VaultSodium
import VaultWire

/// `io.carevault.Session`: enrolling, logging in and out.
enum SessionHandlers {
    static let routes: [Route] = [
        .blocking(
            SessionBeginEnrolment.self, .derivation, terms: .init(done: "enrolled"),
            beginEnrolment),
        .blocking(
            SessionCompleteEnrolment.self, .derivation,
            terms: .init(whose: "vault", done: "enrolled"), completeEnrolment),
        .blocking(SessionLogin.self, .derivation, alone: true, login),
        .direct(SessionResume.self, alone: true, terms: .init(loginReason: "expired"), resume),
        .direct(SessionDescribe.self, describe),
        .blocking(SessionLogout.self, .act, alone: true, logout),
    ]

    @Sendable
    private static func beginEnrolment(
        _ exchange: Exchange<SessionBeginEnrolment>
    ) throws(EngineError) -> SessionBeginEnrolment.Reply {
        let asked = exchange.parameters
        let offer = try exchange.vault.beginEnrolment(
            name: asked.name, code: asked.code.reveal(), form: SecretForm(asked.form),
            seat: asked.foundingRole.map(FoundingSeat.init), caller: exchange.caller)
        exchange.connection.began(enrolment: offer.pending, asked.form)
        return SessionBeginEnrolment.Reply(
            secret: SecretWire.text(of: offer.secretText, asked.form),
            fingerprintWords: offer.fingerprintWords, pending: offer.pending)
    }

    @Sendable
    private static func completeEnrolment(
        _ exchange: Exchange<SessionCompleteEnrolment>
    ) throws(EngineError) -> SessionCompleteEnrolment.Reply {
        let asked = exchange.parameters
        // An identifier that another connection was given serves nobody here.
        guard let form = exchange.connection.form(ofEnrolment: asked.pending) else {
            throw .invalidArgument(name: "pending", problem: "is not one of this connection")
        }
        let enrolled = try exchange.vault.completeEnrolment(
            pending: asked.pending, secret: try SecretWire.secret(asked.secret, form),
            vaultFingerprint: asked.vaultFingerprint, caller: exchange.caller)
        exchange.connection.ended(enrolment: asked.pending)
        return SessionCompleteEnrolment.Reply(
            principal: enrolled.principal.text, name: enrolled.name,
            fingerprintWords: enrolled.fingerprintWords)
    }

    @Sendable
    private static func login(
        _ exchange: Exchange<SessionLogin>
    ) throws(EngineError) -> SessionLogin.Reply {
        let asked = exchange.parameters
        let purpose = try Argument.purpose(asked.purpose)
        let (token, _) = try exchange.vault.login(
            name: asked.name, secret: try SecretWire.secret(asked.secret, asked.form),
            form: SecretForm(asked.form), purpose: purpose, caller: exchange.caller)
        let session = try exchange.vault.resume(token: token, caller: exchange.caller)
        exchange.connection.tie(session)
        let greeting = try exchange.vault.greeting(session)
        return SessionLogin.Reply(
            token: SecretText(Base64.format(token)),
            session: WireSessionInfo(try exchange.vault.describe(session)),
            lastLogin: greeting.lastLogin.map(Int64.init(clamping:)),
            failedTries: Int64(greeting.failedTries),
            notices: greeting.notices.map(WireNotice.init))
    }

    @Sendable
    private static func resume(_ exchange: Exchange<SessionResume>) throws(EngineError) {
        // Once: whoever wants another login opens another connection.
        guard !exchange.connection.hasSession else {
            throw .invalidArgument(name: "token", problem: "this connection has a login already")
        }
        guard let token = try? Base64.parse(exchange.parameters.token.reveal()) else {
            throw .loginNeeded
        }
        let session = try exchange.vault.resume(token: token, caller: exchange.caller)
        exchange.connection.tie(session)
        exchange.reply(
            SessionResume.Reply(session: WireSessionInfo(try exchange.vault.describe(session))))
    }

    @Sendable
    private static func describe(_ exchange: Exchange<SessionDescribe>) throws(EngineError) {
        let description = try exchange.vault.describe(try exchange.session())
        exchange.reply(SessionDescribe.Reply(session: WireSessionInfo(description)))
    }

    @Sendable
    private static func logout(_ exchange: Exchange<SessionLogout>) throws(EngineError) -> NoFields
    {
        try exchange.vault.logout(try exchange.session())
        exchange.connection.untie()
        return NoFields()
    }
}

/// Secrets between the wire and guarded memory.
enum SecretWire {
    /// The first line of a key file; on the wire only the line of base 64 after it is sent.
    private static let keyFileLine = Array("CAREVAULT-SECRET-KEY-1\n".utf8)

    /// What was sent, as the engine reads it: words, or the text of a key file.
    static func secret(
        _ text: SecretText, _ form: WireSecretForm
    ) throws(EngineError) -> SecretBytes {
        var bytes = text.utf8
        if form == .keyfile, !bytes.starts(with: keyFileLine) {
            bytes = keyFileLine + bytes
        }
        return try guarded(&bytes)
    }

    /// What the engine made, as it is sent.
    static func text(
        of secret: borrowing SecretBytes, _ form: WireSecretForm
    ) -> SecretText {
        var bytes: [UInt8] = secret.withSpan { span in
            var copy: [UInt8] = []
            copy.reserveCapacity(span.count)
            for index in span.indices { copy.append(span[index]) }
            return copy
        }
        if bytes.starts(with: keyFileLine) {
            bytes = Array(bytes.dropFirst(keyFileLine.count).prefix { $0 != UInt8(ascii: "\n") })
        }
        return SecretText(utf8: bytes)
    }

    /// Moves bytes into guarded memory. Secrets that are too long are wrong like any other.
    private static func guarded(_ bytes: inout [UInt8]) throws(EngineError) -> SecretBytes {
        do { return try SecretBytes(wiping: &bytes) } catch { throw .wrongSecret }
    }
}

extension SecretForm {
    init(_ form: WireSecretForm) {
        switch form {
        case .words: self = .words
        case .keyfile: self = .keyFile
        }
    }
}

extension FoundingSeat {
    init(_ role: WireFoundingRole) {
        switch role {
        case .custodian: self = .custodian
        case .auditor: self = .auditor
        }
    }
}

extension WireSessionInfo {
    init(_ session: SessionDescription) {
        self.init(
            principal: session.principal.text, name: session.name, uid: Int64(session.uid),
            roles: session.roles.sorted().map(\.rawValue),
            compartments: session.compartments.sorted().map(\.rawValue),
            purpose: session.purpose?.rawValue, fingerprintWords: session.fingerprintWords,
            idleExpires: Int64(clamping: session.idleExpires),
            expires: Int64(clamping: session.expires))
    }
}
