import Dispatch
import Synchronization
import VaultStorage

/// What is known of the store's rows since the unseal.
struct RowWatch {
    /// Whether a self-check runs.
    var isRunning = false
    /// When the last one ended, monotonic microseconds; nil before the first.
    var ended: UInt64?
    /// Whether the last one found other rows than were committed.
    var differed = false
    /// Whether a row did not open.
    var hasDamage = false
}

extension Core {
    /// Recomputes the store's digest in the background, giving way after each page. A difference turns
    /// health red and is logged; it does not seal: what opens is authentic, and one old row must not end
    /// the crisis line.
    func checkStore() {
        guard !isStopped else { return }
        rows.withLock { $0.isRunning = true }
        switch committer.checkStep() {
        case .running:
            return chores.asyncAfter(deadline: .now() + CheckPace.pause) { [weak self] in
                self?.checkStore()
            }
        case .holds: storeHolds()
        case .differs:
            rows.withLock { $0.differed = true }
            if health.raise(.storeDiffers, detail: world.storePath) {
                world.diagnostics(.storeDiffers)
                noteHealth(.storeDiffers, recovered: false)
            }
        case .failed(let error):
            if health.raise(.storeUnavailable, detail: "\(error)") {
                world.diagnostics(.storeUnavailable(detail: "\(error)"))
                noteHealth(.storeUnavailable, recovered: false)
            }
        }
        rows.withLock {
            $0.isRunning = false
            $0.ended = world.monotonic()
        }
    }

    /// Begins a check if the last one is old: a day, and minutes while rows are known to be damaged, so
    /// that it is soon known when they were mended.
    func checkStoreWhenDue() {
        let isRed = health.has(.quarantine) || health.has(.storeDiffers)
        let pace = isRed ? CheckPace.whileRed : CheckPace.whileWell
        let now = world.monotonic()
        let isDue = rows.withLock { rows in
            guard !rows.isRunning, let ended = rows.ended, now >= ended + pace else { return false }
            rows.isRunning = true
            return true
        }
        if isDue { checkStore() }
    }

    /// Notes that a row does not open.
    func noteDamage(_ detail: String) {
        rows.withLock { $0.hasDamage = true }
        health.raise(.quarantine, detail: detail)
    }

    /// Every row is the one that was committed. A damaged one is mended then, if a check found it
    /// altered before, or if it was met before this unseal; a row that was in order by its digest and
    /// did not open stays a finding.
    private func storeHolds() {
        let isMended = rows.withLock { rows in
            guard rows.differed || !rows.hasDamage else { return false }
            rows.differed = false
            rows.hasDamage = false
            return true
        }
        if health.clear(.storeDiffers) { noteHealth(.storeDiffers, recovered: true) }
        if isMended, health.clear(.quarantine) { noteHealth(.quarantine, recovered: true) }
    }
}

/// When the rows of the store are checked.
private enum CheckPace {
    /// Between two pages.
    static let pause = DispatchTimeInterval.milliseconds(5)
    /// Between two checks, in microseconds: a day.
    static let whileWell: UInt64 = 24 * 3600 * 1_000_000
    /// Between two checks while rows are damaged, in microseconds: ten minutes. A check of a million
    /// rows takes about one.
    static let whileRed: UInt64 = 10 * 60 * 1_000_000
}
