import VaultCoding
import VaultSodium
package import VaultStorage

/// A subject's content key in one compartment, opened: encrypts that subject's rows there.
///
/// Row `04 ‖ tag(16) ‖ number(4)` → under the storage lock, an envelope of `key(32) ‖ birth(4)` under
/// the compartment's key. The birth is the generation in which the key was made and stays when the
/// row is wrapped anew. Destroying every number erases the subject in the compartment.
package final class SubjectKey: Sendable {
    /// Whose, in the compartment of its tag key.
    package let tag: Tag
    /// Which of the subject's keys; envelopes under it carry this number.
    package let number: UInt32
    /// The compartment's generation when it was made.
    package let birth: UInt32
    private let vault: VaultID
    private let key: SecretBytes

    init(
        vault: VaultID, tag: Tag, number: UInt32, birth: UInt32, key: consuming SecretBytes
    ) {
        self.vault = vault
        self.tag = tag
        self.number = number
        self.birth = birth
        self.key = key
    }

    /// The value of a row about the subject: an envelope for this place and what else it needs.
    package func seal(
        _ plain: [UInt8], _ space: Space, _ rowKey: [UInt8], _ extra: [[UInt8]] = []
    ) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            try Envelope.seal(
                plain, key: key, number: number,
                context: RowPlace.context(vault, space, rowKey, extra))
        }
    }

    /// What such a row holds. Throws `rowDamaged`.
    package func open(
        _ value: [UInt8], _ space: Space, _ rowKey: [UInt8], _ extra: [[UInt8]] = []
    ) throws(KeyringError) -> [UInt8] {
        try opening(.other) { () throws(SodiumError) in
            try Envelope.open(
                value, key: key, context: RowPlace.context(vault, space, rowKey, extra))
        }
    }

    // MARK: The row

    /// A new key and the write of its row, under `absent`.
    static func make(
        _ tag: Tag, number: UInt32, _ keys: CompartmentKeys, lock: StorageLock
    ) throws(KeyringError) -> (key: SubjectKey, change: KeyringChange) {
        let compartmentKey = try keys.currentKey()
        let secret = try fromSodium { () throws(SodiumError) in
            try SecretBytes(random: KeyBox.keySize)
        }
        let row = rowKey(tag, number)
        var birth = ByteWriter(capacity: 4)
        birth.put(keys.newest)
        let suffix = birth.bytes
        let inner = try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                try .joining([], secret, suffix), key: compartmentKey.bytes,
                number: keys.newest, context: place(row, keys))
        }
        let change = try lock.put(inner, .wrappedKeys, row, replacing: nil)
        let key = SubjectKey(
            vault: keys.vault, tag: tag, number: number, birth: keys.newest, key: secret)
        return (key, change)
    }

    /// Opens both layers. Throws `rowDamaged`, and `staleGeneration` if the generation that wraps
    /// the row is not open.
    static func open(
        _ value: [UInt8], _ tag: Tag, number: UInt32, _ keys: CompartmentKeys, lock: StorageLock
    ) throws(KeyringError) -> SubjectKey {
        let row = rowKey(tag, number)
        let inner = try lock.open(value, .wrappedKeys, row)
        let generation = try opening(.subjectKey) { () throws(SodiumError) in
            try Envelope.keyNumber(of: inner)
        }
        guard let compartmentKey = keys.key(generation) else {
            throw .staleGeneration(keys.compartment)
        }
        let content = try opening(.subjectKey) { () throws(SodiumError) in
            try Envelope.openSecret(
                inner, key: compartmentKey.bytes, context: place(row, keys))
        }
        guard content.count == KeyBox.keySize + 4 else { throw .rowDamaged(.subjectKey) }
        let birth = content.reveal(KeyBox.keySize..<content.count).reduce(0) {
            $0 << 8 | UInt32($1)
        }
        guard birth <= generation else { throw .rowDamaged(.subjectKey) }
        let secret = try fromSodium { () throws(SodiumError) in
            try content.slice(0..<KeyBox.keySize)
        }
        return SubjectKey(
            vault: keys.vault, tag: tag, number: number, birth: birth, key: secret)
    }

    /// The prefix of a tag's rows.
    static func rowPrefix(_ tag: Tag) -> [UInt8] { WrappedRow.subjectKey.key(tag.bytes) }

    /// The row key of a number.
    static func rowKey(_ tag: Tag, _ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 4)
        writer.put(number)
        return rowPrefix(tag) + writer.bytes
    }

    private static func place(_ row: [UInt8], _ keys: CompartmentKeys) -> Context {
        RowPlace.context(
            keys.vault, .wrappedKeys, row, [Array(keys.compartment.rawValue.utf8)])
    }
}
