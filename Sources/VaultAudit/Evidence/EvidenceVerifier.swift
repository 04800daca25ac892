package import VaultCoding
import VaultSodium
import VaultStatements

/// Verifies an evidence file line by line and trusts nothing in it: neither the daemon that made it nor
/// whoever carried it.
///
/// Bounded memory whatever the number of entries. Feed it every line with ``add(line:)``, then ask
/// ``finish()``. Without a pin the file is judged by itself: it is one whole, unaltered trail of the
/// vault with the fingerprint that it names. Whether the log was rewritten as a whole, by someone who
/// has its signing key, only a checkpoint that was kept elsewhere can tell.
package struct EvidenceVerifier {
    private enum Stage {
        case header
        case statements(left: UInt64)
        case entries
        case ended
    }

    private var stage = Stage.header
    private var finding: TrailFinding?
    private var header: EvidenceHeader?
    private var statements: ChainEvidence?
    private var chain: ChainFacts?
    private var rules: TrailRules?
    private var frontier = Frontier()
    private let pin: UnverifiedCheckpoint?
    private var pinned = PinJudge()

    /// For one file; `pin` is a checkpoint of its log that was kept elsewhere.
    package init(pin: UnverifiedCheckpoint? = nil) { self.pin = pin }

    /// Takes the next line, without its LF. False once something is wrong: the rest does not matter.
    package mutating func add(line: [UInt8]) -> Bool {
        guard finding == nil else { return false }
        do throws(TrailFinding) {
            guard line.count <= AuditLimits.evidenceLine else { throw TrailFinding(.line) }
            switch stage {
            case .header: try begin(line)
            case .statements(let left): try addStatement(line, left)
            case .entries: try addEntryOrEnd(line)
            case .ended: throw TrailFinding(.order)
            }
            return true
        } catch {
            finding = error
            return false
        }
    }

    /// Refuses the file because a line has no end within the limit.
    package mutating func refuseLine() { finding = finding ?? TrailFinding(.line) }

    /// Takes what stands behind the last LF, if anything: half a line of a file that was cut, or more
    /// than the end of a whole one.
    package mutating func add(unended rest: [UInt8]) {
        if case .ended = stage, !rest.isEmpty { finding = finding ?? TrailFinding(.order) }
    }

    /// Entries checked so far.
    package var done: UInt64 { rules?.counts.entries ?? 0 }
    /// Entries that the header speaks of; 0 before it.
    package var total: UInt64 { header.map { UInt64($0.range.count) } ?? 0 }

    /// What the file comes to, after its last line.
    package mutating func finish() -> EvidenceReport {
        var gap = rules?.finish()
        if case .ended = stage {} else { gap = TrailFinding(.cut, at: nextSequence) }
        return EvidenceReport(
            verdict: TrailVerdict(finding ?? gap), trail: header.map(trail(of:)))
    }

    // MARK: Lines

    private mutating func begin(_ line: [UInt8]) throws(TrailFinding) {
        let header = try Self.found { () throws(TrailProblem) in try EvidenceHeader(parse: line) }
        self.header = header
        guard let checkpoint = try? header.checkpoint.verify(header.verifierKey),
            let origin = try? LogOrigin(parse: checkpoint.origin), origin.vault == header.vault
        else { throw TrailFinding(.checkpoint) }
        guard checkpoint.size >= header.range.upperBound, checkpoint.size <= Frontier.maximumSize
        else { throw TrailFinding(.short) }
        guard let left = Frontier(size: header.range.lowerBound, nodes: header.proof.left) else {
            throw TrailFinding(.root)
        }
        frontier = left
        if let since = header.since {
            guard
                ConsistencyProof.verify(
                    oldSize: since.size, oldRoot: since.root, newSize: checkpoint.size,
                    newRoot: checkpoint.root, proof: since.proof)
            else { throw TrailFinding(.root) }
        }
        if let pin { try Self.found { () throws(TrailProblem) in try pinned.begin(pin, header) } }
        pinned.pass(frontier)
        statements = ChainEvidence(vault: header.vault)
        guard header.statements > 0 else { throw TrailFinding(.unfounded) }
        stage = .statements(left: header.statements)
    }

    private mutating func addStatement(
        _ line: [UInt8], _ left: UInt64
    ) throws(TrailFinding) {
        let statement = try Self.found { () throws(TrailProblem) in
            try EvidenceStatement(parse: line)
        }
        try Self.found { () throws(TrailProblem) in try statements?.add(statement) }
        guard left == 1 else {
            stage = .statements(left: left - 1)
            return
        }
        guard let header, let statements else { return }
        let chain = try Self.found { () throws(TrailProblem) in try statements.facts() }
        guard chain.logKey == header.verifierKey.key else { throw TrailFinding(.logKey) }
        self.chain = chain
        rules = TrailRules(
            chain: chain, start: header.range.lowerBound, subject: header.subject)
        stage = .entries
    }

    private mutating func addEntryOrEnd(_ line: [UInt8]) throws(TrailFinding) {
        guard let header else { return }
        let sequence = frontier.size
        if EvidenceFooter.begins(line) { return try end(line, header) }
        guard sequence < header.range.upperBound else { throw TrailFinding(.order) }
        do throws(TrailProblem) {
            let entry = try EvidenceEntry(parse: line)
            if let problem = entry.check() { throw problem }
            let contents: TrailRules.Contents =
                switch entry.contents {
                case .missing: .missing
                case .opened(let a, let b): .opened(a.value, b?.value)
                }
            if let problem = rules?.add(entry.leaf, contents) { throw problem }
            frontier.append(SHA256.leaf(entry.leaf.bytes))
            pinned.pass(frontier, time: entry.leaf.time)
        } catch {
            throw TrailFinding(error, at: sequence)
        }
    }

    private mutating func end(
        _ line: [UInt8], _ header: EvidenceHeader
    ) throws(TrailFinding) {
        let footer = try Self.found { () throws(TrailProblem) in try EvidenceFooter(parse: line) }
        guard frontier.size == header.range.upperBound,
            footer.entries == UInt64(header.range.count)
        else { throw TrailFinding(.order, at: frontier.size) }
        var whole = frontier
        guard whole.complete(to: header.checkpoint.size, with: header.proof.right),
            whole.root == header.checkpoint.root
        else { throw TrailFinding(.root) }
        // Only now are left hashes and entries known to be the checkpoint's.
        try Self.found { () throws(TrailProblem) in try pinned.end() }
        stage = .ended
    }

    private static func found<Value>(
        _ body: () throws(TrailProblem) -> Value
    ) throws(TrailFinding) -> Value {
        do { return try body() } catch { throw TrailFinding(error) }
    }

    // MARK: What is known

    /// Where a file that ends too early ends; nil before its first entry.
    private var nextSequence: UInt64? { rules == nil ? nil : frontier.size }

    private func trail(of header: EvidenceHeader) -> EvidenceTrail {
        var isWhole = false
        if case .ended = stage, finding == nil { isWhole = true }
        return EvidenceTrail(
            vault: header.vault, verifierKey: header.verifierKey, range: header.range,
            size: header.checkpoint.size, root: header.checkpoint.root,
            fingerprint: chain?.founding.hash, statements: header.statements,
            unchecked: chain?.unchecked ?? 0, subject: header.subject,
            counts: rules?.counts ?? TrailCounts(),
            pin: isWhole ? pinned.standing : pin.map { .unrelated(size: $0.size) } ?? .none,
            tail: pinned.tail(of: header.checkpoint.size, isHeld: isWhole))
    }
}

