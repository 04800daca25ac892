package import VaultCoding
package import VaultRecords

/// What the engine answers when it does not do what was asked, sorted by whose turn it is.
///
/// Nothing here tells whether a subject or record exists: absent and not allowed are one answer,
/// with a reference under which the audit entry holds the truth.
package enum EngineError: Error, Sendable, Equatable {
    // The vault is not in the state for it
    case sealed
    case alreadyUnsealed
    case notFounded
    case alreadyFounded
    /// A rotation of the storage key is under way.
    case alreadyRotating
    // The caller has to do something first
    case loginNeeded
    /// The login was ended because the account or its rights were changed.
    case loginChanged
    /// A login of another uid.
    case foreignLogin
    /// Unseal, login or enrolment code: one answer for every reason.
    case wrongSecret
    /// The account is not among those that the vault's header allows to unseal.
    case mayNotUnseal
    case tooManyRequests(retryMicroseconds: UInt64)
    case purposeNeeded
    // The rules say no
    /// Decided from action, kind, purpose and roles alone, never from a subject.
    case denied(reference: String, rule: String)
    case notFound(reference: String)
    /// The grant of whoever logs in ended by its date, microseconds since 1970.
    case grantEnded(at: UInt64)
    // What was sent is not acceptable
    case invalidFields([FieldProblem])
    case invalidArgument(name: String, problem: String)
    case unknownKind
    case conflict(ConflictReason)
    case idempotencyReused
    // The machine
    /// The change is durable but its entry is not yet in the log; nothing shows it until it is.
    case outcomePending(reference: String)
    case quarantined(reference: String)
    /// Something is in the way; `detail` is what the machine said.
    case unavailable(Obstacle, detail: String = "")
    /// The vault's files do not belong together or are damaged; it stays sealed.
    case damaged(file: String, detail: String, remedy: String)
    case internalError(reference: String)
}

/// Why a change does not fit what is there.
package enum ConflictReason: Sendable, Equatable {
    /// Somebody amended the record meanwhile; its newest version stands here.
    case baseVersion(current: UInt32)
    case nameTaken
    case uidTaken
    /// The principal is not in a state for it (already enrolled, disabled, not yet enrolled).
    case principalState
    /// No rotation of the storage key is under way.
    case noRotation
    /// The rotation has rows left to re-wrap.
    case rowsRemain
    /// Nobody else holds this role, without which the vault could not be kept.
    case lastOfRole(Role)
    /// No other account than this uid's may unseal, and nobody could open the vault without it.
    case lastUnsealer(uid: UInt32)
    /// The words typed are not the person's.
    case fingerprint
    /// The founding draft was voided, or another act came first.
    case stale
}
