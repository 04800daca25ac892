package import VaultCoding
import VaultSodium

/// What the tree commits to for one entry: place, time and commitments, nothing readable.
///
/// ```
/// "CareVault.leaf.v1"(17) ‖ sequence(8) ‖ time(8, µs) ‖ epoch(4) ‖ entry id(16)
///   ‖ match(32) ‖ commitment to A(32) ‖ commitment to B(32)           149 bytes, big-endian
/// ```
///
/// Its hash in the tree is SHA-256(0x00 ‖ these bytes), RFC 6962 §2.1.
package struct Leaf: Sendable, Equatable {
    /// The size in bytes.
    package static let count = 149

    /// The position in the log, from 0.
    package var sequence: UInt64
    /// When it was appended, microseconds since 1970; strictly ascending in a log.
    package var time: UInt64
    /// The audit epoch whose key opens the closed parts; 0 for entries made while sealed.
    package var epoch: UInt32
    /// The random name of the entry.
    package var id: EntryID
    /// Recognises the subject for those who know its k_s; else random.
    package var match: Digest
    /// Commitment to part A.
    package var commitA: Digest
    /// Commitment to part B.
    package var commitB: Digest

    /// From its parts.
    package init(
        sequence: UInt64, time: UInt64, epoch: UInt32, id: EntryID, match: Digest,
        commitA: Digest, commitB: Digest
    ) {
        self.sequence = sequence
        self.time = time
        self.epoch = epoch
        self.id = id
        self.match = match
        self.commitA = commitA
        self.commitB = commitB
    }

    /// Exactly 149 bytes; throws `truncated`, `trailing` or `invalid`.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        try self.init(from: &reader)
        try reader.finish()
    }

    /// Reads the next 149 bytes.
    init(from reader: inout ByteReader) throws(CodingError) {
        let at = reader.offset
        guard try reader.raw(Self.label.count) == Self.label else {
            throw .invalid(what: "leaf label", at: at)
        }
        sequence = try reader.u64()
        time = try reader.u64()
        guard sequence < AuditLimits.sequence else { throw .invalid(what: "sequence", at: at + 17) }
        guard time <= AuditLimits.time else { throw .invalid(what: "time", at: at + 25) }
        epoch = try reader.u32()
        id = try reader.identifier()
        match = try reader.digest()
        commitA = try reader.digest()
        commitB = try reader.digest()
    }

    /// The 149 bytes.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: Self.count)
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout ByteWriter) {
        writer.put(raw: Self.label)
        writer.put(sequence)
        writer.put(time)
        writer.put(epoch)
        writer.put(id)
        writer.put(match)
        writer.put(commitA)
        writer.put(commitB)
    }

    /// The label as it stands: fixed size, so it needs no frame.
    private static let label = Array(HashLabel.leaf.rawValue.utf8)
}
