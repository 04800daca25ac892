import VaultCoding
import VaultStorage

/// How `vault.json` is replaced so that a kill at any moment leaves a vault that opens.
///
/// The store remembers the hash of the header in the meta row `"header"`. Before the file changes,
/// the row names both hashes; after, only the new one:
///
/// 1. commit `announce` (row = current ‖ next);
/// 2. write `header.bytes` to the file, atomically and durably;
/// 3. commit `adopt` (row = next).
///
/// Killed after 1 the old file is found, after 2 the new one: both are named. A header of another
/// day is refused.
package struct HeaderReplacement: Sendable {
    /// The key of the row in the meta space.
    static let rowKey = Array("header".utf8)

    /// What to write to the file.
    package let header: Header
    /// The first commit.
    package let announce: KeyringChange
    /// The last commit.
    package let adopt: KeyringChange

    /// The replacement of one header by another, made with the lock that is open before it.
    package static func make(
        from current: Header, to next: Header, lock: StorageLock
    ) -> HeaderReplacement {
        let both = current.hash.bytes + next.hash.bytes
        let announce = KeyringChange(
            preconditions: [lock.fence], writes: [.put(.meta, rowKey, both)])
        let adopt = KeyringChange(
            preconditions: [.equals(.meta, rowKey, both)],
            writes: [.put(.meta, rowKey, next.hash.bytes)])
        return HeaderReplacement(header: next, announce: announce, adopt: adopt)
    }

    /// The row of a new vault.
    static func first(_ header: Header) -> KeyringChange {
        KeyringChange(
            preconditions: [.absent(.meta, rowKey)],
            writes: [.put(.meta, rowKey, header.hash.bytes)])
    }

    /// Requires that the store names this header. Throws `rowMissing`, `headerChanged`.
    static func check(_ header: Header, _ store: any ByteStore) throws(KeyringError) {
        let row = try fromStore { () throws(StorageError) in try store.get(.meta, rowKey) }
        guard let row else { throw .rowMissing(.meta) }
        let hash = header.hash.bytes
        let isNamed = stride(from: 0, to: row.count, by: hash.count).contains {
            row[$0...].starts(with: hash)
        }
        guard row.count % hash.count == 0, isNamed else { throw .headerChanged }
    }
}
