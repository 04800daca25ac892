import Dispatch
import Synchronization
import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
package import VaultSodium
import VaultStatements
import VaultStorage

/// One vault on one machine: sealed or unsealed, the entrance to everything the engine does.
///
/// Sealed, it owns opened files and no keys. Unsealed, it hands each request the ``Core`` that owns
/// the keys. Requests hold the core only while they run, so sealing waits for nobody and the keys are
/// wiped when the last request is done.
package final class Vault: Sendable {
    enum Phase {
        case sealed
        case unsealed(Core)
        case closed
    }

    /// From an unseal to the seal. What a life before it says late is not about this one.
    final class Life: Sendable {}

    private struct State {
        var phase = Phase.sealed
        var files: VaultFiles
        /// Names the life from the last unseal on.
        var life: Life?
        /// Whether the files were closed and could not be opened again.
        var areClosed = false
    }

    let world: VaultEnvironment
    let health = HealthBoard()
    let limiter = FailureLimiter()
    let derivations = DerivationGate()
    private let headerVault: VaultID
    /// The newest time seen on the clock, here or in the log at the start.
    let newestTime: Atomic<UInt64>
    private let state: Mutex<State>
    /// One unseal or seal at a time.
    private let transition = Mutex<Void>(())

    /// Opens an existing vault, sealed. Reads nothing secret; refuses files that are missing, damaged
    /// or of another program.
    package init(_ world: VaultEnvironment) throws(EngineError) {
        let bytes = try world.readHeader()
        let header = try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try Header(parsing: bytes)
        }
        self.world = world
        headerVault = header.vault
        let health = health
        let files = try VaultFiles.open(world, health)
        state = Mutex(State(files: files))
        newestTime = Atomic(Self.newestTime(of: files.log))
        if !SecretMemory.canLock {
            health.raise(.memoryNotLocked, detail: "RLIMIT_MEMLOCK")
        }
        files.logSealed(PartA(time: world.clock(), action: .vaultStart, outcome: .success))
    }

    /// The vault's identifier.
    package var vault: VaultID { headerVault }

    /// Whether the storage lock is closed.
    package var isSealed: Bool {
        state.withLock { if case .unsealed = $0.phase { false } else { true } }
    }

    /// The unsealed vault, or `sealed`.
    func core() throws(EngineError) -> Core {
        let phase = state.withLock { $0.phase }
        guard case .unsealed(let core) = phase else { throw .sealed }
        return core
    }

    var files: VaultFiles { state.withLock { $0.files } }

    // MARK: Unseal and seal

    /// Opens the storage lock. Blocks for a derivation. An account that the header does not list is
    /// told so, whatever it gave: who may unseal is no secret of theirs to guess.
    package func unseal(
        secret: consuming SecretBytes, caller: Caller
    ) throws(EngineError) -> UnsealReport {
        let typed = consume secret
        let slot = Mutex<SecretBytes?>(nil)
        var handed: SecretBytes? = consume typed
        slot.withLock { $0 = handed.take() }
        return try transition.withLock { _ throws(EngineError) in
            guard isSealed else { throw .alreadyUnsealed }
            guard let secret = slot.withLock({ $0.take() }) else { throw .wrongSecret }
            return try unsealLocked(secret, caller)
        }
    }

    private func unsealLocked(
        _ text: borrowing SecretBytes, _ caller: Caller
    ) throws(EngineError) -> UnsealReport {
        let wait = limiter.wait(uid: caller.uid, now: world.monotonic())
        guard wait == 0 else { throw .tooManyRequests(retryMicroseconds: wait) }
        if state.withLock({ $0.areClosed }) { try reopen(files) }
        let places = ErrorPlaces(world)
        let bytes = try world.readHeader()
        let header = try fromKeyring(places) { () throws(KeyringError) in
            try Header(parsing: bytes)
        }
        let mayUnseal = header.unsealUIDs.contains(caller.uid)
        guard
            case .granted = decideBeforeLogin(
                .vaultUnseal, caller: CallerFacts(mayUnseal: mayUnseal, principal: nil),
                now: world.clock())
        else {
            failed(caller)
            refused(caller, count: 1, action: .vaultUnseal)
            throw .mayNotUnseal
        }
        let files = files
        let keyring: Keyring
        do throws(KeyringError) {
            let secret = try GeneratedSecret(text: text)
            keyring = try derivations.run { () throws(KeyringError) in
                try Keyring.unseal(headerBytes: bytes, secret: secret, store: files.store)
            }
        } catch {
            let failure = places.unsealing(error)
            if failure == .wrongSecret { failed(caller) }
            noteDamage(failure)
            refused(caller, count: 1, action: .vaultUnseal)
            world.diagnostics(.unsealFailed(uid: caller.uid))
            throw failure
        }
        limiter.succeeded(uid: caller.uid)
        return try serve(keyring, files, caller)
    }

    private func serve(
        _ keyring: Keyring, _ files: VaultFiles, _ caller: Caller
    ) throws(EngineError) -> UnsealReport {
        let life = Life()
        let unsealing = Unsealing(
            world: world, store: files.store, log: files.log, keyring: keyring, health: health,
            distress: { [weak self] reason in self?.sealSoon(reason, life) })
        let result: Unsealing.Result
        do throws(EngineError) {
            result = try unsealing.run()
            let core = result.core
            var facts = EntryFacts(.vaultUnseal, uid: caller.uid, request: core.newRequest())
            facts.detail = .unsealed(result.summary)
            try core.record([facts])
        } catch {
            noteDamage(error)
            // On a full disk the reserve makes room, so that the next try succeeds.
            if case .unavailable(let obstacle, let detail) = error {
                world.diagnostics(.storeUnavailable(detail: "\(obstacle.rawValue) \(detail)"))
            }
            // Half-open is not a state: files are opened afresh for the next try.
            try? reopen(files)
            guard error != .sealed else {
                throw .unavailable(.filesUncertain)
            }
            throw error
        }
        let core = result.core
        noteFindings(core)
        state.withLock {
            $0.phase = .unsealed(core)
            $0.life = life
        }
        health.notices.tell(.state(.unsealed))
        core.startChores()
        core.chores.async { core.checkStore() }
        // A rotation that a restart interrupted goes on.
        core.walk()
        let statements = keyring.chain.head.number
        world.diagnostics(
            .unsealed(
                adopted: Int(result.summary.adopted), statements: statements,
                recovered: result.recovered))
        return UnsealReport(
            adopted: result.summary.adopted, statements: statements, epoch: keyring.lock.current)
    }

    /// Files that do not fit turn health red until an unseal succeeds.
    private func noteDamage(_ error: EngineError) {
        guard case .damaged(let file, let detail, _) = error else { return }
        health.raise(.filesDamaged, detail: "\(file): \(detail)")
    }

    private func noteFindings(_ core: Core) {
        health.clear(.filesDamaged)
        health.clear(.sealedByItself)
        if core.keyring.directory.sharedUID {
            health.raise(.sharedUID)
        }
    }

    /// Closes the storage lock, ends every login and wipes the keys. Operators.
    package func seal(_ session: Session) throws(EngineError) {
        let core = try core()
        var facts = EntryFacts(.vaultSeal, session: session, request: core.newRequest())
        _ = try core.require(session, .vaultSeal, facts: &facts)
        try core.record([facts])
        try close(.asked, into: .sealed)
    }

    /// Seals, writes the last checkpoint and lets go of the files. Later calls answer `sealed`.
    package func shutdown() {
        if let core = try? core() {
            let facts = EntryFacts(.vaultStop, request: core.newRequest())
            _ = try? core.record([facts])
        } else {
            files.logSealed(PartA(time: world.clock(), action: .vaultStop, outcome: .success))
        }
        try? close(.shutdown, into: .closed)
        files.close()
    }

    /// The life of now; nil while sealed.
    var life: Life? { state.withLock { $0.life } }

    /// Seals the vault, if it still lives that life, on another thread than the caller's.
    func sealSoon(_ reason: SealReason, _ life: Life) {
        DispatchQueue.global(qos: .userInitiated).async {
            try? self.close(reason, into: .sealed, life)
        }
    }

    /// Closes the storage lock; with `life`, only if it is that one's.
    private func close(
        _ reason: SealReason, into phase: Phase, _ life: Life? = nil
    ) throws(EngineError) {
        try transition.withLock { _ throws(EngineError) in
            if let life {
                guard state.withLock({ $0.life === life }) else { return }
                health.raise(.sealedByItself, detail: reason.rawValue)
            }
            let old = state.withLock { state -> Phase in
                defer { if case .closed = state.phase {} else { state.phase = phase } }
                state.life = nil
                return state.phase
            }
            guard case .unsealed(let core) = old else { return }
            core.stop()
            world.diagnostics(.sealed(reason: reason))
            health.notices.tell(.state(.sealed))
            guard case .sealed = phase else { return }
            switch reason {
            // The log goes on with its chain of the sealed state, which an opened one would not have.
            case .asked, .shutdown: break
            case .storeUncertain, .statements, .log: try reopen(files)
            }
        }
    }

    /// Closes the files and opens them again: what a commit or append of unknown outcome left is
    /// read anew. Where that fails, the next unseal tries again.
    private func reopen(_ old: VaultFiles) throws(EngineError) {
        old.close()
        state.withLock { $0.areClosed = true }
        let new = try VaultFiles.open(world, health)
        state.withLock {
            $0.files = new
            $0.areClosed = false
        }
    }

    // MARK: Status

    /// What the caller may know without a login.
    package func status(for caller: Caller) -> VaultStatus {
        checkHealth()
        guard let core = try? core() else {
            return VaultStatus(
                state: .sealed, vault: headerVault, founded: nil, fingerprintWords: nil,
                health: health.all, nextStep: .unseal, peopleWaiting: nil, logSize: files.log.size,
                unpinnedEntries: 0, unpinnedAge: 0, storageEpoch: nil)
        }
        let keyring = core.keyring
        let directory = keyring.directory
        let tail = core.unpinnedTail
        let next = core.nextStep(for: caller)
        return VaultStatus(
            state: .unsealed, vault: headerVault, founded: directory.isFounded,
            fingerprintWords: directory.vaultFingerprintWords, health: health.all,
            nextStep: next.step, peopleWaiting: next.people, logSize: core.log.size,
            unpinnedEntries: tail.entries, unpinnedAge: tail.age,
            storageEpoch: keyring.lock.current)
    }

    // MARK: Refusals before login

    /// Counts refusals of somebody who is not logged in; one entry for all of them, durable soon.
    package func refused(_ caller: Caller, count: Int) {
        refused(caller, count: count, action: .refusals)
    }

    /// Counts a wrong secret, and says so when the account has to wait for it.
    func failed(_ caller: Caller) {
        if limiter.failed(uid: caller.uid, now: world.monotonic()) {
            health.notices.tell(.lockedOut)
        }
    }

    func refused(_ caller: Caller, count: Int, action: Action) {
        health.notices.tell(.refused(count: count))
        let now = world.clock()
        let tally = Tally(uid: caller.uid, count: UInt64(count), first: now, last: now)
        if let core = try? core() {
            var facts = EntryFacts(action, uid: caller.uid, request: core.newRequest())
            facts.outcome = .denied
            facts.detail = .tally(tally)
            core.record([facts]) { _ in }
        } else {
            var part = PartA(
                time: now, action: action, outcome: .denied, actor: Actor(uid: caller.uid))
            part.detail = .tally(tally)
            files.logSealed(part)
        }
    }
}

