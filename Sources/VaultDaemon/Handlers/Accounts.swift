import VaultCoding
import VaultEngine
import VaultWire

/// The part of `io.carevault.Directory` that is about one account.
enum AccountHandlers {
    static let routes: [Route] = [
        .blocking(DirectoryGetPrincipal.self, .act, getPrincipal),
        .act(DirectoryEnable.self, .enable, terms: .init(done: "enabled"), enable),
        .act(DirectoryAmend.self, .amendPrincipal, amend),
        .act(DirectoryRebind.self, .rebind, rebind),
        .act(DirectoryLeave.self, .leave, leave),
    ]

    @Sendable
    private static func getPrincipal(
        _ exchange: Exchange<DirectoryGetPrincipal>
    ) throws(EngineError) -> DirectoryGetPrincipal.Reply {
        let history = try exchange.vault.principal(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryGetPrincipal.Reply(
            principal: WirePrincipal(history.principal),
            statements: history.statements.map { statement in
                WirePrincipalStatement(
                    number: Int64(clamping: statement.number), kind: statement.kind,
                    time: Int64(clamping: statement.time), signers: statement.signers)
            })
    }

    @Sendable
    private static func enable(
        _ exchange: Exchange<DirectoryEnable>
    ) throws(EngineError) -> DirectoryEnable.Reply {
        let statement = try exchange.vault.enable(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryEnable.Reply(statement: Int64(clamping: statement))
    }

    @Sendable
    private static func amend(
        _ exchange: Exchange<DirectoryAmend>
    ) throws(EngineError) -> DirectoryAmend.Reply {
        let statement = try exchange.vault.amendPrincipal(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            name: exchange.parameters.name, session: try exchange.session())
        return DirectoryAmend.Reply(statement: Int64(clamping: statement))
    }

    @Sendable
    private static func rebind(
        _ exchange: Exchange<DirectoryRebind>
    ) throws(EngineError) -> DirectoryRebind.Reply {
        guard let uid = UInt32(exactly: exchange.parameters.uid) else {
            throw .invalidArgument(name: "uid", problem: "is not a uid")
        }
        let outcome = try exchange.vault.rebind(
            try Argument.identifier(exchange.parameters.principal, "principal"), uid: uid,
            session: try exchange.session())
        return DirectoryRebind.Reply(
            statement: Int64(clamping: outcome.statement),
            sessionsEnded: Int64(outcome.sessionsEnded))
    }

    @Sendable
    private static func leave(
        _ exchange: Exchange<DirectoryLeave>
    ) throws(EngineError) -> DirectoryLeave.Reply {
        let departure = try exchange.vault.leave(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryLeave.Reply(
            statement: departure.statement.map(Int64.init(clamping:)),
            sessionsEnded: Int64(departure.sessionsEnded),
            remaining: departure.remaining.map {
                WireRemainder(
                    task: $0.task.rawValue, role: $0.role.rawValue, items: $0.items)
            })
    }
}
