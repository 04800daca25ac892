package import VaultCoding
package import VaultSodium

/// What only some actions say, in part A.
package enum EntryDetail: Sendable, Equatable {
    /// The first entry of an audit epoch: whom its data key was boxed to.
    case epochOpened(EpochOpening)
    /// The first entry of an incarnation: where the log continues from.
    case continued(LogContinuation)
    /// An unseal: what was found of the time before.
    case unsealed(SealedSummary)
    /// Refusals or failed unseals of one uid, counted over an interval.
    case tally(Tally)
    /// A statement was added to the chain.
    case statement(number: UInt64, hash: Digest)
    /// Keys of a subject were destroyed: its tag in the compartment, and the highest key number.
    case erased(tag: [UInt8], highest: UInt32)
    /// Contents of whole audit epochs were destroyed, from the first to the last.
    case contentsErased(first: UInt32, last: UInt32)
    /// A range of the log was read or exported.
    case range(from: UInt64, to: UInt64)
    /// Steps of a rotation or another long work: done and in all.
    case progress(done: UInt64, total: UInt64)
    /// The health of the vault changed: a stable code, and whether it is well again.
    case health(code: String, recovered: Bool)
    /// The principal whom an act was about: enlisted, granted, revoked, disabled.
    case about(PrincipalID, roles: [Role], compartments: [Compartment])
}

/// What the first entry of an audit epoch says.
package struct EpochOpening: Sendable, Equatable {
    /// The epoch that begins with this entry.
    package var epoch: UInt32
    /// The number of the audit key; 0 before the founding, when there is none.
    package var auditKey: UInt32
    /// The fingerprint of the audit key, ``fingerprint(of:)``; zero when there is none.
    package var auditKeyFingerprint: Digest
    /// The hash of the box that holds the data key.
    package var boxHash: Digest
    /// The number of the newest statement then.
    package var statement: UInt64
    /// The hash of that statement's head.
    package var statementHash: Digest

    /// From its parts.
    package init(
        epoch: UInt32, auditKey: UInt32, auditKeyFingerprint: Digest, boxHash: Digest,
        statement: UInt64, statementHash: Digest
    ) {
        self.epoch = epoch
        self.auditKey = auditKey
        self.auditKeyFingerprint = auditKeyFingerprint
        self.boxHash = boxHash
        self.statement = statement
        self.statementHash = statementHash
    }

    /// The fingerprint of an audit key: BLAKE2b-256 over the framed key.
    package static func fingerprint(of key: AgreementPublicKey) -> Digest {
        var writer = ByteWriter(capacity: 36)
        writer.put(framed: key.rawBytes)
        return Blake2b.digest(writer.bytes, personal: .auditKey)
    }
}

/// What the first entry of an incarnation says.
package struct LogContinuation: Sendable, Equatable {
    /// The origin before.
    package var origin: String
    /// The newest size of it that is known.
    package var size: UInt64
    /// The root at that size.
    package var root: Digest

    /// From its parts.
    package init(origin: String, size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }
}

/// What an unseal found behind the newest authentic head.
package struct SealedSummary: Sendable, Equatable {
    /// Entries of the sealed state that were adopted.
    package var adopted: UInt64
    /// How many of them, from the first on, their chain of MACs vouches for.
    package var vouched: UInt64

    /// Whether the chain vouches for all of them.
    package var held: Bool { adopted == vouched }

    /// From its parts; nothing found unless told.
    package init(adopted: UInt64 = 0, vouched: UInt64 = 0) {
        self.adopted = adopted
        self.vouched = vouched
    }
}

/// Events of one uid counted over an interval.
package struct Tally: Sendable, Equatable {
    /// The peer's uid.
    package var uid: UInt32
    /// How many.
    package var count: UInt64
    /// The first, microseconds since 1970.
    package var first: UInt64
    /// The last, microseconds since 1970.
    package var last: UInt64

    /// From its parts.
    package init(uid: UInt32, count: UInt64, first: UInt64, last: UInt64) {
        self.uid = uid
        self.count = count
        self.first = first
        self.last = last
    }
}
