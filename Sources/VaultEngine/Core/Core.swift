import Dispatch
import Synchronization
import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements
import VaultStorage

/// An unsealed vault: the only type that owns keys. It lives from a successful unseal to the seal;
/// requests under way hold it, and its keys are wiped when the last of them is done.
final class Core: Sendable {
    let world: VaultEnvironment
    let store: any ByteStore
    let log: AuditLog
    let committer: Committer
    let trail: AuditTrail
    let sessions = SessionTable()
    let enrolments = OfferTable<PendingEnrolment>()
    let newSecrets = OfferTable<PendingSecret>()
    let logins = LoginMemory()
    let unlogged = UnloggedWrites()
    /// Whose files each person opened or wrote lately.
    let recent = RecentFiles()
    let health: HealthBoard
    private let sealItself: @Sendable (SealReason) -> Void
    private let isDistressed = Atomic<Bool>(false)

    /// Acts on the statement chain, header or epochs: one at a time.
    let acts = Mutex<Void>(())
    /// One expensive derivation at a time.
    let derivations: DerivationGate
    /// Runs retries and timers.
    let chores = DispatchQueue(label: "carevault.chores", qos: .utility)

    /// When an append to the log failed last, monotonic microseconds; 0 when it works.
    let logFailure = Atomic<UInt64>(0)

    /// Set when it is not known what the log holds: entries are not appended again until it was
    /// opened anew.
    let logLost = Atomic<Bool>(false)

    /// Where the next look for expired names of writes begins.
    let forgotten = Mutex<[UInt8]>([])

    /// What is known of the store's rows.
    let rows = Mutex(RowWatch())

    /// The clock against the one that never jumps, at the last look.
    let clockOffset: Atomic<UInt64>

    /// Set when the vault is sealed under this core.
    let stopped = Atomic<Bool>(false)

    private let keyringState: Mutex<Keyring>
    private let bodyNumber: Atomic<UInt64>

    init(
        world: VaultEnvironment, store: any ByteStore, log: AuditLog, committer: Committer,
        trail: AuditTrail, health: HealthBoard, keyring: Keyring, nextBody: UInt64,
        derivations: DerivationGate = DerivationGate(),
        distress: @escaping @Sendable (SealReason) -> Void
    ) {
        self.world = world
        self.store = store
        self.log = log
        self.committer = committer
        self.trail = trail
        self.health = health
        self.derivations = derivations
        sealItself = distress
        keyringState = Mutex(keyring)
        bodyNumber = Atomic(nextBody)
        clockOffset = Atomic(world.clock() &- world.monotonic())
    }

    /// Says that the vault must seal itself: once, and not because it is being sealed already. What
    /// runs late on a core that was sealed says nothing of the one after it.
    func distress(_ reason: SealReason) {
        guard !isStopped, !isDistressed.exchange(true, ordering: .acquiringAndReleasing) else {
            return
        }
        sealItself(reason)
    }

    /// The keys, header and statements in force.
    var keyring: Keyring { keyringState.withLock { $0 } }

    /// Replaces the keyring after the commit that changed it. Only while holding `acts`.
    func replace(_ keyring: Keyring) { keyringState.withLock { $0 = keyring } }

    /// Tells those who watch that an act took effect: what, not whom.
    func tellActed(_ action: Action) { health.notices.tell(.acted(action)) }

    /// A number for a new body; gaps are fine.
    func nextBody() -> UInt64 { bodyNumber.wrappingAdd(1, ordering: .relaxed).oldValue }

    /// Names a request.
    func newRequest() -> RequestID { Random.identifier() }

    /// Finishes an entry at the store's newest durable state.
    func entry(_ facts: EntryFacts, openA: Bool = false) throws(EngineError) -> FinishedEntry {
        let keyring = keyring
        return try trail.finish(
            facts, mark: committer.newest, storageEpoch: keyring.lock.current,
            statement: keyring.chain.head.number, openA: openA)
    }
}
