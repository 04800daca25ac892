import Dispatch
import Synchronization
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements
import VaultStorage

extension Core {
    /// Starts what happens by the clock: ending logins, turning the audit epoch, forgetting old
    /// names of writes.
    func startChores() {
        chores.asyncAfter(deadline: .now() + .seconds(30)) { [weak self] in
            guard let self, !self.isStopped else { return }
            self.doChores()
            self.startChores()
        }
    }

    /// One round of them; also for tests, whose clocks do not run.
    func doChores() {
        sessions.sweep(world.clock())
        enrolments.sweep(world.clock())
        newSecrets.sweep(world.clock())
        watchClock()
        if trail.isDue(auditKey: keyring.directory.currentAuditKey) { try? openEpoch() }
        forgetRequests()
        checkStoreWhenDue()
    }

    /// Removes names of writes whose time is over, a page at a time.
    private func forgetRequests() {
        let start = forgotten.withLock { $0 }
        guard
            let found = try? RememberedWrite.expired(store, from: start, now: world.clock())
        else { return }
        forgotten.withLock { $0 = found.next }
        guard !found.rows.isEmpty else { return }
        var member = CommitMember()
        for row in found.rows {
            member.preconditions.append(.equals(.requests, row.key, row.value))
            member.writes.append(.delete(.requests, row.key))
        }
        committer.submit(member) { _ in }
    }

    /// Logs that the clock was moved, against the one that never jumps: times in the log, ends of
    /// grants and of logins rest on it.
    private func watchClock() {
        let now = world.clock() &- world.monotonic()
        let before = clockOffset.exchange(now, ordering: .relaxed)
        let moved = Int64(bitPattern: now &- before).magnitude
        guard moved > ChorePace.clockTolerance else { return }
        var facts = EntryFacts(.vaultHealth, request: newRequest())
        facts.detail = .health(code: "clock.moved", recovered: false)
        record([facts]) { _ in }
        world.diagnostics(.clockMoved(microseconds: moved))
    }

    /// Logs that the vault's health changed. Nobody waits for it.
    func noteHealth(_ code: HealthCode, recovered: Bool) {
        var facts = EntryFacts(.vaultHealth, request: newRequest())
        facts.detail = .health(code: code.rawValue, recovered: recovered)
        record([facts]) { _ in }
    }

    /// Ends every login, refuses further commits, writes the last checkpoint and forgets the keys of
    /// the log. What runs finishes with an error.
    func stop() {
        stopped.store(true, ordering: .releasing)
        sessions.remove { _ in true }
        enrolments.removeAll()
        newSecrets.removeAll()
        committer.stop()
        try? log.seal()
    }

    var isStopped: Bool { stopped.load(ordering: .acquiring) }

    /// Entries since the log was last handed to somebody outside, and how long ago that was.
    var unpinnedTail: (entries: UInt64, age: UInt64) {
        var size: UInt64 = 0
        var time: UInt64 = keyring.header.created
        if let row = try? store.get(.meta, PinnedMark.rowKey), let mark = PinnedMark(row) {
            size = mark.size
            time = mark.time
        }
        let now = world.clock()
        return (log.size - min(size, log.size), now - min(time, now))
    }
}

/// Bounds of what happens by the clock.
private enum ChorePace {
    /// Microseconds by which the clock may be corrected between two looks without a word: a minute.
    static let clockTolerance: UInt64 = 60_000_000
}

/// How far the log was handed outside: row `pinned` of the meta space, `size(8) ‖ time(8)`.
struct PinnedMark {
    static let rowKey = Array("pinned".utf8)

    let size: UInt64
    let time: UInt64

    init(size: UInt64, time: UInt64) {
        self.size = size
        self.time = time
    }

    init?(_ row: [UInt8]) {
        var reader = ByteReader(row)
        guard let size = try? reader.u64(), let time = try? reader.u64(),
            (try? reader.finish()) != nil
        else { return nil }
        self.init(size: size, time: time)
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16)
        writer.put(size)
        writer.put(time)
        return writer.bytes
    }
}
