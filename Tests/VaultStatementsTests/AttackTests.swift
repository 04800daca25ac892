import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

/// An operator with every file and the storage key: can read and rewrite every statement row, and sign
/// with their own key. What the chain must refuse, before and after the founding.
@Suite struct OperatorAttackTests {
    private static func encoded(_ chain: StatementChain) -> [[UInt8]] {
        chain.statements.map(\.statement.bytes)
    }

    private static func read(_ rows: [[UInt8]]) -> StatementError? {
        do {
            _ = try StatementChain(encoded: rows, vault: Scene.vault)
            return nil
        } catch {
            return error
        }
    }

    /// The bytes of `statement` with its head changed, signed again by `person`.
    private static func resigned(
        _ statement: Statement, by person: Person, _ change: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var head = statement.head.bytes
        change(&head)
        var message = HashLabel.statementHead.writer()
        message.put(raw: head)
        var bytes = ByteWriter()
        bytes.put(raw: head)
        bytes.put(statement.salt)
        bytes.put(framed: statement.body)
        bytes.put(raw: person.pair.sign(message.bytes))
        return bytes.bytes
    }

    /// A founded vault with a counsellor: seven statements.
    private static func working() throws -> (Scene, Person) {
        var scene = try Scene.founded()
        let counsellor = try Person(4)
        try scene.enlist(counsellor, "counsellor")
        try scene.act(scene.careGrant(counsellor), by: scene.custodian)
        try scene.enlist(try Person(5), "another")
        return (scene, counsellor)
    }

    @Test func anUntouchedChainReadsBack() throws {
        let (scene, _) = try Self.working()
        let chain = try StatementChain(encoded: Self.encoded(scene.chain), vault: Scene.vault)
        #expect(chain.directory == scene.chain.directory)
        #expect(chain.head.number == 7)
    }

