import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements

extension Core {
    /// Adds a statement signed by this login: statement, what goes with it, the signer's new pin and
    /// the entry are one commit. Call while holding `acts`.
    ///
    /// `also` makes the rows that go with it, from the chain as it will be; `applied` does what
    /// follows in memory, right after the directory there has changed.
    func state(
        _ body: StatementBody, by session: Session, _ start: EntryFacts,
        also: (StatementChain) throws(EngineError) -> KeyringChange = { _ in KeyringChange() },
        replacingDefaultRowsWith rows: ((Statement) throws(EngineError) -> KeyringChange)? = nil,
        applied: () -> Void = {}
    ) throws(EngineError) -> Statement {
        let places = ErrorPlaces(world)
        let keyring = keyring
        let (statement, chain) = try extended(by: body, session, start, keyring)
        var facts = start
        if facts.detail == nil {
            facts.detail = .statement(number: statement.head.number, hash: statement.hash)
        }
        for _ in 0..<FileLimits.attempts {
            var change: KeyringChange
            if let rows {
                change = try rows(statement)
            } else {
                change = try fromKeyring(places) { () throws(KeyringError) in
                    try StatementRows.append(statement, lock: keyring.lock)
                }
            }
            change.add(try also(chain))
            change.add(try repin(session, to: chain, keyring.lock))
            // A row that goes with it may be re-wrapped at this moment: read it again then.
            let isCommitted = try attempt(change, facts) {
                replace(keyring.extended(to: chain))
                applied()
            }
            guard isCommitted else { continue }
            tellActed(facts.action)
            return statement
        }
        try record([start.with(.failed, failure: "raced")])
        throw .conflict(.stale)
    }

    /// The chain as it would be with a statement signed by this login; nothing is stored. What the
    /// chain does not take has its entry.
    func extended(
        by body: StatementBody, _ session: Session, _ facts: EntryFacts, _ keyring: Keyring
    ) throws(EngineError) -> (Statement, StatementChain) {
        let places = ErrorPlaces(world)
        let draft = keyring.chain.draft(
            body, signers: [session.fingerprint], now: world.clock())
        var chain = keyring.chain
        let keys = try session.keys()
        let statement = try fromKeyring(places) { () throws(KeyringError) in
            try keys.sign(draft)
        }
        do throws(EngineError) {
            try fromStatements(places) { () throws(StatementError) in
                _ = try chain.append(statement)
            }
        } catch {
            try record([facts.with(.denied, failure: "statement-refused")])
            throw error.withReference(facts.reference)
        }
        return (statement, chain)
    }

    /// The signer's pins on the chain as it will be.
    func repin(
        _ session: Session, to chain: StatementChain, _ lock: StorageLock
    ) throws(EngineError) -> KeyringChange {
        let keys = try session.keys()
        return try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            guard let stored = try StoredPrincipal.read(session.principal, store, lock: lock) else {
                throw .rowMissing(.principal)
            }
            return try stored.repin(keys, to: Pins(of: chain), lock: lock)
        }
    }
}

extension EngineError {
    /// A refusal by the statements, with the reference of its entry.
    func withReference(_ reference: String) -> EngineError {
        if case .denied("", let rule) = self { return .denied(reference: reference, rule: rule) }
        return self
    }
}
