import Dispatch
import Synchronization
import VaultAudit
import VaultCoding
package import VaultKeyring
import VaultStatements
import VaultStorage

/// The storage lock's keys as operators see them.
package struct KeyStatus: Sendable {
    /// One way to unseal.
    package struct Slot: Sendable {
        /// Its place in the header, from 1.
        package let number: Int
        /// What it is called.
        package let label: String
        /// Words or key file.
        package let form: SecretForm
    }

    /// One storage epoch.
    package struct Epoch: Sendable {
        /// What becomes of an epoch.
        package enum State: Sendable { case current, retiring, retired }

        /// Its number.
        package let number: UInt32
        /// Where it stands.
        package let state: State
        /// When the statement that began it was made, microseconds since 1970.
        package let created: UInt64
    }

    /// An account that may unseal.
    package struct Unsealer: Sendable, Equatable {
        /// The kernel uid.
        package let uid: UInt32
        /// The names of those who have the account and are not disabled.
        package let names: [String]
    }

    /// The slots.
    package let slots: [Slot]
    /// Who may unseal, by uid.
    package let unsealers: [Unsealer]
    /// The epochs, oldest first.
    package let epochs: [Epoch]
    /// When the vault was made, microseconds since 1970.
    package let created: UInt64
    /// The rotation under way, or idle.
    package let rotation: RotationReport
}

/// What to do about the rotation of the storage key.
package enum RotationAction: Sendable {
    case start, status, complete
}

/// Where the rotation of the storage key stands.
package struct RotationReport: Sendable, Equatable {
    /// Idle, re-wrapping, re-wrapped and waiting for `complete`, or completed by this call.
    package enum State: Sendable { case idle, running, ready, complete }

    /// Where it stands.
    package let state: State
    /// The epoch that goes; nil when idle.
    package let from: UInt32?
    /// The epoch in use.
    package let to: UInt32
    /// Rows looked at so far.
    package let done: UInt64
    /// Rows in all.
    package let total: UInt64
}

extension Vault {
    /// Slots, who may unseal, epochs and the rotation under way. Operators.
    package func keyStatus(_ session: Session) throws(EngineError) -> KeyStatus {
        let core = try core()
        var facts = EntryFacts(.keyStatus, session: session, request: core.newRequest())
        _ = try core.require(session, .keyStatus, facts: &facts)
        let keyring = core.keyring
        let report = try core.rotationReport()
        try core.record([facts])
        let slots = keyring.header.slots.enumerated().map {
            KeyStatus.Slot(number: $0.offset + 1, label: $0.element.label, form: $0.element.form)
        }
        let epochs = keyring.directory.storageEpochs.sorted { $0.key < $1.key }.map {
            KeyStatus.Epoch(
                number: $0.key, state: .init($0.value.state),
                created: core.beginning(ofEpoch: $0.key, keyring))
        }
        let unsealers = keyring.header.unsealUIDs.map { uid in
            let holders = keyring.directory.principals(uid: uid).filter { !$0.isDisabled }
            return KeyStatus.Unsealer(uid: uid, names: holders.map(\.name))
        }
        return KeyStatus(
            slots: slots, unsealers: unsealers, epochs: epochs, created: keyring.header.created,
            rotation: report)
    }

    /// Rotates the storage key: `start` makes a new epoch and re-wraps the outer layer in the
    /// background, `complete` proves that no row is under the old one and retires it. The inner layer
    /// is never opened. With `dryRun` it only counts. Operators.
    package func rotateStorage(
        _ action: RotationAction, dryRun: Bool, session: Session
    ) throws(EngineError) -> RotationReport {
        let core = try core()
        var facts = EntryFacts(.rotateStorage, session: session, request: core.newRequest())
        _ = try core.require(session, .rotateStorage, facts: &facts)
        if dryRun {
            let report = try core.survey()
            facts.detail = .progress(done: report.done, total: report.total)
            try core.record([facts])
            return report
        }
        switch action {
        case .status:
            try core.record([facts])
            return try core.rotationReport()
        case .start:
            try core.startRotation(session, facts)
            core.walk()
            return try core.rotationReport()
        case .complete:
            return try core.completeRotation(session, facts)
        }
    }
}

extension KeyStatus.Epoch.State {
    fileprivate init(_ state: StorageEpoch.State) {
        switch state {
        case .current: self = .current
        case .previous: self = .retiring
        case .retired: self = .retired
        }
    }
}

extension Core {
    /// When an epoch began, microseconds since 1970.
    func beginning(ofEpoch epoch: UInt32, _ keyring: Keyring) -> UInt64 {
        for verified in keyring.chain.statements {
            if case .storageEpochStart(let body) = verified.content, body.epoch == epoch {
                return verified.head.time
            }
        }
        return keyring.header.created
    }

