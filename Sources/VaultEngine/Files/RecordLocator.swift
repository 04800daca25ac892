import VaultAccess
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStatements
import VaultStorage

/// A version of a record that was found: its row opened, its body still closed.
struct FoundRecord: Sendable {
    let subject: SubjectID
    let record: RecordID
    let version: UInt32
    let compartment: CompartmentKeys
    let tag: Tag
    let key: SubjectKey
    let rowKey: [UInt8]
    let row: RecordRow
    /// The name that the directory has for the author now.
    let authorName: String?

    var summary: RecordSummary { row.summary(record, version: version, authorName: authorName) }
}

/// Finds rows of a subject in the compartments that a login has open.
struct RecordLocator {
    let core: Core
    let care: CareLock
    let subjects: SubjectKeyring

    private var store: any ByteStore { core.store }

    enum Miss: Error {
        case absent
        /// It is there and not for this login, which must not learn that it is.
        case denied(Denial)
        /// The row is there and does not open.
        case damaged(Space)
        case storage(StorageError)

        /// Whether it answers the question, rather than say that it cannot be answered.
        var isAnswer: Bool {
            switch self {
            case .absent, .denied: true
            case .damaged, .storage: false
            }
        }
    }

    /// One version of a record, the newest when `version` is nil.
    func find(
        _ subject: SubjectID, _ record: RecordID, version: UInt32?
    ) throws(Miss) -> FoundRecord {
        // The registry last: its records are shown by their subject, seldom asked for by number.
        for compartment in care.compartments.filter({ $0 != .registry }) + [.registry] {
            guard let keys = care[compartment] else { continue }
            let tag = try tag(of: subject, keys)
            let row: Row?
            do {
                if let version {
                    let key = RecordRow.key(tag, record, version: version)
                    row = try store.get(.records, key).map { Row(key: key, value: $0) }
                } else {
                    let prefix = RecordRow.prefix(tag, record)
                    row = try store.scan(.records, prefix: prefix, limit: 1).first
                }
            } catch { throw .storage(error) }
            if let row { return try open(row, subject, keys, tag) }
        }
        throw .absent
    }

    /// The subject's registry record, newest version.
    func registryRecord(_ subject: SubjectID) throws(Miss) -> FoundRecord {
        guard let keys = care[.registry] else { throw .absent }
        let tag = try tag(of: subject, keys)
        let rows: [Row]
        do { rows = try store.scan(.records, prefix: tag.bytes, limit: 1) } catch {
            throw .storage(error)
        }
        guard let row = rows.first else { throw .absent }
        return try open(row, subject, keys, tag)
    }

    /// Whether the subject has files in a compartment at all.
    func exists(_ subject: SubjectID, in compartment: Compartment) throws(Miss) -> Bool {
        guard let keys = care[compartment] else { throw .absent }
        let tag = try tag(of: subject, keys)
        do { return try !store.scan(.records, prefix: tag.bytes, limit: 1).isEmpty } catch {
            throw .storage(error)
        }
    }

    /// Rows of a subject in one compartment from `cursor` on, each opened; a row that does not open
    /// ends the walk with `damaged`.
    func rows(
        _ subject: SubjectID, _ keys: CompartmentKeys, prefix: [UInt8], from cursor: [UInt8],
        limit: Int
    ) throws(Miss) -> [FoundRecord] {
        let tag = try tag(of: subject, keys)
        var found: [FoundRecord] = []
        for row in try closedRows(prefix: prefix, from: cursor, limit: limit) {
            found.append(try open(row, subject, keys, tag))
        }
        return found
    }

    /// Rows from `cursor` on as they are stored.
    func closedRows(
        prefix: [UInt8], from cursor: [UInt8], limit: Int
    ) throws(Miss) -> [Row] {
        do {
            return try store.scan(
                .records, from: cursor, to: KeyOrder.end(ofPrefix: prefix), limit: limit)
        } catch { throw .storage(error) }
    }

    func tag(
        of subject: SubjectID, _ keys: CompartmentKeys
    ) throws(Miss) -> Tag {
        do { return try keys.tag(of: subject) } catch { throw .damaged(.wrappedKeys) }
    }

    /// Opens a row; `damaged` when it does not open.
    func open(
        _ row: Row, _ subject: SubjectID, _ keys: CompartmentKeys, _ tag: Tag
    ) throws(Miss) -> FoundRecord {
        guard let (record, version) = RecordRow.parse(key: row.key),
            let number = try? Envelope.keyNumber(of: row.value)
        else { throw .damaged(.records) }
        guard let key = try key(tag, number, keys) else { throw .damaged(.wrappedKeys) }
        guard let opened = RecordRow.open(row.value, key, rowKey: row.key) else {
            throw .damaged(.records)
        }
        return FoundRecord(
            subject: subject, record: record, version: version, compartment: keys, tag: tag,
            key: key, rowKey: row.key, row: opened,
            authorName: core.keyring.chain.directory.principal(opened.author)?.name)
    }

    /// A subject's key. A rotation may re-wrap its row between the look at the lock and the look at
    /// the row: a row that does not open under a lock that has moved is no damage.
    private func key(
        _ tag: Tag, _ number: UInt32, _ keys: CompartmentKeys
    ) throws(Miss) -> SubjectKey? {
        var lock = core.keyring.lock
        while true {
            do {
                return try subjects.key(tag, number: number, keys, store: store, lock: lock)
            } catch {
                if case .storage(let failure) = error { throw .storage(failure) }
                let now = core.keyring.lock
                guard now !== lock else { throw .damaged(.wrappedKeys) }
                lock = now
            }
        }
    }
}
