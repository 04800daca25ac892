import Synchronization
package import VaultAudit

/// A fault to inject into a `FaultyAuditStore`.
package struct AuditStoreFault: Sendable, Equatable {
    /// The calls of an `AuditStore` that can fail.
    package enum Call: Sendable, CaseIterable { case state, append, records, tile, checkpoints }

    /// When the call fails: before anything is done, or after all of it is done.
    package enum Moment: Sendable, CaseIterable { case before, after }

    /// Which call fails.
    package let call: Call
    /// Which one of these, counted from 0 since the store was made.
    package let number: Int
    /// When it fails.
    package let moment: Moment
    /// What it throws. An append that fails `after` should throw `outcomeUnknown`: a real store
    /// never says "not done" of what is done.
    package let error: AuditStoreError

    /// A fault of these parts.
    package init(call: Call, number: Int, moment: Moment, error: AuditStoreError) {
        self.call = call
        self.number = number
        self.moment = moment
        self.error = error
    }
}

/// An `AuditStore` that passes calls on to another one, counts them, and fails the chosen ones.
///
/// As a real store does, it refuses appends after it has thrown `outcomeUnknown` until `state()` has
/// told which of the two happened.
package final class FaultyAuditStore: AuditStore {
    private struct State {
        var faults: [AuditStoreFault]
        var counts: [AuditStoreFault.Call: Int] = [:]
        var doubt: AuditStoreError?
    }

    private let base: any AuditStore
    private let plan: Mutex<State>

    /// A store around `base` with these faults.
    package init(_ base: any AuditStore, faults: [AuditStoreFault] = []) {
        self.base = base
        plan = Mutex(State(faults: faults))
    }

    /// How many of these calls were made, failed ones included.
    package func count(of call: AuditStoreFault.Call) -> Int {
        plan.withLock { $0.counts[call] ?? 0 }
    }

    /// Makes the next call of this kind fail.
    package func failNext(
        _ call: AuditStoreFault.Call, _ moment: AuditStoreFault.Moment,
        with error: AuditStoreError
    ) {
        plan.withLock { plan in
            let number = plan.counts[call] ?? 0
            plan.faults.append(
                AuditStoreFault(call: call, number: number, moment: moment, error: error))
        }
    }

    package func state() throws(AuditStoreError) -> AuditStoreState {
        let state = try inject(.state) { () throws(AuditStoreError) in try base.state() }
        plan.withLock { $0.doubt = nil }
        return state
    }

    package func append(_ batch: AuditBatch) throws(AuditStoreError) {
        if let doubt = plan.withLock({ $0.doubt }) { throw doubt }
        do throws(AuditStoreError) {
            try inject(.append) { () throws(AuditStoreError) in try base.append(batch) }
        } catch {
            if case .outcomeUnknown = error { plan.withLock { $0.doubt = error } }
            throw error
        }
    }

    package func records(
        from first: UInt64, limit: Int
    ) throws(AuditStoreError) -> [[UInt8]] {
        try inject(.records) { () throws(AuditStoreError) in
            try base.records(from: first, limit: limit)
        }
    }

    package func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? {
        try inject(.tile) { () throws(AuditStoreError) in try base.tile(id) }
    }

    package func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        try inject(.checkpoints) { () throws(AuditStoreError) in try base.newestCheckpoint() }
    }

    package func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        try inject(.checkpoints) { () throws(AuditStoreError) in
            try base.checkpoints(from: size, limit: limit)
        }
    }

    package func close() {
        base.close()
    }

    private func inject<Value>(
        _ call: AuditStoreFault.Call, _ body: () throws(AuditStoreError) -> Value
    ) throws(AuditStoreError) -> Value {
        let fault = plan.withLock { plan in
            let number = plan.counts[call] ?? 0
            plan.counts[call] = number + 1
            return plan.faults.first { $0.call == call && $0.number == number }
        }
        if let fault, fault.moment == .before { throw fault.error }
        let value = try body()
        if let fault { throw fault.error }
        return value
    }
}
