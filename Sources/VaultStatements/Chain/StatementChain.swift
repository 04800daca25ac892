package import VaultCoding
import VaultSodium

/// The statements of one vault from number 1 on, each verified against what the ones before it say,
/// and the directory that follows from them.
///
/// A value: appending either adds the statement or throws and changes nothing. Costs about 49 µs a
/// signature and 100 µs for each pair of keys that a grant names.
package struct StatementChain: Sendable {
    /// The statements, number n at index n − 1. Never empty.
    package private(set) var statements: [VerifiedStatement]
    /// Who is who after the newest statement.
    package private(set) var directory: Directory

    /// Opens a chain with its first statement, an init of `vault`.
    package init(first: Statement, vault: VaultID) throws(StatementError) {
        let head = first.head
        guard head.number == 1 else { throw .outOfOrder(expected: 1, found: head.number) }
        guard head.previous == .zero else { throw .fork(number: 1) }
        let content = try StatementChain.content(of: first)
        try StatementChain.checkSignatures(of: first, content, after: nil)
        guard case .vaultInit(let body) = content else {
            throw .notEntitled(number: 1, kind: head.kind, .firstIsInit)
        }
        guard body.vault == vault else { throw .otherVault }
        try BodyRules.check(body, head: head)
        let verified = VerifiedStatement(statement: first, content: content, hash: first.hash)
        statements = [verified]
        directory = Directory(first: body, head: verified.place, time: head.time)
    }

    /// Reads and verifies a whole chain from the encodings of its statements, in order. Throws `empty`
    /// for none.
    package init(encoded: some Sequence<[UInt8]>, vault: VaultID) throws(StatementError) {
        var chain: StatementChain?
        for bytes in encoded {
            let statement = try Statement.parse(bytes)
            if chain == nil {
                chain = try StatementChain(first: statement, vault: vault)
            } else {
                try chain?.append(statement)
            }
        }
        guard let chain else { throw .empty }
        self = chain
    }

    /// The newest statement's place.
    package var head: ChainHead { directory.head }

    /// Verifies `statement` as the next one and folds it in. Checked in this order: number,
    /// predecessor, time, body against the head, signers' right, signatures, what the body says.
    @discardableResult
    package mutating func append(
        _ statement: Statement
    ) throws(StatementError) -> VerifiedStatement {
        try checkPlace(of: statement.head)
        let content = try StatementChain.content(of: statement)
        try StatementChain.checkSignatures(of: statement, content, after: directory)
        try BodyRules(directory: directory, head: statement.head).check(content)
        let verified = VerifiedStatement(
            statement: statement, content: content, hash: statement.hash)
        statements.append(verified)
        directory.apply(content, head: verified.place, time: statement.head.time)
        return verified
    }

    /// Whether a draft would be accepted with its signatures: every check of ``append(_:)`` but them.
    package func check(_ draft: DraftStatement) throws(StatementError) {
        try checkPlace(of: draft.head)
        _ = try SignerRules(directory: directory, head: draft.head, content: draft.content).keys()
        try BodyRules(directory: directory, head: draft.head).check(draft.content)
    }

    /// Checks one signature over a draft that waits for another: by `signer`, one of the draft's.
    package func check(
        _ signature: [UInt8], by signer: Fingerprint, of draft: DraftStatement
    ) throws(StatementError) {
        let keys = try SignerRules(
            directory: directory, head: draft.head, content: draft.content
        ).keys()
        guard let index = draft.head.signers.firstIndex(of: signer) else {
            throw .badSignature(number: draft.head.number)
        }
        try draft.head.check(signature: signature, by: keys[index])
    }

    private func checkPlace(of head: StatementHead) throws(StatementError) {
        let expected = directory.head.number + 1
        guard head.number == expected else {
            throw .outOfOrder(expected: expected, found: head.number)
        }
        guard head.previous == directory.head.hash else { throw .fork(number: head.number) }
        guard head.time >= directory.time else { throw .timeRunsBack(number: head.number) }
    }

    private static func content(of statement: Statement) throws(StatementError) -> StatementBody {
        let head = statement.head
        guard head.body == StatementHead.commitment(salt: statement.salt, body: statement.body)
        else { throw .bodyMismatch(number: head.number) }
        return try StatementBody.parse(statement.body, of: head)
    }

    private static func checkSignatures(
        of statement: Statement, _ content: StatementBody, after directory: Directory?
    ) throws(StatementError) {
        let keys = try SignerRules(
            directory: directory, head: statement.head, content: content
        ).keys()
        guard keys.count == statement.signatures.count else {
            throw .signatureMissing(number: statement.head.number)
        }
        for (key, signature) in zip(keys, statement.signatures) {
            try statement.head.check(signature: signature, by: key)
        }
    }
}

extension StatementChain {
    /// A draft of the next statement, by `signers` (one; custodian and auditor for a founding). `now` in
    /// microseconds since 1970-01-01 UTC; a clock that was set back does not set the chain back.
    package func draft(
        _ content: StatementBody, signers: [Fingerprint], now: UInt64
    ) -> DraftStatement {
        DraftStatement(
            number: head.number + 1, previous: head.hash, time: max(now, directory.time),
            signers: signers, content: content, salt: StatementChain.freshSalt())
    }

    /// A draft of the first statement of a new vault, to be signed by the operator that it names.
    package static func firstDraft(_ body: InitBody, now: UInt64) -> DraftStatement {
        DraftStatement(
            number: 1, previous: .zero, time: now,
            signers: [body.firstOperator.fingerprint(vault: body.vault)],
            content: .vaultInit(body), salt: freshSalt())
    }

    /// The statement with this number, first 1; nil beyond the head.
    package subscript(number: UInt64) -> VerifiedStatement? {
        guard number >= 1, number <= UInt64(statements.count) else { return nil }
        return statements[Int(number - 1)]
    }

    /// Whether this chain has `place`: false for a fork and for a chain that was cut before it.
    package func contains(_ place: ChainHead) -> Bool { self[place.number]?.hash == place.hash }

    /// Requires that this chain holds `place`, for instance a pin. Throws `cut` if it ends before it and
    /// `fork` if it has another statement there.
    package func require(_ place: ChainHead) throws(StatementError) {
        guard let found = self[place.number] else { throw .cut(number: place.number) }
        guard found.hash == place.hash else { throw .fork(number: place.number) }
    }

    /// Whether this chain is `older` or goes on from it. One comparison: each head names the one before.
    package func extends(_ older: StatementChain) -> Bool { contains(older.head) }

    private static func freshSalt() -> Digest {
        guard let salt = Digest(Random.bytes(Digest.count)) else {
            preconditionFailure("internal error: randomness of another length than asked for")
        }
        return salt
    }
}