    @Test func forgedGrantsAreRefused() throws {
        let (scene, _) = try Self.working()
        let puppet = try Person(5)
        // As themselves; in the custodian's name; as the custodian's principal with keys of their own.
        let grant = scene.careGrant(puppet)
        #expect(try scene.broken(grant, by: scene.theOperator)?.signerRule == .custodianSigns)
        let draft = scene.chain.draft(grant, signers: [scene.custodian.fingerprint], now: 2_000)
        #expect(
            scene.broken(try draft.sign(with: scene.theOperator.pair))
                == .badSignature(number: 8))
        let impostor = try Person(2, keys: 99)
        #expect(try scene.broken(grant, by: impostor)?.signerRule == .knownKey)
        #expect(
            try scene.broken(scene.auditGrant(puppet, [.operator]), by: scene.theOperator)?
                .signerRule == .auditorSigns)
    }

    @Test func aGrantToSwappedKeysIsNotTheOneThatWasSigned() throws {
        let (scene, counsellor) = try Self.working()
        let row = scene.chain.statements[5].statement
        let own = try Person(4, keys: 99)
        let content = scene.careGrant(own)
        let swapped = Statement(
            head: row.head, salt: row.salt, body: content.bytes, signatures: row.signatures)
        var rows = Self.encoded(scene.chain)
        rows[5] = swapped.bytes
        #expect(Self.read(rows) == .bodyMismatch(number: 6))
        // With a head that fits the body, the custodian's signature no longer does.
        let draft = DraftStatement(
            number: 6, previous: row.head.previous, time: row.head.time,
            signers: row.head.signers, content: content, salt: row.salt)
        rows[5] = try draft.statement(
            signatures: [scene.custodian.fingerprint: row.signatures[0]]).bytes
        #expect(Self.read(rows) == .badSignature(number: 6))
        #expect(counsellor.id == own.id)
    }

    @Test func droppedStatementsAreMissed() throws {
        let (scene, _) = try Self.working()
        let rows = Self.encoded(scene.chain)
        for index in rows.indices.dropLast() {
            var cut = rows
            cut.remove(at: index)
            #expect(
                Self.read(cut)
                    == .outOfOrder(expected: UInt64(index + 1), found: UInt64(index + 2)))
        }
        // The tail can be cut without a trace in the rows: the chain in memory and pins miss it.
        for count in 1..<rows.count {
            let short = try StatementChain(encoded: rows.prefix(count), vault: Scene.vault)
            #expect(!short.extends(scene.chain))
            #expect(scene.chain.extends(short))
            #expect(throws: StatementError.cut(number: 7)) {
                try short.require(scene.chain.head)
            }
        }
    }

    @Test func swappedAndRepeatedStatementsAreRefused() throws {
        let (scene, _) = try Self.working()
        let rows = Self.encoded(scene.chain)
        for index in rows.indices.dropLast() {
            var turned = rows
            turned.swapAt(index, index + 1)
            #expect(Self.read(turned) != nil)
            var repeated = rows
            repeated.insert(rows[index], at: index + 1)
            #expect(
                Self.read(repeated)
                    == .outOfOrder(expected: UInt64(index + 2), found: UInt64(index + 1)))
        }
    }

    @Test func aForkIsSeen() throws {
        let (scene, _) = try Self.working()
        let rows = Self.encoded(scene.chain)
        // The operator's own statement 7 in another form is a valid chain by itself, but not the one
        // that was seen.
        var fork = try StatementChain(encoded: rows.prefix(6), vault: Scene.vault)
        let body = EnlistBody(principal: try principalID(5), name: "another one", uid: 1_005)
        let draft = fork.draft(
            .enlist(body), signers: [scene.theOperator.fingerprint], now: scene.now)
        try fork.append(draft.sign(with: scene.theOperator.pair))
        #expect(fork.head.number == scene.chain.head.number)
        #expect(!fork.extends(scene.chain))
        #expect(!scene.chain.extends(fork))
        #expect(throws: StatementError.fork(number: 7)) { try fork.require(scene.chain.head) }
        try fork.require(ChainHead(number: 6, hash: scene.chain.statements[5].hash))
        // Nothing of one branch continues the other.
        var longer = scene.chain
        let next = EnlistBody(principal: try principalID(6), name: "next", uid: 1_006)
        let on = longer.draft(
            .enlist(next), signers: [scene.theOperator.fingerprint], now: scene.now)
        try longer.append(on.sign(with: scene.theOperator.pair))
        #expect(Self.read(Self.encoded(fork) + [rows[6]]) != nil)
        #expect(
            Self.read(Self.encoded(fork) + [longer.statements[7].statement.bytes])
                == .fork(number: 8))
    }

    @Test func statementsPutInBeforeTheFoundingAreRefused() throws {
        let (scene, _) = try Self.working()
        var early = try StatementChain(
            encoded: Self.encoded(scene.chain).prefix(3), vault: Scene.vault)
        let puppet = try Person(3)
        for content in [
            scene.auditGrant(puppet, [.auditor]),
            scene.careGrant(puppet, [.custodian], Set(Compartment.allCases)),
        ] {
            let draft = early.draft(
                content, signers: [scene.theOperator.fingerprint], now: scene.now)
            let statement = try draft.sign(with: scene.theOperator.pair)
            #expect(throws: StatementError.self) { try early.append(statement) }
        }
        // One that is allowed there changes the place of the founding, whose signatures then fail.
        let body = EnlistBody(principal: try principalID(9), name: "ghost", uid: 1_009)
        let draft = early.draft(
            .enlist(body), signers: [scene.theOperator.fingerprint], now: scene.now)
        try early.append(draft.sign(with: scene.theOperator.pair))
        let founding = scene.chain.statements[3].statement
        #expect(throws: StatementError.outOfOrder(expected: 5, found: 4)) {
            try early.append(founding)
        }
        let moved = early.draft(
            .founding(scene.foundingBody()), signers: founding.head.signers, now: scene.now)
        let stolen = try moved.statement(
            signatures: Dictionary(
                uniqueKeysWithValues: zip(founding.head.signers, founding.signatures)))
        #expect(throws: StatementError.badSignature(number: 5)) { try early.append(stolen) }
    }

    @Test func reorderingBySigningAgainOnlyWorksForOnesOwn() throws {
        let (scene, _) = try Self.working()
        let enlist = scene.chain.statements[6].statement
        let moved = Self.resigned(enlist, by: scene.theOperator) { $0[8] = 9 }
        #expect(
            Self.read(Self.encoded(scene.chain) + [moved])
                == .outOfOrder(expected: 8, found: 9))
        let grant = scene.chain.statements[5].statement
        var rows = Self.encoded(scene.chain)
        rows[5] = Self.resigned(grant, by: scene.theOperator) { _ in }
        #expect(Self.read(rows) == .badSignature(number: 6))
    }

    @Test func anotherFounderMakesAnotherVaultFingerprint() throws {
        // Before the founding the operator may rewrite everything; what they cannot do is make the
        // words on paper fit.
        let scene = try Scene.founded()
        var other = try Scene()
        let custodian = try Person(2, keys: 99)
        try other.enlist(scene.custodian, "custodian")
        try other.enlist(scene.auditor, "auditor")
        let body = other.foundingBody(custodian: custodian)
        let draft = other.chain.draft(
            .founding(body), signers: [custodian.fingerprint, other.auditor.fingerprint], now: 1_000
        )
        try other.chain.append(
            draft.statement(signatures: [
                custodian.fingerprint: draft.signature(by: custodian.pair),
                other.auditor.fingerprint: draft.signature(by: other.auditor.pair),
            ]))
        let words = try #require(scene.chain.directory.vaultFingerprintWords)
        #expect(other.chain.directory.vaultFingerprintWords != words)
        let hash = try #require(scene.chain.directory.foundingHash)
        #expect(SpokenDigest.matches(hash, words.joined(separator: " ")))
    }

    @Test func unknownKindsRefuseTheChainAsNewer() throws {
        let (scene, _) = try Self.working()
        let next = try scene.signed(
            .enlist(EnlistBody(principal: try principalID(6), name: "x", uid: 6)),
            by: scene.theOperator)
        for (kind, error) in [
            (UInt16(999), StatementError.newer(number: 8, kind: 999)),
            (34, .newer(number: 8, kind: 34)), (64, .newer(number: 8, kind: 64)),
        ] {
            let row = Self.resigned(next, by: scene.theOperator) {
                $0[41] = UInt8(kind >> 8)
                $0[42] = UInt8(kind & 0xFF)
            }
            #expect(Self.read(Self.encoded(scene.chain) + [row]) == error)
        }
    }

    @Test func timeDoesNotRunBack() throws {
        var (scene, _) = try Self.working()
        scene.now = 500
        let body = EnlistBody(principal: try principalID(6), name: "x", uid: 6)
        // A draft of a clock that was set back keeps the chain's time; a forged one is refused.
        #expect(try scene.signed(.enlist(body), by: scene.theOperator).head.time == 1_000)
        let draft = DraftStatement(
            number: 8, previous: scene.chain.head.hash, time: 999,
            signers: [scene.theOperator.fingerprint], content: .enlist(body), salt: .zero)
        #expect(
            scene.broken(try draft.sign(with: scene.theOperator.pair))
                == .timeRunsBack(number: 8))
    }

    @Test func signaturesOfAnotherVaultMeanNothing() throws {
        // The same people with the same keys in a second vault: their fingerprints differ there.
        let (scene, _) = try Self.working()
        let vault = try #require(VaultID([UInt8](repeating: 0xA2, count: 16)))
        let draft = StatementChain.firstDraft(
            Scene.initBody(scene.theOperator, vault: vault), now: 1_000)
        let first = try draft.sign(with: scene.theOperator.pair)
        _ = try StatementChain(first: first, vault: vault)
        var rows = Self.encoded(scene.chain)
        #expect(throws: StatementError.otherVault) {
            try StatementChain(encoded: [first.bytes], vault: Scene.vault)
        }
        rows[0] = first.bytes
        #expect(Self.read(rows) == .otherVault)
        #expect(throws: StatementError.fork(number: 2)) {
            try StatementChain(encoded: rows, vault: vault)
        }
    }

    @Test func aRefusedStatementChangesNothing() throws {
        var (scene, _) = try Self.working()
        let before = scene.chain.directory
        let bad = try scene.signed(scene.careGrant(try Person(5)), by: scene.theOperator)
        #expect(throws: StatementError.self) { try scene.chain.append(bad) }
        #expect(scene.chain.directory == before)
        #expect(scene.chain.statements.count == 7)
    }
}
