package import VaultCoding
package import VaultSodium

/// What can go wrong in the audit log, sorted by whose fault it is.
package enum AuditError: Error, Sendable, Equatable {
    // The caller's mistakes
    /// The log is sealed, so only sealed-state entries can be appended.
    case sealed
    /// The log is unsealed, so sealed-state entries cannot be appended.
    case notSealed
    /// More entries in one append than the limit.
    case tooMany(limit: Int)
    /// The log has been closed.
    case closed
    /// A position or size beyond the log's.
    case outOfRange(size: UInt64)

    // The machine's
    /// Too much is waiting to be written; try again.
    case busy
    /// The store refused; nothing of the append is in the log.
    case store(AuditStoreError)
    /// Whether the append is in the log could not be found out; the writer has stopped. Restart.
    case outcomeUnknown
    /// A cryptographic operation failed.
    case sodium(SodiumError)

    // Damage or tampering
    /// Bytes of the log that cannot be read, with what they should have been.
    case malformed(what: String, CodingError)
    /// A record is not the next one: its own number is `found`.
    case misplaced(expected: UInt64, found: UInt64)
    /// The hash of the log at `size` is not what the newest head says.
    case wrongRoot(size: UInt64)
    /// The newest head is not authentic.
    case headNotAuthentic
    /// A stored checkpoint over `size` entries does not verify.
    case checkpointNotAuthentic(size: UInt64)
    /// The newest head speaks of another log.
    case otherOrigin(expected: String, found: String)
    /// The log has fewer records than its newest head says.
    case truncated(expected: UInt64, found: UInt64)
    /// Entries behind the newest head, from `from` on, that are not of the sealed state.
    case unauthenticated(from: UInt64)
    /// A tile that is needed is not there.
    case missingTile(TileID)
}

extension AuditError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    package var description: String {
        switch self {
        case .sealed: "the audit log is sealed; unseal the vault first"
        case .notSealed: "the audit log is not sealed"
        case .tooMany(let limit): "more than \(limit) audit entries in one request"
        case .closed: "the audit log is closed"
        case .outOfRange(let size): "the audit log has \(size) entries; the range goes beyond"
        case .busy: "too many audit entries are waiting to be written; try again"
        case .store(let error): error.description
        case .outcomeUnknown:
            "it is not known whether the last audit entries were written; restart the daemon"
        case .sodium(let error): error.description
        case .malformed(let what, _):
            "the audit log holds \(what) that cannot be read; restore it from a backup"
        case .misplaced(let expected, let found):
            "audit record \(expected) has the number \(found); restore the log from a backup"
        case .wrongRoot(let size):
            "the audit log's hash at size \(size) is not that of its head; it was altered"
        case .headNotAuthentic: "the newest head of the audit log is not authentic; it was altered"
        case .checkpointNotAuthentic(let size):
            "the checkpoint at size \(size) does not verify; the audit log was altered"
        case .otherOrigin(let expected, let found):
            "the audit log is \(found), not \(expected); put the right file in place"
        case .truncated(let expected, let found):
            "the audit log has \(found) of at least \(expected) entries; it was cut"
        case .unauthenticated(let from):
            "audit entries from \(from) on are not covered by a head; the log was altered"
        case .missingTile(let id):
            "tile \(id.path(width: nil)) of the audit log is missing; restore it from a backup"
        }
    }
}
