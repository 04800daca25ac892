import Synchronization
import VaultCoding
package import VaultStorage

/// A subject key for writing, and what its use asks of the commit.
package struct WritableKey: Sendable {
    /// The key.
    package let key: SubjectKey
    /// The fences of compartment and storage; and the key's row, if it was made just now.
    package let change: KeyringChange
}

/// The subject keys of one login: opened once, kept in a bounded cache of guarded slots.
///
/// Opening one costs a read of the store and two envelopes; a hit costs a lookup. May be used from
/// any thread.
package final class SubjectKeyring: Sendable {
    private struct Name: Hashable {
        let tag: Tag
        let number: UInt32
    }

    private struct Cache {
        var keys: [Name: SubjectKey] = [:]
        /// Names in the order of arrival; the oldest leaves when the cache is full.
        var order: [Name] = []
        var oldest = 0
    }

    private let capacity: Int
    private let cache = Mutex(Cache())

    /// An empty keyring for at most `capacity` open keys, a slot of 64 guarded bytes each. 1 MiB holds
    /// those of a region's people in a compartment; a person who opens some files a day uses no more
    /// than they open.
    package init(capacity: Int = 16_384) {
        self.capacity = max(1, capacity)
    }

    /// A subject's key with this number; nil if there is none. Throws `rowDamaged`,
    /// `staleGeneration`, `storage`.
    package func key(
        _ tag: Tag, number: UInt32, _ keys: CompartmentKeys, store: any ByteStore,
        lock: StorageLock
    ) throws(KeyringError) -> SubjectKey? {
        let name = Name(tag: tag, number: number)
        if let cached = cache.withLock({ $0.keys[name] }) { return cached }
        let row = SubjectKey.rowKey(tag, number)
        guard let value = try lock.stored(store, .wrappedKeys, row) else { return nil }
        return remember(try SubjectKey.open(value, tag, number: number, keys, lock: lock))
    }

    /// A subject's newest key; nil if the compartment has none of them.
    package func newest(
        _ tag: Tag, _ keys: CompartmentKeys, store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> SubjectKey? {
        guard let row = try newestRow(tag, store) else { return nil }
        if let cached = cache.withLock({ $0.keys[Name(tag: tag, number: row.number)] }) {
            return cached
        }
        return remember(
            try SubjectKey.open(row.value, tag, number: row.number, keys, lock: lock))
    }

    /// The key to write with: the newest if it was made in the current generation, else a new one.
    ///
    /// So nothing new is ever under a key that somebody who has left could have. The change belongs
    /// into the commit of whatever is written with the key. Throws `staleGeneration` for a login
    /// without the current generation.
    package func forWriting(
        _ tag: Tag, _ keys: CompartmentKeys, store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> WritableKey {
        guard keys.isCurrent else { throw .staleGeneration(keys.compartment) }
        let fences = KeyringChange(preconditions: [keys.fence, lock.fence])
        let newest = try newest(tag, keys, store: store, lock: lock)
        if let newest, newest.birth == keys.newest {
            return WritableKey(key: newest, change: fences)
        }
        guard newest?.number != UInt32.max else { throw .rowDamaged(.subjectKey) }
        // Not remembered before it is committed: the commit may lose against another one.
        let made = try SubjectKey.make(
            tag, number: (newest?.number ?? 0) + 1, keys, lock: lock)
        return WritableKey(key: made.key, change: fences.adding(made.change))
    }

    /// Drops every key: at logout, or when a subject's keys were destroyed.
    package func forget() { cache.withLock { $0 = Cache() } }

    /// How many keys are open.
    package var count: Int { cache.withLock { $0.keys.count } }

    private func remember(_ key: SubjectKey) -> SubjectKey {
        let name = Name(tag: key.tag, number: key.number)
        return cache.withLock { cache in
            // Two threads may have opened it at once; the first stays.
            if let known = cache.keys[name] { return known }
            if cache.order.count < capacity {
                cache.order.append(name)
            } else {
                cache.keys[cache.order[cache.oldest]] = nil
                cache.order[cache.oldest] = name
                cache.oldest = (cache.oldest + 1) % capacity
            }
            cache.keys[name] = key
            return key
        }
    }

    private func newestRow(
        _ tag: Tag, _ store: any ByteStore
    ) throws(KeyringError) -> (number: UInt32, value: [UInt8])? {
        let page = 64
        let prefix = SubjectKey.rowPrefix(tag)
        var cursor = prefix
        var newest: Row?
        while true {
            let rows = try fromStore { () throws(StorageError) in
                try store.scan(
                    .wrappedKeys, from: cursor, to: KeyOrder.end(ofPrefix: prefix), limit: page)
            }
            if let last = rows.last {
                newest = last
                cursor = last.cursor
            }
            if rows.count < page { break }
        }
        guard let newest else { return nil }
        var reader = ByteReader(Array(newest.key.dropFirst(prefix.count)))
        let number = try parsing(.subjectKey) { () throws(CodingError) in
            let number = try reader.u32()
            try reader.finish()
            return number
        }
        return (number, newest.value)
    }
}
