import VaultStorage

extension StorageConformance {
    /// Steps of the workload, each one commit after one read.
    private static let steps: UInt8 = 6

    /// A careful client is run with every one of its calls failing once, before and after taking
    /// effect; after each failure the store is opened again and must be in the state after a whole
    /// number of steps, the number that the fault leaves; then the client finishes.
    static func faultMatrix(_ backing: StoreBacking) throws {
        var store = try backing.create()
        for moment in StoreFault.Moment.allCases {
            for call in [StoreFault.Call.get, .commit] {
                for number in 0..<Int(steps) {
                    try clear(store)
                    let error: StorageError =
                        switch (call, moment) {
                        case (.commit, .before): .full(path: "store")
                        case (.commit, .after): .outcomeUnknown(path: "store")
                        case (.get, _), (.scan, _):
                            .unavailable(path: "store", code: 10, operation: "read")
                        }
                    let fault = StoreFault(call: call, number: number, moment: moment, error: error)
                    store = try check(fault, on: store, backing)
                }
            }
        }
        store.close()
    }

    private static func check(
        _ fault: StoreFault, on store: any ByteStore, _ backing: StoreBacking
    ) throws -> any ByteStore {
        let faulty = FaultyStore(store, faults: [fault])
        try require(fault.error, "\(fault)") { () throws(StorageError) in
            while try step(faulty) {}
        }
        if fault.call == .commit, fault.moment == .after {
            try require(fault.error, "no commit on top of an unknown outcome") {
                () throws(StorageError) in
                try faulty.commit(Batch(writes: [.put(.meta, [9], [])]))
            }
        }
        faulty.close()
        let reopened = try backing.reopen()
        let isDone = fault.call == .commit && fault.moment == .after
        try requireState(reopened, steps: UInt8(fault.number) + (isDone ? 1 : 0), "\(fault)")
        while try step(reopened) {}
        try requireState(reopened, steps: steps, "finished after \(fault)")
        return reopened
    }

    /// One step: reads how far it got, then moves three rows in three spaces; false when done.
    private static func step(_ store: any ByteStore) throws(StorageError) -> Bool {
        let progress = try store.get(.meta, [1])
        let done = progress?.first ?? 0
        guard done < steps else { return false }
        let fence: Precondition =
            progress.map { .equals(.meta, [1], $0) } ?? .absent(.meta, [1])
        try store.commit(
            Batch(
                preconditions: [fence, .absent(.bodies, key(.bodies, UInt64(done)))],
                writes: [
                    .put(.bodies, key(.bodies, UInt64(done)), [done]),
                    .put(.records, [done], [1]), .delete(.records, [done &- 1]),
                    .put(.meta, [1], [done + 1]),
                ]))
        return true
    }

    private static func requireState(
        _ store: any ByteStore, steps: UInt8, _ when: String
    ) throws {
        let bodies = (0..<steps).map { Row(key: key(.bodies, UInt64($0)), value: [$0]) }
        let records = steps == 0 ? [] : [Row(key: [steps - 1], value: [1])]
        let progress = steps == 0 ? [] : [Row(key: [1], value: [steps])]
        try ConformanceFailure.require(
            try all(store, .bodies) == bodies && all(store, .records) == records
                && all(store, .meta) == progress,
            "\(when): the store is in the state after exactly \(steps) steps")
    }

    private static func clear(_ store: any ByteStore) throws {
        for space in Space.allCases {
            let rows = try all(store, space)
            try store.commit(Batch(writes: rows.map { .delete(space, $0.key) }))
        }
    }
}
