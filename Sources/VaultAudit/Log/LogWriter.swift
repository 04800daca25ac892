import VaultCoding
import VaultSodium

/// The one writer of a log: gives entries their place, grows the tree, and writes each batch with
/// its head in one durable append. Used under a lock, by one thread at a time.
struct LogWriter: ~Copyable {
    /// What the writer can do now.
    enum Phase {
        /// No keys. The chain's next key, if there is one.
        case sealed(chain: SecretBox?)
        /// With keys, and a way to ask for the newest durable state of the store.
        case unsealed(LogKeys, position: @Sendable () -> StorePosition)
    }

    let store: any AuditStore
    let clock: @Sendable () -> UInt64
    var phase: Phase
    /// The tree over the durable entries.
    private(set) var tree: TreeBuilder
    /// The newest durable head.
    private(set) var head: LogHead?
    /// The newest durable checkpoint under the present origin.
    private(set) var checkpoint: Checkpoint?
    /// Entries of the sealed state behind the head, as found at opening.
    private var time: UInt64
    /// Set when it is not known what the store holds: it is read again before the next batch.
    private var isInDoubt = false

    /// A writer behind what was loaded, sealed, without a chain.
    init(
        store: any AuditStore, loaded: LoadedLog, clock: @escaping @Sendable () -> UInt64
    ) {
        self.store = store
        self.clock = clock
        phase = .sealed(chain: nil)
        tree = loaded.tree
        head = loaded.head
        time = loaded.time
    }

    /// Whether entries are not covered by a checkpoint and could be.
    var wantsCheckpoint: Bool {
        switch phase {
        case .sealed: false
        case .unsealed: tree.size > (checkpoint?.size ?? 0)
        }
    }

    /// Entries that no checkpoint covers.
    var uncovered: UInt64 { tree.size - min(tree.size, checkpoint?.size ?? 0) }

    /// Whether a head is by the key at hand; false while sealed.
    func isAuthentic(_ head: LogHead) -> Bool {
        guard case .unsealed(let keys, _) = phase else { return false }
        return head.isAuthentic(keys.mac.bytes)
    }

    /// Whether such an entry can be appended now.
    func refusal(of entries: [FinishedEntry]) -> AuditError? {
        switch phase {
        case .sealed: entries.allSatisfy(\.content.isSealed) ? nil : .sealed
        case .unsealed: entries.contains { $0.content.isSealed } ? .notSealed : nil
        }
    }

    /// Appends entries, all or none, durable on return; gives the first one's sequence. With
    /// `signing`, adds a checkpoint over the entries that were durable before.
    ///
    /// After an error nothing was appended, but for `outcomeUnknown`; the writer goes on with what
    /// the store holds.
    mutating func append(
        _ entries: [FinishedEntry], signing: Bool, chain: AuditBatch.SealedChainWrite = .keep
    ) throws(AuditError) -> UInt64 {
        if isInDoubt { try reload() }
        var plan = Plan(first: tree.size, tree: tree, time: time)
        var nextChain: SecretBox?
        var nextHead = head
        var signed: Checkpoint?
        do throws(SodiumError) {
            switch phase {
            case .sealed(let key):
                nextChain = try plan.add(sealed: entries, now: clock(), key: key)
            case .unsealed(let keys, let position):
                plan.add(entries, now: clock())
                nextHead = try LogHead(
                    origin: keys.origin, size: plan.tree.size, root: plan.tree.root,
                    store: position(), time: max(plan.time, head?.time ?? 0), key: keys.mac.bytes)
                // Over the entries that are durable already: were it over this batch, and the batch
                // failed, another tree of the same size could get a second signature.
                if signing, tree.size > (checkpoint?.size ?? 0) {
                    signed = Checkpoint(
                        size: tree.size, root: tree.root, key: keys.verifierKey, keys.sign)
                }
            }
        } catch {
            throw .sodium(error)
        }
        let batch = AuditBatch(
            first: plan.first, records: plan.records, tiles: plan.tree.takeTiles(),
            head: nextHead == head ? nil : nextHead?.bytes,
            checkpoint: signed.map { StoredCheckpoint(size: $0.size, note: $0.note) },
            sealedChain: chain)
        try write(batch, endingAt: plan.tree.size)
        tree = plan.tree
        time = plan.time
        head = nextHead
        checkpoint = signed ?? checkpoint
        if case .sealed = phase { phase = .sealed(chain: nextChain) }
        return plan.first
    }

