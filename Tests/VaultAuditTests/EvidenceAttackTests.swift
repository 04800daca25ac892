import Testing
import VaultCoding
import VaultSodium
import VaultStatements

@testable import VaultAudit

/// Files that were altered, and logs that were forged before they were exported.
@Suite("Attacks on evidence files")
struct EvidenceAttackTests {
    /// Judges a file of which one line is another; from the states before each line, so that every
    /// flip costs one line.
    @Test func everyFlippedBitIsRefused() throws {
        let fixture = try TrailFixture.living()
        let checkpoint = try fixture.log.checkpoint()
        let lines = try fixture.export(from: 4, to: 6, since: checkpoint, disclosing: true)
        #expect(try judge(lines).verdict == .valid)
        var before = EvidenceVerifier()
        var accepted: [String] = []
        for (number, line) in lines.enumerated() {
            for index in line.indices {
                for bit in [UInt8(1), 0x20] {
                    var flipped = line
                    flipped[index] ^= bit
                    var verifier = before
                    guard verifier.add(line: flipped) else { continue }
                    for rest in lines[(number + 1)...] where !verifier.add(line: rest) { break }
                    if verifier.finish().verdict == .valid {
                        accepted.append("line \(number), byte \(index), bit \(bit)")
                    }
                }
            }
            let isTaken = before.add(line: line)
            #expect(isTaken)
        }
        #expect(accepted.isEmpty)
    }

