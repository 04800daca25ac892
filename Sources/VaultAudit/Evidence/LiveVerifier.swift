import VaultCoding
import VaultSodium
package import VaultStatements

/// Verifies the log as it lies in its store, page by page.
///
/// What a file's verifier checks, and what only the store has: that every record can be read, that the
/// tiles hold the hashes of the records, that head and checkpoints are of this very tree, and that every
/// checkpoint in the range was signed by the log's key. It is the daemon that checks itself; an export
/// checked elsewhere trusts nobody.
package struct LiveVerifier {
    private static let page: UInt64 = 512

    private let log: AuditLog
    private let key: VerifierKey
    private let size: UInt64
    private let root: Digest
    private let end: UInt64
    private let total64: UInt64
    private let right: [Digest]
    private var tree: TreeBuilder
    private var frontier: Frontier
    private var rules: TrailRules
    private var checkpoints: CheckpointWalk
    private var finding: TrailFinding?
    private var isEnded = false

    /// For the entries `from` to `to` of an unsealed log (all of them unless told). `key` verifies its
    /// checkpoints, `chain` is taken after everything else. Throws `outOfRange`, `store`; nil before
    /// the founding, when no audit key is there to judge by.
    package init?(
        log: AuditLog, key: VerifierKey, chain: StatementChain, from: UInt64? = nil,
        to: UInt64? = nil
    ) throws(AuditError) {
        guard let facts = ChainFacts(chain) else { return nil }
        guard let head = log.newestHead else { throw .headNotAuthentic }
        let start = from ?? 0
        end = to ?? head.size
        guard start <= end, end <= head.size else { throw .outOfRange(size: head.size) }
        self.log = log
        self.key = key
        size = head.size
        root = head.root
        total64 = end - start
        rules = TrailRules(chain: facts, start: start)
        checkpoints = CheckpointWalk(store: log.store, key: key, from: start)
        var found: TrailFinding?
        if facts.logKey != key.key { found = TrailFinding(.logKey) }
        var proof = RangeProof(left: [], right: [])
        var tree = TreeBuilder()
        do throws(AuditError) {
            var reader = TreeReader(size: head.size, source: StoreTiles(log.store))
            proof = try reader.range(start..<end)
            tree = try TreeBuilder(size: start, source: StoreTiles(log.store))
        } catch {
            if case .store = error { throw error }
            found = TrailFinding(.tile)
        }
        if try !Self.isStored(head, log) { found = found ?? TrailFinding(.head) }
        right = proof.right
        self.tree = tree
        frontier = Frontier(size: start, nodes: proof.left) ?? Frontier()
        finding = found
    }

    /// The stored head is authentic, and the newest one or already a later one.
    private static func isStored(_ head: LogHead, _ log: AuditLog) throws(AuditError) -> Bool {
        let state = try AuditError.wrap { () throws(AuditStoreError) in try log.store.state() }
        guard let bytes = state.head, let stored = try? LogHead(parse: bytes) else { return false }
        return stored.origin == head.origin && stored.size >= head.size && log.isAuthentic(stored)
    }

    /// How many entries are to be checked.
    package var total: UInt64 { total64 }
    /// How many were checked.
    package var done: UInt64 { rules.counts.entries }

    /// Checks the next page; false when there is nothing left to do. `sealer` gives what opens an
    /// epoch's entries. Throws `store`.
    package mutating func step(sealer: (UInt32) -> EntrySealer?) throws(AuditError) -> Bool {
        guard finding == nil, !isEnded else { return false }
        let first = frontier.size
        let count = min(Self.page, end - first)
        if count > 0 {
            let stored = try AuditError.wrap { () throws(AuditStoreError) in
                try log.store.records(from: first, limit: Int(count))
            }
            for (offset, bytes) in stored.enumerated() {
                let sequence = first + UInt64(offset)
                if let problem = try check(bytes, sealer) {
                    finding = TrailFinding(problem, at: sequence)
                    return false
                }
            }
            guard stored.count == Int(count) else {
                finding = TrailFinding(.sequence, at: first + UInt64(stored.count))
                return false
            }
            try compareTiles(after: first)
        }
        if finding == nil, frontier.size == end { finish() }
        return finding == nil && !isEnded
    }

    /// What it comes to, after the last step.
    package mutating func report() -> LiveReport {
        let gap = rules.finish()
        let open = isEnded ? gap : TrailFinding(.cut, at: frontier.size)
        return LiveReport(
            verdict: TrailVerdict(finding ?? open), size: size, counts: rules.counts)
    }

    private mutating func check(
        _ bytes: [UInt8], _ sealer: (UInt32) -> EntrySealer?
    ) throws(AuditError) -> TrailProblem? {
        guard let record = try? AuditRecord(parse: bytes) else { return .record }
        let entry = EvidenceEntry(record, sealer: sealer(record.leaf.epoch)) { _ in true }
        if let problem = entry.check() { return problem }
        var contents = TrailRules.Contents.missing
        if case .opened(let a, let b) = entry.contents {
            // An opening that only auditors could read would be judged by nobody else.
            if case .epochOpened = a.value.detail, record.content.openA == nil { return .contents }
            contents = .opened(a.value, b?.value)
        }
        if let problem = rules.add(record.leaf, contents) { return problem }
        let hash = SHA256.leaf(record.leaf.bytes)
        frontier.append(hash)
        tree.append(hash)
        return try checkpoints.pass(frontier)
    }

    /// Every tile that the page finished or lengthened stands in the store with these hashes.
    private mutating func compareTiles(after first: UInt64) throws(AuditError) {
        for tile in tree.takeTiles() {
            let stored = try AuditError.wrap { () throws(AuditStoreError) in
                try log.store.tile(tile.id)
            }
            guard let stored, stored.starts(with: tile.bytes) else {
                finding = TrailFinding(.tile, at: first)
                return
            }
        }
    }

    private mutating func finish() {
        isEnded = true
        var whole = frontier
        if !whole.complete(to: size, with: right) || whole.root != root {
            finding = TrailFinding(.root)
        }
    }
}

