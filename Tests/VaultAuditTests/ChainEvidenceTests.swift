import Testing
import VaultCoding
import VaultSodium
import VaultStatements

@testable import VaultAudit

/// Statements as they stand in an evidence file, most of them closed.
@Suite("Statements in evidence files")
struct ChainEvidenceTests {
    /// A chain with grants by its founders and by those whom they granted.
    private func scene() throws -> (TrailFixture, second: TestPerson, other: TestPerson) {
        let fixture = try TrailFixture.living()
        let second = try TestPerson(51)
        let other = try TestPerson(52)
        let counsellor = try TestPerson(53)
        try fixture.enlist(second, "second operator")
        try fixture.enlist(other, "second custodian")
        try fixture.sign(
            .auditGrant(AuditGrantBody(identity: second.identity, roles: [.operator])),
            by: fixture.auditor)
        try fixture.sign(
            .careGrant(
                CareGrantBody(
                    identity: other.identity, roles: [.custodian], compartments: [.registry])),
            by: fixture.custodian)
        try fixture.sign(
            .enlist(
                EnlistBody(
                    principal: counsellor.identity.principal, name: "a counsellor", uid: 1100)),
            by: second)
        try fixture.sign(
            .careGrant(
                CareGrantBody(
                    identity: counsellor.identity, roles: [.counsellor],
                    compartments: [.registry])),
            by: other)
        return (fixture, second, other)
    }

    private func judged(_ statements: [EvidenceStatement], _ vault: VaultID) -> TrailProblem? {
        var chain = ChainEvidence(vault: vault)
        do throws(TrailProblem) {
            for statement in statements { try chain.add(statement) }
            _ = try chain.facts()
            return nil
        } catch { return error }
    }

    @Test func bodiesWithNamesStayClosed() throws {
        let (fixture, _, _) = try scene()
        let lines = try fixture.export()
        let report = try judge(lines)
        #expect(report.verdict == .valid)
        #expect(report.trail?.statements == 10)
        // The grant by the custodian who was granted in a closed body.
        #expect(report.trail?.unchecked == 1)
        let open = try lines[1..<11].map { try EvidenceStatement(parse: $0) }
            .filter { $0.opened != nil }
        #expect(open.map(\.head.kind) == [.vaultInit, .founding, .auditGrant])
    }

    @Test func everyStatementMustBeThereAndSigned() throws {
        let (fixture, _, _) = try scene()
        let statements = fixture.chain.statements.map(EvidenceStatement.init)
        #expect(judged(statements, fixture.vault) == nil)
        for index in statements.indices {
            var dropped = statements
            dropped.remove(at: index)
            // Without the last one it is a shorter chain, which the log's own words speak against.
            if index < statements.count - 1 {
                #expect(judged(dropped, fixture.vault) == .chain, "without \(index + 1)")
            }
            var forged = statements
            forged[index] = EvidenceStatement(
                head: statements[index].head,
                signatures: statements[index].signatures.map { $0.reversed() },
                opened: statements[index].opened)
            // The one whose signer is not known by the file.
            let expected: TrailProblem? = index == 9 ? nil : .signature
            #expect(judged(forged, fixture.vault) == expected, "signature of \(index + 1)")
            forged[index] = EvidenceStatement(
                head: statements[index].head, signatures: [], opened: statements[index].opened)
            #expect(judged(forged, fixture.vault) == .signature)
            forged[index] = EvidenceStatement(
                head: statements[index].head, signatures: statements[index].signatures,
                opened: statements[index].opened == nil
                    ? .init(salt: .zero, body: [1]) : nil)
            #expect(judged(forged, fixture.vault) == .chain)
        }
        #expect(judged(Array(statements[..<3]), fixture.vault) == .unfounded)
        #expect(judged([], fixture.vault) == .unfounded)
        let other = try #require(VaultID([UInt8](repeating: 9, count: 16)))
        #expect(judged(statements, other) == .chain)
    }

    /// Two chains from one founding, both signed by the operator, do not make one.
    @Test func forksDoNotMix() throws {
        let fixture = try TrailFixture.living()
        var fork = fixture.chain
        for (number, name) in [(UInt8(71), "a"), (72, "b")] {
            let person = try TestPerson(number).identity.principal
            let body = EnlistBody(principal: person, name: name, uid: 2000 + UInt32(number))
            let draft = fork.draft(
                .enlist(body), signers: [fixture.theOperator.fingerprint(fixture.vault)], now: 9)
            try fork.append(draft.sign(with: fixture.theOperator.pair))
        }
        try fixture.enlist(try TestPerson(73), "c")
        let forked = fork.statements.map(EvidenceStatement.init)
        #expect(judged(forked, fixture.vault) == nil)
        let mixed = fixture.chain.statements.map(EvidenceStatement.init) + [forked[5]]
        #expect(judged(mixed, fixture.vault) == .chain)
    }

    /// An operator who founds the vault once more, with people of their own, makes a file that is
    /// whole, of a vault with another fingerprint: what the signed page and the pins are for.
    @Test func anotherFoundingIsAnotherVault() throws {
        let fixture = try TrailFixture.living()
        let forger = try TrailFixture(auditor: 61)
        try forger.live()
        let mine = try judge(fixture.export())
        let theirs = try judge(forger.export())
        #expect(theirs.verdict == .valid)
        #expect(theirs.trail?.fingerprintWords != mine.trail?.fingerprintWords)
        // Their statements over our log do not fit what the log says.
        var mixed = try fixture.export()
        mixed.replaceSubrange(1..<5, with: try forger.export()[1..<5])
        #expect(try judge(mixed).verdict == .invalid(TrailFinding(.fork, at: 1)))
    }
}
