import Dispatch
import Foundation

/// A thread of its own, for work that blocks; runs until its body returns.
///
/// Not the cooperative pool: a writer that waits for the disk would hold one of its few threads.
struct LogThread: Sendable {
    private let ended = DispatchGroup()

    /// Starts a thread that runs `body`.
    init(name: String, _ body: @escaping @Sendable () -> Void) {
        let ended = ended
        ended.enter()
        let thread = Thread {
            body()
            ended.leave()
        }
        thread.name = name
        thread.start()
    }

    /// Waits until the body has returned.
    func join() { ended.wait() }
}
