package import VaultCoding
package import VaultStatements
import VaultStorage

/// The draft of the founding, as both founders see it: fixed bytes, on a fixed predecessor.
package struct FoundingProposal: Sendable {
    /// What will be signed.
    package let draft: DraftStatement
    /// What it says.
    package let body: FoundingBody
    /// Who has signed it, if somebody has.
    package let halfSignedBy: FoundingSeat?
    let half: HalfSignature?
    /// The rows that it was made from, with their values: they must still be there when it is
    /// committed.
    let sources: [Precondition]

    private static let rowKey = WrappedRow.founding.key(Array("draft".utf8))

    /// SHA-256 of the draft's head: what a founder says they have seen.
    package var hash: Digest { draft.head.hash }

    /// The keys in a seat.
    package func identity(of seat: FoundingSeat) -> PublicIdentity {
        seat == .custodian ? body.custodian : body.auditor
    }

    /// Their fingerprint, whose twelve words the founder reads out.
    package func fingerprint(of seat: FoundingSeat, vault: VaultID) -> Fingerprint {
        identity(of: seat).fingerprint(vault: vault)
    }

    /// The proposal that stands on a chain; nil until both seats are taken.
    ///
    /// A stored draft is taken as long as it still fits chain, seats and policy; else a new one is
    /// made, and a signature under the old one is void. Throws `rowDamaged` for a seat that its holder
    /// has not signed.
    static func current(
        chain: StatementChain, policy: (version: UInt32, hash: Digest), now: UInt64,
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> FoundingProposal? {
        guard !chain.directory.isFounded else { throw .alreadyFounded }
        var sources: [Precondition] = []
        guard let custodianRow = try row(.custodian, &sources, store, lock),
            let auditorRow = try row(.auditor, &sources, store, lock)
        else { return nil }
        let custodian = try parsing(.founding) { () throws(CodingError) in
            try CustodianSeat(parsing: custodianRow)
        }
        let auditor = try parsing(.founding) { () throws(CodingError) in
            try AuditorSeat(parsing: auditorRow)
        }
        let body = try body(custodian, auditor, chain, policy)
        let value = try lock.stored(store, .wrappedKeys, rowKey)
        sources.append(StorageLock.was(.wrappedKeys, rowKey, value))
        if let value {
            let half = try HalfSignature.parse(try lock.open(value, .wrappedKeys, rowKey))
            if case .founding(body) = half.draft.content, (try? chain.check(half.draft)) != nil {
                return FoundingProposal(
                    draft: half.draft, body: body, halfSignedBy: half.seat(body, lock.vault),
                    half: half, sources: sources)
            }
        }
        let signers = [
            body.custodian.fingerprint(vault: lock.vault),
            body.auditor.fingerprint(vault: lock.vault),
        ]
        return FoundingProposal(
            draft: chain.draft(.founding(body), signers: signers, now: now), body: body,
            halfSignedBy: nil, half: nil, sources: sources)
    }

    /// Stores a first signature over the draft.
    func storing(_ half: HalfSignature, lock: StorageLock) throws(KeyringError) -> KeyringChange {
        KeyringChange(preconditions: sources).adding(
            try lock.put(half.bytes, .wrappedKeys, Self.rowKey))
    }

    /// Deletes draft and seats: the statement has taken their place.
    func clearing() -> KeyringChange {
        KeyringChange(
            preconditions: sources,
            writes: [
                .delete(.wrappedKeys, FoundingSeat.custodian.rowKey),
                .delete(.wrappedKeys, FoundingSeat.auditor.rowKey),
                .delete(.wrappedKeys, Self.rowKey),
            ])
    }

    private static func row(
        _ seat: FoundingSeat, _ sources: inout [Precondition], _ store: any ByteStore,
        _ lock: StorageLock
    ) throws(KeyringError) -> [UInt8]? {
        guard let value = try lock.stored(store, .wrappedKeys, seat.rowKey) else { return nil }
        sources.append(.equals(.wrappedKeys, seat.rowKey, value))
        return try seat.content(
            ofRow: try lock.open(value, .wrappedKeys, seat.rowKey), vault: lock.vault)
    }

    private static func body(
        _ custodian: CustodianSeat, _ auditor: AuditorSeat, _ chain: StatementChain,
        _ policy: (version: UInt32, hash: Digest)
    ) throws(KeyringError) -> FoundingBody {
        guard case .vaultInit(let first) = chain[1]?.content else {
            preconditionFailure("internal error: a chain begins with an init")
        }
        return FoundingBody(
            firstOperator: first.firstOperator, custodian: custodian.identity,
            auditor: auditor.identity, compartments: custodian.compartments,
            linkKey: custodian.linkKey, auditKey: auditor.auditKey, logKey: first.logKey,
            policyVersion: policy.version, policyHash: policy.hash)
    }
}

/// The draft with one of its two signatures: row `09 ‖ "draft"` → `framed draft ‖ signer(32) ‖
/// signature(64)`.
struct HalfSignature: Sendable {
    let draft: DraftStatement
    let signer: Fingerprint
    let signature: [UInt8]

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 2048)
        writer.put(framed: draft.bytes)
        writer.put(signer.digest)
        writer.put(raw: signature)
        return writer.bytes
    }

    static func parse(_ bytes: [UInt8]) throws(KeyringError) -> HalfSignature {
        var reader = ByteReader(bytes)
        let fields = try parsing(.founding) { () throws(CodingError) in
            let draft = try reader.framed(max: Statement.largestBody)
            let signer = Fingerprint(try reader.digest())
            let signature = try reader.raw(Statement.signatureSize)
            try reader.finish()
            return (draft, signer, signature)
        }
        let draft = try verifying { () throws(StatementError) in
            try DraftStatement.parse(fields.0)
        }
        return HalfSignature(draft: draft, signer: fields.1, signature: fields.2)
    }

    func seat(_ body: FoundingBody, _ vault: VaultID) -> FoundingSeat? {
        if signer == body.custodian.fingerprint(vault: vault) { return .custodian }
        if signer == body.auditor.fingerprint(vault: vault) { return .auditor }
        return nil
    }
}
