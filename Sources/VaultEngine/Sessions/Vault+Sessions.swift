import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
package import VaultKeyring
package import VaultSodium
import VaultStatements
import VaultStorage

/// What a login tells about itself.
package struct SessionDescription: Sendable {
    /// Who.
    package let principal: PrincipalID
    /// The person's name.
    package let name: String
    /// The kernel uid.
    package let uid: UInt32
    /// The active roles.
    package let roles: Set<Role>
    /// The compartments whose keys are open.
    package let compartments: [Compartment]
    /// The default purpose.
    package let purpose: PurposeOfUse?
    /// Twelve words of the person's fingerprint.
    package let fingerprintWords: [String]
    /// The end when nothing is asked, microseconds since 1970.
    package let idleExpires: UInt64
    /// The end in any case, microseconds since 1970.
    package let expires: UInt64
}

extension Vault {
    /// Opens a principal's locks. Blocks for a derivation; one waits per uid at most, by the limiter.
    ///
    /// Before the session exists: the secret opens the blob, its keys are those that the statements
    /// name, the chain goes on from what the person has seen, and every box holds the key that its
    /// statement names.
    package func login(
        name: String?, secret: consuming SecretBytes, form: SecretForm, purpose: PurposeOfUse?,
        caller: Caller
    ) throws(EngineError) -> (token: [UInt8], SessionDescription) {
        let core = try core()
        let wait = limiter.wait(uid: caller.uid, now: world.monotonic())
        guard wait == 0 else { throw .tooManyRequests(retryMicroseconds: wait) }
        let attempt = LoginAttempt(core: core, caller: caller, name: name)
        do throws(EngineError) {
            let (token, session) = try attempt.open(secret, purpose: purpose)
            limiter.succeeded(uid: caller.uid)
            return (token, core.describe(session))
        } catch {
            if error == .wrongSecret { failed(caller) }
            throw error
        }
    }

    /// The login of a token, for the uid that opened it.
    package func resume(token: [UInt8], caller: Caller) throws(EngineError) -> Session {
        let core = try core()
        guard
            let session = try core.sessions.session(token, uid: caller.uid, now: world.clock())
        else { throw .loginNeeded }
        return session
    }

    /// What a login is. Throws `loginNeeded` when it is over.
    package func describe(_ session: Session) throws(EngineError) -> SessionDescription {
        let core = try core()
        guard !session.isOver(at: world.clock()) else { throw .loginNeeded }
        return core.describe(session)
    }

    /// Ends a login.
    package func logout(_ session: Session) throws(EngineError) {
        let core = try core()
        let facts = EntryFacts(.logout, session: session, request: core.newRequest())
        core.sessions.remove(where: { $0 === session })
        try core.record([facts])
    }
}

extension Core {
    func describe(_ session: Session) -> SessionDescription {
        SessionDescription(
            principal: session.principal, name: session.name, uid: session.uid,
            roles: session.roles, compartments: session.care?.compartments ?? [],
            purpose: session.purpose, fingerprintWords: session.fingerprint.words,
            idleExpires: session.idleEnd, expires: session.end)
    }
}

/// One try to log in.
private struct LoginAttempt {
    let core: Core
    let caller: Caller
    let name: String?

    private var places: ErrorPlaces { ErrorPlaces(core.world) }

    /// Opens the locks and adds the session; gives its token.
    ///
    /// The derivation takes long, and meanwhile statements are made and rows re-wrapped. What counts
    /// is read before and behind it while no act is under way: else a pin could be ahead of the
    /// chain, a row under a key that is not known yet, or a person disabled who gets a session.
    func open(
        _ text: borrowing SecretBytes, purpose: PurposeOfUse?
    ) throws(EngineError) -> (token: [UInt8], session: Session) {
        var facts = EntryFacts(.login, uid: caller.uid, request: core.newRequest())
        let person = try core.acts.withLock { _ throws(EngineError) in try read(&facts) }
        let keys: PrincipalKeys
        do throws(KeyringError) {
            let secret = try GeneratedSecret(text: text)
            keys = try core.derivations.run { () throws(KeyringError) in
                try person.stored.open(secret, directory: person.keyring.directory)
            }
        } catch .wrongSecret {
            core.logins.failed(person.principal.id)
            try refuse(facts, "wrong-secret")
        } catch .identityMismatch {
            // Somebody put other keys in this person's row.
            try tampered(facts, .identityMismatch)
        } catch { try refuse(facts, "wrong-secret", places.engine(error)) }
        return try core.acts.withLock { _ throws(EngineError) in
            let now = try read(&facts)
            guard now.stored.identity == keys.identity else { try refuse(facts, "wrong-secret") }
            let session = try session(now, keys, purpose, facts)
            return (core.sessions.add(session), session)
        }
    }

    /// Somebody who may be logged in, as statements and store have them now.
    private struct Person {
        let principal: VaultStatements.Principal
        let stored: StoredPrincipal
        let keyring: Keyring
    }

