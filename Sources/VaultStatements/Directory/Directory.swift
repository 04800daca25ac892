package import VaultCoding
package import VaultSodium

/// One place in a chain: the number of a statement and the hash of its head. 40 bytes in encodings,
/// `number(8) ‖ hash(32)`.
package struct ChainHead: Hashable, Sendable {
    /// The statement's number, first 1.
    package let number: UInt64
    /// The hash of its head.
    package let hash: Digest

    /// From its parts, as read from a pin.
    package init(number: UInt64, hash: Digest) {
        self.number = number
        self.hash = hash
    }
}

/// The access policy that the chain names.
package struct PolicyReference: Hashable, Sendable {
    /// Its version.
    package let version: UInt32
    /// Its hash.
    package let hash: Digest
}

/// Who is who, with which rights and keys: the fold over a chain up to its head. A value; only
/// ``StatementChain`` makes and changes one.
package struct Directory: Sendable, Equatable {
    /// The vault.
    package let vault: VaultID
    /// The origin of the vault's first log, from the init.
    package let origin: String
    /// Whether several principals may have one uid.
    package let sharedUID: Bool
    /// The newest statement.
    package internal(set) var head: ChainHead
    /// The time of the newest statement, in microseconds since 1970-01-01 UTC.
    package internal(set) var time: UInt64
    /// The place of the founding; nil before it.
    package internal(set) var founding: ChainHead?
    /// The access policy; nil before the founding.
    package internal(set) var policy: PolicyReference?
    /// The accounts.
    package internal(set) var people: PrincipalRegister
    /// The keys.
    package internal(set) var keys: KeyRegister
}

extension Directory {
    /// Whether the founding has taken place.
    package var isFounded: Bool { founding != nil }
    /// The hash of the founding's head: the vault fingerprint.
    package var foundingHash: Digest? { founding?.hash }
    /// The vault fingerprint as twelve words, printed on one page and signed in ink.
    package var vaultFingerprintWords: [String]? { foundingHash.map(SpokenDigest.words) }
    /// The version of the access policy, 0 before the founding.
    package var policyVersion: UInt32 { policy?.version ?? 0 }

    /// All accounts by id.
    package var principals: [PrincipalID: Principal] { people.all }
    /// The account with this id.
    package func principal(_ id: PrincipalID) -> Principal? { people[id] }
    /// The account with this name; case does not matter.
    package func principal(named name: String) -> Principal? { people.named(name) }
    /// The account whose present grant is for these keys.
    package func principal(fingerprint: Fingerprint) -> Principal? {
        people.with(fingerprint: fingerprint)
    }
    /// The accounts with this uid: at most one of them enabled unless the vault shares uids.
    package func principals(uid: UInt32) -> [Principal] { people.with(uid: uid) }

    /// The storage epochs, first 1.
    package var storageEpochs: [UInt32: StorageEpoch] { keys.storageEpochs }
    /// The epoch under which everything new is written.
    package var currentStorageEpoch: UInt32 { keys.currentStorageEpoch }
    /// The compartments with their generations, first 1; empty before the founding.
    package var compartments: [Compartment: [UInt32: KeyCommitment]] { keys.compartments }
    /// The newest generation of a compartment; nil before the founding.
    package func generation(of compartment: Compartment) -> UInt32? {
        keys.generation(of: compartment)
    }
    /// The commitment to the link key; nil before the founding.
    package var linkKey: KeyCommitment? { keys.linkKey }
    /// The public audit keys by number; empty before the founding.
    package var auditKeys: [UInt32: AgreementPublicKey] { keys.auditKeys }
    /// The number of the newest audit key; nil before the founding.
    package var currentAuditKey: UInt32? { keys.currentAuditKey }
    /// The log's verifier keys, oldest first.
    package var logKeys: [SigningPublicKey] { keys.logKeys }

    /// The commitment that a statement made to a secret key; nil if none did.
    package func commitment(
        _ kind: SecretKind, compartment: Compartment? = nil, number: UInt32
    ) -> KeyCommitment? {
        switch kind {
        case .storage: storageEpochs[number]?.commitment
        case .link: number == 1 ? linkKey : nil
        case .compartment: compartment.flatMap { compartments[$0]?[number] }
        }
    }
}
