import Synchronization
import VaultAccess
import VaultAudit
import VaultCoding
package import VaultKeyring
package import VaultSodium
import VaultStatements

/// A new secret for somebody who has one, shown once.
package struct SecretOffer: ~Copyable, Sendable {
    /// Names the change until it is completed.
    package let pending: String
    /// The words, or the text of the key file.
    package let secretText: SecretBytes
}

/// A change of secret between the showing of the new one and its typing back. Nothing of it is stored.
final class PendingSecret: PendingOffer {
    let principal: PrincipalID
    let uid: UInt32
    let made: ReplacedSecret
    /// The text that was shown, to compare with what is typed.
    let secret: SecretBox
    let expires: UInt64

    init(
        principal: PrincipalID, uid: UInt32, made: ReplacedSecret, secret: SecretBox,
        expires: UInt64
    ) {
        self.principal = principal
        self.uid = uid
        self.made = made
        self.secret = secret
        self.expires = expires
    }
}

extension Vault {
    /// Makes a new secret for whoever is logged in and shows the old one, which counts until the new
    /// one is typed back. Keys, fingerprint and grants stay. Wrong secrets count as at a login. Blocks
    /// for two derivations.
    package func beginSecretChange(
        old: consuming SecretBytes, form: SecretForm, session: Session, caller: Caller
    ) throws(EngineError) -> SecretOffer {
        let core = try core()
        let places = ErrorPlaces(world)
        let wait = limiter.wait(uid: caller.uid, now: world.monotonic())
        guard wait == 0 else { throw .tooManyRequests(retryMicroseconds: wait) }
        var facts = EntryFacts(.passwd, session: session, request: core.newRequest())
        _ = try core.require(session, .passwd, facts: &facts)
        let new = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(random: form)
        }
        let made: ReplacedSecret
        do throws(EngineError) {
            made = try core.replaced(old, by: new, session)
        } catch {
            if error == .wrongSecret {
                failed(caller)
                core.logins.failed(session.principal)
                try core.record([facts.with(.denied, failure: "wrong-secret")])
            }
            throw error
        }
        limiter.succeeded(uid: caller.uid)
        let shown = try fromKeyring(places) { () throws(KeyringError) in try new.text() }
        let kept = try fromKeyring(places) { () throws(KeyringError) in try new.text() }
        let pending = PendingSecret(
            principal: session.principal, uid: caller.uid, made: made, secret: SecretBox(kept),
            expires: world.clock() + LoginLimits.enrolment)
        guard let id = core.newSecrets.add(pending) else {
            throw .tooManyRequests(retryMicroseconds: LoginLimits.firstWait)
        }
        return SecretOffer(pending: id, secretText: shown)
    }

    /// Puts the new secret in force once it was typed back, and ends every other login of the person.
    /// Returns how many ended.
    package func completeSecretChange(
        pending id: String, secret: consuming SecretBytes, session: Session, caller: Caller
    ) throws(EngineError) -> Int {
        let core = try core()
        guard let pending = core.newSecrets.find(id, uid: caller.uid, now: world.clock()),
            pending.principal == session.principal
        else { throw .wrongSecret }
        let typed = try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try GeneratedSecret(text: secret).text()
        }
        guard typed.isEqual(to: pending.secret.bytes) else { throw .wrongSecret }
        var facts = EntryFacts(.passwd, session: session, request: core.newRequest())
        _ = try core.require(session, .passwd, facts: &facts)
        let ended = try core.replace(pending, session, facts)
        core.newSecrets.remove(id, uid: caller.uid)
        return ended
    }
}

extension Core {
    fileprivate func replaced(
        _ text: borrowing SecretBytes, by new: borrowing GeneratedSecret, _ session: Session
    ) throws(EngineError) -> ReplacedSecret {
        let places = ErrorPlaces(world)
        let keyring = keyring
        let costs = DerivationCosts(slot: world.slotCost, principal: world.principalCost)
        let old = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(text: text)
        }
        return try derivations.run { () throws(EngineError) in
            try fromKeyring(places) { () throws(KeyringError) in
                guard
                    let stored = try StoredPrincipal.read(
                        session.principal, self.store, lock: keyring.lock)
                else { throw .rowMissing(.principal) }
                return try ReplacedSecret.make(
                    stored, old: old, new: new, directory: keyring.directory, costs: costs)
            }
        }
    }

    /// One commit: the row with its seed under the new secret, and the entry.
    fileprivate func replace(
        _ pending: PendingSecret, _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) -> Int {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            // A disabling may have come first; nobody gets a secret after it.
            _ = try session.keys()
            for _ in 0..<FileLimits.attempts {
                let keyring = keyring
                let change = try fromKeyring(places) { () throws(KeyringError) in
                    guard
                        let stored = try StoredPrincipal.read(
                            session.principal, store, lock: keyring.lock)
                    else { throw .rowMissing(.principal) }
                    return try pending.made.change(over: stored, lock: keyring.lock)
                }
                guard let change else { try fail(facts, "raced", .conflict(.stale)) }
                var ended = 0
                let isCommitted = try attempt(change, facts) {
                    ended =
                        sessions.remove {
                            $0.principal == session.principal && $0 !== session
                        }.count
                }
                if isCommitted { return ended }
            }
            try fail(facts, "raced", .conflict(.stale))
        }
    }
}