    private func read(_ facts: inout EntryFacts) throws(EngineError) -> Person {
        let keyring = core.keyring
        guard let principal = principal(keyring.directory) else {
            try refuse(facts, "unknown-caller")
        }
        facts.detail = .about(principal.id, roles: [], compartments: [])
        let stored: StoredPrincipal?
        do throws(KeyringError) {
            stored = try StoredPrincipal.read(principal.id, core.store, lock: keyring.lock)
        } catch { try unopened(facts, error) }
        guard let stored else { try refuse(facts, "not-enrolled") }
        return Person(principal: principal, stored: stored, keyring: keyring)
    }

    private func session(
        _ person: Person, _ keys: PrincipalKeys, _ purpose: PurposeOfUse?, _ start: EntryFacts
    ) throws(EngineError) -> Session {
        var facts = start
        let session: Session
        let pins: Pins
        do throws(KeyringError) {
            pins = try person.stored.pins(keys)
            try pins.check(against: person.keyring.chain)
            session = try opened(person, keys, purpose, pins.lastLogin)
        } catch .notGranted {
            let ends = person.principal.ends
            if !person.principal.isDisabled, let ends, core.world.clock() >= ends {
                try refuse(facts, "grant-ended", .grantEnded(at: ends))
            }
            guard core.enrolled(person.principal, person.keyring) != nil else {
                try refuse(
                    facts, "code-out", .denied(reference: facts.reference, rule: "code-out"))
            }
            try refuse(
                facts, "not-granted", .denied(reference: facts.reference, rule: "not-granted"))
        } catch { try unopened(facts, error) }
        facts.session = session
        try remember(person, keys, session.openedAt, facts)
        return session
    }

    private func opened(
        _ person: Person, _ keys: PrincipalKeys, _ purpose: PurposeOfUse?, _ lastLogin: UInt64?
    ) throws(KeyringError) -> Session {
        let (principal, keyring) = (person.principal, person.keyring)
        let directory = keyring.directory
        let now = core.world.clock()
        let granted = principal.roles(at: now)
        let seat = directory.isFounded ? nil : try seat(of: keys, keyring)
        let roles = seat.map { [$0.role] } ?? granted
        guard !roles.isEmpty else { throw .notGranted }
        let care =
            granted.contains { $0.group == .care }
            ? try CareLock.open(
                keys, directory: directory, core.store, lock: keyring.lock,
                service: keyring.service) : nil
        let audit =
            granted.contains(.auditor)
            ? try AuditLock.open(
                keys, directory: directory, core.store, lock: keyring.lock,
                service: keyring.service) : nil
        return Session(
            id: Random.identifier(), bounds: core.world.sessionBounds, principal: principal.id,
            name: principal.name, uid: caller.uid, roles: roles, purpose: purpose, openedAt: now,
            keys: keys, care: care, audit: audit, seat: seat, grantEnds: principal.ends,
            lastLogin: lastLogin, failedTries: core.logins.take(principal.id))
    }

    /// Rows that do not fit are somebody's work or damage, and have their entry either way; a store
    /// that cannot be read has none.
    private func unopened(
        _ facts: EntryFacts, _ error: KeyringError
    ) throws(EngineError) -> Never {
        switch error {
        case .storage, .sodium: throw places.engine(error)
        default: try tampered(facts, error)
        }
    }

    /// The seat that these keys took, before the founding.
    private func seat(
        of keys: PrincipalKeys, _ keyring: Keyring
    ) throws(KeyringError) -> FoundingSeat? {
        for seat in [FoundingSeat.custodian, .auditor]
        where try Founding.holder(seat, core.store, keyring.lock) == keys.identity {
            return seat
        }
        return nil
    }

    /// The entry, with the person's new pins in the same commit: the chain as it is, and this login.
    private func remember(
        _ person: Person, _ keys: PrincipalKeys, _ openedAt: UInt64, _ facts: EntryFacts
    ) throws(EngineError) {
        let new = Pins(of: person.keyring.chain, lastLogin: openedAt)
        let change = try fromKeyring(places) { () throws(KeyringError) in
            try person.stored.repin(keys, to: new, lock: person.keyring.lock)
        }
        // A rotation that re-wraps the row at this moment was faster; the pin can wait.
        if try !core.attempt(change, facts) { try core.record([facts]) }
    }

    /// Who is meant: by name, or by the uid when it has one person only. Both must fit.
    private func principal(_ directory: Directory) -> VaultStatements.Principal? {
        let own = directory.principals(uid: caller.uid).filter { !$0.isDisabled }
        guard let name else { return own.count == 1 ? own.first : nil }
        return own.first { $0.name == name || $0.id.text == name }
    }

    private func refuse(
        _ facts: EntryFacts, _ failure: String, _ error: EngineError = .wrongSecret
    ) throws(EngineError) -> Never {
        try core.record([facts.with(.denied, failure: failure)])
        throw error
    }

    private func tampered(
        _ facts: EntryFacts, _ error: KeyringError
    ) throws(EngineError) -> Never {
        core.noteDamage("\(error)")
        core.world.diagnostics(.quarantined(space: "wrapped keys", reference: facts.reference))
        try core.record([facts.with(.unavailable, failure: "keys-do-not-fit", rule: "\(error)")])
        throw places.engine(error)
    }
}
