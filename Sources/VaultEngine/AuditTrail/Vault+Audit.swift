import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// A signed checkpoint and the key that verifies it.
package struct CheckpointText: Sendable {
    /// The signed note.
    package let note: String
    /// The verifier key.
    package let verifierKey: String
    /// The proof that it continues the tree of the size asked for; empty without one.
    package let consistency: [Digest]
}

extension Vault {
    /// The newest entries, oldest first. Auditors; looking is itself logged.
    package func auditTail(
        limit: Int, session: Session
    ) throws(EngineError) -> [AuditLine] {
        let core = try core()
        var facts = EntryFacts(.auditRead, session: session, request: core.newRequest())
        _ = try core.require(session, .auditRead, facts: &facts)
        let size = core.log.size
        let range = (size - min(UInt64(max(limit, 1)), size))..<size
        facts.detail = .range(from: range.lowerBound, to: range.upperBound)
        facts.results = UInt32(range.count)
        try core.record([facts])
        return try core.lines(range, DataKeys(core: core, lock: session.audit))
    }

    /// The newest entries of the request whose answer carried a reference, oldest first; empty where
    /// there is none. Auditors; looking is itself logged.
    ///
    /// Looks from the newest entry back and stops once it has found some: milliseconds for what was
    /// refused today, the whole log for a reference that does not exist. `isWanted` ends it early by
    /// answering false.
    package func auditEntries(
        reference: String, limit: Int, session: Session, isWanted: () -> Bool = { true }
    ) throws(EngineError) -> [AuditLine] {
        let core = try core()
        var facts = EntryFacts(.auditRead, session: session, request: core.newRequest())
        _ = try core.require(session, .auditRead, facts: &facts)
        guard let reference = RequestID.reference(typed: reference) else {
            let problem = "is not a reference of ten characters"
            try core.fail(
                facts, "reference", .invalidArgument(name: "reference", problem: problem))
        }
        let search = try core.search(session, isWanted) { $0.a?.request?.reference == reference }
        let found = Array(search.found.suffix(max(limit, 1)))
        facts.detail = .range(from: search.range.lowerBound, to: search.range.upperBound)
        facts.results = UInt32(clamping: found.count)
        // Before anything of it is shown.
        try core.record([facts])
        return found
    }

    /// A signed checkpoint over everything durable, to be kept outside, with the proof that it
    /// continues a tree of `since` entries. Auditors.
    package func auditCheckpoint(
        since: UInt64? = nil, _ session: Session
    ) throws(EngineError) -> CheckpointText {
        let core = try core()
        var facts = EntryFacts(.auditCheckpoint, session: session, request: core.newRequest())
        _ = try core.require(session, .auditCheckpoint, facts: &facts)
        try core.record([facts])
        let checkpoint = try core.handOut()
        // A log that is shorter than what the caller has seen has nothing to prove.
        let known = since.flatMap { $0 <= checkpoint.size ? $0 : nil }
        let proof = try known.map { size throws(EngineError) in
            try fromLog(ErrorPlaces(world)) { () throws(AuditError) in
                var tree = try core.log.tree(of: checkpoint.size)
                return try tree.consistency(from: size)
            }
        }
        return CheckpointText(
            note: String(decoding: checkpoint.note, as: UTF8.self),
            verifierKey: core.keyring.header.logVerifierKey, consistency: proof ?? [])
    }
}

extension Core {
    /// Entries opened at a time.
    private static let page: UInt64 = 1_000

    /// The entries of a range as an auditor's keys open them.
    fileprivate func lines(
        _ range: Range<UInt64>, _ keys: DataKeys
    ) throws(EngineError) -> [AuditLine] {
        let records = try fromLog(ErrorPlaces(world)) { () throws(AuditError) in
            try log.records(range)
        }
        let chain = keyring.chain
        return records.map { record in
            // The same rule as in an export decides what is believed of an entry.
            let entry = EvidenceEntry(record, sealer: keys.sealer(record.leaf.epoch)) { _ in true }
            guard case .opened(let a, let b) = entry.contents else {
                return AuditLine(leaf: record.leaf)
            }
            return AuditLine(
                leaf: record.leaf, a: a.value,
                b: b?.value ?? (record.content.isSealed ? PartB() : nil), chain)
        }
    }

    /// Looks from the newest entry back for entries that belong together, and tells how far it looked.
    fileprivate func search(
        _ session: Session, _ isWanted: () -> Bool, _ matches: (AuditLine) -> Bool
    ) throws(EngineError) -> (found: [AuditLine], range: Range<UInt64>) {
        let keys = DataKeys(core: self, lock: session.audit)
        let size = log.size
        var found: [AuditLine] = []
        var from = size
        while from > 0, isWanted() {
            // Whoever was logged out or disabled meanwhile gets no further.
            guard !session.isOver(at: world.clock()) else { throw .loginNeeded }
            let upper = from
            from -= min(upper, Self.page)
            let here = try lines(from..<upper, keys).filter(matches)
            found = here + found
            session.touch(world.clock())
            // The entries of one request stand close together, but may lie on two pages.
            if here.isEmpty, !found.isEmpty { break }
        }
        return (found, from..<size)
    }

    /// Signs a checkpoint and notes that somebody outside has it.
    func handOut() throws(EngineError) -> Checkpoint {
        let checkpoint = try fromLog(ErrorPlaces(world)) { () throws(AuditError) in
            try log.checkpoint()
        }
        let mark = PinnedMark(size: checkpoint.size, time: world.clock())
        let member = CommitMember(writes: [.put(.meta, PinnedMark.rowKey, mark.bytes)])
        _ = try? committer.commit(member)
        return checkpoint
    }
}

/// The data keys of audit epochs that an auditor's login opens, each once.
final class DataKeys {
    private let core: Core
    private let lock: AuditLock?
    private var sealers: [UInt32: EntrySealer?] = [:]

    init(core: Core, lock: AuditLock?) {
        self.core = core
        self.lock = lock
    }

    /// What opens entries of an epoch; nil when it cannot be opened.
    func sealer(_ epoch: UInt32) -> EntrySealer? {
        if let known = sealers[epoch] { return known }
        let keyring = core.keyring
        let key = try? lock?.dataKey(epoch: epoch, core.store, lock: keyring.lock)
        let sealer = key.map {
            EntrySealer(vault: keyring.header.vault, epoch: epoch, key: $0.key)
        }
        sealers[epoch] = .some(sealer)
        return sealer
    }
}
