/// One of the ordered maps that make up a store.
///
/// What a row means is known only to the modules above; the store sees opaque bytes. Raw values are
/// part of the on-disk format and of the store digest, so they are never reused or renumbered.
package enum Space: UInt8, CaseIterable, Sendable {
    /// The chain of signed statements, by number.
    case statements = 1
    /// Principal blobs, boxes, subject keys and audit epoch boxes.
    case wrappedKeys
    /// The blind index.
    case index
    /// Record versions by subject tag; each names a body.
    case records
    /// Record bodies by number, in order of arrival.
    case bodies
    /// Chunks of attachments.
    case attachments
    /// Assignments, consents, walls and texts about subjects.
    case careRows
    /// What was erased, up to which key number.
    case tombstones
    /// Idempotency of requests that write.
    case requests
    /// Audit entries that wait for the log.
    case outbox
    /// Fences, digest and progress of rotations.
    case meta

    /// Whether keys of this space are numbers: 8 bytes, big-endian, below 2⁶³.
    ///
    /// A backend may map such a key to a row number, which keeps rows in order of arrival.
    package var isNumbered: Bool { self == .bodies }

    /// Whether a row of this space may have `key`, apart from its length (see
    /// `StorageLimits.maximumKeyBytes`).
    ///
    /// Putting a row under a key for which this is false is a bug of the caller and traps, so bytes
    /// from outside (an archive being restored, say) are asked first. Reading such a key finds
    /// nothing, and it may bound a scan: a cursor is the last key and one zero byte.
    package func accepts(_ key: [UInt8]) -> Bool {
        guard isNumbered else { return true }
        guard key.count == 8, let first = key.first else { return false }
        return first < 0x80
    }
}
