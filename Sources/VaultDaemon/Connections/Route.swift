import VaultEngine
import VaultSocket
import VaultWire

/// How the calls of one method are answered.
struct Route: Sendable {
    /// What errors mean in a method, where the engine's error leaves it open.
    struct Terms: Sendable {
        /// Whose words a mismatch is about: vault, principal or other.
        var whose = "principal"
        /// What is done already when a principal is not in the state for it.
        var done: String?
        /// Why there is no login, before there was one on the connection.
        var loginReason = "none"
    }

    /// Full name of the method.
    let name: String
    /// Whether the call must say `more`.
    let needsMore: Bool
    /// Whether it changes what the next calls of the connection may do.
    let runsAlone: Bool
    /// Answers a call; on the connection's event loop.
    let run: @Sendable (Call, ConnectionState, Responder) -> Void

    /// Whether the call is made as the method wants; if not, introspection says why.
    func accepts(_ call: Call) -> Bool { !call.upgrade && (call.more || !needsMore) }

    /// A method whose work is quick and never blocks: on the event loop, answered at once or through
    /// a completion.
    static func direct<Method: WireMethod>(
        _ method: Method.Type, alone: Bool = false, terms: Terms = Terms(),
        _ body: @escaping @Sendable (Exchange<Method>) throws(EngineError) -> Void
    ) -> Route {
        Route(method, alone: alone) { call, connection, responder in
            guard let exchange = Exchange<Method>(call, connection, responder, terms) else {
                return
            }
            do throws(EngineError) { try body(exchange) } catch { exchange.fail(error) }
        }
    }

    /// A method that blocks: on a worker thread.
    ///
    /// - Parameters:
    ///   - lane: which threads.
    ///   - alone: whether it changes what the next calls may do.
    ///   - terms: what its errors mean.
    static func blocking<Method: WireMethod>(
        _ method: Method.Type, _ lane: Workers.Lane, alone: Bool = false,
        terms: Terms = Terms(),
        _ body: @escaping @Sendable (Exchange<Method>) throws(EngineError) -> Method.Reply
    ) -> Route {
        blocking(method, { _ in lane }, alone: alone, terms: terms, body)
    }

    /// The same where it depends on what is asked how long it takes.
    static func blocking<Method: WireMethod>(
        _ method: Method.Type, _ lane: @escaping @Sendable (Method.Parameters) -> Workers.Lane,
        alone: Bool = false, terms: Terms = Terms(),
        _ body: @escaping @Sendable (Exchange<Method>) throws(EngineError) -> Method.Reply
    ) -> Route {
        Route(method, alone: alone) { call, connection, responder in
            guard let exchange = Exchange<Method>(call, connection, responder, terms) else {
                return
            }
            let isTaken = connection.context.workers.submit(
                lane(exchange.parameters), user: connection.caller.uid
            ) {
                // Nobody will read the answer of a stream; acts are done all the same.
                do throws(EngineError) {
                    exchange.reply(try body(exchange))
                } catch {
                    exchange.fail(error)
                }
            }
            guard !isTaken else { return }
            connection.refused()
            exchange.fail(.tooManyRequests(retry: Workers.retryMicroseconds))
        }
    }

    private init<Method: WireMethod>(
        _ method: Method.Type, alone: Bool,
        _ run: @escaping @Sendable (Call, ConnectionState, Responder) -> Void
    ) {
        name = method.name
        needsMore = method.streaming == .required
        runsAlone = alone
        self.run = run
    }
}

extension Exchange {
    /// Reads the parameters of a call; nil after answering that they do not fit.
    init?(
        _ call: Call, _ connection: ConnectionState, _ responder: Responder, _ terms: Route.Terms
    ) {
        do throws(VaultWireError) {
            parameters = try Method.Parameters(checking: call.parameters)
        } catch {
            connection.refused()
            responder.fail(error, in: Method.interface)
            return nil
        }
        self.connection = connection
        self.responder = responder
        self.terms = terms
    }
}

/// Every method of the vault's interfaces.
enum Routes {
    static let all: [Route] =
        VaultHandlers.routes + SessionHandlers.routes + SecretHandlers.routes
        + DirectoryHandlers.routes + AccountHandlers.routes
        + SubjectsHandlers.routes + RecordsHandlers.routes + KeysHandlers.routes
        + AuditHandlers.routes

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
