import Foundation
import Synchronization

/// Threads for calls that block or compute for long, so that event loops never do.
///
/// Each lane has its own threads and its own bounds: slow exports cannot keep a login waiting, and a
/// user who asks for hundreds of derivations waits only for their own.
package final class Workers: Sendable {
    /// What kind of work it is.
    package enum Lane: Int, CaseIterable, Sendable {
        /// Argon2id derivations: one at a time, because each takes up to 256 MiB.
        case derivation
        /// Acts on directory, keys and log that end within seconds.
        case act
        /// Answers in many parts, as slow as their reader.
        case stream

        var threads: Int {
            switch self {
            case .derivation: 1
            case .act: 2
            case .stream: 4
            }
        }

        /// Work of one user that may wait or run.
        var perUser: Int {
            switch self {
            case .derivation: 4
            case .act: 64
            case .stream: 2
            }
        }

        /// Work in all that may wait or run.
        var total: Int {
            switch self {
            case .derivation: 64
            case .act: 512
            case .stream: 32
            }
        }
    }

    private struct Job {
        let user: UInt32
        let body: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var perUser: [UInt32: Int] = [:]
        var count = 0
        var isStopping = false
        var threads = 0
    }

    /// A lane: a bounded queue and its threads.
    private final class Queue: Sendable {
        let lane: Lane
        let state = Mutex(State())
        let ready = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)

        init(_ lane: Lane) { self.lane = lane }
    }

    /// What a caller whose work is refused should wait before the next try: about one derivation.
    package static let retryMicroseconds: Int64 = 1_000_000

    private let queues: [Queue]

    /// Starts the threads.
    package init() {
        queues = Lane.allCases.map(Queue.init)
        for queue in queues {
            for number in 1...queue.lane.threads {
                let thread = Thread { Self.work(queue) }
                thread.name = "\(queue.lane) \(number)"
                // Argon2id and the JSON parser of deep messages need more than 512 KiB.
                thread.stackSize = 4 << 20
                thread.start()
            }
        }
    }

    /// Queues work of a user.
    ///
    /// - Returns: false if there is too much already, or the daemon is stopping; `body` is dropped.
    package func submit(
        _ lane: Lane, user: UInt32, _ body: @escaping @Sendable () -> Void
    ) -> Bool {
        let queue = queues[lane.rawValue]
        let isTaken = queue.state.withLock { state in
            let own = state.perUser[user, default: 0]
            guard !state.isStopping, state.count < lane.total, own < lane.perUser else {
                return false
            }
            state.perUser[user] = own + 1
            state.count += 1
            state.waiting.append(Job(user: user, body: body))
            return true
        }
        if isTaken { queue.ready.signal() }
        return isTaken
    }

    /// Takes no more work, finishes what was taken and ends the threads. Blocks.
    package func finish() {
        for queue in queues {
            queue.state.withLock { $0.isStopping = true }
            for _ in 0..<queue.lane.threads { queue.ready.signal() }
        }
        for queue in queues {
            for _ in 0..<queue.lane.threads { queue.ended.wait() }
        }
    }

    private static func work(_ queue: Queue) {
        while true {
            queue.ready.wait()
            let job: Job? = queue.state.withLock { state in
                state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            }
            guard let job else { break }
            job.body()
            queue.state.withLock { state in
                state.count -= 1
                let left = state.perUser[job.user, default: 1] - 1
                state.perUser[job.user] = left == 0 ? nil : left
            }
        }
        queue.ended.signal()
    }
}
