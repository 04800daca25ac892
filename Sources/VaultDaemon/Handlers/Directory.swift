import VaultCoding
import VaultEngine
import VaultWire

/// `io.carevault.Directory`: principals, grants and the founding.
enum DirectoryHandlers {
    static let routes: [Route] = [
        .blocking(DirectoryListPrincipals.self, .act, listPrincipals),
        .act(DirectoryEnlist.self, .enlist, enlist),
        .act(DirectoryReEnlist.self, .reenlist, reenlist),
        .act(DirectoryDisable.self, .disable, terms: .init(done: "disabled"), disable),
        .blocking(DirectoryCheckGrant.self, .act, checkGrant),
        .act(DirectoryGrant.self, .grant, grant),
        .act(DirectoryRevoke.self, .revoke, revoke),
        .blocking(DirectoryGetFoundingDraft.self, .act, getFoundingDraft),
        .act(DirectorySignFounding.self, .vaultFound, terms: .init(whose: "other"), signFounding),
    ]

    @Sendable
    private static func listPrincipals(
        _ exchange: Exchange<DirectoryListPrincipals>
    ) throws(EngineError) -> DirectoryListPrincipals.Reply {
        let principals = try exchange.vault.principals(try exchange.session())
        return DirectoryListPrincipals.Reply(principals: principals.map(WirePrincipal.init))
    }

    @Sendable
    private static func enlist(
        _ exchange: Exchange<DirectoryEnlist>
    ) throws(EngineError) -> DirectoryEnlist.Reply {
        let asked = exchange.parameters
        guard let uid = UInt32(exactly: asked.uid) else {
            throw .invalidArgument(name: "uid", problem: "is not a uid")
        }
        let enlisted = try exchange.vault.enlist(
            name: asked.name, uid: uid, session: try exchange.session())
        return DirectoryEnlist.Reply(
            principal: enlisted.principal.text, code: SecretText(enlisted.code),
            expires: Int64(clamping: enlisted.expires))
    }

    @Sendable
    private static func reenlist(
        _ exchange: Exchange<DirectoryReEnlist>
    ) throws(EngineError) -> DirectoryReEnlist.Reply {
        let enlisted = try exchange.vault.reenlist(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryReEnlist.Reply(
            code: SecretText(enlisted.code), expires: Int64(clamping: enlisted.expires))
    }

    @Sendable
    private static func disable(
        _ exchange: Exchange<DirectoryDisable>
    ) throws(EngineError) -> DirectoryDisable.Reply {
        let outcome = try exchange.vault.disable(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryDisable.Reply(
            statement: Int64(clamping: outcome.statement),
            sessionsEnded: Int64(outcome.sessionsEnded))
    }

    @Sendable
    private static func checkGrant(
        _ exchange: Exchange<DirectoryCheckGrant>
    ) throws(EngineError) -> NoFields {
        let asked = exchange.parameters
        let request = GrantRequest(
            principal: try Argument.identifier(asked.principal, "principal"),
            roles: try Argument.names(asked.roles, "roles"),
            compartments: try Argument.names(asked.compartments, "compartments"),
            unit: asked.unit ?? "", employer: asked.employer ?? "",
            endsMicroseconds: try Argument.sequence(asked.ends, "ends_us"), fingerprintWords: [])
        try exchange.vault.checkGrant(request, session: try exchange.session())
        return NoFields()
    }

    @Sendable
    private static func grant(
        _ exchange: Exchange<DirectoryGrant>
    ) throws(EngineError) -> DirectoryGrant.Reply {
        let asked = exchange.parameters
        let ends = try Argument.sequence(asked.ends, "ends_us")
        let request = GrantRequest(
            principal: try Argument.identifier(asked.principal, "principal"),
            roles: try Argument.names(asked.roles, "roles"),
            compartments: try Argument.names(asked.compartments, "compartments"),
            unit: asked.unit ?? "", employer: asked.employer ?? "", endsMicroseconds: ends,
            fingerprintWords: asked.fingerprintWords)
        let statement = try exchange.vault.grant(request, session: try exchange.session())
        return DirectoryGrant.Reply(statement: Int64(clamping: statement))
    }

    @Sendable
    private static func revoke(
        _ exchange: Exchange<DirectoryRevoke>
    ) throws(EngineError) -> DirectoryRevoke.Reply {
        let outcome = try exchange.vault.revoke(
            try Argument.identifier(exchange.parameters.principal, "principal"),
            session: try exchange.session())
        return DirectoryRevoke.Reply(
            statement: Int64(clamping: outcome.statement),
            sessionsEnded: Int64(outcome.sessionsEnded),
            keysStayKnown: outcome.keysStayKnown.sorted().map(\.rawValue))
    }

    @Sendable
    private static func getFoundingDraft(
        _ exchange: Exchange<DirectoryGetFoundingDraft>
    ) throws(EngineError) -> DirectoryGetFoundingDraft.Reply {
        DirectoryGetFoundingDraft.Reply(
            try exchange.vault.foundingDraft(try exchange.session()))
    }

    @Sendable
    private static func signFounding(
        _ exchange: Exchange<DirectorySignFounding>
    ) throws(EngineError) -> DirectorySignFounding.Reply {
        let asked = exchange.parameters
        guard let bytes = try? Hex.parse(asked.draftHash), let draft = Digest(bytes) else {
            throw .invalidArgument(name: "draft_hash", problem: "is not a hash")
        }
        let outcome = try exchange.vault.signFounding(
            draft: draft, otherWords: asked.otherWords, session: try exchange.session())
        return DirectorySignFounding.Reply(
            committed: outcome.committed, vaultFingerprint: outcome.fingerprintWords)
    }
}

extension Argument {
    /// Names of roles or compartments.
    static func names<Value: RawRepresentable<String>>(
        _ names: [String], _ field: String
    ) throws(EngineError) -> [Value] {
        var values: [Value] = []
        for name in names {
            guard let value = Value(rawValue: name) else {
                throw .invalidArgument(name: field, problem: "is not known: \(name.prefix(40))")
            }
            values.append(value)
        }
        return values
    }
}
