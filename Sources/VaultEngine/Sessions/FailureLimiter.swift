import Synchronization

/// Slows down who guesses: after a few wrong secrets a uid waits, twice as long each time.
final class FailureLimiter: Sendable {
    private struct Record {
        var failures = 0
        var blockedUntil: UInt64 = 0
    }

    private let records = Mutex<[UInt32: Record]>([:])

    /// Microseconds this uid still has to wait; 0 when it may try.
    func wait(uid: UInt32, now: UInt64) -> UInt64 {
        records.withLock { records in
            guard let until = records[uid]?.blockedUntil, until > now else { return 0 }
            return until - now
        }
    }

    /// Counts a failure; true when the uid has to wait for it.
    func failed(uid: UInt32, now: UInt64) -> Bool {
        records.withLock { records in
            var record = records[uid] ?? Record()
            record.failures += 1
            let beyond = record.failures - LoginLimits.freeFailures
            if beyond > 0 {
                let wait = LoginLimits.firstWait << UInt64(min(beyond - 1, 20))
                record.blockedUntil = now + min(wait, LoginLimits.longestWait)
            }
            records[uid] = record
            return beyond > 0
        }
    }

    /// Forgets the failures of a uid that has shown the right secret.
    func succeeded(uid: UInt32) { records.withLock { _ = $0.removeValue(forKey: uid) } }
}
