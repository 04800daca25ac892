import VaultCoding
import VaultSodium
package import VaultStatements
package import VaultStorage

/// A storage epoch that is about to start.
///
/// In this order, so that a kill at any moment leaves a vault that opens and can go on:
///
/// 1. commit `header.announce`;
/// 2. write `header.header` to the file, durably: the new key must not exist only in memory once a
///    row is under it;
/// 3. commit `change(for:)` of the signed statement;
/// 4. use `lock` from here on.
///
/// Killed before 3, the header names an epoch that no statement knows; it is left out at unseal, and
/// the next start makes another key.
package struct RotationStart: Sendable {
    /// The new epoch.
    package let epoch: UInt32
    /// What the statement says of its key.
    package let commitment: KeyCommitment
    /// The lock from step 4 on.
    package let lock: StorageLock
    /// The header with the new key boxed to every slot that stays.
    package let header: HeaderReplacement
    private let before: StorageLock

    fileprivate init(
        epoch: UInt32, commitment: KeyCommitment, lock: StorageLock, before: StorageLock,
        header: HeaderReplacement
    ) {
        self.epoch = epoch
        self.commitment = commitment
        self.lock = lock
        self.before = before
        self.header = header
    }

    /// What the statement says.
    package var body: StatementBody {
        .storageEpochStart(StorageEpochStartBody(epoch: epoch, storageKey: commitment))
    }

    /// The commit that starts the epoch: the statement under the new key, the fence moved on, the
    /// walk at its beginning, the old header forgotten. From here every change made with the old
    /// lock fails at the fence.
    package func change(for statement: Statement) throws(KeyringError) -> KeyringChange {
        let row = StatementRows.key(statement.head.number)
        var change = KeyringChange(
            preconditions: [
                before.fence, .absent(.statements, row),
                .absent(.meta, RotationProgress.rowKey),
            ],
            writes: [
                .put(.statements, row, try lock.seal(statement.bytes, .statements, row)),
                Fence.storage.set(to: epoch),
                RotationProgress(from: before.current, to: epoch).write,
            ])
        change.add(header.adopt)
        return change
    }
}

/// One step of the walk.
package struct RotationStep: Sendable {
    /// The rows wrapped anew and the note of where to go on.
    package let change: KeyringChange
    /// How far the rotation is once `change` is committed.
    package let progress: RotationProgress

    /// Whether the walk has come to its end; then complete.
    package var isFinished: Bool { progress.isWalked }
}

