import Synchronization
package import VaultStorage

/// A fault to inject into a `FaultyStore`.
package struct StoreFault: Sendable, Equatable {
    /// The calls of a `ByteStore` that can fail.
    package enum Call: Sendable, CaseIterable { case get, scan, commit }

    /// When the call fails: before anything is done, or after all of it is done.
    package enum Moment: Sendable, CaseIterable { case before, after }

    /// Which call fails.
    package let call: Call
    /// Which one of these, counted from 0 since the store was made.
    package let number: Int
    /// When it fails.
    package let moment: Moment
    /// What it throws. A commit that fails `after` should throw `outcomeUnknown`: a real store never
    /// says "not done" of what is done.
    package let error: StorageError

    /// A fault of these parts.
    package init(call: Call, number: Int, moment: Moment, error: StorageError) {
        self.call = call
        self.number = number
        self.moment = moment
        self.error = error
    }
}

/// A `ByteStore` that passes calls on to another one, counts them, and fails the chosen ones.
///
/// As a real store does, it refuses further commits once it has thrown `outcomeUnknown`; make a new
/// one around the reopened store to go on.
package final class FaultyStore: ByteStore {
    private struct State {
        var faults: [StoreFault]
        var counts: [StoreFault.Call: Int] = [:]
        var doubt: StorageError?
    }

    private let base: any ByteStore
    private let state: Mutex<State>

    /// A store around `base` with these faults.
    package init(_ base: any ByteStore, faults: [StoreFault] = []) {
        self.base = base
        state = Mutex(State(faults: faults))
    }

    /// How many of these calls were made, failed ones included.
    package func count(of call: StoreFault.Call) -> Int {
        state.withLock { $0.counts[call] ?? 0 }
    }

    /// Makes the next call of this kind fail.
    package func failNext(
        _ call: StoreFault.Call, _ moment: StoreFault.Moment, with error: StorageError
    ) {
        state.withLock { state in
            let number = state.counts[call] ?? 0
            state.faults.append(
                StoreFault(call: call, number: number, moment: moment, error: error))
        }
    }

    /// Makes the call of this kind with this number fail before anything is done.
    package func fail(_ call: StoreFault.Call, number: Int, with error: StorageError) {
        state.withLock {
            $0.faults.append(StoreFault(call: call, number: number, moment: .before, error: error))
        }
    }

    package func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        try inject(.get) { () throws(StorageError) in try base.get(space, key) }
    }

    package func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row] {
        try inject(.scan) { () throws(StorageError) in
            try base.scan(space, from: lower, to: upper, limit: limit)
        }
    }

    package func commit(_ batch: Batch) throws(StorageError) {
        if let doubt = state.withLock({ $0.doubt }) { throw doubt }
        do throws(StorageError) {
            try inject(.commit) { () throws(StorageError) in try base.commit(batch) }
        } catch {
            if case .outcomeUnknown = error { state.withLock { $0.doubt = error } }
            throw error
        }
    }

    package func close() {
        base.close()
    }

    private func inject<Value>(
        _ call: StoreFault.Call, _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        let fault = state.withLock { state in
            let number = state.counts[call] ?? 0
            state.counts[call] = number + 1
            return state.faults.first { $0.call == call && $0.number == number }
        }
        if let fault, fault.moment == .before { throw fault.error }
        let value = try body()
        if let fault { throw fault.error }
        return value
    }
}
