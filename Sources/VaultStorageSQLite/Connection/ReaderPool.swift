import Synchronization
import VaultStorage

/// A fixed number of reading connections, shared by all threads.
///
/// The first idle one is taken, so that few of them warm their page caches when load is low; when
/// all are busy, callers wait in turn.
final class ReaderPool<Statements: Sendable>: Sendable {
    private struct Use {
        var waiting: [Int]
        var next = 0
    }

    private let readers: [Connection<Statements>]
    private let use: Mutex<Use>

    /// A pool of these connections; at least one.
    init(_ readers: [Connection<Statements>]) {
        precondition(!readers.isEmpty, "internal error: a pool needs a reader")
        self.readers = readers
        use = Mutex(Use(waiting: Array(repeating: 0, count: readers.count)))
    }

    /// Runs `body` on a connection.
    func run<Value: Sendable>(
        _ body: (Statements) -> Result<Value, StorageError>
    ) throws(StorageError) -> Value {
        let index = use.withLock { use in
            var index = use.waiting.firstIndex(of: 0)
            if index == nil {
                use.next = (use.next + 1) % readers.count
                index = use.next
            }
            let chosen = index ?? 0
            use.waiting[chosen] += 1
            return chosen
        }
        defer { use.withLock { $0.waiting[index] -= 1 } }
        return try readers[index].read(body)
    }

    /// Closes all connections.
    func close() {
        for reader in readers { reader.close() }
    }
}
