import VaultAudit

extension AuditStoreConformance {
    static func empty(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        try requireState(store, after: [], "a new store")
        try ConformanceFailure.require(
            try store.newestCheckpoint() == nil, "a new store has no checkpoint")
        try store.append(AuditBatch(first: 0))
        try requireState(store, after: [], "after an empty batch")
    }

    static func records(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let largest = [UInt8](repeating: 0x5A, count: AuditLimits.record)
        let all = (0..<300).map(record) + [largest, []]
        try store.append(AuditBatch(first: 0, records: Array(all[..<100])))
        try store.append(AuditBatch(first: 100, records: Array(all[100...])))
        for (first, limit) in [(0, 1), (0, 302), (0, 1000), (99, 2), (299, 3), (301, 1), (5, 0)] {
            try ConformanceFailure.require(
                try store.records(from: UInt64(first), limit: limit)
                    == Array(all[first...].prefix(limit)),
                "\(limit) records from \(first) on come in order")
        }
        for first in [302, 1 << 40, UInt64(Int64.max), UInt64.max] {
            try ConformanceFailure.require(
                try store.records(from: first, limit: 5).isEmpty, "no records after the end")
        }
        try ConformanceFailure.require(
            try store.records(from: 0, limit: -1).isEmpty, "no limit below 0")
    }

    static func contiguous(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        try store.append(batch(0, 3))
        for first in [0, 1, 2, 4, 1000] {
            var wrong = batch(first, 2)
            wrong.sealedChain = .remove
            try require(.notContiguous(expected: 3, found: UInt64(first)), "an append at \(first)")
            {
                () throws(AuditStoreError) in try store.append(wrong)
            }
            try requireState(store, after: [3], "after a refused append")
        }
        try store.append(batch(3, 2))
        try requireState(store, after: [3, 2], "after a right append")
    }

    static func tiles(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let ids = (0..<4).flatMap { level in
            [0, 1, 255, UInt64(1) << 56].map { TileID(level: UInt8(level), index: $0) }
        }
        for width in [1, 255, 256] {
            let writes = ids.map { id in
                TileWrite(id: id, bytes: [UInt8](repeating: id.level + 1, count: 32 * width))
            }
            try store.append(AuditBatch(first: 0, tiles: writes))
            for write in writes {
                try ConformanceFailure.require(
                    try store.tile(write.id) == write.bytes, "a tile has its newest bytes")
            }
        }
        for id in [TileID(level: 4, index: 0), TileID(level: 0, index: 2)] {
            try ConformanceFailure.require(
                try store.tile(id) == nil, "a tile never written is not there")
        }
        try ConformanceFailure.require(
            try store.tile(TileID(level: 0, index: .max)) == nil, "nor is one at the last place")
    }

    static func checkpoints(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        let all = [0, 0, 3, 7, 7, 300, 1 << 20].enumerated().map { number, size in
            StoredCheckpoint(size: UInt64(size), note: Array("\(number)".utf8))
        }
        for checkpoint in all {
            try store.append(AuditBatch(first: 0, checkpoint: checkpoint))
            try ConformanceFailure.require(
                try store.newestCheckpoint() == checkpoint, "the newest is the last written")
        }
        for size in [0, 1, 3, 7, 8, 1 << 20, 1 << 21] {
            for limit in [0, 1, 3, 100] {
                try ConformanceFailure.require(
                    try store.checkpoints(from: UInt64(size), limit: limit)
                        == Array(all.filter { $0.size >= UInt64(size) }.prefix(limit)),
                    "\(limit) checkpoints of at least \(size) come in order")
            }
        }
        try ConformanceFailure.require(
            try store.checkpoints(from: .max, limit: 1).isEmpty, "none of the largest size")
    }

    static func headAndChain(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        try store.append(AuditBatch(first: 0, head: [1], sealedChain: .put([2])))
        try store.append(AuditBatch(first: 0))
        try ConformanceFailure.require(
            try store.state() == AuditStoreState(size: 0, head: [1], sealedChain: [2]),
            "a batch without head keeps head and chain")
        try store.append(AuditBatch(first: 0, head: [], sealedChain: .put([])))
        try ConformanceFailure.require(
            try store.state() == AuditStoreState(size: 0, head: [], sealedChain: []),
            "an empty row is a row")
        try store.append(AuditBatch(first: 0, sealedChain: .remove))
        try store.append(AuditBatch(first: 0, sealedChain: .remove))
        try ConformanceFailure.require(
            try store.state() == AuditStoreState(size: 0, head: [], sealedChain: nil),
            "the chain's row can be removed, twice")
    }

