import VaultCoding
import VaultSodium
import VaultStatements

/// What must hold from entry to entry, whoever reads them: a file's verifier or the live log's.
///
/// Fed with entries whose contents fit their leaf. Keeps a few numbers per audit epoch and nothing per
/// entry.
struct TrailRules {
    /// What is known of an entry's contents.
    enum Contents {
        case missing
        case opened(PartA, PartB?)
    }

    private let chain: ChainFacts
    private let start: UInt64
    /// k_s of the subject whose entries must all be open.
    private let subject: Digest?
    private var next: UInt64
    /// What was counted so far.
    private(set) var counts = TrailCounts()
    private var epochs = EpochRules()
    private var sealed = SealedRules()
    /// For each epoch, the first entry without contents.
    private var missing: [UInt32: UInt64] = [:]
    private var erased: [ClosedRange<UInt32>] = []
    /// The first thing that is not there.
    private var gap: TrailFinding?

    /// For entries from `start` on.
    init(chain: ChainFacts, start: UInt64, subject: Digest? = nil) {
        self.chain = chain
        self.start = start
        self.subject = subject
        next = start
    }

    /// Judges the next entry; nil if nothing is wrong with it.
    mutating func add(_ leaf: Leaf, _ contents: Contents) -> TrailProblem? {
        guard leaf.sequence == next else { return .sequence }
        guard counts.lastTime.map({ leaf.time > $0 }) ?? true else { return .time }
        next += 1
        counts.entries += 1
        counts.firstTime = counts.firstTime ?? leaf.time
        counts.lastTime = leaf.time
        if leaf.epoch == 0 { sealed.add() }
        if let problem = checkSubject(leaf, contents) { return problem }
        switch contents {
        case .missing:
            counts.missing += 1
            missing[leaf.epoch] = missing[leaf.epoch] ?? leaf.sequence
            return epochs.use(leaf.epoch, isWhole: start == 0)
        case .opened(let a, let b):
            if b != nil { counts.disclosed += 1 }
            return check(leaf, a)
        }
    }

    /// What is not there, after the last entry; nil if nothing is missing.
    mutating func finish() -> TrailFinding? {
        counts.sealed = sealed.tally
        let lost = missing.filter { epoch, _ in !erased.contains { $0.contains(epoch) } }
        if let first = lost.values.min() { note(.missing, at: first) }
        return gap
    }

    private mutating func check(_ leaf: Leaf, _ a: PartA) -> TrailProblem? {
        if case .epochOpened(let opening) = a.detail {
            guard opening.epoch == leaf.epoch else { return .epochKey }
            if let problem = epochs.open(opening, founding: chain.founding.number) {
                return problem
            }
            return check(opening, at: leaf.sequence)
        }
        if let problem = epochs.use(leaf.epoch, isWhole: start == 0) { return problem }
        switch a.detail {
        case .unsealed(let summary):
            return sealed.judge(summary, isWhole: start == 0) ? nil : .sealed
        case .statement(let number, let hash):
            if number >= chain.founding.number { epochs.founded() }
            return checkStatement(number, hash, at: leaf.sequence)
        case .contentsErased(let first, let last):
            // Nobody erases evidence alone, so an erasure that names no approval counts for nothing.
            if a.outcome == .success, !a.approval.isEmpty, first <= last, leaf.epoch != 0 {
                erased.append(first...last)
            }
            return nil
        case .epochOpened, .continued, .tally, .erased, .range, .progress, .health, .about, nil:
            return nil
        }
    }

    /// Whether an epoch's data key went to an auditor: to the audit key of the chain, or before the
    /// founding to nobody.
    private mutating func check(_ opening: EpochOpening, at sequence: UInt64) -> TrailProblem? {
        if let problem = checkStatement(opening.statement, opening.statementHash, at: sequence) {
            return problem
        }
        guard opening.auditKey > 0 else {
            guard opening.statement < chain.founding.number, opening.auditKeyFingerprint == .zero
            else { return .epochKey }
            // That it names an early statement does not show that it is early; what stands before does.
            if start > 0 { note(.unproven, at: sequence) }
            return nil
        }
        guard opening.statement >= chain.founding.number,
            let key = chain.auditKeys[opening.auditKey],
            EpochOpening.fingerprint(of: key) == opening.auditKeyFingerprint
        else { return .epochKey }
        return nil
    }

    private mutating func checkStatement(
        _ number: UInt64, _ hash: Digest, at sequence: UInt64
    ) -> TrailProblem? {
        guard let known = chain.hash(number) else {
            note(.statementsCut, at: sequence)
            return nil
        }
        return known == hash ? nil : .fork
    }

    private mutating func checkSubject(_ leaf: Leaf, _ contents: Contents) -> TrailProblem? {
        guard let subject,
            leaf.match == Commitment.match(subject: subject, entry: leaf.id)
        else { return nil }
        counts.ofSubject += 1
        switch contents {
        case .missing: return nil
        case .opened(_, let b?): return b.subject == .key(subject) ? nil : .match
        case .opened(_, nil): return .subject
        }
    }

    private mutating func note(_ problem: TrailProblem, at sequence: UInt64) {
        if gap.map({ sequence < ($0.sequence ?? 0) }) ?? true {
            gap = TrailFinding(problem, at: sequence)
        }
    }
}

/// Which audit epochs were opened, in which order.
private struct EpochRules {
    private var opened: Set<UInt32> = []
    private var used: Set<UInt32> = []
    private var highest: UInt32 = 0
    private var newestStatement: UInt64 = 0
    private var isFounded = false

    /// The log has shown the founding: from here on no epoch is without an audit key.
    mutating func founded() { isFounded = true }

    /// An epoch begins.
    mutating func open(_ opening: EpochOpening, founding: UInt64) -> TrailProblem? {
        guard opening.epoch > highest, !opened.contains(opening.epoch) else { return .epochTwice }
        guard !used.contains(opening.epoch) else { return .epochEarly }
        // An opening that went by an older chain than the one before would choose its key.
        guard opening.statement >= newestStatement else { return .epochKey }
        newestStatement = opening.statement
        if opening.statement >= founding { isFounded = true }
        if isFounded, opening.auditKey == 0 { return .epochKey }
        highest = opening.epoch
        opened.insert(opening.epoch)
        return nil
    }

    /// An entry of an epoch. In a range that begins with the log its opening must stand before it.
    mutating func use(_ epoch: UInt32, isWhole: Bool) -> TrailProblem? {
        guard epoch != 0, !opened.contains(epoch) else { return nil }
        if isWhole { return .epochEarly }
        used.insert(epoch)
        return nil
    }
}

/// Entries of the sealed state, and what the unseals after them say of them.
private struct SealedRules {
    private var total: UInt64 = 0
    private var vouched: UInt64 = 0
    /// Entries since the last unseal's.
    private var waiting: UInt64 = 0
    private var isJudged = false

    var tally: SealedTally { SealedTally(total: total, vouched: vouched, open: waiting) }

    mutating func add() {
        total += 1
        waiting += 1
    }

    /// An unseal: it adopted the newest of those that wait, its chain vouches for the first of these.
    /// False if there are fewer than it adopted, though the range begins before them.
    mutating func judge(_ summary: SealedSummary, isWhole: Bool) -> Bool {
        let isCut = !isWhole && !isJudged
        isJudged = true
        guard summary.adopted <= waiting || isCut else { return false }
        // Where the range begins among them, the first ones are outside.
        let outside = summary.adopted - min(summary.adopted, waiting)
        vouched += summary.vouched - min(summary.vouched, outside)
        waiting = 0
        return true
    }
}