/// What a verified file comes to.
package struct EvidenceReport: Sendable, Equatable {
    /// Whether it can be believed.
    package let verdict: TrailVerdict
    /// What it is about; nil if not even that could be read. Believe it only if the verdict is valid.
    package let trail: EvidenceTrail?
}

/// What an evidence file is about.
package struct EvidenceTrail: Sendable, Equatable {
    /// The vault.
    package let vault: VaultID
    /// The log's key; its name is the origin.
    package let verifierKey: VerifierKey
    /// The entries in the file.
    package let range: Range<UInt64>
    /// The size of the checkpoint.
    package let size: UInt64
    /// The root of the checkpoint.
    package let root: Digest
    /// The hash of the founding: the vault fingerprint. Nil while it was not found.
    package let fingerprint: Digest?
    /// Statements of the chain.
    package let statements: UInt64
    /// Those of them whose signature needs a key that stands in a closed body.
    package let unchecked: UInt64
    /// k_s of the subject whose entries are all opened.
    package let subject: Digest?
    /// What was counted.
    package let counts: TrailCounts
    /// What the pin says.
    package let pin: PinStanding
    /// What nobody outside has seen.
    package let tail: UnpinnedTail

    /// The vault fingerprint in twelve words, as on the page that was signed at the founding.
    package var fingerprintWords: [String] { fingerprint.map(SpokenDigest.words) ?? [] }
    /// The pseudonym of the subject in hexadecimal.
    package var pseudonym: String? { subject.map(SubjectName.pseudonym) }
}
