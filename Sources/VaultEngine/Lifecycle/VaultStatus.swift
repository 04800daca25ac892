package import VaultCoding

/// What anybody on the machine may know of the vault without a login. Not audited.
package struct VaultStatus: Sendable {
    /// Where the storage lock stands.
    package enum State: Sendable {
        case sealed, unsealed
    }

    /// The caller's one next step.
    package enum NextStep: String, Sendable {
        case unseal, enlist, enrol, found, grant, login
        /// Nobody can keep files yet, and nobody is on the way to it: an operator enlists the first.
        case enlistFirst = "enlist-first"
        /// Nobody can keep files yet; who was enlisted for it has not enrolled.
        case enrolFirst = "enrol-first"
        /// People have enrolled and were never granted anything.
        case grantWaiting = "grant-waiting"
        /// Not both founders have enrolled.
        case enrolFounders = "enrol-founders"
        /// Nobody has signed the founding yet; for those who watch.
        case foundersSign = "founders-sign"
        /// The founding lacks this signature.
        case custodianSigns = "custodian-signs"
        case auditorSigns = "auditor-signs"
        /// Every key is re-wrapped.
        case completeRotation = "complete-rotation"
        case nothing = "none"
    }

    /// Where the storage lock stands.
    package let state: State
    /// The vault's identifier.
    package let vault: VaultID
    /// Whether it is founded; nil while sealed.
    package let founded: Bool?
    /// Twelve words of the vault fingerprint; nil while sealed and before the founding.
    package let fingerprintWords: [String]?
    /// What is wrong, worst first.
    package let health: [HealthFinding]
    /// What the caller should do next, or somebody whom the caller works with.
    package let nextStep: NextStep
    /// How many people ``NextStep/grantWaiting`` is about; nil with every other step.
    package let peopleWaiting: Int?
    /// Entries of the log.
    package let logSize: UInt64?
    /// Entries that no checkpoint handed to an auditor covers. Whether that one left the machine, the
    /// vault cannot know.
    package let unpinnedEntries: UInt64
    /// How long ago the log was last handed to somebody outside, microseconds.
    package let unpinnedAge: UInt64
    /// The storage epoch in use; nil while sealed.
    package let storageEpoch: UInt32?
}

/// What an unseal found.
package struct UnsealReport: Sendable, Equatable {
    /// Entries of the sealed time that were adopted.
    package let adopted: UInt64
    /// Statements in the chain.
    package let statements: UInt64
    /// The storage epoch in use.
    package let epoch: UInt32
}
