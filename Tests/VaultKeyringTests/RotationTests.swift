import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage
import VaultTestKit

@testable import VaultKeyring

@Suite struct RotationTests {
    /// What the engine does for `key rotate storage start`; `until` stops it after that many steps,
    /// as a kill would.
    private func start(
        _ vault: TestVault, removing: [SlotID] = [], until: Int = 3
    ) throws {
        let start = try StorageRotation.prepare(vault.keyring, removing: removing)
        guard until > 0 else { return }
        try vault.commit(start.header.announce)
        guard until > 1 else { return }
        vault.file = start.header.header.bytes
        guard until > 2 else { return }
        let person = vault.firstOperator
        let statement = try person.keys.sign(
            vault.keyring.chain.draft(
                start.body, signers: [person.keys.fingerprint], now: vault.tick()))
        var chain = vault.keyring.chain
        try chain.append(statement)
        var change = try start.change(for: statement)
        let stored = try #require(
            try StoredPrincipal.read(person.id, vault.store, lock: vault.lock))
        change.add(try stored.repin(person.keys, to: Pins(of: chain), lock: vault.lock))
        try vault.commit(change)
        vault.keyring = vault.keyring.extended(to: chain)
            .replacing(header: start.header.header, lock: start.lock)
    }

    /// Walks to the end; kills and unseals anew after every step if asked to.
    private func walk(_ vault: TestVault, limit: Int = 7, killing: Bool = false) throws {
        while true {
            let step = try StorageRotation.step(vault.store, lock: vault.lock, limit: limit)
            try vault.commit(step.change)
            if killing { try vault.restart() }
            if step.isFinished { return }
        }
    }

    private func complete(_ vault: TestVault) throws {
        let old = try StorageRotation.proveComplete(vault.store, directory: vault.directory)
        let person = vault.firstOperator
        let statement = try person.keys.sign(
            vault.keyring.chain.draft(
                .storageEpochComplete(StorageEpochCompleteBody(epoch: old)),
                signers: [person.keys.fingerprint], now: vault.tick()))
        var chain = vault.keyring.chain
        try chain.append(statement)
        try vault.commit(
            try StorageRotation.complete(
                vault.store, lock: vault.lock, directory: vault.directory,
                statement: statement))
        vault.keyring = vault.keyring.extended(to: chain)
            .replacing(header: vault.keyring.header, lock: vault.lock.retiring(old))
    }

    private func epochs(_ vault: TestVault) throws -> Set<UInt32> {
        var found: Set<UInt32> = []
        for space in RotationProgress.spaces {
            for row in try vault.store.scan(space, from: [], to: nil, limit: 10_000) {
                found.insert(try Envelope.keyNumber(of: row.value))
            }
        }
        return found
    }

    @Test func rewrapsTheOuterLayerAndNothingElse() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let keys = try #require(try vault.openCare(founded.counsellor)[.counselling])
        let ring = SubjectKeyring()
        let tag = try keys.tag(of: Random.identifier())
        let made = try ring.forWriting(tag, keys, store: vault.store, lock: vault.lock)
        try vault.commit(made.change)
        let epoch = try AuditEpochs.make(number: 1, directory: vault.directory, lock: vault.lock)
        try vault.commit(epoch.change)
        let sealed = try made.key.seal([42], .records, [1])

        let count = try StorageRotation.survey(vault.store, epoch: 1)
        #expect(count.total == count.remaining)
        let before = try inner(vault)
        try start(vault)
        #expect(try StorageRotation.survey(vault.store, epoch: 1).remaining == count.total)
        try walk(vault)
        #expect(try epochs(vault) == [2])
        let progress = try #require(try StorageRotation.progress(vault.store))
        #expect(progress.isWalked)
        #expect(progress.rewrapped == UInt64(count.total))
        #expect(progress.damaged == 0)
        let after = try inner(vault)
        for (key, plain) in before where key.first != WrappedRow.principal.rawValue {
            #expect(after[key] == plain, "what lies under the outer layer is untouched")
        }
        try complete(vault)
        #expect(vault.lock.epochs == [2])
        #expect(try StorageRotation.progress(vault.store) == nil)
        try vault.restart()
        #expect(vault.lock.epochs == [2])
        #expect(vault.directory.storageEpochs[1]?.state == .retired)

        let again = try #require(try vault.openCare(founded.counsellor)[.counselling])
        let key = try #require(
            try SubjectKeyring().newest(tag, again, store: vault.store, lock: vault.lock))
        #expect(try key.open(sealed, .records, [1]) == [42])
        #expect(
            try vault.openAudit(founded.auditor)
                .dataKey(epoch: 1, vault.store, lock: vault.lock)?.boxHash == epoch.boxHash)
    }

    private func inner(_ vault: TestVault) throws -> [[UInt8]: [UInt8]] {
        var plain: [[UInt8]: [UInt8]] = [:]
        for row in try vault.store.scan(.wrappedKeys, from: [], to: nil, limit: 10_000) {
            plain[row.key] = try vault.lock.open(row.value, .wrappedKeys, row.key)
        }
        return plain
    }

    /// Killed after each of the commits and file writes of a start, the vault opens and can start.
    @Test(arguments: 0...3)
    func aKilledStartIsNoHarm(steps: Int) throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        try start(vault, until: steps)
        try vault.restart()
        #expect(vault.lock.current == (steps == 3 ? 2 : 1))
        #expect(vault.lock.epochs == (steps == 3 ? [1, 2] : [1]))
        if steps < 3 {
            // A slot may be added before the next start; the epoch that never was is dropped.
            let secret = try GeneratedSecret(random: .keyFile)
            let replacement = HeaderReplacement.make(
                from: vault.keyring.header,
                to: try vault.keyring.header.adding(
                    slot: "x", secret: secret, lock: vault.lock, costs: try cheapCosts()),
                lock: vault.lock)
            try vault.commit(replacement.announce)
            vault.file = replacement.header.bytes
            try vault.commit(replacement.adopt)
            try vault.restart()
            try start(vault)
        }
        #expect(throws: KeyringError.rotationRunning) {
            try StorageRotation.prepare(vault.keyring)
        }
        try walk(vault)
        try complete(vault)
        try vault.restart()
        #expect(try epochs(vault) == [2])
    }

    @Test(arguments: [1, 3, 50])
    func goesOnAfterAKillAtAnyStep(limit: Int) throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        try start(vault)
        try walk(vault, limit: limit, killing: true)
        try complete(vault)
        try vault.restart()
        #expect(try epochs(vault) == [2])
        #expect(try vault.openCare(founded.custodian).compartments.count == 5)
    }

    @Test func doesNotCompleteWhileARowIsLeft() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let old = try row(vault, .wrappedKeys, PrincipalBlob.rowKey(founded.auditor.id))
        try start(vault)
        let remaining = try StorageRotation.survey(vault.store, epoch: 1).remaining
        #expect(throws: KeyringError.rowsRemain(remaining)) { try complete(vault) }
        try walk(vault)
        // Somebody puts an old row back behind the walk: the proof looks at every row.
        try vault.forge(.wrappedKeys, PrincipalBlob.rowKey(founded.auditor.id), old)
        #expect(throws: KeyringError.rowsRemain(1)) { try complete(vault) }
        try vault.commit(try StorageRotation.rewind(vault.store, lock: vault.lock))
        try walk(vault)
        try complete(vault)
        // After the epoch is retired, an old row is only noise.
        try vault.forge(.wrappedKeys, PrincipalBlob.rowKey(founded.auditor.id), old)
        #expect(throws: KeyringError.rowDamaged(.principal)) {
            try StoredPrincipal.read(founded.auditor.id, vault.store, lock: vault.lock)
        }
    }

    /// Whoever took the old lock before the start and commits after it is stopped by the fence.
    @Test func nothingSlipsInUnderTheOldKey() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let keys = try #require(try vault.openCare(founded.counsellor)[.registry])
        let late = try SubjectKeyring().forWriting(
            try keys.tag(of: Random.identifier()), keys, store: vault.store, lock: vault.lock)
        let code = try EnrolmentCode.issue(
            for: Random.identifier(), statement: 1, now: 1, vault.store, lock: vault.lock)
        let epoch = try AuditEpochs.make(number: 1, directory: vault.directory, lock: vault.lock)
        let put = try vault.lock.put([1], .wrappedKeys, [9, 9])
        try start(vault)
        for change in [late.change, code.change, epoch.change, put] {
            #expect(throws: StorageError.preconditionFailed(index: 0)) {
                try vault.commit(
                    KeyringChange(
                        preconditions: change.preconditions.sorted { first, _ in
                            first == Fence.storage.stands(at: 1)
                        }, writes: change.writes))
            }
        }
    }

    /// A row that changes between a step's reading and its commit voids the step, not the row.
    @Test func aStepNeverUndoesAChange() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        try start(vault)
        let step = try StorageRotation.step(vault.store, lock: vault.lock, limit: 1000)
        let stored = try #require(
            try StoredPrincipal.read(founded.auditor.id, vault.store, lock: vault.lock))
        let pins = Pins(of: vault.keyring.chain)
        try vault.commit(try stored.repin(founded.auditor.keys, to: pins, lock: vault.lock))
        #expect(throws: StorageError.self) { try vault.commit(step.change) }
        try walk(vault)
        try complete(vault)
        let after = try #require(
            try StoredPrincipal.read(founded.auditor.id, vault.store, lock: vault.lock))
        #expect(try after.pins(founded.auditor.keys) == pins)
    }

    @Test func aRemovedSlotOpensNothingAnyMore() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let second = try GeneratedSecret(random: .keyFile)
        let header = try vault.keyring.header.adding(
            slot: "second", secret: second, lock: vault.lock, costs: try cheapCosts())
        let replacement = HeaderReplacement.make(
            from: vault.keyring.header, to: header, lock: vault.lock)
        try vault.commit(replacement.announce)
        vault.file = header.bytes
        try vault.commit(replacement.adopt)
        try vault.restart()
        let first = try #require(header.slots.first).id
        let last = try #require(header.slots.last).id
        #expect(throws: KeyringError.lastSlot) {
            try StorageRotation.prepare(vault.keyring, removing: [first, last])
        }
        let unknown = try #require(SlotID([UInt8](repeating: 1, count: 8)))
        #expect(throws: KeyringError.slotUnknown) {
            try StorageRotation.prepare(vault.keyring, removing: [unknown])
        }
        try start(vault, removing: [last])
        #expect(throws: KeyringError.wrongSecret) {
            try Keyring.unseal(headerBytes: vault.file, secret: second, store: vault.store)
        }
        // The old file with the slot in it is not the vault's any more.
        #expect(throws: KeyringError.headerChanged) {
            try Keyring.unseal(headerBytes: header.bytes, secret: second, store: vault.store)
        }
        try vault.restart()
    }

    @Test func damagedRowsAreCountedAndBlockCompletion() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let rowKey = PrincipalBlob.rowKey(founded.auditor.id)
        let good = try row(vault, .wrappedKeys, rowKey)
        var bad = good
        bad[bad.count - 1] ^= 1
        try vault.forge(.wrappedKeys, rowKey, bad)
        try start(vault)
        try walk(vault)
        #expect(try StorageRotation.progress(vault.store)?.damaged == 1)
        #expect(throws: KeyringError.rowsRemain(1)) { try complete(vault) }
        try vault.forge(.wrappedKeys, rowKey, good)
        try vault.commit(try StorageRotation.rewind(vault.store, lock: vault.lock))
        try walk(vault)
        try complete(vault)
    }

    @Test func needsARunningRotation() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        #expect(throws: KeyringError.noRotation) {
            try StorageRotation.step(vault.store, lock: vault.lock, limit: 1)
        }
        #expect(throws: KeyringError.noRotation) {
            try StorageRotation.proveComplete(vault.store, directory: vault.directory)
        }
        try vault.forge(.meta, RotationProgress.rowKey, [1, 2, 3])
        #expect(throws: KeyringError.rowDamaged(.meta)) {
            try StorageRotation.progress(vault.store)
        }
    }

    /// Two rotations in a row, reads going on with whatever lock a session took.
    @Test func oldLocksReadWhileTheWalkGoesOn() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        for _ in 0..<2 {
            try start(vault)
            var finished = false
            while !finished {
                let step = try StorageRotation.step(vault.store, lock: vault.lock, limit: 5)
                try vault.commit(step.change)
                finished = step.isFinished
                #expect(try vault.openCare(founded.custodian).compartments.count == 5)
            }
            try complete(vault)
        }
        try vault.restart()
        #expect(vault.lock.current == 3)
        #expect(try epochs(vault) == [3])
    }
}