    @Test func cutFilesAreIncomplete() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        for count in 0..<lines.count {
            let verdict = try judge(Array(lines[..<count])).verdict
            #expect(verdict.finding?.problem == .cut, "\(count)")
            guard case .incomplete = verdict else {
                Issue.record("\(count) lines: \(verdict)")
                continue
            }
        }
    }

    @Test func droppedRepeatedSwappedAndInsertedLinesAreInvalid() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        for index in lines.indices.dropLast() {
            var dropped = lines
            dropped.remove(at: index)
            expectInvalid(dropped, "without line \(index)")
            var swapped = lines
            swapped.swapAt(index, index + 1)
            expectInvalid(swapped, "lines \(index) and next swapped")
            for other in lines.indices {
                var inserted = lines
                inserted.insert(lines[other], at: index + 1)
                expectInvalid(inserted, "line \(other) again after \(index)")
            }
        }
        expectInvalid(lines + [lines[lines.count - 1]], "two ends")
        expectInvalid(lines + [[]], "an empty line at the end")
    }

    private func expectInvalid(_ lines: [[UInt8]], _ what: Comment) {
        guard case .invalid = judge(lines, note: nil).verdict else {
            Issue.record(what)
            return
        }
    }

    @Test func anotherCheckpointOfTheSameLogDoesNotFit() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        let header = try EvidenceHeader(parse: lines[0])
        try fixture.append(try fixture.read(3))
        let later = try UnverifiedCheckpoint(parse: fixture.log.checkpoint().note)
        #expect(verdict(lines, header, checkpoint: later) == .root)
        let other = try TrailFixture.living()
        let foreign = try UnverifiedCheckpoint(parse: other.log.checkpoint().note)
        #expect(verdict(lines, header, checkpoint: foreign) == .root)
        let short = try UnverifiedCheckpoint(parse: try partCheckpoint().note)
        #expect(verdict(lines, header, checkpoint: short) == .short)
    }

    /// A checkpoint over one entry of a log with the same keys.
    private func partCheckpoint() throws -> Checkpoint {
        let fixture = try TrailFixture()
        try fixture.append(.sealedState(fixture.part(.vaultInit)))
        try fixture.base.unseal(fixture.log)
        return try fixture.log.checkpoint()
    }

    private func verdict(
        _ lines: [[UInt8]], _ header: EvidenceHeader, key: VerifierKey? = nil,
        checkpoint: UnverifiedCheckpoint
    ) -> TrailProblem? {
        let changed = EvidenceHeader(
            verifierKey: key ?? header.verifierKey, vault: header.vault, range: header.range,
            checkpoint: checkpoint, proof: header.proof, statements: header.statements)
        return judge([changed.line] + Array(lines[1...]), note: nil).verdict.finding?.problem
    }

    /// Whoever has no signing key signs with their own and puts that into the header.
    @Test func anotherKeyIsNotTheOneThatTheFoundersNamed() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        let header = try EvidenceHeader(parse: lines[0])
        let pair = try SigningKeyPair()
        let key = try VerifierKey(name: header.verifierKey.name, key: pair.publicKey)
        let signed = Checkpoint(
            size: header.checkpoint.size, root: header.checkpoint.root, key: key
        ) { pair.sign($0) }
        let note = try UnverifiedCheckpoint(parse: signed.note)
        #expect(verdict(lines, header, key: key, checkpoint: note) == .logKey)
        #expect(verdict(lines, header, checkpoint: note) == .checkpoint)
    }

    @Test func wordsThatSaySomethingElse() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export()
        let place = fixture.preamble + 5
        for (from, to) in [
            ("李梅", "李海"), ("record.read", "record.list"), ("TREAT", "ETREAT"),
            ("\"outcome\":\"success\"", "\"outcome\":\"denied\""),
            (",\"kind\":\"counselling.session\"", ""), ("{\"sequence\":5", "{\"sequence\":05"),
            ("\"uid\":1001", "\"uid\":1001.0"), ("\"results\":0", "\"results\":0,\"results\":0"),
        ] {
            var changed = lines
            changed[place] = Array(text(lines[place]).replacing(from, with: to).utf8)
            #expect(changed[place] != lines[place], "\(from)")
            #expect(
                try judge(changed).verdict == .invalid(TrailFinding(.words, at: 5)), "\(from)")
        }
    }

    @Test func contentsOfAnotherEntry() throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(disclosing: true)
        let one = try EvidenceEntry(parse: lines[fixture.preamble + 5])
        let other = try EvidenceEntry(parse: lines[fixture.preamble + 6])
        var changed = lines
        changed[fixture.preamble + 5] =
            EvidenceEntry(leaf: one.leaf, contents: other.contents).line
        #expect(try judge(changed).verdict == .invalid(TrailFinding(.commitment, at: 5)))
        // A leaf of one's own with contents that fit it is not in the tree.
        var leaf = other.leaf
        leaf.sequence = one.leaf.sequence
        leaf.time = one.leaf.time
        changed[fixture.preamble + 5] =
            EvidenceEntry(leaf: leaf, contents: other.contents).line
        #expect(try judge(changed).verdict == .invalid(TrailFinding(.root)))
    }

    // MARK: Logs that were forged by their daemon

    /// Openings of an epoch by an operator who wants to read it, after a life that was well.
    @Test(
        arguments: [
            ("for the operator's own key", .epochKey), ("for an unknown key", .epochKey),
            ("for nobody", .epochKey), ("for nobody, by the chain before the founding", .epochKey),
            ("for nobody, by the chain now", .epochKey), ("by another chain", .fork),
            ("by statements that are kept back", .statementsCut), ("twice", .epochTwice),
            ("too late", .epochEarly), ("for another epoch", .epochKey),
        ] as [(String, TrailProblem)])
    func forgedOpenings(what: String, problem: TrailProblem) throws {
        let fixture = try TrailFixture.living()
        let good = EpochOpening.fingerprint(of: fixture.auditor.identity.agreement)
        let bad = EpochOpening.fingerprint(of: fixture.theOperator.identity.agreement)
        let newest = fixture.chain.head
        func forged(_ opening: EpochOpening) throws -> FinishedEntry {
            try fixture.entry(4, .auditEpoch, .epochOpened(opening), openA: true)
        }
        switch what {
        case "for the operator's own key": try fixture.append(fixture.opening(4, 1, bad, 4))
        case "for an unknown key": try fixture.append(fixture.opening(4, 2, good, 4))
        case "for nobody": try fixture.append(fixture.opening(4, 0, good, 1))
        case "for nobody, by the chain before the founding":
            try fixture.append(fixture.opening(4, 0, .zero, 3))
        case "for nobody, by the chain now": try fixture.append(fixture.opening(4, 0, .zero, 4))
        case "by another chain":
            try fixture.append(
                forged(
                    EpochOpening(
                        epoch: 4, auditKey: 1, auditKeyFingerprint: good, boxHash: .zero,
                        statement: newest.number, statementHash: .zero)))
        case "by statements that are kept back":
            try fixture.append(
                forged(
                    EpochOpening(
                        epoch: 4, auditKey: 1, auditKeyFingerprint: good, boxHash: .zero,
                        statement: newest.number + 1, statementHash: .zero)))
        case "twice": try fixture.append(fixture.opening(3, key: 1))
        case "too late":
            try fixture.append(fixture.read(4), fixture.opening(4, key: 1))
        default:
            try fixture.append(
                forged(
                    EpochOpening(
                        epoch: 5, auditKey: 1, auditKeyFingerprint: good, boxHash: .zero,
                        statement: newest.number, statementHash: newest.hash)))
        }
        let finding = try judge(fixture.export()).verdict.finding
        #expect(finding == TrailFinding(problem, at: 14))
        var live = try #require(
            try LiveVerifier(log: fixture.log, key: fixture.key, chain: fixture.chain))
        while try live.step(sealer: { fixture.sealers[$0] }) {}
        let report = live.report()
        #expect(report.verdict.finding == TrailFinding(problem, at: 14))
    }

    /// Once the log has told of the founding, no epoch is opened for nobody, even if it is the first
    /// one since.
    @Test func anOpeningForNobodyRightAfterTheFounding() throws {
        let fixture = try TrailFixture()
        try fixture.unseal(epoch: 1, key: 0)
        try fixture.found()
        try fixture.append(fixture.opening(2, 0, .zero, 3))
        #expect(try judge(fixture.export()).verdict == .valid)
        let founding = fixture.chain.head
        try fixture.append(
            fixture.entry(
                2, .vaultFound, .statement(number: founding.number, hash: founding.hash)))
        try fixture.append(fixture.opening(3, 0, .zero, 3))
        #expect(try judge(fixture.export()).verdict == .invalid(TrailFinding(.epochKey, at: 4)))
    }

    /// An unseal that adopted more than is there: entries of the sealed state were dropped.
    @Test func droppedEntriesOfTheSealedState() throws {
        let fixture = try TrailFixture.living()
        let summary = SealedSummary(adopted: 1, vouched: 1)
        try fixture.append(try fixture.entry(3, .vaultUnseal, .unsealed(summary)))
        #expect(try judge(fixture.export()).verdict == .invalid(TrailFinding(.sealed, at: 14)))
        // A range that begins among them cannot tell.
        #expect(try judge(fixture.export(from: 14)).verdict == .valid)
        #expect(try judge(fixture.export(from: 9)).trail?.counts.sealed.total == 1)
    }

    @Test func aSubjectThatTheLeafDoesNotName() throws {
        let fixture = try TrailFixture.living()
        let made = try fixture.read(3)
        let forged = FinishedEntry(
            epoch: made.epoch, id: made.id, match: .zero, commitA: made.commitA,
            commitB: made.commitB, content: made.content)
        try fixture.append(forged)
        #expect(try judge(fixture.export()).verdict == .valid)
        #expect(
            try judge(fixture.export(disclosing: true)).verdict
                == .invalid(TrailFinding(.match, at: 14)))
    }
}
