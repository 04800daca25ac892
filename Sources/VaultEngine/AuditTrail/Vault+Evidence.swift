import VaultAccess
package import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements

/// Which entries an export or a verification is about.
package struct AuditRange: Sendable {
    /// The first entry; nil for the first of the log, or the first behind `since`.
    package var from: UInt64?
    /// The entry after the last; nil for the end of the log as of the request.
    package var to: UInt64?
    /// A signed checkpoint that the reader has, from which the export goes on.
    package var since: String?

    /// A range of these bounds.
    package init(from: UInt64? = nil, to: UInt64? = nil, since: String? = nil) {
        self.from = from
        self.to = to
        self.since = since
    }
}

/// What a look at the live log came to.
package struct AuditVerification: Sendable {
    /// Whether it can be believed.
    package let verdict: TrailVerdict
    /// Entries checked.
    package let done: UInt64
    /// Entries that were to be checked.
    package let total: UInt64
}

extension Vault {
    /// Entries read at a time.
    private static let page = 256

    /// Writes a range of the log as an evidence file, page by page. Auditors.
    ///
    /// The range is fixed and logged before anything leaves; the checkpoint is made after that, so it
    /// covers the entry about this export. `each` gets whole lines without their ends, how many entries
    /// went so far and how many there are; it stops the export by answering false.
    package func auditExport(
        _ range: AuditRange, session: Session,
        each: (_ lines: [[UInt8]], _ done: UInt64, _ total: UInt64) -> Bool
    ) throws(EngineError) {
        let core = try core()
        let places = ErrorPlaces(world)
        var facts = EntryFacts(.auditExport, session: session, request: core.newRequest())
        _ = try core.require(session, .auditExport, facts: &facts)
        let since = try range.since.map { text throws(EngineError) in try Self.checkpoint(text) }
        let bounds = try core.logBounds(range, since: since?.size)
        facts.detail = .range(from: bounds.lowerBound, to: bounds.upperBound)
        facts.results = UInt32(clamping: bounds.count)
        try core.record([facts])
        let checkpoint = try core.handOut()
        let keyring = core.keyring
        var writer = try fromLog(places) { () throws(AuditError) in
            try EvidenceWriter(
                log: core.log, key: try core.verifierKey(), chain: keyring.chain,
                checkpoint: checkpoint, from: bounds.lowerBound, to: bounds.upperBound,
                since: since)
        }
        let keys = DataKeys(core: core, lock: session.audit)
        guard each(writer.opening, 0, writer.total) else { return }
        while writer.done < writer.total {
            // Whoever was logged out or disabled meanwhile gets no further.
            guard !session.isOver(at: world.clock()) else { throw .loginNeeded }
            let lines = try fromLog(places) { () throws(AuditError) in
                try writer.next(limit: Self.page) { keys.sealer($0) }
            }
            session.touch(world.clock())
            guard each(lines, writer.done, writer.total) else { return }
        }
        _ = each([writer.closing], writer.done, writer.total)
    }

    /// Verifies a range of the log as it lies in its file. Auditors. `progress` stops it by answering
    /// false; then the verdict is incomplete.
    package func auditVerify(
        _ range: AuditRange, session: Session,
        progress: (_ done: UInt64, _ total: UInt64) -> Bool
    ) throws(EngineError) -> AuditVerification {
        let core = try core()
        let places = ErrorPlaces(world)
        var facts = EntryFacts(.auditVerify, session: session, request: core.newRequest())
        _ = try core.require(session, .auditVerify, facts: &facts)
        let bounds = try core.logBounds(range, since: nil)
        facts.detail = .range(from: bounds.lowerBound, to: bounds.upperBound)
        try core.record([facts])
        let verifier = try fromLog(places) { () throws(AuditError) in
            try LiveVerifier(
                log: core.log, key: try core.verifierKey(), chain: core.keyring.chain,
                from: bounds.lowerBound, to: bounds.upperBound)
        }
        guard var verifier else { throw .notFounded }
        let keys = DataKeys(core: core, lock: session.audit)
        while true {
            guard !session.isOver(at: world.clock()) else { throw .loginNeeded }
            let goesOn = try fromLog(places) { () throws(AuditError) in
                try verifier.step { keys.sealer($0) }
            }
            session.touch(world.clock())
            guard progress(verifier.done, verifier.total), goesOn else { break }
        }
        return AuditVerification(
            verdict: verifier.report().verdict, done: verifier.done, total: verifier.total)
    }

    private static func checkpoint(
        _ text: String
    ) throws(EngineError) -> UnverifiedCheckpoint {
        do { return try UnverifiedCheckpoint(parse: Array(text.utf8)) } catch {
            throw .invalidArgument(name: "since_checkpoint", problem: "is not a signed checkpoint")
        }
    }
}

extension Core {
    /// The log's key, as the header names it.
    fileprivate func verifierKey() throws(AuditError) -> VerifierKey {
        do { return try VerifierKey(parse: keyring.header.logVerifierKey) } catch {
            throw .headNotAuthentic
        }
    }

    /// The entries that a range means now.
    fileprivate func logBounds(
        _ range: AuditRange, since: UInt64?
    ) throws(EngineError) -> Range<UInt64> {
        let size = log.size
        let end = range.to ?? size
        let start = range.from ?? since ?? 0
        guard end <= size else {
            throw .invalidArgument(name: "to_sequence", problem: "the log has \(size) entries")
        }
        guard start <= end else {
            throw .invalidArgument(
                name: range.from == nil ? "since_checkpoint" : "from_sequence",
                problem: "begins behind the end of the range, \(end)")
        }
        return start..<end
    }
}
