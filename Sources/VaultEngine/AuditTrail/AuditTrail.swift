import Synchronization
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// Finishes audit entries under the current audit epoch, and turns the epoch over.
///
/// An epoch's data key is fresh, boxed to the chain's audit key, and forgotten at its end. Nothing is
/// encrypted under it before its first entry, which says for whom it was made, is durable in the log.
final class AuditTrail: Sendable {
    private struct State {
        var sealer: EntrySealer?
        var number: UInt32 = 0
        /// The number of the audit key that the data key is boxed to.
        var auditKey: UInt32 = 0
        var openedAt: UInt64 = 0
        var count: UInt64 = 0
    }

    private let vault: VaultID
    private let clock: @Sendable () -> UInt64
    /// Of the epoch's age: a clock that is set back must not make a day longer.
    private let monotonic: @Sendable () -> UInt64
    private let state = Mutex(State())

    init(
        vault: VaultID, clock: @escaping @Sendable () -> UInt64,
        monotonic: @escaping @Sendable () -> UInt64
    ) {
        self.vault = vault
        self.clock = clock
        self.monotonic = monotonic
    }

    /// The current audit epoch; 0 before the first.
    var epoch: UInt32 { state.withLock { $0.number } }

    /// Whether the epoch's day or fill is over, or the statements name another audit key by now.
    func isDue(auditKey: UInt32?) -> Bool {
        let now = monotonic()
        return state.withLock {
            $0.count >= AuditLimits.epochEntries
                || now >= $0.openedAt + AuditLimits.epochDuration
                || $0.auditKey != auditKey ?? 0
        }
    }

    /// Makes the parts of an entry and encrypts them.
    func finish(
        _ facts: EntryFacts, mark: StoreMark, storageEpoch: UInt32, statement: UInt64,
        openA: Bool = false
    ) throws(EngineError) -> FinishedEntry {
        let (sealer, number) = state.withLock { state in
            state.count += 1
            return (state.sealer, state.number)
        }
        guard let sealer else { throw .sealed }
        return try finish(
            facts, sealer, mark: mark, epochs: (storageEpoch, number), statement: statement,
            openA: openA)
    }

    /// The first entry of a new epoch, with part A open. The epoch is not used until ``install``.
    func opening(
        _ epoch: NewAuditEpoch, facts: EntryFacts, mark: StoreMark, storageEpoch: UInt32,
        statement: UInt64
    ) throws(EngineError) -> FinishedEntry {
        let sealer = EntrySealer(vault: vault, epoch: epoch.number, key: epoch.key)
        return try finish(
            facts, sealer, mark: mark, epochs: (storageEpoch, epoch.number), statement: statement,
            openA: true)
    }

    /// Uses an epoch whose first entry is durable in the log, and forgets the one before.
    func install(_ epoch: NewAuditEpoch) {
        let sealer = EntrySealer(vault: vault, epoch: epoch.number, key: epoch.key)
        let now = monotonic()
        state.withLock {
            $0 = State(
                sealer: sealer, number: epoch.number, auditKey: epoch.auditKeyNumber,
                openedAt: now, count: 1)
        }
    }

    private func finish(
        _ facts: EntryFacts, _ sealer: EntrySealer, mark: StoreMark,
        epochs: (storage: UInt32, audit: UInt32), statement: UInt64, openA: Bool
    ) throws(EngineError) -> FinishedEntry {
        var keys = [
            KeyEpoch(scope: "storage", number: epochs.storage),
            KeyEpoch(scope: "audit", number: epochs.audit),
        ]
        if let compartment = facts.compartment,
            let generation = facts.session?.care?[compartment]?.newest
        {
            keys.append(KeyEpoch(scope: compartment.rawValue, number: generation))
        }
        var a = facts.partA(time: clock(), mark: mark, keys: keys)
        a.statement = statement
        do {
            return try sealer.finish(a, facts.partB, openA: openA)
        } catch {
            throw .internalError(reference: facts.reference)
        }
    }
}
