package import VaultCoding
package import VaultSodium

/// A statement before its signatures: fixed bytes, so that two people sign the same.
///
/// Made by ``StatementChain/draft(_:signers:now:)`` or ``StatementChain/firstDraft(_:now:)``. Its
/// number and predecessor are fixed with it: a statement in between voids the draft.
/// Encoding: `head ‖ salt(32) ‖ body length(4) ‖ body`.
package struct DraftStatement: Sendable {
    /// What will be signed.
    package let head: StatementHead
    /// What the statement says.
    package let content: StatementBody
    /// Random, 32 bytes.
    package let salt: Digest
    /// The encoding of the content.
    package let body: [UInt8]

    init(
        number: UInt64, previous: Digest, time: UInt64, signers: [Fingerprint],
        content: StatementBody, salt: Digest
    ) {
        self.content = content
        self.salt = salt
        body = content.bytes
        head = StatementHead(
            number: number, previous: previous, kind: content.kind, time: time, signers: signers,
            body: StatementHead.commitment(salt: salt, body: body))
    }

    private init(head: StatementHead, salt: Digest, body: [UInt8], content: StatementBody) {
        self.head = head
        self.salt = salt
        self.body = body
        self.content = content
    }

    /// The signature of `pair`, 64 bytes, the same every time.
    package func signature(by pair: borrowing SigningKeyPair) -> [UInt8] {
        pair.sign(head.signedBytes)
    }

    /// The statement of a draft with one signer, signed with `pair`. Whether that is the signer's key
    /// is found by the chain. Throws `signatureMissing` for a draft with two signers.
    package func sign(with pair: borrowing SigningKeyPair) throws(StatementError) -> Statement {
        guard head.signers.count == 1 else {
            throw .signatureMissing(number: head.number)
        }
        return Statement(head: head, salt: salt, body: body, signatures: [signature(by: pair)])
    }

    /// The statement with the signatures of all its signers. Throws `signatureMissing` if one is not
    /// there or not 64 bytes long.
    package func statement(
        signatures: [Fingerprint: [UInt8]]
    ) throws(StatementError) -> Statement {
        var ordered: [[UInt8]] = []
        for signer in head.signers {
            guard let signature = signatures[signer],
                signature.count == Statement.signatureSize
            else { throw .signatureMissing(number: head.number) }
            ordered.append(signature)
        }
        return Statement(head: head, salt: salt, body: body, signatures: ordered)
    }

    /// The encoding, kept until the second person signs.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 256 + body.count)
        head.write(to: &writer)
        writer.put(salt)
        writer.put(framed: body)
        return writer.bytes
    }

    /// Reads a draft, all bytes of it, and checks that the head commits to the body. Whether it
    /// follows the chain is judged by ``StatementChain/check(_:)``.
    package static func parse(_ bytes: [UInt8]) throws(StatementError) -> DraftStatement {
        var reader = ByteReader(bytes)
        let head = try StatementHead.read(from: &reader)
        let salt: Digest
        let body: [UInt8]
        do {
            salt = try reader.digest()
            body = try reader.framed(max: Statement.largestBody)
            try reader.finish()
        } catch {
            throw .malformed(error)
        }
        guard head.body == StatementHead.commitment(salt: salt, body: body) else {
            throw .bodyMismatch(number: head.number)
        }
        let content = try StatementBody.parse(body, of: head)
        return DraftStatement(head: head, salt: salt, body: body, content: content)
    }
}