/// Rotation of the storage key: start, walk, complete.
///
/// Only the outer layer is wrapped anew: what lies under compartment keys, boxes and principals'
/// secrets stays closed, so an operator rotates without being able to read. Reads and writes go on.
package enum StorageRotation {
    /// Prepares a new epoch. Slots named in `removed` get no box of it: after completion their secret
    /// opens nothing new. Throws `rotationRunning`, `slotUnknown`, `lastSlot`, `sodium`.
    package static func prepare(
        _ keyring: Keyring, removing removed: [SlotID] = []
    ) throws(KeyringError) -> RotationStart {
        let directory = keyring.directory
        guard directory.keys.previousStorageEpoch == nil else { throw .rotationRunning }
        let (epoch, overflow) = directory.currentStorageEpoch.addingReportingOverflow(1)
        guard !overflow else { throw .rotationRunning }
        let key = SecretBox(
            try fromSodium { () throws(SodiumError) in
                try SecretBytes(random: KeyBox.keySize)
            })
        let commitment = try fromSodium { () throws(SodiumError) in
            try KeyCommitment.commit(key: key.bytes, kind: .storage, number: epoch)
        }
        let header = try keyring.header.starting(epoch, key, removing: removed)
        return RotationStart(
            epoch: epoch, commitment: commitment,
            lock: keyring.lock.starting(epoch, key), before: keyring.lock,
            header: .make(from: keyring.header, to: header, lock: keyring.lock))
    }

    /// How far a rotation is; nil if none is running.
    package static func progress(
        _ store: any ByteStore
    ) throws(KeyringError) -> RotationProgress? {
        try RotationProgress.read(store)?.progress
    }

    /// Looks at the next `limit` rows and wraps those of the old epoch anew, each under `equals` on
    /// its old value. Goes on where the last committed step ended, also after a kill.
    ///
    /// If the commit fails at a precondition, a row changed in between: take the step again. A row
    /// that cannot be opened is counted and left. Throws `noRotation`, `rowDamaged` for the note of
    /// progress, `storage`.
    package static func step(
        _ store: any ByteStore, lock: StorageLock, limit: Int
    ) throws(KeyringError) -> RotationStep {
        guard let (old, value) = try RotationProgress.read(store), old.to == lock.current else {
            throw .noRotation
        }
        var progress = old
        var change = KeyringChange(
            preconditions: [lock.fence, .equals(.meta, RotationProgress.rowKey, value)])
        if let position = progress.position {
            let rows = try fromStore { () throws(StorageError) in
                try store.scan(position.space, from: position.cursor, to: nil, limit: limit)
            }
            for row in rows {
                progress.seen += 1
                guard number(of: row) == progress.from else { continue }
                guard let value = try rewrap(row, position.space, lock) else {
                    progress.damaged += 1
                    continue
                }
                change.replace(position.space, row.key, row.value, by: value)
                progress.rewrapped += 1
            }
            progress.position = next(after: rows, of: limit, position)
        }
        change.write(progress.write)
        return RotationStep(change: change, progress: progress)
    }

    /// Starts the walk over, for rows that it left: after damaged ones were restored, say.
    package static func rewind(
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        guard let (old, value) = try RotationProgress.read(store) else { throw .noRotation }
        return KeyringChange(
            preconditions: [lock.fence, .equals(.meta, RotationProgress.rowKey, value)],
            writes: [RotationProgress(from: old.from, to: old.to).write])
    }

    /// Counts the rows under an epoch without changing any: the dry run, and the proof.
    package static func survey(
        _ store: any ByteStore, epoch: UInt32
    ) throws(KeyringError) -> RotationCount {
        let page = 512
        var count = RotationCount()
        for space in RotationProgress.spaces {
            var cursor: [UInt8] = []
            while true {
                let rows = try fromStore { () throws(StorageError) in
                    try store.scan(space, from: cursor, to: nil, limit: page)
                }
                count.total += rows.count
                count.remaining += rows.count { number(of: $0) == epoch }
                guard rows.count == page, let last = rows.last else { break }
                cursor = last.cursor
            }
        }
        return count
    }

    /// The epoch that a completion retires. Throws `noRotation`, and `rowsRemain` unless a look at
    /// every row shows that none is left under it.
    ///
    /// The proof holds for the commit that follows: since the start, the fence lets nothing be
    /// written under the old key.
    package static func proveComplete(
        _ store: any ByteStore, directory: Directory
    ) throws(KeyringError) -> UInt32 {
        guard let old = directory.keys.previousStorageEpoch else { throw .noRotation }
        let remaining = try survey(store, epoch: old).remaining
        guard remaining == 0 else { throw .rowsRemain(remaining) }
        return old
    }

    /// The commit that completes a rotation: the signed statement and the end of the note of
    /// progress. Looks at every row once more. Afterwards use `lock.retiring(_:)`.
    ///
    /// Throws `noRotation` also for a statement that does not retire the old epoch.
    package static func complete(
        _ store: any ByteStore, lock: StorageLock, directory: Directory, statement: Statement
    ) throws(KeyringError) -> KeyringChange {
        let old = try proveComplete(store, directory: directory)
        let content = try verifying { () throws(StatementError) in
            try StatementBody.parse(statement.body, of: statement.head)
        }
        guard content == .storageEpochComplete(StorageEpochCompleteBody(epoch: old)) else {
            throw .noRotation
        }
        var change = try StatementRows.append(statement, lock: lock)
        if let (_, value) = try RotationProgress.read(store) {
            change.require(.equals(.meta, RotationProgress.rowKey, value))
            change.write(.delete(.meta, RotationProgress.rowKey))
        }
        return change
    }

    /// The epoch that a row says it is under; nil if it is not an envelope.
    private static func number(of row: Row) -> UInt32? {
        try? Envelope.keyNumber(of: row.value)
    }

    /// The row under the current epoch; nil if it cannot be opened.
    private static func rewrap(
        _ row: Row, _ space: Space, _ lock: StorageLock
    ) throws(KeyringError) -> [UInt8]? {
        do {
            return try lock.rewrap(row.value, space, row.key)
        } catch .rowDamaged {
            return nil
        }
    }

    private static func next(
        after rows: [Row], of limit: Int, _ position: RotationProgress.Position
    ) -> RotationProgress.Position? {
        if rows.count >= limit, let last = rows.last {
            return RotationProgress.Position(space: position.space, cursor: last.cursor)
        }
        let spaces = RotationProgress.spaces
        guard let index = spaces.firstIndex(of: position.space), index + 1 < spaces.count else {
            return nil
        }
        return RotationProgress.Position(space: spaces[index + 1], cursor: [])
    }
}
