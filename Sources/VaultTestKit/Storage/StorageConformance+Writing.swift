import VaultStorage

extension StorageConformance {
    static func preconditions(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        for space in Space.allCases {
            let (here, gone) = (key(space, 1), key(space, 2))
            try store.commit(
                Batch(preconditions: [.absent(space, here)], writes: [.put(space, here, [5])]))
            let failing: [Precondition] = [
                .absent(space, here), .equals(space, here, [6]), .equals(space, here, []),
                .equals(space, here, [5, 0]), .equals(space, gone, []), .equals(space, gone, [5]),
            ]
            for precondition in failing {
                let batch = Batch(
                    preconditions: [.equals(space, here, [5]), precondition],
                    writes: [.put(space, here, [9]), .put(space, gone, [9])])
                try require(.preconditionFailed(index: 1), "\(precondition)") {
                    () throws(StorageError) in try store.commit(batch)
                }
                try ConformanceFailure.require(
                    try all(store, space) == [Row(key: here, value: [5])],
                    "a failed precondition writes nothing")
            }
            // Judged against the store as it was, not after the batch's own writes.
            try store.commit(
                Batch(
                    preconditions: [.equals(space, here, [5]), .absent(space, gone)],
                    writes: [.delete(space, here), .put(space, gone, [7])]))
            try require(.preconditionFailed(index: 0), "a batch without writes is judged too") {
                () throws(StorageError) in
                try store.commit(Batch(preconditions: [.absent(space, gone)]))
            }
            try store.commit(Batch(preconditions: [.absent(space, here)]))
        }
    }

    static func allOrNothing(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let before = Batch(writes: Space.allCases.map { .put($0, key($0, 1), [1]) })
        try store.commit(before)
        let changes: [Write] = Space.allCases.flatMap {
            [.put($0, key($0, 1), [2]), .put($0, key($0, 2), [2]), .delete($0, key($0, 1))]
        }
        try require(.tooLarge(limit: StorageLimits.maximumKeyBytes), "a key too long") {
            () throws(StorageError) in
            let long = [UInt8](repeating: 1, count: StorageLimits.maximumKeyBytes + 1)
            try store.commit(Batch(writes: changes + [.put(.meta, long, [])]))
        }
        try require(.tooLarge(limit: StorageLimits.maximumValueBytes), "a value too long") {
            () throws(StorageError) in
            let long = [UInt8](repeating: 1, count: StorageLimits.maximumValueBytes + 1)
            try store.commit(Batch(writes: changes + [.put(.meta, [1], long)]))
        }
        try require(.preconditionFailed(index: 0), "a late precondition") {
            () throws(StorageError) in
            try store.commit(
                Batch(preconditions: [.absent(.outbox, key(.outbox, 1))], writes: changes))
        }
        for space in Space.allCases {
            try ConformanceFailure.require(
                try all(store, space) == [Row(key: key(space, 1), value: [1])],
                "a refused batch leaves \(space) as it was")
        }
        try store.commit(Batch(writes: changes))
        for space in Space.allCases {
            try ConformanceFailure.require(
                try all(store, space) == [Row(key: key(space, 2), value: [2])],
                "a batch changes all its spaces")
        }
    }

    static func orderOfWrites(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        for space in Space.allCases {
            let (first, second) = (key(space, 1), key(space, 2))
            try store.commit(
                Batch(writes: [
                    .put(space, first, [1]), .put(space, first, [2]), .put(space, second, [3]),
                    .delete(space, second), .delete(space, first), .put(space, first, [4]),
                ]))
            try ConformanceFailure.require(
                try all(store, space) == [Row(key: first, value: [4])], "the last write wins")
        }
        try store.commit(Batch())
    }

    static func durability(_ backing: StoreBacking) throws {
        var store = try backing.create()
        var expected: [Row] = []
        for round in 0..<5 {
            for step in 0..<10 {
                let row = Row(
                    key: key(.bodies, UInt64(round * 10 + step)), value: [UInt8(round), 1])
                try store.commit(Batch(writes: [.put(.bodies, row.key, row.value)]))
                expected.append(row)
            }
            try store.commit(Batch(writes: [.put(.meta, [1], [UInt8(round)])]))
            store.close()
            store = try backing.reopen()
            try ConformanceFailure.require(
                try all(store, .bodies) == expected, "commits survive closing and opening")
            try ConformanceFailure.require(
                try store.get(.meta, [1]) == [UInt8(round)], "the newest value survives")
        }
        store.close()
    }

    static func largeValues(_ backing: StoreBacking) throws {
        var store = try backing.create()
        var random = SeededGenerator(seed: 3)
        var rows: [(Space, Row)] = []
        for space in [Space.bodies, .attachments, .meta] {
            for (number, size) in [23, 64 << 10, 1 << 20].enumerated() {
                let value = random.bytes(1000) + [UInt8](repeating: space.rawValue, count: size)
                rows.append((space, Row(key: key(space, UInt64(number)), value: value)))
            }
        }
        let longest = [UInt8](repeating: 0xA5, count: StorageLimits.maximumValueBytes)
        rows.append((.bodies, Row(key: key(.bodies, 9), value: longest)))
        try store.commit(Batch(writes: rows.map { .put($0.0, $0.1.key, $0.1.value) }))
        for _ in 0..<2 {
            for (space, row) in rows {
                try ConformanceFailure.require(
                    try store.get(space, row.key) == row.value,
                    "\(row.value.count) bytes come back as they went in")
            }
            store.close()
            store = try backing.reopen()
        }
        store.close()
    }

    static func closed(_ backing: StoreBacking) throws {
        let store = try backing.create()
        store.close()
        store.close()
        try require(.closed, "get") { () throws(StorageError) in _ = try store.get(.meta, [1]) }
        try require(.closed, "get to commit") { () throws(StorageError) in
            _ = try store.getToCommit(.meta, [1])
        }
        try require(.closed, "scan") { () throws(StorageError) in
            _ = try store.scan(.meta, prefix: [1], limit: 1)
        }
        try require(.closed, "scan of numbers") { () throws(StorageError) in
            _ = try store.scan(.bodies, from: [], to: nil, limit: 1)
        }
        try require(.closed, "commit") { () throws(StorageError) in
            try store.commit(Batch(writes: [.put(.meta, [1], [1])]))
        }
        let again = try backing.reopen()
        try ConformanceFailure.require(try all(again, .meta).isEmpty, "a closed store is unchanged")
        again.close()
    }
}
