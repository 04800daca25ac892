import VaultAudit
import VaultKeyring

extension Core {
    /// Answers an act that cannot be done, after its entry is durable.
    func fail(
        _ facts: EntryFacts, _ failure: String, _ error: EngineError
    ) throws(EngineError) -> Never {
        try record([facts.with(.failed, failure: failure)])
        throw error
    }

    /// Commits a change with its entry; a race is a conflict that the caller sees. `applied` is told
    /// as in ``attempt(_:_:applied:)``.
    func commit(
        _ change: KeyringChange, _ facts: EntryFacts, applied: () -> Void = {}
    ) throws(EngineError) {
        guard try attempt(change, facts, applied: applied) else {
            try record([facts.with(.failed, failure: "raced")])
            throw .conflict(.stale)
        }
    }

    /// Commits a change with its entry; false when a precondition did not hold.
    ///
    /// `applied` is called once the change is durable in the store, also when its entry could not be
    /// appended and the answer is `outcomePending`: what the vault holds in memory must follow the
    /// store, or a disabling would be on disk and not in force.
    func attempt(
        _ change: KeyringChange, _ facts: EntryFacts, applied: () -> Void = {}
    ) throws(EngineError) -> Bool {
        let member = CommitMember(
            preconditions: change.preconditions, writes: change.writes,
            entries: [try entry(facts)])
        do throws(WriteFailure) {
            try write(member, reference: facts.reference)
        } catch {
            switch error {
            case .raced: return false
            case .engine(let error):
                if case .outcomePending = error { applied() }
                throw error
            }
        }
        applied()
        return true
    }
}
