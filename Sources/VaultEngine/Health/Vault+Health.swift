import Synchronization
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements
import VaultStorage

extension Vault {
    /// Tells every notice from here on to one listener: on any thread and within locks, so it must only
    /// queue.
    package func listen(_ body: @escaping @Sendable (Notice) -> Void) {
        health.notices.listen(body)
    }

    /// What is wrong, worst first, as it was found last.
    package var findings: [HealthFinding] { health.all }

    /// Notes what a look at the machine found, and logs it when it is new or of another colour.
    package func report(_ finding: HealthFinding) {
        if health.raise(finding) { logHealth(finding.code, recovered: false) }
    }

    /// Notes that a look at the machine found this well, and logs it when it was not so before.
    package func reportWell(_ code: HealthCode) {
        if health.clear(code) { logHealth(code, recovered: true) }
    }

    /// Whether notices of what people do may be told to this login: one that answers for people, and is
    /// alive. Asking does not keep it alive.
    package func mayHearOfPeople(_ session: Session) -> Bool {
        let roles: Set<Role> = [.operator, .custodian, .auditor, .watch]
        return !session.isOver(at: world.clock()) && !session.roles.isDisjoint(with: roles)
    }

    /// Looks at what changes by itself as time goes on: the clock, the tail of the log, the age of the
    /// storage epoch, a founding that waits. Cheap; to be called every few seconds. While sealed only
    /// the clock is looked at: nothing is known of the others, and what was found of them stays.
    package func checkHealth() {
        checkClock()
        guard let core = try? core() else { return }
        let now = world.clock()
        let tail = core.unpinnedTail
        let isLong =
            tail.entries > HealthLimits.unpinnedEntries
            || tail.entries > 0 && tail.age > HealthLimits.unpinnedAge
        // The entry that says so makes the tail no shorter: it is not told anew for that.
        note(.logUnpinned, isLong, detail: "\(tail.age / 86_400_000_000)", value: tail.entries)
        let keyring = core.keyring
        let began = core.beginning(ofEpoch: keyring.lock.current, keyring)
        let age = now - min(began, now)
        note(.keyOld, age > HealthLimits.epochAge, value: age / 86_400_000_000)
        let waited = now - min(keyring.header.created, now)
        note(
            .foundingWaiting,
            !keyring.directory.isFounded && waited > HealthLimits.foundingAge,
            value: waited / 86_400_000_000)
    }

    private func note(
        _ code: HealthCode, _ isFound: Bool, detail: String? = nil, value: UInt64? = nil
    ) {
        if isFound {
            report(HealthFinding(code, detail: detail, value: value))
        } else {
            reportWell(code)
        }
    }

    /// The clock is behind a time that was seen, here or by the newest entry of the log before this
    /// start: ends of grants and logins, and times in the log, rest on it. It is over when the clock
    /// has caught up.
    private func checkClock() {
        let now = world.clock()
        let newest = newestTime.max(now, ordering: .relaxed).newValue
        let behind = newest - now
        note(.clockBack, behind > HealthLimits.clockTolerance, value: behind / 1_000_000)
    }

    /// The time of the newest entry; 0 if there is none or it cannot be read.
    static func newestTime(of log: AuditLog) -> UInt64 {
        let size = log.size
        guard size > 0, let records = try? log.records(size - 1..<size) else { return 0 }
        return records.last?.leaf.time ?? 0
    }

    private func logHealth(_ code: HealthCode, recovered: Bool) {
        if let core = try? core() { return core.noteHealth(code, recovered: recovered) }
        var part = PartA(time: world.clock(), action: .vaultHealth, outcome: .success)
        part.detail = .health(code: code.rawValue, recovered: recovered)
        files.logSealed(part)
    }
}
