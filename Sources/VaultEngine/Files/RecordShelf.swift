import VaultAccess
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage

/// A subject's records as one list sees them, newest first, in every compartment of the login.
///
/// The order of a list is that of the moment of its first page: a record stands where its newest version
/// of then puts it, and what was written later is left out. So nothing is shown twice or missed while
/// others write, except by a clock that was set back meanwhile. What is shown of a record is its
/// newest version in any case.
///
/// Row keys are random within a subject, because keys in the order of time would tell the operators when
/// something was written. Therefore every page opens one row of each of the subject's records, and
/// orders them in memory: for 1 000 records less than a tenth of a second even in a debug build.
struct RecordShelf {
    let subject: SubjectID
    /// Rows read at once.
    private static let stretch = 128

    /// One record, and the moment by which it stands in the list.
    private struct Place {
        let found: FoundRecord
        let moment: UInt64

        /// Behind everything newer; records of one moment by their number.
        func stands(after cursor: ListCursor) -> Bool {
            guard moment == cursor.moment else { return moment < cursor.moment }
            return cursor.record.lexicographicallyPrecedes(found.record.bytes)
        }
    }

    /// The page behind the cursor.
    ///
    /// - Parameters:
    ///   - limit: most records.
    ///   - mayList: whether a record belongs to the list at all.
    func page(
        behind cursor: ListCursor, limit: Int, _ work: FileWork,
        _ mayList: (FoundRecord) -> Bool
    ) throws(RecordLocator.Miss) -> (found: [FoundRecord], next: [UInt8]?) {
        var places: [Place] = []
        for compartment in work.care.compartments {
            guard let keys = work.care[compartment] else { continue }
            for place in try shelf(keys, work.locator, as: cursor.start, mayList)
            where place.stands(after: cursor) {
                places.append(place)
            }
        }
        // The first page has them all; the pages behind it keep its start.
        let newest = places.map(\.moment).max() ?? 0
        let start = cursor.isFirst ? newest : cursor.start
        places.sort { left, right in
            right.stands(after: ListCursor(start: start, left.moment, left.found.record))
        }
        let shown = places.prefix(limit)
        guard shown.count < places.count, let last = shown.last else {
            return (shown.map(\.found), nil)
        }
        let next = ListCursor(start: start, last.moment, last.found.record)
        return (shown.map(\.found), next.bytes)
    }

    /// The records of one compartment, as of a moment.
    private func shelf(
        _ keys: CompartmentKeys, _ locator: RecordLocator, as start: UInt64,
        _ mayList: (FoundRecord) -> Bool
    ) throws(RecordLocator.Miss) -> [Place] {
        let tag = try locator.tag(of: subject, keys)
        var places: [Place] = []
        var cursor = tag.bytes
        // The newest version of a record; nil once its place is known, or when it has none.
        var newest: FoundRecord?
        while true {
            let rows = try locator.closedRows(
                prefix: tag.bytes, from: cursor, limit: Self.stretch)
            for row in rows where !row.key.lexicographicallyPrecedes(cursor) {
                let version = try locator.open(row, subject, keys, tag)
                if newest?.record != version.record { newest = version }
                guard let shown = newest else { continue }
                if version.row.created <= start, mayList(shown) {
                    places.append(Place(found: shown, moment: version.row.created))
                } else if version.row.created > start, version.version > 1 {
                    // Written meanwhile: an older version says where the record stood.
                    cursor = row.key + [0]
                    continue
                }
                // The older versions are skipped unopened.
                cursor = RecordRow.key(tag, version.record, version: 0) + [0]
                newest = nil
            }
            if rows.count < Self.stretch { return places }
        }
    }
}

/// Where a list goes on: the newest moment on its first page, and the place of the last record shown.
///
/// On the wire 32 bytes in hexadecimal: start(8) ‖ moment(8) ‖ record(16).
struct ListCursor {
    /// The newest moment that counts, microseconds since 1970.
    let start: UInt64
    fileprivate let moment: UInt64
    fileprivate let record: [UInt8]
    fileprivate var isFirst: Bool { start == .max }

    fileprivate init(start: UInt64, _ moment: UInt64, _ record: RecordID) {
        (self.start, self.moment, self.record) = (start, moment, record.bytes)
    }

    /// Before everything when `bytes` is nil; nil when it is not a cursor.
    init?(_ bytes: [UInt8]?) {
        guard let bytes else {
            // Not the time of the clock: it may have been set back since something was written.
            (start, moment, record) = (.max, .max, [])
            return
        }
        var reader = ByteReader(bytes)
        guard let start = try? reader.u64(), let moment = try? reader.u64(),
            let record = try? reader.raw(16), (try? reader.finish()) != nil
        else { return nil }
        (self.start, self.moment, self.record) = (start, moment, Array(record))
    }

    fileprivate var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 32)
        writer.put(start)
        writer.put(moment)
        writer.put(raw: record)
        return writer.bytes
    }
}