    fileprivate func survey() throws(EngineError) -> RotationReport {
        let keyring = keyring
        let old = keyring.directory.keys.previousStorageEpoch ?? keyring.lock.current
        let count = try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try StorageRotation.survey(store, epoch: old)
        }
        return RotationReport(
            state: keyring.directory.keys.previousStorageEpoch == nil ? .idle : .running,
            from: old, to: keyring.lock.current, done: UInt64(count.total - count.remaining),
            total: UInt64(count.total))
    }

    func rotationReport() throws(EngineError) -> RotationReport {
        let keyring = keyring
        let progress = try fromKeyring(ErrorPlaces(world)) { () throws(KeyringError) in
            try StorageRotation.progress(store)
        }
        guard let old = keyring.directory.keys.previousStorageEpoch, let progress else {
            return RotationReport(
                state: .idle, from: nil, to: keyring.lock.current, done: 0, total: 0)
        }
        let total = progress.isWalked ? UInt64(progress.seen) : try survey().total
        return RotationReport(
            state: progress.isWalked ? .ready : .running, from: old, to: keyring.lock.current,
            done: UInt64(progress.seen), total: max(total, UInt64(progress.seen)))
    }

    /// Begins an epoch. Order: the header's next hash is announced in the store, the header file is
    /// replaced durably, then one commit moves statement, fence and header hash. Death in between
    /// leaves a header with one epoch too many, which the next unseal drops.
    fileprivate func startRotation(_ session: Session, _ start: EntryFacts) throws(EngineError) {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            let keyring = keyring
            let rotation: RotationStart
            do throws(KeyringError) { rotation = try StorageRotation.prepare(keyring) } catch {
                try fail(start, "rotation", places.engine(error))
            }
            var announcing = start
            announcing.detail = .progress(done: 0, total: 0)
            try commit(rotation.header.announce, announcing)
            try writeHeader(rotation.header.header)
            var chain = keyring.chain
            let draft = chain.draft(
                rotation.body, signers: [session.fingerprint], now: world.clock())
            let keys = try session.keys()
            let statement = try fromKeyring(places) { () throws(KeyringError) in
                try keys.sign(draft)
            }
            try fromStatements(places) { () throws(StatementError) in
                _ = try chain.append(statement)
            }
            var change = try fromKeyring(places) { () throws(KeyringError) in
                try rotation.change(for: statement)
            }
            // Under the old lock: it is judged before the fence moves, and the walk re-wraps it.
            change.add(try repin(session, to: chain, keyring.lock))
            var facts = start
            facts.detail = .statement(number: statement.head.number, hash: statement.hash)
            try commit(change, facts) {
                replace(
                    keyring.replacing(header: rotation.header.header, lock: rotation.lock)
                        .extended(to: chain))
            }
            tellActed(facts.action)
        }
    }

    /// Replaces the header file. Memory follows the file at once, whatever comes of the commits
    /// behind it: the next replacement must name the header that is on disk, or a death in its midst
    /// would leave one that the store does not know.
    private func writeHeader(_ header: Header) throws(EngineError) {
        defer {
            if let onDisk = try? world.readHeader(), onDisk == header.bytes {
                let now = keyring
                replace(now.replacing(header: header, lock: now.lock))
            }
        }
        try world.writeHeader(header.bytes)
    }

    /// Re-wraps rows in the background, a bounded number a commit, giving way in between.
    func walk() {
        chores.async { [weak self] in self?.takeStep() }
    }

    /// Goes on after a while: store or disk did not work.
    private func walkLater() {
        chores.asyncAfter(deadline: .now() + RotationLimits.pause) { [weak self] in
            self?.takeStep()
        }
    }

    private func takeStep() {
        guard !isStopped else { return }
        let step: RotationStep
        do throws(KeyringError) {
            step = try StorageRotation.step(
                store, lock: keyring.lock, limit: RotationLimits.rowsPerCommit)
        } catch .noRotation { return } catch { return walkLater() }
        let member = CommitMember(
            preconditions: step.change.preconditions, writes: step.change.writes)
        committer.submit(member) { [weak self] outcome in
            guard let self else { return }
            switch outcome {
            case .success:
                self.world.diagnostics(
                    .rotation(
                        state: step.isFinished ? "walked" : "walking",
                        done: Int(step.progress.rewrapped)))
                if !step.isFinished { self.walk() }
            // Somebody changed a row meanwhile: the step is taken again.
            case .failure(.preconditionFailed): self.walk()
            case .failure(.storage): self.walkLater()
            case .failure(.stopped): self.distress(.storeUncertain)
            }
        }
    }

    /// Starts the walk over for rows that it left: those that did not open may have been restored.
    private func rewind() {
        guard let change = try? StorageRotation.rewind(store, lock: keyring.lock) else { return }
        let member = CommitMember(preconditions: change.preconditions, writes: change.writes)
        committer.submit(member) { [weak self] _ in self?.walk() }
    }

    fileprivate func completeRotation(
        _ session: Session, _ facts: EntryFacts
    ) throws(EngineError) -> RotationReport {
        try acts.withLock { _ throws(EngineError) in
            let places = ErrorPlaces(world)
            let keyring = keyring
            let before = try rotationReport()
            let old: UInt32
            do throws(KeyringError) {
                old = try StorageRotation.proveComplete(store, directory: keyring.directory)
            } catch {
                if case .rowsRemain = error, before.state == .ready { rewind() }
                try fail(facts, "rotation", places.engine(error))
            }
            _ = try state(
                .storageEpochComplete(StorageEpochCompleteBody(epoch: old)), by: session, facts,
                replacingDefaultRowsWith: { statement throws(EngineError) in
                    try fromKeyring(places) { () throws(KeyringError) in
                        try StorageRotation.complete(
                            self.store, lock: keyring.lock, directory: keyring.directory,
                            statement: statement)
                    }
                },
                applied: {
                    let now = self.keyring
                    replace(now.replacing(header: now.header, lock: now.lock.retiring(old)))
                })
            return RotationReport(
                state: .complete, from: old, to: keyring.lock.current, done: before.done,
                total: before.total)
        }
    }
}

/// Bounds of the re-wrapping.
enum RotationLimits {
    /// Rows in one commit: some milliseconds, so that requests hardly wait.
    static let rowsPerCommit = 256
    /// Until a step is taken again that the store could not take.
    static let pause = DispatchTimeInterval.seconds(1)
}
