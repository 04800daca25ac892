import VaultCoding
import VaultSodium
package import VaultStorage

/// One word of a subject in the blind index.
package struct IndexEntry: Hashable, Sendable {
    /// The field, for instance `name`.
    package let field: String
    /// The normalised word.
    package let word: IndexWord
    /// The number of the index key of its chain.
    package let number: UInt32

    /// An entry of these parts.
    package init(field: String, word: IndexWord, number: UInt32) {
        self.field = field
        self.word = word
        self.number = number
    }
}

/// What belongs to a subject as a whole in a compartment: one row a tag, made with the subject.
///
/// Rotation and erasure work from it: without it the subject's index entries could not be found. A
/// tag without a head row is quarantined. Row `tag ‖ "head"` among the care rows → envelope under the
/// subject's key of `version(1) ‖ index entries ‖ walls ‖ consents ‖ holds`, lists behind their counts,
/// padded so that the length of names does not show.
package struct HeadRow: Sendable, Equatable {
    /// Where the subject stands in the index.
    package var indexEntries: [IndexEntry]
    /// Who may not see the file; each element opaque here.
    package var walls: [[UInt8]]
    /// Consents; each element opaque here.
    package var consents: [[UInt8]]
    /// What forbids erasing; each element opaque here.
    package var holds: [[UInt8]]

    private static let version: UInt8 = 1
    private static let maximumList = 4096
    private static let maximumElement = 4096
    /// The smallest padded size in bytes: a name, two numbers, no walls.
    private static let floor = 512

    /// A head row of these parts.
    package init(
        indexEntries: [IndexEntry] = [], walls: [[UInt8]] = [], consents: [[UInt8]] = [],
        holds: [[UInt8]] = []
    ) {
        self.indexEntries = indexEntries
        self.walls = walls
        self.consents = consents
        self.holds = holds
    }

    /// The row key.
    package static func rowKey(_ tag: Tag) -> [UInt8] { tag.bytes + Array("head".utf8) }

    /// Writes the first head row of a tag, under `absent`.
    package static func create(
        _ head: HeadRow, key: SubjectKey
    ) throws(KeyringError) -> KeyringChange {
        let row = rowKey(key.tag)
        return KeyringChange(
            preconditions: [.absent(.careRows, row)],
            writes: [.put(.careRows, row, try head.seal(key))])
    }

    /// The head row of a tag; nil if there is none. Throws `rowDamaged`, `staleGeneration`, `storage`.
    package static func read(
        _ tag: Tag, _ keyring: SubjectKeyring, _ keys: CompartmentKeys, store: any ByteStore,
        lock: StorageLock
    ) throws(KeyringError) -> StoredHead? {
        let row = rowKey(tag)
        let value = try fromStore { () throws(StorageError) in try store.get(.careRows, row) }
        guard let value else { return nil }
        let number = try opening(.head) { () throws(SodiumError) in
            try Envelope.keyNumber(of: value)
        }
        guard let key = try keyring.key(tag, number: number, keys, store: store, lock: lock)
        else { throw .rowMissing(.subjectKey) }
        return StoredHead(head: try open(value, key), value: value)
    }

    fileprivate func seal(_ key: SubjectKey) throws(KeyringError) -> [UInt8] {
        try key.seal(
            Padding.pad(bytes, floor: Self.floor), .careRows, Self.rowKey(key.tag))
    }

    private static func open(
        _ value: [UInt8], _ key: SubjectKey
    ) throws(KeyringError) -> HeadRow {
        let padded: [UInt8]
        do {
            padded = try key.open(value, .careRows, rowKey(key.tag))
        } catch .rowDamaged {
            throw .rowDamaged(.head)
        }
        let bytes = try opening(.head) { () throws(SodiumError) in try Padding.unpad(padded) }
        return try parsing(.head) { () throws(CodingError) in try HeadRow(parsing: bytes) }
    }

    // MARK: Encoding

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 256)
        writer.put(Self.version)
        writer.put(list: indexEntries) { writer, entry in
            writer.put(framed: entry.field)
            writer.put(framed: entry.word.text)
            writer.put(entry.number)
        }
        for list in [walls, consents, holds] {
            writer.put(list: list) { $0.put(framed: $1) }
        }
        return writer.bytes
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of a head row", at: 0)
        }
        indexEntries = try reader.list(max: Self.maximumList) { (reader) throws(CodingError) in
            let field = try reader.text(max: Self.maximumElement)
            let at = reader.offset
            guard let word = IndexWord(try reader.text(max: IndexWord.maximumBytes)) else {
                throw .invalid(what: "index word", at: at)
            }
            return IndexEntry(field: field, word: word, number: try reader.u32())
        }
        walls = try Self.list(&reader)
        consents = try Self.list(&reader)
        holds = try Self.list(&reader)
        try reader.finish()
    }

    private static func list(_ reader: inout ByteReader) throws(CodingError) -> [[UInt8]] {
        try reader.list(max: maximumList) { (reader) throws(CodingError) in
            try reader.framed(max: maximumElement)
        }
    }
}

/// A head row as it was read.
package struct StoredHead: Sendable {
    /// What it says.
    package let head: HeadRow
    fileprivate let value: [UInt8]

    /// Writes another one in its place, under a key for writing.
    package func replacing(
        with head: HeadRow, key: SubjectKey
    ) throws(KeyringError) -> KeyringChange {
        let row = HeadRow.rowKey(key.tag)
        return KeyringChange(
            preconditions: [.equals(.careRows, row, value)],
            writes: [.put(.careRows, row, try head.seal(key))])
    }
}