    static func durability(_ backing: AuditStoreBacking) throws {
        var store = try backing.create()
        var sizes: [Int] = []
        for count in [1, 5, 0, 20] {
            try store.append(batch(sizes.reduce(0, +), count))
            sizes.append(count)
            store.close()
            store = try backing.reopen()
            try requireState(store, after: sizes, "opened again")
        }
        store.close()
    }

    /// Each append adds as many records as its head says; no reader may see a head without its
    /// records.
    static func readersDuringAppends(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        defer { store.close() }
        try StorageConformance.atOnce(4) { thread in
            if thread == 0 {
                for round in 0..<100 { try store.append(batch(round * 3, 3)) }
                return
            }
            var newest: UInt64 = 0
            for _ in 0..<200 {
                let state = try store.state()
                let isWhole =
                    state.size == 0
                    ? state.head == nil : state.head == Array("head \(state.size)".utf8)
                try ConformanceFailure.require(
                    isWhole && state.size.isMultiple(of: 3) && state.size >= newest,
                    "a state is of one moment, and a later one not older")
                newest = state.size
                try ConformanceFailure.require(
                    try store.records(from: 0, limit: 1000).count >= Int(state.size),
                    "records are there once the state counts them")
            }
        }
        try requireState(store, after: [Int](repeating: 3, count: 100), "after all appends")
    }

    static func closed(_ backing: AuditStoreBacking) throws {
        let store = try backing.create()
        store.close()
        store.close()
        try require(.closed, "state") { () throws(AuditStoreError) in _ = try store.state() }
        try require(.closed, "append") { () throws(AuditStoreError) in
            try store.append(batch(0, 1))
        }
        try require(.closed, "records") { () throws(AuditStoreError) in
            _ = try store.records(from: 0, limit: 1)
        }
        try require(.closed, "tile") { () throws(AuditStoreError) in
            _ = try store.tile(TileID(level: 0, index: 0))
        }
        try require(.closed, "newest checkpoint") { () throws(AuditStoreError) in
            _ = try store.newestCheckpoint()
        }
        try require(.closed, "checkpoints") { () throws(AuditStoreError) in
            _ = try store.checkpoints(from: 0, limit: 1)
        }
        let again = try backing.reopen()
        try requireState(again, after: [], "opened after closing")
        again.close()
    }

    /// Every append fails once, before and after taking effect; `state()` must tell which, and the
    /// writer must be able to go on.
    static func faultMatrix(_ backing: AuditStoreBacking) throws {
        var store = try backing.create()
        var sizes: [Int] = []
        for number in 0..<4 {
            for moment in AuditStoreFault.Moment.allCases {
                let error: AuditStoreError =
                    moment == .before ? .full(path: "log") : .outcomeUnknown(path: "log")
                let faulty = FaultyAuditStore(
                    store,
                    faults: [
                        AuditStoreFault(call: .append, number: number, moment: moment, error: error)
                    ])
                for _ in 0..<number {
                    try faulty.append(batch(sizes.reduce(0, +), 2))
                    sizes.append(2)
                }
                try require(error, "append \(number) \(moment)") { () throws(AuditStoreError) in
                    try faulty.append(batch(sizes.reduce(0, +), 2))
                }
                if moment == .after {
                    try require(error, "no append before the question is settled") {
                        () throws(AuditStoreError) in
                        try faulty.append(batch(sizes.reduce(0, +), 2))
                    }
                    sizes.append(2)
                }
                try requireState(faulty, after: sizes, "after append \(number) failed \(moment)")
                try faulty.append(batch(sizes.reduce(0, +), 1))
                sizes.append(1)
                faulty.close()
                store = try backing.reopen()
                try requireState(store, after: sizes, "opened after append \(number) \(moment)")
            }
        }
        store.close()
    }
}
