package import VaultCoding
package import VaultSodium

/// Closes entries under the data key of one audit epoch, and opens them again.
///
/// The envelope's context is vault id, epoch and entry id: never the sequence, which is not known
/// when an entry is finished together with the write it reports.
package final class EntrySealer: Sendable {
    /// The vault.
    package let vault: VaultID
    /// The audit epoch, from 1.
    package let epoch: UInt32
    private let key: SecretBox

    /// For one epoch of a vault; `key` is its data key, 32 bytes.
    package init(vault: VaultID, epoch: UInt32, key: SecretBox) {
        self.vault = vault
        self.epoch = epoch
        self.key = key
    }

    /// An entry with a new random id and salts. Part A stays readable in the log if `openA` is set.
    ///
    /// The entry's `match` is computed if `b` names a subject's key, else random. Throws `tooMany`
    /// for a list beyond the limit, `sodium` when a key cannot be used.
    package func finish(
        _ a: PartA, _ b: PartB, openA: Bool = false
    ) throws(AuditError) -> FinishedEntry {
        guard b.records.count <= AuditLimits.list, a.keys.count <= AuditLimits.list else {
            throw .tooMany(limit: AuditLimits.list)
        }
        // One draw for all random values: each call into the kernel's generator costs 0.5 µs.
        var random = EntryRandomness()
        let id: EntryID = random.identifier()
        let partA = OpenedPart(salt: random.digest(), encoded: a.encoded)
        let partB = OpenedPart(salt: random.digest(), encoded: b.encoded)
        var match = random.digest()
        if case .key(let subject) = b.subject {
            match = Commitment.match(subject: subject, entry: id)
        }
        var rest = ByteWriter(capacity: 80 + partA.encoded.count + partB.encoded.count)
        if !openA { partA.write(to: &rest) }
        partB.write(to: &rest)
        let envelope = try seal(rest.bytes, entry: id)
        return FinishedEntry(
            epoch: epoch, id: id, match: match, commitA: partA.commitmentA,
            commitB: partB.commitmentB,
            content: openA ? .openA(partA, envelope: envelope) : .closed(envelope: envelope))
    }

    /// Both parts of a record of this epoch, checked against its commitments.
    ///
    /// Throws `sodium(.cannotOpen)` for a record of another epoch, place or key, for damaged
    /// contents, and for contents that do not fit the leaf.
    package func open(_ record: AuditRecord) throws(AuditError) -> OpenedEntry {
        let opened: OpenedEntry
        switch record.content {
        case .sealed(let a, _): opened = OpenedEntry(a: a, b: .emptyB)
        case .openA(let a, let envelope):
            var reader = ByteReader(try open(envelope, of: record.leaf))
            opened = try Self.read { () throws(CodingError) in
                let b = try OpenedPart(from: &reader)
                try reader.finish()
                return OpenedEntry(a: a, b: b)
            }
        case .closed(let envelope):
            var reader = ByteReader(try open(envelope, of: record.leaf))
            opened = try Self.read { () throws(CodingError) in
                let a = try OpenedPart(from: &reader)
                let b = try OpenedPart(from: &reader)
                try reader.finish()
                return OpenedEntry(a: a, b: b)
            }
        }
        guard opened.a.commitmentA == record.leaf.commitA,
            opened.b.commitmentB == record.leaf.commitB
        else { throw .sodium(.cannotOpen) }
        return opened
    }

    private func seal(_ plain: [UInt8], entry: EntryID) throws(AuditError) -> [UInt8] {
        do {
            return try Envelope.seal(
                Padding.pad(plain, toMultipleOf: AuditLimits.padding), key: key.bytes,
                number: epoch, context: context(entry))
        } catch { throw .sodium(error) }
    }

    private func open(_ envelope: [UInt8], of leaf: Leaf) throws(AuditError) -> [UInt8] {
        guard leaf.epoch == epoch else { throw .sodium(.cannotOpen) }
        do throws(SodiumError) {
            guard try Envelope.keyNumber(of: envelope) == epoch else { throw .cannotOpen }
            return try Padding.unpad(
                try Envelope.open(envelope, key: key.bytes, context: context(leaf.id)))
        } catch { throw .sodium(error) }
    }

    private static func read(
        _ body: () throws(CodingError) -> OpenedEntry
    ) throws(AuditError) -> OpenedEntry {
        do { return try body() } catch { throw .malformed(what: "entry contents", error) }
    }

    private func context(_ entry: EntryID) -> Context {
        var number = ByteWriter(capacity: 4)
        number.put(epoch)
        return Context(vault.bytes, number.bytes, entry.bytes)
    }
}

/// Both parts of an entry, checked against its leaf.
package struct OpenedEntry: Sendable, Equatable {
    /// Part A with its salt.
    package let a: OpenedPart
    /// Part B with its salt.
    package let b: OpenedPart
}

/// The random values of one entry, from a single draw.
struct EntryRandomness {
    private var reader = ByteReader(Random.bytes(EntryID.count + 3 * Digest.count))

    mutating func digest() -> Digest {
        guard let value = try? reader.digest() else {
            preconditionFailure("internal error: more random values than were drawn")
        }
        return value
    }

    mutating func identifier() -> EntryID {
        guard let value = try? reader.identifier(EntryID.self) else {
            preconditionFailure("internal error: more random values than were drawn")
        }
        return value
    }
}
