import Dispatch
import Foundation
import Synchronization

/// Many threads of their own that do the same at once.
enum Crowd {
    /// Runs `body` on `count` threads and gives what each came to, in order.
    static func run<T: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> T
    ) throws -> [Result<T, any Error>] {
        let results = Mutex<[Int: Result<T, any Error>]>([:])
        let done = DispatchSemaphore(value: 0)
        for number in 0..<count {
            Thread {
                let result = Result { try body(number) }
                results.withLock { $0[number] = result }
                done.signal()
            }.start()
        }
        for _ in 0..<count {
            guard done.wait(timeout: .now() + 30) == .success else { throw Hang() }
        }
        return results.withLock { results in (0..<count).compactMap { results[$0] } }
    }
}
