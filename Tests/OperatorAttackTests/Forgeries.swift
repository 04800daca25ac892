import VaultCoding
import VaultSodium
import VaultStorage

@testable import VaultKeyring
@testable import VaultStatements

// What an operator makes of the rows under the storage lock.
extension Editor {
    /// Keys of a person who does not exist, with their secret in the operator's hand.
    struct Puppet {
        let keys: PrincipalKeys
        let secret: [UInt8]
        let blob: PrincipalBlob

        var identity: PublicIdentity { keys.identity }
    }

    /// A puppet with a principal id of its own, or in the place of a real person.
    func puppet(in place: PrincipalID, pins: Pins? = nil) throws -> Puppet {
        let secret = try GeneratedSecret(random: .keyFile)
        let made = try PrincipalBlob.make(
            place, vault: vault, secret: secret, pins: pins ?? Pins(of: keyring.chain),
            parameters: try PasswordHash.Parameters(operations: 1, memoryKiB: 8))
        return Puppet(
            keys: made.keys, secret: AttackOffice.bytes(try secret.text()), blob: made.blob)
    }

    /// A puppet under an enlisted name, which the operator may state.
    func puppet(_ name: String) throws -> Puppet {
        let id: PrincipalID = Random.identifier()
        let puppet = try puppet(in: id)
        try append(
            .enlist(
                EnlistBody(principal: id, name: name, uid: AttackOffice.uids[name] ?? 9999)),
            by: try operatorKeys())
        try store(puppet)
        return puppet
    }

    func store(_ puppet: Puppet) throws {
        try putSealed(
            .wrappedKeys, PrincipalBlob.rowKey(puppet.identity.principal), puppet.blob.bytes)
    }

    /// A statement behind the newest in the store, signed by these keys, whether they may or not.
    @discardableResult
    func append(_ body: StatementBody, by keys: PrincipalKeys) throws -> Statement {
        let newest = try newestStatement()
        let statement = try keys.sign(
            DraftStatement(
                number: newest.head.number + 1, previous: newest.hash, time: newest.head.time,
                signers: [keys.fingerprint], content: body, salt: .zero))
        try write(statement)
        return statement
    }

    func newestStatement() throws -> Statement {
        guard let row = try rows(.statements).last else { throw Missing() }
        return try Statement.parse(try lock.open(row.value, .statements, row.key))
    }

    func write(_ statement: Statement, as number: UInt64? = nil) throws {
        try putSealed(
            .statements, StatementRows.key(number ?? statement.head.number), statement.bytes)
    }

    // MARK: Before the founding

    /// Blob and seat of a founder with the operator's own keys in it, and everything that goes with
    /// the seat. Returns the secret.
    func swapFounder(_ name: String, _ seat: FoundingSeat) throws -> [UInt8] {
        let puppet = try puppet(in: try person(name).id)
        try store(puppet)
        try take(seat, puppet.keys)
        return puppet.secret
    }

    private func take(_ seat: FoundingSeat, _ keys: PrincipalKeys) throws {
        let taker = SeatTaker(keys: keys, store: store, lock: lock, service: service)
        let change =
            switch seat {
            case .custodian: try taker.custodian(replacing: nil)
            case .auditor: try taker.auditor(replacing: nil)
            }
        try apply(change)
    }

    /// The whole of a custodian's seat made again by the operator, who keeps the compartment keys, in
    /// the name of the custodian's true keys.
    func forgeCustodianSeat(signed: Bool) throws {
        let rowKey = FoundingSeat.custodian.rowKey
        let old = try opened(.wrappedKeys, rowKey)
        let owner = try seatIdentity(old)
        try take(.custodian, try puppet(in: owner.principal).keys)
        let made = try opened(.wrappedKeys, rowKey)
        let link = try SecretBytes(random: 32)
        var commitments: [Compartment: KeyCommitment] = [:]
        for compartment in Compartment.allCases {
            let own = try SecretBytes(random: 32)
            commitments[compartment] = try KeyCommitment.commit(
                key: own, kind: .compartment, scope: compartment.rawValue, number: 1)
            try box(
                own, .compartment(compartment, 1, vault, owner.fingerprint(vault: vault)), owner)
            let tag = try CareLock.tagKey(SecretBox(try link.copy()), compartment)
            for (kind, secret) in [(HeldKey.Kind.tag, tag), (.pseudonym, pseudonym), (.index, tag)]
            {
                try apply(
                    try HeldKey(compartment: compartment, kind: kind, number: 1)
                        .write(secret.bytes, under: 1, own, store, lock: lock))
            }
        }
        try box(link, .link(vault, owner.fingerprint(vault: vault)), owner)
        let seat = CustodianSeat(
            identity: owner, compartments: commitments,
            linkKey: try KeyCommitment.commit(key: link, kind: .link, scope: "", number: 1))
        let tail = signed ? made.suffix(64) : old.suffix(64)
        try putSealed(
            .wrappedKeys, rowKey, seat.bytes + (isSeatSigned(old, seat.bytes) ? tail : []))
    }

    /// The auditor's seat with an audit pair that the operator keeps, boxed to the auditor.
    func forgeAuditorSeat() throws {
        let rowKey = FoundingSeat.auditor.rowKey
        let old = try opened(.wrappedKeys, rowKey)
        let owner = try seatIdentity(old)
        let pair = try AgreementKeyPair()
        try box(pair.secretKey, .audit(1, vault, owner.fingerprint(vault: vault)), owner)
        let seat = AuditorSeat(identity: owner, auditKey: pair.publicKey).bytes
        try putSealed(
            .wrappedKeys, rowKey, seat + (isSeatSigned(old, seat) ? old.suffix(64) : []))
    }

    private func isSeatSigned(_ old: [UInt8], _ content: [UInt8]) -> Bool {
        old.count == content.count + 64
    }

    private func seatIdentity(_ row: [UInt8]) throws -> PublicIdentity {
        var reader = ByteReader(row)
        return try PublicIdentity(from: &reader)
    }

    private static let shared = try? SecretBox(SecretBytes(random: 32))

    private var pseudonym: SecretBox {
        guard let shared = Self.shared else { preconditionFailure("internal error: no memory") }
        return shared
    }

    // MARK: Boxes

    /// A box in perfect context around any key, at its place, for its holder.
    func box(
        _ key: borrowing SecretBytes, _ box: KeyBox, _ holder: PublicIdentity
    ) throws {
        try apply(try BoxRow(box, service).write(key, to: holder.agreement, lock: lock))
    }
}
