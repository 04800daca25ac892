import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage

/// One try of a write: what is to be committed and what to answer then.
struct WriteAttempt<Result: Sendable> {
    var change: KeyringChange
    let result: Result
    let remembered: [UInt8]
    let references: [RecordReference]
    let rows: [[UInt8]]
}

/// Why an attempt cannot be made.
enum AttemptFailure: Error {
    case miss(RecordLocator.Miss)
    case keyring(KeyringError)
    case engine(EngineError, failure: String)
}

extension Core {
    /// A new record of a subject that the registry knows.
    func create(
        _ subject: SubjectID, kind: RecordKind, body: RecordBody, _ request: FileRequest,
        _ answer: @escaping Answer<CreatedRecord>
    ) {
        var content = ByteWriter()
        content.put(framed: "create")
        content.put(subject)
        content.put(framed: kind.name)
        content.put(framed: body.bytes)
        change(.create, kind, about: subject, content.bytes, request, answer) {
            work throws(AttemptFailure) in
            guard
                try mapMiss({ () throws(RecordLocator.Miss) in
                    try work.locator.exists(subject, in: .registry)
                })
            else { throw .miss(.absent) }
            guard kind != .registrySubject, let keys = work.care[kind.compartment] else {
                throw .engine(.unknownKind, failure: "kind")
            }
            let record: RecordID = Random.identifier()
            let writer = RecordWriter(core: self, work: work, subject: subject, keys: keys)
            let written = try mapKeyring { () throws(KeyringError) in
                try writer.write(
                    record, version: 1, base: 0, kind: kind.name,
                    schema: UInt16(clamping: body.schemaVersion),
                    body: body.bytes)
            }
            return WriteAttempt(
                change: written.change,
                result: CreatedRecord(record: record, version: 1, created: written.created),
                remembered: CreatedRecord(record: record, version: 1, created: written.created)
                    .remembered,
                references: [
                    RecordReference(record: record, version: 1, envelope: written.envelope)
                ],
                rows: [written.rowKey])
        } remembered: { bytes in
            CreatedRecord(remembered: bytes)
        }
    }

    /// A new subject with its registry record and index.
    func addSubject(
        _ body: RecordBody, _ request: FileRequest, _ answer: @escaping Answer<CreatedSubject>
    ) {
        var content = ByteWriter()
        content.put(framed: "add-subject")
        content.put(framed: body.bytes)
        let subject: SubjectID = Random.identifier()
        change(
            .create, .registrySubject, about: subject, content.bytes, isNew: true, request, answer
        ) {
            work throws(AttemptFailure) in
            guard let keys = work.care[.registry] else { throw .miss(.absent) }
            let record: RecordID = Random.identifier()
            return try mapKeyring { () throws(KeyringError) in
                let index = try LabelChains(keys, store: self.store)
                    .insert(Self.words(of: body), subject: subject)
                var head = HeadRow()
                head.indexEntries = index.entries
                let writer = RecordWriter(core: self, work: work, subject: subject, keys: keys)
                var written = try writer.write(
                    record, version: 1, base: 0, kind: RecordKind.registrySubject.name,
                    schema: UInt16(clamping: body.schemaVersion), body: body.bytes, head: head)
                written.change.add(index.change)
                let pseudonym = try keys.pseudonym(of: subject).name
                return WriteAttempt(
                    change: written.change,
                    result: CreatedSubject(subject: subject, record: record, pseudonym: pseudonym),
                    remembered: subject.bytes + record.bytes + pseudonym,
                    references: [
                        RecordReference(record: record, version: 1, envelope: written.envelope)
                    ],
                    rows: [written.rowKey])
            }
        } remembered: { bytes in
            CreatedSubject(remembered: bytes)
        } subjectOf: { created in
            created.subject
        }
    }

    static func words(of body: RecordBody) -> [(field: String, word: IndexWord)] {
        IndexTerms.of(body).compactMap { term in
            IndexWord(term.text).map { (field: term.field.rawValue, word: $0) }
        }
    }
}

/// Maps the locator's errors into an attempt's.
func mapMiss<T>(_ body: () throws(RecordLocator.Miss) -> T) throws(AttemptFailure) -> T {
    do { return try body() } catch { throw .miss(error) }
}

/// Maps the keyring's errors into an attempt's.
func mapKeyring<T>(_ body: () throws(KeyringError) -> T) throws(AttemptFailure) -> T {
    do { return try body() } catch { throw .keyring(error) }
}

extension CreatedRecord {
    fileprivate init?(remembered bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let record: RecordID = try? reader.identifier(), let version = try? reader.u32(),
            let created = try? reader.u64(), (try? reader.finish()) != nil
        else { return nil }
        self.init(record: record, version: version, created: created)
    }

    /// The form that a remembered write keeps.
    var remembered: [UInt8] {
        var writer = ByteWriter(capacity: 28)
        writer.put(record)
        writer.put(version)
        writer.put(created)
        return writer.bytes
    }

    /// Reads what ``remembered`` wrote.
    static func recall(_ bytes: [UInt8]) -> CreatedRecord? { CreatedRecord(remembered: bytes) }
}

extension CreatedSubject {
    fileprivate init?(remembered bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let subject: SubjectID = try? reader.identifier(),
            let record: RecordID = try? reader.identifier(), let pseudonym = try? reader.raw(16),
            (try? reader.finish()) != nil
        else { return nil }
        self.init(subject: subject, record: record, pseudonym: pseudonym)
    }
}
