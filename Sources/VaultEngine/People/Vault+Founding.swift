import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
package import VaultKeyring
import VaultSodium
import VaultStatements

/// The founding draft as a founder sees it.
package struct FoundingDraftView: Sendable {
    /// One of the three people that the founding names.
    package struct Party: Sendable {
        /// Who.
        package let principal: PrincipalID
        /// The name.
        package let name: String
        /// The kernel uid.
        package let uid: UInt32
        /// Twelve words of the fingerprint.
        package let fingerprintWords: [String]
        /// Whether this person has signed the draft.
        package let signed: Bool
    }

    /// The number that the statement will have.
    package let number: UInt64
    /// SHA-256 of the draft's head: what is signed.
    package let hash: Digest
    /// The first operator.
    package let firstOperator: Party
    /// The custodian; nil while the seat is free.
    package let custodian: Party?
    /// The auditor; nil while the seat is free.
    package let auditor: Party?
    /// The compartments.
    package let compartments: [Compartment]
    /// SHA-256 of the policy in force.
    package let policyHash: Digest
    /// The seat of whoever asks; nil for others.
    package let mine: FoundingSeat?
}

/// What a signature under the founding did.
package struct FoundingOutcomeView: Sendable {
    /// Whether the vault is founded now.
    package let committed: Bool
    /// Twelve words of the vault fingerprint, once founded.
    package let fingerprintWords: [String]?
}

extension Vault {
    /// The draft of the founding.
    package func foundingDraft(_ session: Session) throws(EngineError) -> FoundingDraftView {
        let core = try core()
        var facts = EntryFacts(.vaultFound, session: session, request: core.newRequest())
        _ = try core.require(session, .vaultFound, facts: &facts)
        let keyring = core.keyring
        let proposal = try core.proposal(keyring)
        try core.record([facts])
        return core.view(proposal, keyring, session)
    }

    /// Signs the draft after its owner confirmed the other founder's words. The second signature
    /// founds the vault: audit data keys move under the audit lock and a new audit epoch begins.
    package func signFounding(
        draft: Digest, otherWords: [String], session: Session
    ) throws(EngineError) -> FoundingOutcomeView {
        let core = try core()
        var facts = EntryFacts(.vaultFound, session: session, request: core.newRequest())
        _ = try core.require(session, .vaultFound, facts: &facts)
        guard let seat = session.seat else {
            try core.fail(facts, "already-founded", .alreadyFounded)
        }
        let outcome = try core.sign(draft, otherWords, seat, session, facts)
        // Founded is founded: where the epoch cannot begin now, it is due and begins later.
        if outcome.committed { try? core.openEpoch() }
        return outcome
    }
}

/// The policy that a founding names.
enum FoundingPolicy {
    static let version = AccessPolicy.shipped.version

    /// SHA-256 over the framed label, version, every rule, the purposes and the static separation of
    /// the shipped policy; its hierarchy and dynamic separation are empty.
    static let hash: Digest = {
        var writer = HashLabel.policy.writer(capacity: 4096)
        writer.put(version)
        for rule in AccessPolicy.shipped.rules { writer.put(framed: rule.id) }
        for (role, purposes) in AccessPolicy.shipped.purposes.sorted(by: { $0.key < $1.key }) {
            writer.put(framed: role.rawValue)
            writer.put(list: purposes.map(\.rawValue).sorted()) { $0.put(framed: $1) }
        }
        let sets = AccessPolicy.shipped.staticSeparation.map { set in
            (set.cardinality, set.roles.map(\.rawValue).sorted())
        }
        for (cardinality, roles) in sets.sorted(by: { $0.1.lexicographicallyPrecedes($1.1) }) {
            writer.put(UInt32(cardinality))
            writer.put(list: roles) { $0.put(framed: $1) }
        }
        return SHA256.hash(writer.bytes)
    }()
}

