package import VaultCoding
import VaultSodium
package import VaultStatements
package import VaultStorage

/// What signing the founding has led to.
package enum FoundingOutcome: Sendable {
    /// The first signature, to be stored; the other founder signs next.
    case half(KeyringChange)
    /// The founding itself and everything that goes into its commit: the statement, the fences of
    /// the compartments, the data keys of earlier audit epochs boxed to the audit key and their
    /// storage copies destroyed, seats and draft deleted. The signer's new pins come with it.
    case founded(Statement, KeyringChange)
}

/// How a vault comes into the hands of its first custodian and its first auditor.
///
/// 1. Each takes their seat when they enrol: makes their keys, boxed to nobody but themselves, and
///    signs for what they made.
/// 2. Each is shown the draft, types the other's twelve words as read out by the other, has their own
///    boxes opened against it, and signs. The second signature commits.
///
/// An operator who swaps a founder's key on the way is found by the words, one who swaps what the
/// founder made by the founder's signature, one who swaps a box by the opening, and a statement in
/// between voids the draft.
package enum Founding {
    /// Takes a seat with freshly enrolled keys. Part of the commit of the enrolment. A seat may be
    /// taken again by the same principal, and by another one once its holder is disabled.
    ///
    /// Throws `alreadyFounded`, `foundingSeatTaken`, `rowDamaged`, `storage`.
    package static func takeSeat(
        _ seat: FoundingSeat, _ keys: PrincipalKeys, directory: Directory,
        _ store: any ByteStore, lock: StorageLock, service: ServiceKeys
    ) throws(KeyringError) -> KeyringChange {
        guard !directory.isFounded else { throw .alreadyFounded }
        let old = try lock.stored(store, .wrappedKeys, seat.rowKey)
        if let old, let holder = try holder(old, seat, lock),
            holder.principal != keys.identity.principal,
            directory.principal(holder.principal)?.isDisabled == false
        {
            throw .foundingSeatTaken
        }
        guard try holder(seat.other, store, lock)?.principal != keys.identity.principal else {
            throw .foundingSeatTaken
        }
        let taker = SeatTaker(keys: keys, store: store, lock: lock, service: service)
        switch seat {
        case .custodian: return try taker.custodian(replacing: old)
        case .auditor: return try taker.auditor(replacing: old)
        }
    }

    /// Who holds a seat; nil if it is free. Unverified, like any row.
    package static func holder(
        _ seat: FoundingSeat, _ store: any ByteStore, _ lock: StorageLock
    ) throws(KeyringError) -> PublicIdentity? {
        guard let value = try lock.stored(store, .wrappedKeys, seat.rowKey) else { return nil }
        return try holder(value, seat, lock)
    }

    private static func holder(
        _ value: [UInt8], _ seat: FoundingSeat, _ lock: StorageLock
    ) throws(KeyringError) -> PublicIdentity? {
        var reader = ByteReader(try lock.open(value, .wrappedKeys, seat.rowKey))
        return try parsing(.founding) { () throws(CodingError) in
            try PublicIdentity(from: &reader)
        }
    }

    /// The draft to be shown and signed; nil until both seats are taken. `now` in µs since 1970.
    ///
    /// Throws `alreadyFounded`, `rowDamaged`, `storage`.
    package static func proposal(
        chain: StatementChain, policyVersion: UInt32, policyHash: Digest, now: UInt64,
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> FoundingProposal? {
        try FoundingProposal.current(
            chain: chain, policy: (policyVersion, policyHash), now: now, store, lock: lock)
    }

    /// Signs the draft for a seat, once everything that the signer can check holds.
    ///
    /// `otherWords` are the twelve words that the other founder read out. Throws
    /// `foundingDraftDiffers`, `wordsDiffer`, `boxMismatch`, `rowMissing`, `statement`, `storage`.
    package static func sign(
        _ proposal: FoundingProposal, as seat: FoundingSeat, _ keys: PrincipalKeys,
        otherWords: String, chain: StatementChain, _ store: any ByteStore, lock: StorageLock,
        service: ServiceKeys
    ) throws(KeyringError) -> FoundingOutcome {
        try verifying { () throws(StatementError) in try chain.check(proposal.draft) }
        guard proposal.identity(of: seat) == keys.identity else { throw .foundingDraftDiffers }
        guard
            proposal.fingerprint(of: seat.other, vault: lock.vault).matches(otherWords)
        else { throw .wordsDiffer }
        let ownKeys = FounderCheck(
            keys: keys, body: proposal.body, store: store, lock: lock, service: service)
        switch seat {
        case .custodian: try ownKeys.custodian()
        case .auditor: try ownKeys.auditor()
        }
        let signature = proposal.draft.signature(by: keys.signing)
        guard let half = proposal.half, proposal.halfSignedBy == seat.other else {
            let half = HalfSignature(
                draft: proposal.draft, signer: keys.fingerprint, signature: signature)
            return .half(try proposal.storing(half, lock: lock))
        }
        let statement = try verifying { () throws(StatementError) in
            try proposal.draft.statement(
                signatures: [half.signer: half.signature, keys.fingerprint: signature])
        }
        var founded = chain
        do { try founded.append(statement) } catch { throw .statement(error) }
        return .founded(statement, try commit(statement, proposal, store, lock))
    }

    private static func commit(
        _ statement: Statement, _ proposal: FoundingProposal, _ store: any ByteStore,
        _ lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        var change = try StatementRows.append(statement, lock: lock)
        change.add(proposal.clearing())
        for compartment in proposal.body.compartments.keys.sorted() {
            let fence = Fence.compartment(compartment)
            change.require(.absent(.meta, fence.rowKey))
            change.write(fence.set(to: 1))
        }
        change.add(try AuditEpochs.found(proposal.body.auditKey, store, lock: lock))
        return change
    }
}

/// Opens a founder's own boxes against a draft: what is in them must be what the draft names.
private struct FounderCheck {
    let keys: PrincipalKeys
    let body: FoundingBody
    let store: any ByteStore
    let lock: StorageLock
    let service: ServiceKeys

    func custodian() throws(KeyringError) {
        let linkKey = try open(.link(lock.vault, keys.fingerprint), body.linkKey)
        var first: CompartmentKeys?
        for (compartment, commitment) in body.compartments {
            let key = try open(
                .compartment(compartment, 1, lock.vault, keys.fingerprint), commitment)
            let held = try HeldReader(store: store, lock: lock)
                .held(compartment, newest: 1, [1: key])
            guard let held, held.hasTagKey(try CareLock.tagKey(linkKey, compartment).bytes),
                first.map({ $0.hasPseudonymKey(of: held) }) ?? true
            else { throw .rowDamaged(.compartmentHeldKey) }
            first = held
        }
    }

    func auditor() throws(KeyringError) {
        let row = try BoxRow(.audit(1, lock.vault, keys.fingerprint), service)
        guard let secret = try row.read(store, lock: lock, with: keys.agreement) else {
            throw .rowMissing(.box)
        }
        _ = try AuditLock.pair(secret, body.auditKey, row.box)
    }

    private func open(
        _ box: KeyBox, _ commitment: KeyCommitment
    ) throws(KeyringError) -> SecretBox {
        guard
            let secret = try BoxRow(box, service).read(
                store, lock: lock, with: keys.agreement)
        else { throw .rowMissing(.box) }
        try box.check(secret, commitment)
        return SecretBox(secret)
    }
}
