import VaultCoding

/// Starts a rotation of the storage key. `epoch(4) ‖ commitment to its key(32)`.
///
/// The epoch is current from this statement on; the one before it stays readable until its completion.
package struct StorageEpochStartBody: Hashable, Sendable {
    /// The new epoch, one above the newest.
    package let epoch: UInt32
    /// The commitment to its storage key.
    package let storageKey: KeyCommitment

    /// From its parts.
    package init(epoch: UInt32, storageKey: KeyCommitment) {
        self.epoch = epoch
        self.storageKey = storageKey
    }
}

extension StorageEpochStartBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        epoch = try reader.u32()
        storageKey = KeyCommitment(try reader.digest())
    }

    func write(to writer: inout ByteWriter) {
        writer.put(epoch)
        writer.put(storageKey.digest)
    }
}

/// Says that nothing is left under an old storage epoch. `retired epoch(4)`.
package struct StorageEpochCompleteBody: Hashable, Sendable {
    /// The epoch that retires, not the new one.
    package let epoch: UInt32

    /// From its part.
    package init(epoch: UInt32) { self.epoch = epoch }
}

extension StorageEpochCompleteBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) { epoch = try reader.u32() }

    func write(to writer: inout ByteWriter) { writer.put(epoch) }
}
