package import VaultCoding
package import VaultStatements

/// Writes an evidence file of a log, page by page; whoever asks sends or stores the lines.
///
/// All lines come without their LF. In order: ``opening``, then the pages of ``next(limit:disclosing:sealer:)`` until one
/// is empty, then ``closing``. The file is of one moment, that of the checkpoint, however the log
/// grows meanwhile.
package struct EvidenceWriter {
    private let log: AuditLog
    private let chain: StatementChain
    private let header: EvidenceHeader
    /// The next entry.
    private var position: UInt64

    /// For the entries `range` of the log (as far as the checkpoint unless told, from `since` or the
    /// beginning), proved by `checkpoint`, which `key` verifies. `since` is an older checkpoint that the
    /// reader has. `chain` must be taken after the checkpoint: it holds every statement that an
    /// entry names.
    ///
    /// Throws `outOfRange`; `checkpointNotAuthentic`, `otherOrigin`, `truncated` and `wrongRoot` if
    /// `since` is not of this log or this log was cut or rewritten; `store`.
    package init(
        log: AuditLog, key: VerifierKey, chain: StatementChain, checkpoint: Checkpoint,
        from: UInt64? = nil, to: UInt64? = nil, since: UnverifiedCheckpoint? = nil,
        subject: Digest? = nil
    ) throws(AuditError) {
        self.log = log
        self.chain = chain
        let size = checkpoint.size
        var tree = try log.tree(of: size)
        let earlier = try since.map { note throws(AuditError) in
            try Self.check(note, key, &tree)
        }
        let start = from ?? earlier?.size ?? 0
        let end = to ?? size
        guard start <= end, end <= size else { throw .outOfRange(size: size) }
        // Within the range the entries themselves lead from the older tree to this one.
        let isProved = earlier.map { (start...end).contains($0.size) } ?? true
        guard let note = try? UnverifiedCheckpoint(parse: checkpoint.note) else {
            throw .checkpointNotAuthentic(size: size)
        }
        header = EvidenceHeader(
            verifierKey: key, vault: chain.directory.vault, range: start..<end, checkpoint: note,
            proof: try tree.range(start..<end), statements: chain.head.number,
            since: isProved ? nil : earlier, subject: subject)
        position = start
    }

    private static func check(
        _ note: UnverifiedCheckpoint, _ key: VerifierKey, _ tree: inout TreeReader<StoreTiles>
    ) throws(AuditError) -> EvidenceHeader.Earlier {
        guard note.origin == key.name else {
            throw .otherOrigin(expected: key.name, found: note.origin)
        }
        guard let known = try? note.verify(key) else {
            throw .checkpointNotAuthentic(size: note.size)
        }
        guard known.size <= tree.size else {
            throw .truncated(expected: known.size, found: tree.size)
        }
        guard try tree.root(at: known.size) == known.root else {
            throw .wrongRoot(size: known.size)
        }
        return EvidenceHeader.Earlier(
            size: known.size, root: known.root, proof: try tree.consistency(from: known.size))
    }

    /// The entries that the file will hold.
    package var range: Range<UInt64> { header.range }
    /// How many there are in all.
    package var total: UInt64 { UInt64(header.range.count) }
    /// How many have been written.
    package var done: UInt64 { position - header.range.lowerBound }

    /// The header and the statements.
    package var opening: [[UInt8]] {
        [header.line] + chain.statements.map { EvidenceStatement($0).line }
    }

    /// The lines of the next entries, at most `limit`; empty after the last. `sealer` gives what opens
    /// an epoch's entries, nil where nothing does. Part B is opened where `disclosing` says so, and
    /// always of the disclosed subject's entries. Throws as ``AuditLog/records(_:)`` does.
    package mutating func next(
        limit: Int = 256, disclosing: (PartB) -> Bool = { _ in false },
        sealer: (UInt32) -> EntrySealer?
    ) throws(AuditError) -> [[UInt8]] {
        let end = position + min(UInt64(max(limit, 0)), header.range.upperBound - position)
        let subject = header.subject.map { SubjectReference.key($0) }
        var lines: [[UInt8]] = []
        lines.reserveCapacity(Int(end - position))
        for record in try log.records(position..<end) {
            let entry = EvidenceEntry(record, sealer: sealer(record.leaf.epoch)) {
                $0.subject == subject || disclosing($0)
            }
            lines.append(entry.line)
        }
        position = end
        return lines
    }

    /// The end mark.
    package var closing: [UInt8] { EvidenceFooter(entries: total).line }
}
