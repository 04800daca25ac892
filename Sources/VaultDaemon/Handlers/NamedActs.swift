import VaultCoding
import VaultEngine
import VaultPlatform
import VaultSodium
import VaultWire

/// Parameters with the client's name for the request.
protocol NamedRequest: WireObject {
    var idempotency: String { get }
}

extension DirectoryEnlist.Parameters: NamedRequest {}
extension PrincipalRequest: NamedRequest {}
extension DirectoryAmend.Parameters: NamedRequest {}
extension DirectoryRebind.Parameters: NamedRequest {}
extension DirectoryGrant.Parameters: NamedRequest {}
extension DirectorySignFounding.Parameters: NamedRequest {}

extension Route {
    /// An act on the directory, done once for each name of a request.
    static func act<Method: WireMethod>(
        _ method: Method.Type, _ action: Action, terms: Terms = Terms(),
        _ body: @escaping @Sendable (Exchange<Method>) throws(EngineError) -> Method.Reply
    ) -> Route where Method.Parameters: NamedRequest {
        .blocking(method, .act, terms: terms) { exchange throws(EngineError) in
            try exchange.once(action, body)
        }
    }
}

extension Exchange where Method.Parameters: NamedRequest {
    /// Runs `body`, or gives the answer it gave before, with an entry of its own.
    fileprivate func once(
        _ action: Action, _ body: (Exchange) throws(EngineError) -> Method.Reply
    ) throws(EngineError) -> Method.Reply {
        let session = try session()
        let memory = connection.context.acts
        let name = ActMemory.Name(
            principal: session.principal,
            id: try Argument.identifier(parameters.idempotency, "idempotency"))
        var asked = Array(Method.name.utf8)
        parameters.append(to: &asked)
        let content = SHA256.hash(asked)
        switch memory.look(name, content, now: SystemClock.nowMicroseconds) {
        case .reused: throw .idempotencyReused
        case .done(let answer):
            guard let reply = answer as? Method.Reply else { throw .idempotencyReused }
            try vault.noteRetry(of: action, session: session)
            return reply
        case .new:
            let reply = try body(self)
            memory.keep(name, content, reply, now: SystemClock.nowMicroseconds)
            return reply
        }
    }
}
