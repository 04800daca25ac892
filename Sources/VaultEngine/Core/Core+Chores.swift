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

    private func doChores() {
        sessions.sweep(world.clock())
        enrolments.sweep(world.clock())
        if trail.isDue(auditKey: keyring.directory.currentAuditKey) { try? openEpoch() }
        guard let rows = try? RememberedWrite.expired(store, now: world.clock()), !rows.isEmpty
        else { return }
        var member = CommitMember()
        for row in rows {
            member.preconditions.append(.equals(.requests, row.key, row.value))
            member.writes.append(.delete(.requests, row.key))
        }
        committer.submit(member) { _ in }
    }

    /// Ends every login, refuses further commits, writes the last checkpoint and forgets the keys of
    /// the log. What runs finishes with an error.
    func stop() {
        stopped.store(true, ordering: .releasing)
        sessions.remove { _ in true }
        enrolments.removeAll()
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