/// What the live log comes to.
package struct LiveReport: Sendable, Equatable {
    /// Whether it can be believed.
    package let verdict: TrailVerdict
    /// The size of the log that it was compared with.
    package let size: UInt64
    /// What was counted.
    package let counts: TrailCounts
}

/// The stored checkpoints, each compared with the tree as that passes its size.
private struct CheckpointWalk {
    private static let page = 256

    private let store: any AuditStore
    private let key: VerifierKey
    private var next: UInt64
    private var waiting: ArraySlice<StoredCheckpoint> = []
    private var isLast = false

    init(store: any AuditStore, key: VerifierKey, from: UInt64) {
        self.store = store
        self.key = key
        next = from + 1
    }

    /// The tree has grown by one.
    mutating func pass(_ frontier: Frontier) throws(AuditError) -> TrailProblem? {
        if waiting.isEmpty, !isLast {
            let (start, limit) = (next, Self.page)
            let page = try AuditError.wrap { () throws(AuditStoreError) in
                try store.checkpoints(from: start, limit: limit)
            }
            isLast = page.count < limit
            next = (page.last?.size ?? start) + 1
            waiting = page[...]
        }
        // A store that gave sizes out of order would have some of them compared with nothing.
        while let first = waiting.first, first.size <= frontier.size {
            waiting.removeFirst()
            guard first.size == frontier.size else { return .checkpoint }
            if let problem = check(first, frontier.root) { return problem }
        }
        return nil
    }

    private func check(_ stored: StoredCheckpoint, _ root: Digest) -> TrailProblem? {
        guard let note = try? UnverifiedCheckpoint(parse: stored.note), note.size == stored.size,
            let origin = try? LogOrigin(parse: note.origin),
            let mine = try? LogOrigin(parse: key.name), origin.vault == mine.vault,
            let signer = try? VerifierKey(name: note.origin, key: key.key),
            let checkpoint = try? note.verify(signer)
        else { return .checkpoint }
        return checkpoint.root == root ? nil : .root
    }
}
