package import VaultCoding
package import VaultSodium

/// One storage key's place in the chain.
package struct StorageEpoch: Hashable, Sendable {
    /// Where an epoch stands.
    package enum State: Sendable, Hashable {
        /// Everything new is written under it.
        case current
        /// A rotation away from it is going on: still read.
        case previous
        /// Nothing is left under it.
        case retired
    }

    /// The commitment to its key.
    package let commitment: KeyCommitment
    /// Where it stands.
    package internal(set) var state: State
}

/// Every key that the chain has introduced, outside the principals' own.
package struct KeyRegister: Sendable, Equatable {
    /// The storage epochs, first 1.
    package internal(set) var storageEpochs: [UInt32: StorageEpoch] = [:]
    /// The compartments with their generations, first 1; empty before the founding.
    package internal(set) var compartments: [Compartment: [UInt32: KeyCommitment]] = [:]
    /// The commitment to the link key; nil before the founding.
    package internal(set) var linkKey: KeyCommitment?
    /// The public audit keys by number, first 1; empty before the founding.
    package internal(set) var auditKeys: [UInt32: AgreementPublicKey] = [:]
    /// The log's verifier keys, oldest first.
    package internal(set) var logKeys: [SigningPublicKey] = []

    /// The epoch under which everything new is written.
    package var currentStorageEpoch: UInt32 { storageEpochs.keys.max() ?? 0 }
    /// The epoch that a rotation is replacing, if one is going on.
    package var previousStorageEpoch: UInt32? {
        storageEpochs.first { $0.value.state == .previous }?.key
    }
    /// The newest generation of a compartment; nil before the founding.
    package func generation(of compartment: Compartment) -> UInt32? {
        compartments[compartment]?.keys.max()
    }
    /// The number of the newest audit key; nil before the founding.
    package var currentAuditKey: UInt32? { auditKeys.keys.max() }
}