    private mutating func write(
        _ batch: AuditBatch, endingAt size: UInt64
    ) throws(AuditError) {
        do throws(AuditStoreError) {
            try store.append(batch)
        } catch {
            guard case .outcomeUnknown = error else { throw .store(error) }
            guard let state = try? store.state() else {
                isInDoubt = true
                throw .outcomeUnknown
            }
            if holds(batch, state, endingAt: size) { return }
            if state.size == batch.first, !batch.records.isEmpty { throw .store(error) }
            isInDoubt = true
            throw .outcomeUnknown
        }
    }

    /// Whether the store has everything that a batch writes, so that it is known to have been done. A
    /// batch without records shows only in what else it writes.
    private func holds(
        _ batch: AuditBatch, _ state: AuditStoreState, endingAt size: UInt64
    ) -> Bool {
        guard state.size == size, batch.head == nil || state.head == batch.head else {
            return false
        }
        switch batch.sealedChain {
        case .keep: break
        case .put(let row): guard state.sealedChain == row else { return false }
        case .remove: guard state.sealedChain == nil else { return false }
        }
        guard let checkpoint = batch.checkpoint else { return true }
        return (try? store.newestCheckpoint()) == checkpoint
    }

    /// Reads the store again after an append whose outcome is not known.
    private mutating func reload() throws(AuditError) {
        let loaded = try LoadedLog(store)
        if case .unsealed(let keys, _) = phase {
            guard loaded.sealed.isEmpty, loaded.head?.isAuthentic(keys.mac.bytes) != false else {
                throw .headNotAuthentic
            }
        }
        tree = loaded.tree
        head = loaded.head
        time = max(time, loaded.time)
        isInDoubt = false
    }

    /// Makes an unsealed writer: checks the head, judges what was logged while sealed, and covers it
    /// with a new head.
    mutating func unseal(
        _ keys: LogKeys, position: @escaping @Sendable () -> StorePosition
    ) throws(AuditError) -> SealedSummary {
        guard case .sealed = phase else { throw .notSealed }
        let loaded = try LoadedLog(store)
        if let head = loaded.head {
            guard head.isAuthentic(keys.mac.bytes) else { throw .headNotAuthentic }
            guard head.origin == keys.origin else {
                throw .otherOrigin(expected: keys.origin.text, found: head.origin.text)
            }
        }
        tree = loaded.tree
        head = loaded.head
        time = max(time, loaded.time)
        isInDoubt = false
        let summary = Self.judge(loaded, keys)
        let newest = try newestCheckpoint(keys)
        phase = .unsealed(keys, position: position)
        checkpoint = newest
        do throws(AuditError) {
            _ = try append([], signing: false, chain: .remove)
        } catch {
            phase = .sealed(chain: nil)
            throw error
        }
        return summary
    }

    private static func judge(_ loaded: LoadedLog, _ keys: LogKeys) -> SealedSummary {
        var summary = SealedSummary(adopted: UInt64(loaded.sealed.count), vouched: 0)
        // A row that does not open is a chain that did not hold, not a reason to stay sealed: the
        // entries are adopted and shown as not vouched for.
        if let row = loaded.chain, let key = try? SealedChain.unwrap(row, with: keys),
            let vouched = try? SealedChain.vouched(loaded.sealed, from: key)
        {
            summary.vouched = vouched
        }
        return summary
    }

