import Synchronization
import VaultAudit
package import VaultCoding
package import VaultKeyring
package import VaultSodium
import VaultStatements

/// What is shown to a person who enrols, once.
package struct EnrolmentOffer: ~Copyable, Sendable {
    /// Names the enrolment until it is completed.
    package let pending: String
    /// The words, or the text of the key file.
    package let secretText: SecretBytes
    /// Twelve words of the new fingerprint, to be read out to whoever grants.
    package let fingerprintWords: [String]
}

/// A person who has enrolled.
package struct EnrolledPrincipal: Sendable {
    /// Who.
    package let principal: PrincipalID
    /// The person's name.
    package let name: String
    /// Twelve words of the fingerprint.
    package let fingerprintWords: [String]
}

extension Vault {
    /// Makes a new secret and keys for an enlisted person who has the code. Nothing is stored yet.
    package func beginEnrolment(
        name: String?, code: String, form: SecretForm, seat: FoundingSeat?, caller: Caller
    ) throws(EngineError) -> EnrolmentOffer {
        let core = try core()
        let places = ErrorPlaces(world)
        let wait = limiter.wait(uid: caller.uid, now: world.monotonic())
        guard wait == 0 else { throw .tooManyRequests(retryMicroseconds: wait) }
        let keyring = core.keyring
        if seat != nil, keyring.directory.isFounded { throw .alreadyFounded }
        let principal: VaultStatements.Principal
        do throws(EngineError) {
            principal = try core.enrolling(name, caller, keyring)
            _ = try core.redeem(code, principal, keyring)
        } catch {
            failed(caller)
            let facts = EntryFacts(.enrol, uid: caller.uid, request: core.newRequest())
            try core.record([facts.with(.denied, failure: "code")])
            throw error
        }
        let old = try fromKeyring(places) { () throws(KeyringError) in
            try StoredPrincipal.read(principal.id, core.store, lock: keyring.lock)
        }
        let secret = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(random: form)
        }
        let made = try derivations.run { () throws(EngineError) in
            try fromKeyring(places) { () throws(KeyringError) in
                try NewPrincipal.make(
                    principal.id, secret: secret, pins: Pins(of: keyring.chain), replacing: old,
                    lock: keyring.lock,
                    costs: DerivationCosts(slot: world.slotCost, principal: world.principalCost))
            }
        }
        let shown = try fromKeyring(places) { () throws(KeyringError) in try secret.text() }
        let kept = try fromKeyring(places) { () throws(KeyringError) in try secret.text() }
        let pending = PendingEnrolment(
            principal: principal.id, uid: caller.uid, code: code, seat: seat, made: made,
            replaced: old, secret: SecretBox(kept), expires: world.clock() + LoginLimits.enrolment)
        guard let id = core.enrolments.add(pending) else {
            throw .tooManyRequests(retryMicroseconds: LoginLimits.firstWait)
        }
        return EnrolmentOffer(
            pending: id, secretText: shown, fingerprintWords: made.keys.fingerprint.words)
    }

    /// Stores the new keys after the secret was typed back. After the founding the person also types
    /// the vault fingerprint from the printed page.
    package func completeEnrolment(
        pending id: String, secret: consuming SecretBytes, vaultFingerprint: [String]?,
        caller: Caller
    ) throws(EngineError) -> EnrolledPrincipal {
        let core = try core()
        let places = ErrorPlaces(world)
        guard let pending = core.enrolments.find(id, uid: caller.uid, now: world.clock()) else {
            throw .wrongSecret
        }
        let typed = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(text: secret).text()
        }
        guard typed.isEqual(to: pending.secret.bytes) else { throw .wrongSecret }
        let name = try core.enrol(pending, vaultFingerprint)
        core.enrolments.remove(id, uid: caller.uid)
        return EnrolledPrincipal(
            principal: pending.principal, name: name,
            fingerprintWords: pending.made.keys.fingerprint.words)
    }

    /// Forgets an enrolment whose connection has gone.
    package func abandonEnrolment(pending id: String, caller: Caller) {
        (try? core())?.enrolments.remove(id, uid: caller.uid)
    }
}

extension Core {
    /// The enlisted person of this uid who has no rights yet.
    fileprivate func enrolling(
        _ name: String?, _ caller: Caller, _ keyring: Keyring
    ) throws(EngineError) -> VaultStatements.Principal {
        let own = keyring.directory.principals(uid: caller.uid).filter { !$0.isDisabled }
        let named = own.filter { name == nil || $0.name == name || $0.id.text == name }
        let candidates = named.filter { $0.identity == nil }
        guard candidates.count == 1, let principal = candidates.first else {
            if !named.isEmpty, candidates.isEmpty { throw .conflict(.principalState) }
            throw .wrongSecret
        }
        return principal
    }

    fileprivate func redeem(
        _ code: String, _ principal: VaultStatements.Principal, _ keyring: Keyring
    ) throws(EngineError) -> KeyringChange {
        try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try EnrolmentCode.redeem(
                code, for: principal.id, statement: principal.enlistedBy, now: world.clock(),
                store, lock: keyring.lock)
        }
    }

    /// One commit: code used up, blob written, seat taken, entry.
    fileprivate func enrol(
        _ pending: PendingEnrolment, _ words: [String]?
    ) throws(EngineError) -> String {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            let keyring = keyring
            let directory = keyring.directory
            guard let principal = directory.principal(pending.principal), !principal.isDisabled,
                principal.identity == nil
            else { throw .conflict(.principalState) }
            if let fingerprint = directory.foundingHash {
                guard pending.seat == nil else { throw .alreadyFounded }
                guard let words, SpokenDigest.matches(fingerprint, words.joined(separator: " "))
                else { throw .conflict(.fingerprint) }
            }
            var change = try redeem(pending.code, principal, keyring)
            change.add(pending.made.change)
            if let seat = pending.seat {
                change.add(
                    try fromKeyring(places) { () throws(KeyringError) in
                        try Founding.takeSeat(
                            seat, pending.made.keys, directory: directory, store,
                            lock: keyring.lock, service: keyring.service)
                    })
            }
            var facts = EntryFacts(.enrol, uid: pending.uid, request: newRequest())
            facts.detail = .about(
                principal.id,
                roles: pending.seat.map { [$0.role] } ?? [],
                compartments: [])
            try commit(change, facts)
            return principal.name
        }
    }
}
