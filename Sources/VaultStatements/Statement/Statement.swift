package import VaultCoding

/// A numbered, chained, signed act of one person or two, as stored; not yet believed.
///
/// ```
/// head ‖ salt(32) ‖ body length(4) ‖ body ‖ signature(64) for each signer, in the head's order
/// ```
///
/// A statement becomes a ``VerifiedStatement`` only by ``StatementChain``.
package struct Statement: Hashable, Sendable {
    /// No body is larger, in bytes: the longest kind, a founding with every compartment, has under
    /// 2 KiB, and a chain is read whole into memory.
    package static let largestBody = 65_536
    /// The size of an Ed25519 signature in bytes.
    package static let signatureSize = 64

    /// The part that is hashed and signed.
    package let head: StatementHead
    /// Hides the body behind its commitment where a head is shown alone.
    package let salt: Digest
    /// The body's encoding; see ``StatementBody``.
    package let body: [UInt8]
    /// One signature of 64 bytes for each signer, in the head's order.
    package let signatures: [[UInt8]]

    init(head: StatementHead, salt: Digest, body: [UInt8], signatures: [[UInt8]]) {
        self.head = head
        self.salt = salt
        self.body = body
        self.signatures = signatures
    }

    /// The hash of the head, which the next statement names.
    package var hash: Digest { head.hash }

    /// The encoding.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 384 + body.count)
        head.write(to: &writer)
        writer.put(salt)
        writer.put(framed: body)
        for signature in signatures { writer.put(raw: signature) }
        return writer.bytes
    }

    /// Reads one statement, all bytes of it. Throws `malformed`, or `newer` and `newerFormat` for
    /// what a later version wrote.
    package static func parse(_ bytes: [UInt8]) throws(StatementError) -> Statement {
        var reader = ByteReader(bytes)
        let head = try StatementHead.read(from: &reader)
        do {
            let salt = try reader.digest()
            let body = try reader.framed(max: largestBody)
            var signatures: [[UInt8]] = []
            for _ in head.signers { signatures.append(try reader.raw(signatureSize)) }
            try reader.finish()
            return Statement(head: head, salt: salt, body: body, signatures: signatures)
        } catch {
            throw .malformed(error)
        }
    }
}
