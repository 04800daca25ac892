import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultStatements

/// A principal with the statements that made them what they are.
package struct PrincipalHistory: Sendable {
    /// One statement about the principal.
    package struct Entry: Sendable {
        /// Its number in the chain.
        package let number: UInt64
        /// Its kind, as programs read it, such as `care-grant`.
        package let kind: String
        /// When it was made, microseconds since 1970.
        package let time: UInt64
        /// The names of those who signed it, as they are called now.
        package let signers: [String]
    }

    /// The principal as of now.
    package let principal: PrincipalSummary
    /// The statements about them, oldest first.
    package let statements: [Entry]
}

extension Vault {
    /// One principal with every statement about them and who signed it. Everybody who is logged in.
    /// Throws `conflict` with the state where there is no such principal.
    package func principal(
        _ id: PrincipalID, session: Session
    ) throws(EngineError) -> PrincipalHistory {
        let core = try core()
        var facts = EntryFacts(.principalShow, session: session, request: core.newRequest())
        facts.detail = .about(id, roles: [], compartments: [])
        _ = try core.require(session, .principalShow, facts: &facts)
        let keyring = core.keyring
        guard let principal = keyring.directory.principal(id) else {
            try core.fail(facts, "principal-unknown", .conflict(.principalState))
        }
        let history = PrincipalHistory(
            principal: core.summary(principal, keyring),
            statements: core.statements(about: id, keyring.chain))
        facts.results = UInt32(clamping: history.statements.count)
        try core.record([facts])
        return history
    }

    /// Gives a disabled account back, without any right: custodian or auditor grant again. Operators.
    /// Returns the statement's number.
    package func enable(_ principal: PrincipalID, session: Session) throws(EngineError) -> UInt64 {
        try change(
            .enable, principal, .enable(PrincipalBody(principal: principal)), session
        ).statement
    }

    /// Gives an account another name. Operators. Returns the statement's number.
    package func amendPrincipal(
        _ principal: PrincipalID, name: String, session: Session
    ) throws(EngineError) -> UInt64 {
        try change(
            .amendPrincipal, principal, .amend(AmendBody(principal: principal, name: name)), session
        ).statement
    }

    /// Binds an account to another kernel uid and ends its logins: they belong to the uid that it had.
    /// An enrolment under way at that uid is void. Operators.
    package func rebind(
        _ principal: PrincipalID, uid: UInt32, session: Session
    ) throws(EngineError) -> RemovalOutcome {
        try change(
            .rebind, principal, .rebind(RebindBody(principal: principal, uid: uid)), session
        ) { core in
            core.enrolments.remove(of: principal)
            return core.sessions.endChanged { $0.principal == principal }
        }
    }

    /// An operator's statement about an account that keeps its keys as they are.
    private func change(
        _ action: Action, _ principal: PrincipalID, _ body: StatementBody, _ session: Session,
        ending: (Core) -> Int = { _ in 0 }
    ) throws(EngineError) -> RemovalOutcome {
        let core = try core()
        var facts = EntryFacts(action, session: session, request: core.newRequest())
        facts.detail = .about(principal, roles: [], compartments: [])
        _ = try core.require(session, action, facts: &facts)
        guard core.keyring.directory.isFounded else {
            try core.fail(facts, "not-founded", .notFounded)
        }
        return try core.acts.withLock { _ throws(EngineError) in
            var ended = 0
            let statement = try core.state(
                body, by: session, facts, applied: { ended = ending(core) })
            return RemovalOutcome(
                statement: statement.head.number, sessionsEnded: ended, keysStayKnown: [])
        }
    }
}

extension Core {
    fileprivate func statements(
        about principal: PrincipalID, _ chain: StatementChain
    ) -> [PrincipalHistory.Entry] {
        let vault = chain.directory.vault
        // Whose keys signed: keys that were granted once, also where the grant has ended since.
        var holders: [Fingerprint: PrincipalID] = [:]
        var entries: [PrincipalHistory.Entry] = []
        for verified in chain.statements {
            for identity in verified.content.grantees {
                holders[identity.fingerprint(vault: vault)] = identity.principal
            }
            guard verified.content.principals.contains(principal) else { continue }
            let signers = verified.head.signers.map { signer in
                holders[signer].flatMap { chain.directory.principal($0)?.name } ?? "\(signer)"
            }
            entries.append(
                PrincipalHistory.Entry(
                    number: verified.head.number, kind: verified.head.kind.name,
                    time: verified.head.time, signers: signers))
        }
        return entries
    }
}
