import VaultStorage

extension StorageConformance {
    static func rows(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        for space in Space.allCases {
            let key = key(space, 7)
            try ConformanceFailure.require(
                try store.get(space, key) == nil, "a new store has no rows")
            try store.commit(Batch(writes: [.put(space, key, [space.rawValue])]))
        }
        for space in Space.allCases {
            let key = key(space, 7)
            try ConformanceFailure.require(
                try store.get(space, key) == [space.rawValue], "spaces are apart")
            try store.commit(Batch(writes: [.put(space, key, [1, 2, 3])]))
            try ConformanceFailure.require(
                try store.get(space, key) == [1, 2, 3], "a put replaces the value")
            try ConformanceFailure.require(
                try store.getToCommit(space, key) == [1, 2, 3], "who commits reads what all read")
            try store.commit(Batch(writes: [.delete(space, key)]))
            try ConformanceFailure.require(
                try store.get(space, key) == nil, "a deleted row is gone")
            try ConformanceFailure.require(
                try store.getToCommit(space, key) == nil, "a deleted row is gone for who commits")
            try store.commit(Batch(writes: [.delete(space, key)]))
        }
    }

    static func oddKeysAndValues(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let keys: [[UInt8]] = [
            [], [0], [0, 0], [0xFF], Array("'; DROP TABLE meta; --".utf8),
            [UInt8](repeating: 0xFF, count: StorageLimits.maximumKeyBytes),
        ]
        for (index, key) in keys.enumerated() {
            let value: [UInt8] = index == 1 ? [] : [UInt8(index)]
            try store.commit(Batch(writes: [.put(.meta, key, value)]))
        }
        for (index, key) in keys.enumerated() {
            try ConformanceFailure.require(
                try store.get(.meta, key) == (index == 1 ? [] : [UInt8(index)]),
                "key \(index) has its value; an empty value is not an absent row")
        }
        try store.commit(
            Batch(preconditions: [.equals(.meta, [0], [])], writes: [.delete(.meta, [])]))
        try ConformanceFailure.require(try store.get(.meta, []) == nil, "the empty key is a key")
        for key in [[], [1], [UInt8](repeating: 0, count: 9), [UInt8](repeating: 0xFF, count: 8)] {
            try ConformanceFailure.require(
                try store.get(.bodies, key) == nil, "no row has a key that its space refuses")
            try store.commit(
                Batch(preconditions: [.absent(.bodies, key)], writes: [.delete(.bodies, key)]))
        }
        let last = self.key(.bodies, UInt64(Int64.max))
        try store.commit(Batch(writes: [.put(.bodies, last, [9])]))
        try ConformanceFailure.require(
            try all(store, .bodies) == [Row(key: last, value: [9])], "the highest number is a key")
    }

    static func ranges(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        var random = SeededGenerator(seed: 1)
        var keys: Set<[UInt8]> = []
        while keys.count < 200 {
            // Few different bytes, so that prefixes of one another are common.
            keys.insert(random.bytes(Int.random(in: 0...6, using: &random)).map { $0 % 3 &* 127 })
        }
        try compareRanges(store, .records, keys: keys, random: &random) { random in
            random.bytes(Int.random(in: 0...4, using: &random)).map { $0 % 4 &* 85 }
        }
    }

    static func numberedRanges(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        var random = SeededGenerator(seed: 2)
        var keys: Set<[UInt8]> = []
        while keys.count < 100 {
            let shift = UInt64.random(in: 1...63, using: &random)
            keys.insert(key(.bodies, random.next() >> shift))
        }
        keys.insert(key(.bodies, UInt64(Int64.max)))
        keys.insert(key(.bodies, 0))
        try compareRanges(store, .bodies, keys: keys, random: &random) { random in
            // Bounds of every length, around keys that exist.
            let key = keys.randomElement(using: &random) ?? []
            switch Int.random(in: 0...3, using: &random) {
            case 0: return Array(key.prefix(Int.random(in: 0...8, using: &random)))
            case 1: return key + random.bytes(Int.random(in: 1...3, using: &random))
            case 2: return random.bytes(8)
            default: return key
            }
        }
    }

    private static func compareRanges(
        _ store: any ByteStore, _ space: Space, keys: Set<[UInt8]>,
        random: inout SeededGenerator, bound: (inout SeededGenerator) -> [UInt8]
    ) throws {
        let sorted = keys.sorted { KeyOrder.precedes($0, $1) }
        for key in keys.shuffled(using: &random) {
            try store.commit(Batch(writes: [.put(space, key, key.reversed())]))
        }
        for _ in 0..<300 {
            let lower = bound(&random)
            let upper = Bool.random(using: &random) ? bound(&random) : nil
            let limit = [0, 1, 5, 1000].randomElement(using: &random) ?? 1
            let expected = sorted.filter { key in
                !KeyOrder.precedes(key, lower) && upper.map { KeyOrder.precedes(key, $0) } ?? true
            }
            let rows = try store.scan(space, from: lower, to: upper, limit: limit)
            try ConformanceFailure.require(
                rows == expected.prefix(limit).map { Row(key: $0, value: $0.reversed()) },
                "a scan of \(space) from \(lower) to \(upper ?? []) gives its rows in order")
        }
        try ConformanceFailure.require(
            try store.scan(space, from: [], to: nil, limit: -1).isEmpty, "no limit below 0")
    }

    static func cursors(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        for space in Space.allCases {
            let keys = (0..<50).map { key(space, UInt64($0) * 3) }
            try store.commit(Batch(writes: keys.map { .put(space, $0, [1]) }))
            for limit in [1, 7, 50, 51] {
                var found: [[UInt8]] = []
                var lower: [UInt8] = []
                while true {
                    let page = try store.scan(space, from: lower, to: nil, limit: limit)
                    found += page.map(\.key)
                    guard page.count == limit, let last = page.last else { break }
                    lower = last.cursor
                }
                try ConformanceFailure.require(
                    found == keys, "pages of \(limit) give every row of \(space) once, in order")
            }
        }
    }

    static func prefixes(_ backing: StoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let keys: [[UInt8]] = [
            [1], [1, 0xFF], [1, 0xFF, 0xFF, 3], [2], [2, 0], [0xFF], [0xFF, 0xFF],
        ]
        try store.commit(Batch(writes: keys.map { .put(.index, $0, []) }))
        for prefix in keys + [[], [3], [1, 0xFF, 0xFF]] {
            let found = try store.scan(.index, prefix: prefix, limit: 10).map(\.key)
            try ConformanceFailure.require(
                found == keys.filter { $0.starts(with: prefix) },
                "a scan by prefix \(prefix) gives exactly the keys that begin with it")
        }
    }
}