extension Core {
    func proposal(_ keyring: Keyring) throws(EngineError) -> FoundingProposal? {
        try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try Founding.proposal(
                chain: keyring.chain, policyVersion: FoundingPolicy.version,
                policyHash: FoundingPolicy.hash, now: world.clock(), store, lock: keyring.lock)
        }
    }

    fileprivate func sign(
        _ draft: Digest, _ otherWords: [String], _ seat: FoundingSeat, _ session: Session,
        _ start: EntryFacts
    ) throws(EngineError) -> FoundingOutcomeView {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            let keyring = keyring
            guard let proposal = try proposal(keyring), try isSame(proposal, draft) else {
                try fail(start, "draft-outdated", .conflict(.stale))
            }
            let keys = try session.keys()
            let outcome: FoundingOutcome
            do throws(KeyringError) {
                outcome = try Founding.sign(
                    proposal, as: seat, keys,
                    otherWords: otherWords.joined(separator: " "), chain: keyring.chain, store,
                    lock: keyring.lock, service: keyring.service)
            } catch {
                try record([start.with(.denied, failure: "founding-refused", rule: "\(error)")])
                throw places.engine(error)
            }
            switch outcome {
            case .half(let change):
                var facts = start
                // A look at the draft leaves none: what was signed must not pass for that.
                facts.detail = .progress(done: 1, total: 2)
                try commit(change, facts)
                return FoundingOutcomeView(committed: false, fingerprintWords: nil)
            case .founded(let statement, var change):
                var chain = keyring.chain
                try fromStatements(places) { () throws(StatementError) in
                    _ = try chain.append(statement)
                }
                change.add(try repin(session, to: chain, keyring.lock))
                var facts = start
                facts.detail = .statement(number: statement.head.number, hash: statement.hash)
                try commit(change, facts) {
                    replace(keyring.extended(to: chain))
                    // Founders log in again, now with their roles and boxes.
                    sessions.endChanged { $0.seat != nil }
                }
                tellActed(facts.action)
                return FoundingOutcomeView(
                    committed: true,
                    fingerprintWords: chain.directory.vaultFingerprintWords)
            }
        }
    }

    /// Whether the founder has seen this proposal. The draft that nobody has signed is made anew at
    /// each look, so what counts before the first signature is what it says.
    private func isSame(
        _ proposal: FoundingProposal, _ seen: Digest
    ) throws(EngineError) -> Bool {
        proposal.halfSignedBy == nil
            ? Self.bodyHash(proposal) == seen
            : proposal.hash == seen || Self.bodyHash(proposal) == seen
    }

    /// SHA-256 of what the founding says and where it stands, without time and salt.
    private static func bodyHash(_ proposal: FoundingProposal) -> Digest {
        var writer = HashLabel.foundingDraft.writer(capacity: 2048)
        writer.put(proposal.draft.head.number)
        writer.put(proposal.draft.head.previous)
        writer.put(framed: proposal.draft.body)
        return SHA256.hash(writer.bytes)
    }

    fileprivate func view(
        _ proposal: FoundingProposal?, _ keyring: Keyring, _ session: Session
    ) -> FoundingDraftView {
        let directory = keyring.directory
        func party(_ identity: PublicIdentity?, _ seat: FoundingSeat?) -> FoundingDraftView.Party? {
            guard let identity, let person = directory.principal(identity.principal) else {
                return nil
            }
            return FoundingDraftView.Party(
                principal: person.id, name: person.name, uid: person.uid,
                fingerprintWords: identity.fingerprint(vault: directory.vault).words,
                signed: seat != nil && proposal?.halfSignedBy == seat)
        }
        func holder(_ seat: FoundingSeat) -> PublicIdentity? {
            if let proposal { return proposal.identity(of: seat) }
            return (try? Founding.holder(seat, store, keyring.lock)) ?? nil
        }
        let first = directory.principals.values.first { $0.roles.contains(.operator) }
        let operatorParty =
            party(first?.identity, nil)
            ?? FoundingDraftView.Party(
                principal: session.principal, name: "", uid: 0, fingerprintWords: [], signed: false)
        return FoundingDraftView(
            number: directory.head.number + 1,
            hash: proposal.map(Self.bodyHash) ?? .zero, firstOperator: operatorParty,
            custodian: party(holder(.custodian), .custodian),
            auditor: party(holder(.auditor), .auditor),
            compartments: proposal?.body.compartments.keys.sorted() ?? [],
            policyHash: FoundingPolicy.hash, mine: session.seat)
    }
}
