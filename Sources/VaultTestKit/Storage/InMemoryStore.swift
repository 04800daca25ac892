import Synchronization
package import VaultStorage

/// What survives when an `InMemoryStore` is closed: the "disk" that several of them can be opened on,
/// one after another.
package final class InMemoryDisk: Sendable {
    fileprivate let rows = Mutex<[Space: [Row]]>([:])

    /// An empty disk.
    package init() {}

    /// All rows of all spaces, for tests that compare two states.
    package func snapshot() -> [Space: [Row]] {
        rows.withLock { $0 }.filter { !$0.value.isEmpty }
    }
}

/// A `ByteStore` in memory, kept as one sorted array a space: the reference for the others.
///
/// Putting a new row costs a move of the rows after it, which is fine up to some ten thousand rows.
package final class InMemoryStore: ByteStore {
    private let disk: InMemoryDisk
    private let isClosed = Mutex(false)

    /// A store on this disk; a new disk unless given.
    package init(disk: InMemoryDisk = InMemoryDisk()) {
        self.disk = disk
    }

    package func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        try checkOpen()
        return disk.rows.withLock { Self.value(of: key, in: $0[space] ?? []) }
    }

    package func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row] {
        try checkOpen()
        return disk.rows.withLock { spaces in
            let rows = spaces[space] ?? []
            let start = Self.position(of: lower, in: rows)
            let end = upper.map { Self.position(of: $0, in: rows) } ?? rows.count
            guard start < end, limit > 0 else { return [] }
            return Array(rows[start..<end].prefix(limit))
        }
    }

    package func commit(_ batch: Batch) throws(StorageError) {
        try checkOpen()
        try batch.checkLimits()
        try disk.rows.withLock { (spaces) throws(StorageError) in
            for (index, precondition) in batch.preconditions.enumerated() {
                guard Self.holds(precondition, in: spaces) else {
                    throw .preconditionFailed(index: index)
                }
            }
            for write in batch.writes { Self.apply(write, to: &spaces) }
        }
    }

    package func close() {
        isClosed.withLock { $0 = true }
    }

    private func checkOpen() throws(StorageError) {
        guard !isClosed.withLock({ $0 }) else { throw .closed }
    }

    private static func holds(_ precondition: Precondition, in spaces: [Space: [Row]]) -> Bool {
        switch precondition {
        case .absent(let space, let key): value(of: key, in: spaces[space] ?? []) == nil
        case .equals(let space, let key, let value):
            Self.value(of: key, in: spaces[space] ?? []) == value
        }
    }

    private static func apply(_ write: Write, to spaces: inout [Space: [Row]]) {
        switch write {
        case .put(let space, let key, let value):
            let position = position(of: key, in: spaces[space] ?? [])
            let exists = Self.value(of: key, in: spaces[space] ?? []) != nil
            let row = Row(key: key, value: value)
            if exists {
                spaces[space]?[position] = row
            } else {
                spaces[space, default: []].insert(row, at: position)
            }
        case .delete(let space, let key):
            guard value(of: key, in: spaces[space] ?? []) != nil else { return }
            let position = position(of: key, in: spaces[space] ?? [])
            spaces[space]?.remove(at: position)
        }
    }

    private static func value(of key: [UInt8], in rows: [Row]) -> [UInt8]? {
        let position = position(of: key, in: rows)
        guard position < rows.count, rows[position].key == key else { return nil }
        return rows[position].value
    }

    /// The position of the first row whose key is not before `key`.
    private static func position(of key: [UInt8], in rows: [Row]) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if KeyOrder.precedes(rows[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