/// Store and log, opened.
struct VaultFiles: Sendable {
    let store: any ByteStore
    let log: AuditLog

    static func open(
        _ world: VaultEnvironment, _ health: HealthBoard
    ) throws(EngineError) -> VaultFiles {
        let places = ErrorPlaces(world)
        let store = try fromStore(places) { () throws(StorageError) in try world.openStore() }
        do throws(EngineError) {
            let backing: any AuditStore
            do throws(AuditStoreError) { backing = try world.openLog() } catch {
                throw places.engine(error)
            }
            let log = try fromLog(places) { () throws(AuditError) in
                try AuditLog.open(store: backing, clock: world.clock) { state in
                    switch state {
                    case .well: health.clear(.logUnavailable)
                    case .failing(let error):
                        health.raise(.logUnavailable, detail: "\(error)")
                    case .stopped(let error):
                        health.raise(.logUnavailable, detail: "\(error)")
                    }
                }
            }
            // What was found out about the log as it was opened before.
            health.clear(.logUnavailable)
            return VaultFiles(store: store, log: log)
        } catch {
            store.close()
            throw error
        }
    }

    /// Appends an entry of the sealed state; what cannot be written then is lost with the machine.
    func logSealed(_ part: PartA) {
        log.append([.sealedState(part)]) { _ in }
    }

    func close() {
        log.close()
        store.close()
    }
}

/// One expensive derivation at a time: two at once would double the memory, not the speed.
final class DerivationGate: Sendable {
    private let gate = Mutex<Void>(())

    func run<R: ~Copyable, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        try gate.withLock { _ throws(E) in try body() }
    }
}
