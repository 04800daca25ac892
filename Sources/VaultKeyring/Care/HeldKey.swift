import VaultCoding
import VaultSodium
import VaultStorage

/// A key that every member of a compartment has: row
/// `05 ‖ framed compartment ‖ framed kind ‖ number(4)` → under the storage lock, an envelope of the
/// key under the compartment's key; its key number is the generation.
struct HeldKey {
    /// What it is for. The raw value is part of the row key.
    enum Kind: String {
        /// Makes tags; one for the compartment's life.
        case tag
        /// Makes pseudonyms; the same key in every compartment.
        case pseudonym
        /// Makes label chains; a new number with each generation.
        case index
    }

    let compartment: Compartment
    let kind: Kind
    let number: UInt32

    /// The prefix of the row keys of a kind.
    static func prefix(_ compartment: Compartment, _ kind: Kind) -> [UInt8] {
        var writer = ByteWriter(capacity: 32)
        writer.put(framed: compartment.rawValue)
        writer.put(framed: kind.rawValue)
        return WrappedRow.compartmentHeld.key(writer.bytes)
    }

    private var rowKey: [UInt8] {
        var writer = ByteWriter(capacity: 4)
        writer.put(number)
        return Self.prefix(compartment, kind) + writer.bytes
    }

    private func place(_ vault: VaultID) -> Context {
        RowPlace.context(vault, .wrappedKeys, rowKey, [Array("held".utf8)])
    }

    /// Writes the key under a generation's key, in place of what the store has there.
    func write(
        _ secret: borrowing SecretBytes, under generation: UInt32,
        _ compartmentKey: borrowing SecretBytes, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        let inner = try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                secret, key: compartmentKey, number: generation, context: place(lock.vault))
        }
        return try lock.put(
            inner, .wrappedKeys, rowKey,
            replacing: try lock.stored(store, .wrappedKeys, rowKey))
    }

    /// The numbers of the keys of a kind that a store has, ascending.
    static func numbers(
        _ compartment: Compartment, _ kind: Kind, _ store: any ByteStore
    ) throws(KeyringError) -> [UInt32] {
        let prefix = prefix(compartment, kind)
        let rows = try fromStore { () throws(StorageError) in
            try store.scan(.wrappedKeys, prefix: prefix, limit: 4096)
        }
        var numbers: [UInt32] = []
        for row in rows {
            var reader = ByteReader(Array(row.key.dropFirst(prefix.count)))
            numbers.append(
                try parsing(.compartmentHeldKey) { () throws(CodingError) in
                    let number = try reader.u32()
                    try reader.finish()
                    return number
                })
        }
        return numbers
    }

    /// The key, opened with one of the generations at hand; nil if none of them is the right one.
    /// Throws `rowMissing`, `rowDamaged`, `storage`.
    func read(
        _ generations: [UInt32: SecretBox], _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> SecretBox? {
        guard let inner = try lock.get(store, .wrappedKeys, rowKey) else {
            throw .rowMissing(.compartmentHeldKey)
        }
        let generation = try opening(.compartmentHeldKey) { () throws(SodiumError) in
            try Envelope.keyNumber(of: inner)
        }
        guard let key = generations[generation] else { return nil }
        let secret = try opening(.compartmentHeldKey) { () throws(SodiumError) in
            try Envelope.openSecret(inner, key: key.bytes, context: place(lock.vault))
        }
        guard secret.count == KeyBox.keySize else { throw .rowDamaged(.compartmentHeldKey) }
        return SecretBox(secret)
    }
}

/// Reads everything that lies under a compartment's keys.
struct HeldReader {
    let store: any ByteStore
    let lock: StorageLock

    /// The compartment's keys with what these generations open; nil if they do not open its tag and
    /// pseudonym keys. Throws `rowMissing`, `rowDamaged`, `storage`.
    func held(
        _ compartment: Compartment, newest: UInt32, _ generations: [UInt32: SecretBox]
    ) throws(KeyringError) -> CompartmentKeys? {
        let tagKey = try HeldKey(compartment: compartment, kind: .tag, number: 1)
            .read(generations, store, lock: lock)
        let pseudonymKey = try HeldKey(compartment: compartment, kind: .pseudonym, number: 1)
            .read(generations, store, lock: lock)
        guard let tagKey, let pseudonymKey else { return nil }
        var indexKeys: [UInt32: SecretBox] = [:]
        for number in try HeldKey.numbers(compartment, .index, store) {
            indexKeys[number] = try HeldKey(
                compartment: compartment, kind: .index, number: number
            ).read(generations, store, lock: lock)
        }
        return CompartmentKeys(
            vault: lock.vault, compartment: compartment, newest: newest,
            generations: generations, tagKey: tagKey, pseudonymKey: pseudonymKey,
            indexKeys: indexKeys)
    }
}
