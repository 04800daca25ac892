import VaultCoding
import VaultSodium

/// The log as it is found in a store: the tree at its end, checked against the newest head.
struct LoadedLog {
    /// The tree over all entries.
    var tree: TreeBuilder
    /// The newest head; its MAC is not checked here.
    var head: LogHead?
    /// Entries of the sealed state behind the head, oldest first.
    var sealed: [AuditRecord]
    /// The time of the newest entry, 0 for none.
    var time: UInt64
    /// The row of the sealed-state chain.
    var chain: [UInt8]?

    private static let page = 256

    /// Reads the store. Throws `wrongRoot`, `truncated`, `unauthenticated`, `misplaced`,
    /// `malformed`, `missingTile`, `store`.
    init(_ store: any AuditStore) throws(AuditError) {
        let state = try AuditError.wrap { () throws(AuditStoreError) in try store.state() }
        chain = state.sealedChain
        head = nil
        if let bytes = state.head {
            do { head = try LogHead(parse: bytes) } catch {
                throw .malformed(what: "a head", error)
            }
        }
        let covered = head?.size ?? 0
        guard covered <= state.size else {
            throw .truncated(expected: covered, found: state.size)
        }
        tree = try TreeBuilder(size: covered, source: StoreTiles(store))
        if let head, tree.root != head.root { throw .wrongRoot(size: covered) }
        sealed = []
        time = head?.time ?? 0
        if covered > 0 {
            // Its time, and that the last record is where it should be.
            let last = try Self.records(store, covered - 1, 1).first
            time = max(time, last?.leaf.time ?? 0)
        }
        while tree.size < state.size {
            let count = min(UInt64(Self.page), state.size - tree.size)
            for record in try Self.records(store, tree.size, Int(count)) {
                guard record.content.isSealed, record.leaf.time > time else {
                    throw .unauthenticated(from: record.leaf.sequence)
                }
                tree.append(SHA256.leaf(record.leaf.bytes))
                time = record.leaf.time
                sealed.append(record)
            }
        }
        // What was appended here is in the store already; only the tiles of new entries are wanted.
        _ = tree.takeTiles()
    }

    /// Records as parsed, each in its place. Throws `truncated` if there are fewer.
    static func records(
        _ store: any AuditStore, _ first: UInt64, _ count: Int
    ) throws(AuditError) -> [AuditRecord] {
        let stored = try AuditError.wrap { () throws(AuditStoreError) in
            try store.records(from: first, limit: count)
        }
        guard stored.count == count else {
            throw .truncated(expected: first + UInt64(count), found: first + UInt64(stored.count))
        }
        var records: [AuditRecord] = []
        records.reserveCapacity(count)
        for (offset, bytes) in stored.enumerated() {
            let record: AuditRecord
            do { record = try AuditRecord(parse: bytes) } catch {
                throw .malformed(what: "a record", error)
            }
            let expected = first + UInt64(offset)
            guard record.leaf.sequence == expected else {
                throw .misplaced(expected: expected, found: record.leaf.sequence)
            }
            records.append(record)
        }
        return records
    }
}
