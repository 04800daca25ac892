import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements
import VaultStorage

/// From opened keys to a serving core: what must fit together is compared before anything is served.
struct Unsealing {
    let world: VaultEnvironment
    let store: any ByteStore
    let log: AuditLog
    let keyring: Keyring
    let health: HealthBoard
    let distress: @Sendable (SealReason) -> Void

    private var places: ErrorPlaces { ErrorPlaces(world) }

    struct Result {
        let core: Core
        let summary: SealedSummary
        let recovered: Int
    }

    /// Compares store and log, adopts what was logged while sealed, brings outbox entries into the
    /// log, and opens an audit epoch. Nothing is served before all of it holds, and nothing is
    /// written before store, log and outbox have been found to fit.
    func run() throws(EngineError) -> Result {
        let (digest, row) = try readDigest()
        try compare(digest: digest.digest, logSize: digest.logSize)
        try compareStatements()
        let outbox = try readOutbox()
        let committer = Committer(
            store: store, macKey: keyring.service.mac, digest: digest.digest, row: row,
            logSize: { [log] in log.size })
        let summary = try unsealLog(committer)
        let trail = AuditTrail(
            vault: keyring.header.vault, clock: world.clock, monotonic: world.monotonic)
        let core = Core(
            world: world, store: store, log: log, committer: committer, trail: trail,
            health: health, keyring: keyring, nextBody: try nextBody(), distress: distress)
        let recovered = try recover(outbox, core)
        try core.openEpoch()
        return Result(core: core, summary: summary, recovered: recovered)
    }

    private func readDigest() throws(EngineError) -> (
        digest: (digest: StoreDigest, logSize: UInt64), row: [UInt8]
    ) {
        let row = try fromStore(places) { () throws(StorageError) in
            try store.get(.meta, StoreDigest.rowKey)
        }
        guard let row, let digest = StoreDigest.read(row: row, mac: keyring.service.mac.bytes)
        else {
            throw .damaged(
                file: world.storePath, detail: "the store's digest is missing or not authentic",
                remedy: "restore the vault's files together from one backup")
        }
        return (digest, row)
    }

    /// Refuses a store and a log that were not together last: one of them is older, cut, or of
    /// another vault.
    private func compare(digest: StoreDigest, logSize: UInt64) throws(EngineError) {
        let remedy =
            "put back the files that belong together; \(world.storePath) and \(world.logPath) "
            + "must come from the same moment"
        guard log.size >= logSize else {
            throw .damaged(
                file: world.logPath,
                detail: "the log has \(log.size) entries, the store \(world.storePath) has seen "
                    + "\(logSize)",
                remedy: remedy)
        }
        guard let head = log.newestHead else {
            guard log.size == 0, logSize == 0 else {
                throw .damaged(
                    file: world.logPath, detail: "the log has entries and no head", remedy: remedy)
            }
            return
        }
        guard head.store.counter <= digest.counter else {
            throw .damaged(
                file: world.storePath,
                detail: "the store is at commit \(digest.counter), the log \(world.logPath) has "
                    + "seen commit \(head.store.counter)",
                remedy: remedy)
        }
        if head.store.counter == digest.counter, head.store.digest != digest.digest {
            throw .damaged(
                file: world.storePath,
                detail: "store and log \(world.logPath) are both at commit \(digest.counter) and "
                    + "differ",
                remedy: remedy)
        }
    }

    private func unsealLog(_ committer: Committer) throws(EngineError) -> SealedSummary {
        let origin: LogOrigin
        do { origin = try LogOrigin(parse: keyring.header.origin) } catch {
            throw .damaged(
                file: world.headerPath, detail: "the log's origin cannot be read",
                remedy: "restore it from a backup")
        }
        // What was logged while sealed is written first: an unsealed log refuses it.
        log.flush()
        let service = keyring.service
        let keys = LogKeys(
            origin: origin, publicKey: service.logSigning.publicKey, mac: service.mac,
            sign: { service.logSigning.sign($0) })
        return try fromLog(places) { () throws(AuditError) in
            try log.unseal(keys) {
                let newest = committer.newest
                return StorePosition(counter: newest.counter, digest: newest.digest)
            }
        }
    }

    /// Numbers of bodies go on above the highest in the store.
    private func nextBody() throws(EngineError) -> UInt64 {
        // Doubling, then halving: the order of keys is the order of numbers.
        var low: UInt64 = 0
        var high: UInt64 = 1 << 62
        while low < high {
            let middle = low + (high - low) / 2
            let rows = try fromStore(places) { () throws(StorageError) in
                try store.scan(.bodies, from: RecordRow.bodyKey(middle), to: nil, limit: 1)
            }
            if rows.isEmpty { high = middle } else { low = middle + 1 }
        }
        return max(low, 1)
    }

