package import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

/// The two people who found a vault beside its operator. The raw value names a row.
package enum FoundingSeat: String, Sendable, Hashable {
    /// Makes the compartments.
    case custodian
    /// Makes the audit key.
    case auditor

    /// The other one.
    package var other: FoundingSeat { self == .custodian ? .auditor : .custodian }

    /// The role that comes with it.
    package var role: Role { self == .custodian ? .custodian : .auditor }

    var rowKey: [UInt8] { WrappedRow.founding.key(Array(rawValue.utf8)) }
}

// A seat's row is what its holder brings, and the holder's own signature over it. Without the
// signature an operator could make the keys of a seat themselves before the founding and box them to
// its holder in perfect context: every box would open and fit the draft.
extension FoundingSeat {
    /// `content ‖ signature(64)`, signed with the keys that were made in this very enrolment.
    func row(_ content: [UInt8], signedBy keys: PrincipalKeys) -> [UInt8] {
        content + keys.signing.sign(signedBytes(content, keys.vault))
    }

    /// What a row holds, once its signature is by the identity that it begins with. Whether that
    /// identity is a founder's, their words tell. Throws `rowDamaged`.
    func content(ofRow row: [UInt8], vault: VaultID) throws(KeyringError) -> [UInt8] {
        let content = Array(row.dropLast(SigningPublicKey.signatureSize))
        var reader = ByteReader(content)
        let identity = try parsing(.founding) { () throws(CodingError) in
            try PublicIdentity(from: &reader)
        }
        do {
            try identity.signing.verify(
                Array(row.suffix(SigningPublicKey.signatureSize)),
                of: signedBytes(content, vault))
        } catch {
            throw .rowDamaged(.founding)
        }
        return content
    }

    /// `label ‖ vault id ‖ seat, framed ‖ content, framed`.
    private func signedBytes(_ content: [UInt8], _ vault: VaultID) -> [UInt8] {
        var writer = HashLabel.foundingSeat.writer(capacity: 768)
        writer.put(vault)
        writer.put(framed: rawValue)
        writer.put(framed: content)
        return writer.bytes
    }
}

/// What the first custodian brings to the founding. Row `09 ‖ "custodian"` → `identity(80) ‖ list of
/// (framed compartment ‖ commitment(32)) ‖ commitment to the link key(32) ‖ signature(64)`.
struct CustodianSeat {
    let identity: PublicIdentity
    let compartments: [Compartment: KeyCommitment]
    let linkKey: KeyCommitment

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 512)
        identity.write(to: &writer)
        writer.put(list: compartments.sorted { $0.key < $1.key }) { writer, element in
            writer.put(framed: element.key.rawValue)
            writer.put(element.value.digest)
        }
        writer.put(linkKey.digest)
        return writer.bytes
    }

    init(
        identity: PublicIdentity, compartments: [Compartment: KeyCommitment],
        linkKey: KeyCommitment
    ) {
        self.identity = identity
        self.compartments = compartments
        self.linkKey = linkKey
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        identity = try PublicIdentity(from: &reader)
        let list = try reader.list(max: Compartment.allCases.count) {
            (reader) throws(CodingError) in
            let at = reader.offset
            guard let compartment = Compartment(rawValue: try reader.text(max: 64)) else {
                throw .invalid(what: "compartment", at: at)
            }
            return (compartment, KeyCommitment(try reader.digest()))
        }
        compartments = Dictionary(list) { first, _ in first }
        linkKey = KeyCommitment(try reader.digest())
        try reader.finish()
        guard self.bytes == bytes else { throw .invalid(what: "compartments in order", at: 0) }
    }
}

/// What the first auditor brings. Row `09 ‖ "auditor"` → `identity(80) ‖ audit public key(32) ‖
/// signature(64)`.
struct AuditorSeat {
    let identity: PublicIdentity
    let auditKey: AgreementPublicKey

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 112)
        identity.write(to: &writer)
        writer.put(auditKey.raw)
        return writer.bytes
    }

    init(identity: PublicIdentity, auditKey: AgreementPublicKey) {
        self.identity = identity
        self.auditKey = auditKey
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        identity = try PublicIdentity(from: &reader)
        auditKey = AgreementPublicKey(raw: try reader.digest())
        try reader.finish()
    }
}

/// Takes seats: makes the keys that a founder brings and boxes them to the founder alone.
struct SeatTaker {
    let keys: PrincipalKeys
    let store: any ByteStore
    let lock: StorageLock
    let service: ServiceKeys

    /// The compartments' first generation, the link key, and under each compartment key its tag,
    /// pseudonym and index key. `old` is the seat's row so far.
    func custodian(replacing old: [UInt8]?) throws(KeyringError) -> KeyringChange {
        var change = KeyringChange(preconditions: [lock.fence])
        let linkKey = try randomKey()
        let pseudonymKey = try randomKey()
        var commitments: [Compartment: KeyCommitment] = [:]
        for compartment in Compartment.allCases {
            let key = try randomKey()
            commitments[compartment] = try commitment(
                key, .compartment, scope: compartment.rawValue)
            change.add(try box(key, .compartment(compartment, 1, lock.vault, keys.fingerprint)))
            let held: [(HeldKey.Kind, SecretBox)] = [
                (.tag, try CareLock.tagKey(linkKey, compartment)),
                (.pseudonym, pseudonymKey),
                (.index, try randomKey()),
            ]
            for (kind, secret) in held {
                change.add(
                    try HeldKey(compartment: compartment, kind: kind, number: 1)
                        .write(secret.bytes, under: 1, key.bytes, store, lock: lock))
            }
        }
        change.add(try box(linkKey, .link(lock.vault, keys.fingerprint)))
        let seat = CustodianSeat(
            identity: keys.identity, compartments: commitments,
            linkKey: try commitment(linkKey, .link, scope: ""))
        change.add(try write(.custodian, seat.bytes, replacing: old))
        return change
    }

    /// The first audit pair.
    func auditor(replacing old: [UInt8]?) throws(KeyringError) -> KeyringChange {
        let secret = try randomKey()
        let pair = try AgreementKeyPair(
            opened: try fromSodium { () throws(SodiumError) in try secret.bytes.copy() })
        var change = try box(secret, .audit(1, lock.vault, keys.fingerprint))
        let seat = AuditorSeat(identity: keys.identity, auditKey: pair.publicKey)
        change.add(try write(.auditor, seat.bytes, replacing: old))
        return change
    }

    private func write(
        _ seat: FoundingSeat, _ content: [UInt8], replacing old: [UInt8]?
    ) throws(KeyringError) -> KeyringChange {
        try lock.put(
            seat.row(content, signedBy: keys), .wrappedKeys, seat.rowKey, replacing: old)
    }

    private func randomKey() throws(KeyringError) -> SecretBox {
        SecretBox(
            try fromSodium { () throws(SodiumError) in
                try SecretBytes(random: KeyBox.keySize)
            })
    }

    private func commitment(
        _ key: SecretBox, _ kind: SecretKind, scope: String
    ) throws(KeyringError) -> KeyCommitment {
        try fromSodium { () throws(SodiumError) in
            try KeyCommitment.commit(key: key.bytes, kind: kind, scope: scope, number: 1)
        }
    }

    private func box(_ key: SecretBox, _ place: KeyBox) throws(KeyringError) -> KeyringChange {
        try BoxRow(place, service).write(
            key.bytes, to: keys.identity.agreement, lock: lock)
    }
}
