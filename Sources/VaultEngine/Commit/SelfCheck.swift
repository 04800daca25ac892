import VaultCoding
import VaultStorage

/// How a self-check stands.
enum SelfCheckOutcome: Sendable, Equatable {
    case running
    /// The rows are those that the digest was made of.
    case holds
    /// A row was altered, removed, added or put back behind the daemon's back.
    case differs
    case failed(StorageError)
}

/// Recomputes the digest of the whole store, page by page, while commits go on.
///
/// It walks the spaces in order. A commit in between changes rows in front of the walk, which reads
/// them later, and behind it, of which the committer tells: so at the end the sum is that of one
/// moment. Needs no key.
struct SelfCheck {
    /// Rows of one page: about a millisecond, for which commits wait.
    static let page = 128

    private var sum = StoreDigest()
    private var spaces = Space.allCases.filter { $0 != .outbox }[...]
    private var cursor: [UInt8] = []

    /// Reads one more page; true when the walk is over.
    mutating func walk(_ store: any ByteStore) throws(StorageError) -> Bool {
        guard let space = spaces.first else { return true }
        let rows = try store.scan(space, from: cursor, to: nil, limit: Self.page)
        for row in rows where StoreDigest.covers(space, row.key) {
            sum.add(space, row.key, row.value)
        }
        if let last = rows.last, rows.count == Self.page {
            cursor = last.cursor
        } else {
            spaces = spaces.dropFirst()
            cursor = []
        }
        return spaces.isEmpty
    }

    /// Notes that a commit changed a row.
    mutating func changed(_ space: Space, _ key: [UInt8], from old: [UInt8]?, to new: [UInt8]?) {
        guard isBehind(space, key) else { return }
        if let old { sum.subtract(space, key, old) }
        if let new { sum.add(space, key, new) }
    }

    /// Whether the walked rows are those of `digest`.
    func agrees(with digest: StoreDigest) -> Bool { sum.coversSameRows(as: digest) }

    private func isBehind(_ space: Space, _ key: [UInt8]) -> Bool {
        guard let current = spaces.first else { return true }
        if space == current { return KeyOrder.precedes(key, cursor) }
        return space.rawValue < current.rawValue
    }
}