    /// The entries that the last commits left, each authentic.
    private func readOutbox() throws(EngineError) -> [OutboxRow] {
        var rows: [OutboxRow] = []
        var cursor: [UInt8] = []
        while true {
            let page = try fromStore(places) { () throws(StorageError) in
                try store.scan(.outbox, from: cursor, to: nil, limit: 512)
            }
            for row in page {
                guard
                    let read = OutboxRow.read(
                        key: row.key, value: row.value, mac: keyring.service.mac.bytes)
                else {
                    throw .damaged(
                        file: world.storePath, detail: "an outbox entry is not authentic",
                        remedy: "restore the vault's files together from one backup")
                }
                rows.append(read)
            }
            guard let last = page.last, page.count == 512 else { return rows }
            cursor = last.cursor
        }
    }

    /// Appends the entries of commits that the log has not seen: death came between the two.
    private func recover(_ rows: [OutboxRow], _ core: Core) throws(EngineError) -> Int {
        guard let from = rows.map(\.logSize).min() else { return 0 }
        let known = try fromLog(places) { () throws(AuditError) in
            try log.entryIDs(from: min(from, log.size))
        }
        let missing = rows.filter { !known.contains($0.entry.id) }
            .sorted { ($0.counter, $0.position) < ($1.counter, $1.position) }
        for start in stride(from: 0, to: missing.count, by: AuditLimits.group) {
            try core.appendAndWait(missing[start...].prefix(AuditLimits.group).map(\.entry))
        }
        core.committer.logged(rows.map(\.entry.id))
        return missing.count
    }
}

extension Core {
    /// How many of the log's newest entries are looked at for the highest epoch. Entries of an epoch
    /// stand behind its first one but for those that were under way when it ended, and recovered ones,
    /// which come before the next epoch begins.
    private static let epochWindow: UInt64 = 1024

    /// One above the highest epoch in store or log: where rows of the store were taken away, a number
    /// that entries of the log have is not given again.
    private func nextEpoch(_ places: ErrorPlaces) throws(EngineError) -> UInt32 {
        var highest = try fromKeyring(places) { () throws(KeyringError) in
            max(try AuditEpochs.highest(store), trail.epoch)
        }
        if trail.epoch == 0 {
            let size = log.size
            let newest = try fromLog(places) { () throws(AuditError) in
                try log.records(size - min(size, Self.epochWindow)..<size)
            }
            highest = max(highest, newest.map(\.leaf.epoch).max() ?? 0)
        }
        let (next, overflow) = highest.addingReportingOverflow(1)
        guard !overflow else {
            throw .damaged(
                file: world.storePath, detail: "there is no audit epoch above \(highest)",
                remedy: "restore the vault's files together from one backup")
        }
        return next
    }

    /// Opens the next audit epoch: box and first entry are one commit, and nothing is encrypted under
    /// the new key before that entry stands in the log.
    func openEpoch() throws(EngineError) {
        let places = ErrorPlaces(world)
        for _ in 0..<FileLimits.attempts {
            let keyring = keyring
            let number = try nextEpoch(places)
            let epoch = try fromKeyring(places) { () throws(KeyringError) in
                try AuditEpochs.make(
                    number: number, directory: keyring.directory, lock: keyring.lock)
            }
            var facts = EntryFacts(.auditEpoch, request: newRequest())
            facts.detail = .epochOpened(
                EpochOpening(
                    epoch: number, auditKey: epoch.auditKeyNumber,
                    auditKeyFingerprint: epoch.auditKey.map(EpochOpening.fingerprint(of:)) ?? .zero,
                    boxHash: epoch.boxHash, statement: keyring.chain.head.number,
                    statementHash: keyring.chain.head.hash))
            let entry = try trail.opening(
                epoch, facts: facts, mark: committer.newest, storageEpoch: keyring.lock.current,
                statement: keyring.chain.head.number)
            let member = CommitMember(
                preconditions: epoch.change.preconditions, writes: epoch.change.writes,
                entries: [entry])
            do throws(WriteFailure) {
                try write(member, reference: facts.reference)
                trail.install(epoch)
                return
            } catch {
                switch error {
                case .raced: continue
                case .engine(let error): throw error
                }
            }
        }
        throw .unavailable(.busy, detail: "no audit epoch could be opened")
    }
}
