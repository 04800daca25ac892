package import VaultCoding

/// An entry that is ready but for its place: the log gives it sequence and time.
///
/// What an outbox row holds, so that a write and its entries are one commit:
/// `version(1) = 1 ‖ epoch(4) ‖ entry id(16) ‖ match(32) ‖ commitment A(32) ‖ commitment B(32) ‖ mode
/// and content as in ``AuditRecord``.` Made by ``EntrySealer`` or ``sealedState(_:)``.
package struct FinishedEntry: Sendable, Equatable {
    /// The audit epoch; 0 for an entry of the sealed state.
    package let epoch: UInt32
    /// The random name.
    package let id: EntryID
    let match: Digest
    let commitA: Digest
    let commitB: Digest
    let content: EntryContent

    private static let version: UInt8 = 1

    init(
        epoch: UInt32, id: EntryID, match: Digest, commitA: Digest, commitB: Digest,
        content: EntryContent
    ) {
        self.epoch = epoch
        self.id = id
        self.match = match
        self.commitA = commitA
        self.commitB = commitB
        self.content = content
    }

    /// The inverse of ``bytes``; throws for anything else.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of a finished entry", at: 0)
        }
        epoch = try reader.u32()
        id = try reader.identifier()
        match = try reader.digest()
        commitA = try reader.digest()
        commitB = try reader.digest()
        let at = reader.offset
        content = try EntryContent(from: &reader)
        try reader.finish()
        guard content.isSealed == (epoch == 0) else {
            throw .invalid(what: "mode for this epoch", at: at)
        }
    }

    /// The stored form.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 768)
        writer.put(Self.version)
        writer.put(epoch)
        writer.put(id)
        writer.put(match)
        writer.put(commitA)
        writer.put(commitB)
        content.write(to: &writer)
        return writer.bytes
    }

    /// The record at this place.
    func record(sequence: UInt64, time: UInt64) -> AuditRecord {
        AuditRecord(
            leaf: Leaf(
                sequence: sequence, time: time, epoch: epoch, id: id, match: match,
                commitA: commitA, commitB: commitB),
            content: content)
    }

    /// An entry made while the vault is sealed: part A stands open, there is no part B. The log adds
    /// the MAC of its chain, where it has a key.
    package static func sealedState(_ a: PartA) -> FinishedEntry {
        var random = EntryRandomness()
        let part = OpenedPart(salt: random.digest(), encoded: a.encoded)
        return FinishedEntry(
            epoch: 0, id: random.identifier(), match: random.digest(), commitA: part.commitmentA,
            commitB: OpenedPart.emptyB.commitmentB, content: .sealed(part, mac: nil))
    }
}