    /// The stored checkpoint, if it is of this origin; it must be authentic and of this very tree.
    private func newestCheckpoint(_ keys: LogKeys) throws(AuditError) -> Checkpoint? {
        let stored = try AuditError.wrap { () throws(AuditStoreError) in
            try store.newestCheckpoint()
        }
        guard let stored else { return nil }
        let verified: Checkpoint
        do throws(NoteError) {
            let unverified = try UnverifiedCheckpoint(parse: stored.note)
            if unverified.origin != keys.origin.text { return nil }
            verified = try unverified.verify(keys.verifierKey)
        } catch {
            throw .checkpointNotAuthentic(size: stored.size)
        }
        guard verified.size <= tree.size else {
            throw .truncated(expected: verified.size, found: tree.size)
        }
        var reader = TreeReader(size: tree.size, source: StoreTiles(store))
        guard try reader.root(at: verified.size) == verified.root else {
            throw .wrongRoot(size: verified.size)
        }
        return verified
    }

    /// Signs a checkpoint over all durable entries, unless the newest covers them.
    mutating func sign() throws(AuditError) -> Checkpoint {
        guard case .unsealed = phase else { throw .sealed }
        if isInDoubt || checkpoint?.size != tree.size {
            _ = try append([], signing: true)
        }
        guard let checkpoint, checkpoint.size == tree.size else { return try signEmpty() }
        return checkpoint
    }

    /// The checkpoint of an empty log: nothing of it needs to be kept.
    private func signEmpty() throws(AuditError) -> Checkpoint {
        guard case .unsealed(let keys, _) = phase else { throw .sealed }
        return Checkpoint(size: tree.size, root: tree.root, key: keys.verifierKey, keys.sign)
    }

    /// Writes a last checkpoint and the wrapped key of the chain, then forgets the keys; forgets them
    /// also when that cannot be written, and then there is no chain.
    mutating func seal() throws(AuditError) {
        guard case .unsealed(let keys, _) = phase else { return }
        let first: SecretBox
        let row: [UInt8]
        do throws(SodiumError) {
            first = SecretBox(try SecretBytes(random: SealedChain.keySize))
            row = try SealedChain.wrap(first.bytes, for: keys)
        } catch {
            phase = .sealed(chain: nil)
            throw .sodium(error)
        }
        do throws(AuditError) {
            _ = try append([], signing: true, chain: .put(row))
        } catch {
            phase = .sealed(chain: nil)
            throw error
        }
        phase = .sealed(chain: first)
    }
}

/// A batch in the making.
private struct Plan {
    let first: UInt64
    var tree: TreeBuilder
    var time: UInt64
    var records: [[UInt8]] = []

    init(first: UInt64, tree: TreeBuilder, time: UInt64) {
        self.first = first
        self.tree = tree
        self.time = time
    }

    /// Places entries made under an audit epoch.
    mutating func add(_ entries: [FinishedEntry], now: UInt64) {
        records.reserveCapacity(entries.count)
        for entry in entries { put(place(entry, now: now)) }
    }

    /// Places entries of the sealed state; gives the key for the next one.
    mutating func add(
        sealed entries: [FinishedEntry], now: UInt64, key: SecretBox?
    ) throws(SodiumError) -> SecretBox? {
        guard var next = key else {
            add(entries, now: now)
            return nil
        }
        for entry in entries {
            var record = place(entry, now: now)
            if case .sealed(let part, _) = record.content {
                record.content = .sealed(
                    part, mac: try SealedChain.mac(record.leaf, part, key: next.bytes))
                next = SecretBox(try SealedChain.step(next.bytes))
            }
            put(record)
        }
        return next
    }

    /// Time never runs backwards in a log, whatever the clock does; nor does a mad clock use up the
    /// times that a leaf can hold.
    private mutating func place(_ entry: FinishedEntry, now: UInt64) -> AuditRecord {
        time = max(time + 1, min(now, AuditLimits.latestClock))
        return entry.record(sequence: tree.size, time: time)
    }

    private mutating func put(_ record: AuditRecord) {
        let bytes = record.bytes
        tree.append(SHA256.leaf(bytes.span.extracting(first: Leaf.count)))
        records.append(bytes)
    }
}
