import Dispatch
import Synchronization

/// What waits for the log's writer: appends in order, handed over all at once.
final class AppendQueue: Sendable {
    /// One append.
    struct Job: Sendable {
        let entries: [FinishedEntry]
        let completion: AuditLog.Completion
    }

    private struct State {
        var jobs: [Job] = []
        var entries = 0
        var isClosed = false
        var isWaiting = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    /// Adds a job; gives the reason if it cannot.
    func add(_ job: Job) -> AuditError? {
        let (refusal, mustWake) = state.withLock { state -> (AuditError?, Bool) in
            if state.isClosed { return (.closed, false) }
            if state.entries + job.entries.count > AuditLimits.queue { return (.busy, false) }
            state.jobs.append(job)
            state.entries += job.entries.count
            defer { state.isWaiting = false }
            return (nil, state.isWaiting)
        }
        if mustWake { wake.signal() }
        return refusal
    }

    /// What waits, oldest first; waits until there is something or, if given, until `deadline`: then
    /// there is nothing. Nil once the queue is closed and empty.
    func take(until deadline: DispatchTime?) -> [Job]? {
        while true {
            let (jobs, isClosed) = state.withLock { state -> ([Job], Bool) in
                let jobs = state.jobs
                state.jobs = []
                state.entries = 0
                state.isWaiting = jobs.isEmpty && !state.isClosed
                return (jobs, state.isClosed)
            }
            if !jobs.isEmpty { return jobs }
            if isClosed { return nil }
            if let deadline {
                if wake.wait(timeout: deadline) == .timedOut { return stopWaiting() }
            } else {
                wake.wait()
            }
        }
    }

    /// After a timeout: takes what came in between, and the signal that came with it.
    private func stopWaiting() -> [Job] {
        let (jobs, wasWoken) = state.withLock { state -> ([Job], Bool) in
            defer {
                state.jobs = []
                state.entries = 0
                state.isWaiting = false
            }
            return (state.jobs, !state.isWaiting)
        }
        if wasWoken { wake.wait() }
        return jobs
    }

    /// Refuses further jobs; those that wait are still handed over.
    func close() {
        let mustWake = state.withLock { state -> Bool in
            defer {
                state.isClosed = true
                state.isWaiting = false
            }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }
}
