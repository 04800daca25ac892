package import VaultCoding
import VaultSodium
package import VaultStorage

/// Rows of the index that a subject's words need, and where they went.
package struct ChainInsert: Sendable {
    /// The entries for the subject's head row.
    package let entries: [IndexEntry]
    /// The rows, each under `absent`, with the compartment's fence.
    package let change: KeyringChange
}

/// The blind index of a compartment: finds subjects by a word without telling, on disk, how many share
/// it or which words there are.
///
/// The i-th subject with word w in a field has the row
/// `BLAKE2b-128(k_w, i(4))` → envelope of `state(1) ‖ subject id(16)` under a key from `k_w`, key
/// number m, where `k_w = BLAKE2b-256(index key m, field ‖ w)` (framed). So every row looks alike and
/// no two can be told to belong together without the index key. Chains have no gaps: a removed row
/// becomes a tombstone of equal size. A link costs about 7 µs and a read.
package struct LabelChains {
    private static let live: UInt8 = 1
    private static let removed: UInt8 = 0

    private let keys: CompartmentKeys
    private let store: any ByteStore

    /// The index of a compartment in a store.
    package init(_ keys: CompartmentKeys, store: any ByteStore) {
        self.keys = keys
        self.store = store
    }

    // MARK: Finding

    /// The subjects with this word, in the order in which they came, over every live index key; at
    /// most `limit`. Throws `rowDamaged`, `storage`.
    package func find(
        field: String, _ word: IndexWord, limit: Int
    ) throws(KeyringError) -> [SubjectID] {
        var found: [SubjectID] = []
        var seen: Set<SubjectID> = []
        for (number, key) in keys.indexKeys.sorted(by: { $0.key < $1.key }) {
            let chain = try Chain(keys.vault, key, number, field, word)
            var position: UInt32 = 1
            while found.count < limit, let value = try chain.read(position, store) {
                if let subject = try chain.open(value, position), seen.insert(subject).inserted {
                    found.append(subject)
                }
                position += 1
            }
        }
        return found
    }

    // MARK: Changing

    /// Puts a subject under its words, at the end of each chain of the newest index key. Words that
    /// are named twice count once. Throws `staleGeneration`, `storage`.
    package func insert(
        _ words: [(field: String, word: IndexWord)], subject: SubjectID
    ) throws(KeyringError) -> ChainInsert {
        guard keys.isCurrent else { throw .staleGeneration(keys.compartment) }
        let (number, key) = try keys.newestIndexKey()
        var entries: [IndexEntry] = []
        var change = KeyringChange(preconditions: [keys.fence])
        for (field, word) in words {
            let entry = IndexEntry(field: field, word: word, number: number)
            guard !entries.contains(entry) else { continue }
            entries.append(entry)
            let chain = try Chain(keys.vault, key, number, field, word)
            let position = try chain.end(store)
            let row = try chain.row(position)
            let value = try chain.seal(Self.live, subject.bytes, row)
            change.require(.absent(.index, row))
            change.write(.put(.index, row, value))
        }
        return ChainInsert(entries: entries, change: change)
    }

    /// Takes a subject out of the chains of these entries: a tombstone in each place. An entry that
    /// is not found is passed over. Throws `staleGeneration`, `rowDamaged`, `storage`.
    package func remove(
        _ entries: [IndexEntry], subject: SubjectID
    ) throws(KeyringError) -> KeyringChange {
        guard keys.isCurrent else { throw .staleGeneration(keys.compartment) }
        var change = KeyringChange(preconditions: [keys.fence])
        for entry in entries {
            guard let key = keys.indexKeys[entry.number] else { continue }
            let chain = try Chain(keys.vault, key, entry.number, entry.field, entry.word)
            var position: UInt32 = 1
            while let value = try chain.read(position, store) {
                if try chain.open(value, position) == subject {
                    let row = try chain.row(position)
                    change.require(.equals(.index, row, value))
                    let blank = [UInt8](repeating: 0, count: SubjectID.count)
                    change.write(.put(.index, row, try chain.seal(Self.removed, blank, row)))
                    break
                }
                position += 1
            }
        }
        return change
    }

    /// One chain: a word of a field under one index key.
    private struct Chain {
        let vault: VaultID
        let number: UInt32
        let wordKey: SecretBox
        let envelopeKey: SecretBox

        init(
            _ vault: VaultID, _ indexKey: SecretBox, _ number: UInt32, _ field: String,
            _ word: IndexWord
        ) throws(KeyringError) {
            self.vault = vault
            self.number = number
            var writer = ByteWriter(capacity: 96)
            writer.put(framed: field)
            writer.put(framed: word.text)
            let message = writer.bytes
            let wordKey = SecretBox(
                try fromSodium { () throws(SodiumError) in
                    try Blake2b.secret(message, key: indexKey.bytes, personal: .indexWord)
                })
            self.wordKey = wordKey
            envelopeKey = SecretBox(
                try fromSodium { () throws(SodiumError) in
                    try Blake2b.secret([], key: wordKey.bytes, personal: .indexEnvelope)
                })
        }

        /// The row key of a position, first 1.
        func row(_ position: UInt32) throws(KeyringError) -> [UInt8] {
            var writer = ByteWriter(capacity: 4)
            writer.put(position)
            let message = writer.bytes
            return try fromSodium { () throws(SodiumError) in
                try Blake2b.short(message, key: wordKey.bytes, personal: .indexRow)
            }
        }

        func read(
            _ position: UInt32, _ store: any ByteStore
        ) throws(KeyringError) -> [UInt8]? {
            let row = try row(position)
            return try fromStore { () throws(StorageError) in try store.get(.index, row) }
        }

        func seal(
            _ state: UInt8, _ subject: [UInt8], _ row: [UInt8]
        ) throws(KeyringError) -> [UInt8] {
            try fromSodium { () throws(SodiumError) in
                try Envelope.seal(
                    [state] + subject, key: envelopeKey.bytes, number: number,
                    context: RowPlace.context(vault, .index, row))
            }
        }

        /// The subject at a position; nil for a tombstone.
        func open(_ value: [UInt8], _ position: UInt32) throws(KeyringError) -> SubjectID? {
            let row = try row(position)
            let plain = try opening(.index) { () throws(SodiumError) in
                try Envelope.open(
                    value, key: envelopeKey.bytes, context: RowPlace.context(vault, .index, row))
            }
            guard let subject = SubjectID(plain.dropFirst()) else { throw .rowDamaged(.index) }
            switch plain.first {
            case live: return subject
            case removed: return nil
            default: throw .rowDamaged(.index)
            }
        }

        /// The first free position: probes 1, 2, 4, 8 … until one is free, then halves the gap.
        func end(_ store: any ByteStore) throws(KeyringError) -> UInt32 {
            var taken: UInt32 = 0
            var free: UInt32 = 1
            while try read(free, store) != nil {
                guard free <= UInt32.max / 2 else { throw .rowDamaged(.index) }
                taken = free
                free *= 2
            }
            while free - taken > 1 {
                let middle = taken + (free - taken) / 2
                if try read(middle, store) != nil { taken = middle } else { free = middle }
            }
            return free
        }
    }
}
