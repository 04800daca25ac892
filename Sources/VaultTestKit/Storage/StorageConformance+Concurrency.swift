import Dispatch
import Synchronization
import VaultStorage

extension StorageConformance {
    /// Every commit sets all of a group of rows to one number; no scan may see two numbers, and no
    /// reader may see numbers go down.
    static func readersDuringCommits(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let keys = (0..<20).map { key(.records, UInt64($0)) }
        @Sendable func set(_ number: UInt8) throws {
            try store.commit(Batch(writes: keys.map { .put(.records, $0, [number]) }))
        }
        try set(0)
        try atOnce(5) { thread in
            if thread == 0 {
                for number in 1...100 { try set(UInt8(number)) }
                return
            }
            var newest: UInt8 = 0
            for _ in 0..<300 {
                let rows = try store.scan(.records, from: [], to: nil, limit: 100)
                let numbers = Set(rows.flatMap(\.value))
                try ConformanceFailure.require(
                    rows.count == keys.count && numbers.count == 1,
                    "a scan sees one state of the store")
                let number = try store.get(.records, keys[thread])?.first ?? 0
                try ConformanceFailure.require(
                    number >= (numbers.first ?? 0) && number >= newest,
                    "a later read sees no older state")
                newest = number
            }
        }
        try ConformanceFailure.require(
            try store.get(.records, keys[0]) == [100], "the last commit is there")
    }

    /// Threads count up one row by compare and swap; none of their steps may be lost or doubled.
    static func writersAtOnce(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let counter: [UInt8] = [1]
        try store.commit(Batch(writes: [.put(.meta, counter, [0])]))
        try atOnce(4) { _ in
            var done = 0
            while done < 20 {
                let old = try store.get(.meta, counter) ?? []
                let new = [(old.first ?? 0) + 1]
                do throws(StorageError) {
                    try store.commit(
                        Batch(
                            preconditions: [.equals(.meta, counter, old)],
                            writes: [.put(.meta, counter, new)]))
                    done += 1
                } catch {
                    guard error == .preconditionFailed(index: 0) else { throw error }
                }
            }
        }
        try ConformanceFailure.require(
            try store.get(.meta, counter) == [80], "each commit judges the one before it")
    }

    /// Runs `body` on `count` threads at once and throws the first error.
    static func atOnce(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: count) { thread in
            do {
                try body(thread)
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
