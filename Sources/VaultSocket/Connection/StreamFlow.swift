import Dispatch
import Synchronization

/// Back-pressure of one streamed answer: how many of its messages wait for the client.
final class StreamFlow: Sendable {
    /// Messages that may wait: enough to keep the event loop busy while the producer makes the
    /// next one, few enough that large chunks do not add up.
    static let window = 4

    private struct State {
        var waiting = 0
        var isClosed = false
        var onWritable: [@Sendable () -> Void] = []

        var isReady: Bool { isClosed || waiting < StreamFlow.window }
    }

    private let state = Mutex(State())

    var isWritable: Bool { state.withLock { !$0.isClosed && $0.isReady } }

    /// A message goes to the event loop.
    /// - Returns: false if the connection is gone.
    func begin() -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.waiting += 1
            return true
        }
    }

    /// A message was written to the channel.
    func written() { change { $0.waiting -= 1 } }

    /// The connection is gone.
    func close() { change { $0.isClosed = true } }

    func whenWritable(_ body: @escaping @Sendable () -> Void) {
        let isReady = state.withLock { state in
            guard !state.isReady else { return true }
            state.onWritable.append(body)
            return false
        }
        if isReady { body() }
    }

    /// Blocks until another message may be sent.
    /// - Returns: false if the connection is gone.
    func wait() -> Bool {
        while true {
            if isWritable { return true }
            if state.withLock({ $0.isClosed }) { return false }
            let semaphore = DispatchSemaphore(value: 0)
            whenWritable { semaphore.signal() }
            semaphore.wait()
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let calls = state.withLock { state -> [@Sendable () -> Void] in
            body(&state)
            guard state.isReady else { return [] }
            let calls = state.onWritable
            state.onWritable = []
            return calls
        }
        for call in calls { call() }
    }
}
