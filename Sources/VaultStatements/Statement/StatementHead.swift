package import VaultCoding
package import VaultSodium

/// The open part of a statement: what is hashed, chained and signed.
///
/// ```
/// version(1) = 1 ‖ number(8) ‖ hash of the previous head(32) ‖ kind(2) ‖ time(8, µs) ‖
/// signer count(1) = 1...2 ‖ fingerprint(32) each, ascending ‖ body commitment(32)
/// ```
///
/// Integers are big-endian; 116 bytes with one signer, 148 with two. The body commitment is
/// `SHA-256(label ‖ salt ‖ body)`, so a head can be shown as evidence while its body stays closed.
package struct StatementHead: Hashable, Sendable {
    /// The version byte of this format.
    package static let version: UInt8 = 1
    /// At most two people sign one statement (the founding, a recovery).
    package static let mostSigners = 2

    /// The place in the chain, first 1, without gaps.
    package let number: UInt64
    /// The hash of the head before, zero for number 1.
    package let previous: Digest
    /// What the statement does.
    package let kind: StatementKind
    /// When it was drafted, in microseconds since 1970-01-01 UTC; never before the one before it.
    package let time: UInt64
    /// Who signs, ascending, each once.
    package let signers: [Fingerprint]
    /// The commitment to salt and body.
    package let body: Digest

    /// From its parts; signers are put in order.
    init(
        number: UInt64, previous: Digest, kind: StatementKind, time: UInt64,
        signers: [Fingerprint], body: Digest
    ) {
        self.number = number
        self.previous = previous
        self.kind = kind
        self.time = time
        self.signers = Set(signers).sorted()
        self.body = body
    }

    /// The encoding.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 160)
        write(to: &writer)
        return writer.bytes
    }

    /// `SHA-256(label ‖ head)`, the label behind a u32 length: what the next head names.
    package var hash: Digest { SHA256.hash(signedBytes) }

    /// What signatures cover: `label ‖ head`, the label behind a u32 length.
    package var signedBytes: [UInt8] {
        var writer = HashLabel.statementHead.writer(capacity: 192)
        write(to: &writer)
        return writer.bytes
    }

    /// The commitment to a body: `SHA-256(label ‖ salt(32) ‖ body)`, the label behind a u32 length.
    package static func commitment(salt: Digest, body: [UInt8]) -> Digest {
        var writer = HashLabel.statementBody.writer(capacity: 96 + body.count)
        writer.put(salt)
        writer.put(raw: body)
        return SHA256.hash(writer.bytes)
    }

    /// Requires that `signature` (64 bytes) over this head is by `key`; throws `badSignature`.
    package func check(
        signature: [UInt8], by key: SigningPublicKey
    ) throws(StatementError) {
        do {
            try key.verify(signature, of: signedBytes)
        } catch {
            throw .badSignature(number: number)
        }
    }

    /// Reads a head alone, all bytes of it, as an evidence file shows it.
    package static func parse(_ bytes: [UInt8]) throws(StatementError) -> StatementHead {
        var reader = ByteReader(bytes)
        let head = try read(from: &reader)
        try StatementError.coding { () throws(CodingError) in try reader.finish() }
        return head
    }

    func write(to writer: inout ByteWriter) {
        writer.put(Self.version)
        writer.put(number)
        writer.put(previous)
        writer.put(kind.rawValue)
        writer.put(time)
        writer.put(UInt8(signers.count))
        for signer in signers { writer.put(signer.digest) }
        writer.put(body)
    }

    static func read(from reader: inout ByteReader) throws(StatementError) -> StatementHead {
        let fields: Fields
        do {
            guard try reader.u8() == version else { throw StatementError.newerFormat }
            fields = try Fields(from: &reader)
        } catch let error as CodingError {
            throw .malformed(error)
        } catch {
            throw .newerFormat
        }
        guard let kind = StatementKind(rawValue: fields.kind) else {
            throw .newer(number: fields.number, kind: fields.kind)
        }
        return StatementHead(
            number: fields.number, previous: fields.previous, kind: kind, time: fields.time,
            signers: fields.signers, body: fields.body)
    }
}

/// The fields of a head after its version byte, before the kind is known to be one of ours.
private struct Fields {
    let number: UInt64
    let previous: Digest
    let kind: UInt16
    let time: UInt64
    let signers: [Fingerprint]
    let body: Digest

    init(from reader: inout ByteReader) throws(CodingError) {
        number = try reader.u64()
        previous = try reader.digest()
        kind = try reader.u16()
        time = try reader.u64()
        let at = reader.offset
        let count = Int(try reader.u8())
        guard (1...StatementHead.mostSigners).contains(count) else {
            throw .invalid(what: "number of signers", at: at)
        }
        var signers: [Fingerprint] = []
        for _ in 0..<count { signers.append(Fingerprint(try reader.digest())) }
        guard signers.isStrictlyAscending else {
            throw .invalid(what: "signers in ascending order", at: at)
        }
        self.signers = signers
        body = try reader.digest()
    }
}

extension Array where Element: Comparable {
    /// Whether each element is greater than the one before: a set in its one spelling.
    var isStrictlyAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
