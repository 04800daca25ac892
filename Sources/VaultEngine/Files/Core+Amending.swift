import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStorage

extension Core {
    /// Writes the next version of a subject's registry record, whichever record that is.
    func amend(
        _ subject: SubjectID, base: UInt32, fields: JSON.Value, _ request: FileRequest,
        _ answer: @escaping Answer<CreatedRecord>
    ) {
        guard let work = FileWork(self, .amend, request) else {
            return refuseWithoutCare(.amend, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        let registry: FoundRecord
        do throws(RecordLocator.Miss) {
            registry = try work.locator.registryRecord(subject)
        } catch {
            let (facts, failure) = work.failure(error, work.subjectKey(subject))
            return refuse(facts, failure, answer)
        }
        amend(subject, registry.record, base: base, body: fields, request, answer)
    }

    /// Writes the next version of a record. `base` must be the newest one: whoever amends has seen
    /// what they replace. Nothing is overwritten.
    func amend(
        _ subject: SubjectID, _ record: RecordID, base: UInt32, body: JSON.Value,
        _ request: FileRequest, _ answer: @escaping Answer<CreatedRecord>
    ) {
        guard var work = FileWork(self, .amend, request) else {
            return refuseWithoutCare(.amend, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        let reference = work.subjectKey(subject)
        let kind: RecordKind
        do throws(RecordLocator.Miss) {
            let newest = try work.locator.find(subject, record, version: nil)
            guard let found = try? RecordKind(name: newest.row.kind) else { throw .absent }
            if let denial = work.denial(of: found) { throw .denied(denial) }
            kind = found
        } catch {
            let (facts, failure) = work.failure(error, reference)
            return refuse(facts, failure, answer)
        }
        let valid: RecordBody
        do throws(RecordError) {
            valid = try KindRegistry.schema(for: kind).validate(body)
        } catch {
            return refuse(
                work.facts.with(.failed, failure: "invalid-fields").about(reference), error.engine,
                answer)
        }
        var content = ByteWriter()
        content.put(framed: "amend")
        content.put(subject)
        content.put(record)
        content.put(base)
        content.put(framed: valid.bytes)
        change(.amend, kind, about: subject, content.bytes, request, answer) {
            work throws(AttemptFailure) in
            try self.amendment(subject, record, base: base, kind: kind, valid, work)
        } remembered: { bytes in
            CreatedRecord.recall(bytes)
        }
    }

    private func amendment(
        _ subject: SubjectID, _ record: RecordID, base: UInt32, kind: RecordKind,
        _ body: RecordBody, _ work: FileWork
    ) throws(AttemptFailure) -> WriteAttempt<CreatedRecord> {
        let newest = try mapMiss { () throws(RecordLocator.Miss) in
            try work.locator.find(subject, record, version: nil)
        }
        guard newest.version == base else {
            throw .engine(
                .conflict(.baseVersion(current: newest.version)), failure: "base-version")
        }
        guard base < FileLimits.versions else {
            throw .engine(
                .invalidArgument(name: "record", problem: "too-many-versions"),
                failure: "too-many-versions")
        }
        let keys = newest.compartment
        let writer = RecordWriter(core: self, work: work, subject: subject, keys: keys)
        return try mapKeyring { () throws(KeyringError) in
            var written = try writer.write(
                record, version: base + 1, base: base, kind: kind.name,
                schema: UInt16(clamping: body.schemaVersion), body: body.bytes)
            if kind == .registrySubject {
                written.change.add(
                    try self.reindex(subject, body, newest.tag, keys, written.key, work))
            }
            let result = CreatedRecord(
                record: record, version: base + 1, created: written.created)
            return WriteAttempt(
                change: written.change, result: result, remembered: result.remembered,
                references: [
                    RecordReference(
                        record: record, version: base + 1, envelope: written.envelope)
                ],
                rows: [written.rowKey])
        }
    }

    /// Brings the index to what the amended registry record says: rows of words that are gone become
    /// tombstones, new words get rows, and the head row lists what is there.
    private func reindex(
        _ subject: SubjectID, _ body: RecordBody, _ tag: Tag, _ keys: CompartmentKeys,
        _ key: SubjectKey, _ work: FileWork
    ) throws(KeyringError) -> KeyringChange {
        guard
            let stored = try HeadRow.read(
                tag, work.session.subjects, keys, store: store, lock: work.lock)
        else { throw .rowMissing(.head) }
        let wanted = Self.words(of: body)
        let kept = stored.head.indexEntries.filter { entry in
            wanted.contains { $0.field == entry.field && $0.word == entry.word }
        }
        let gone = stored.head.indexEntries.filter { !kept.contains($0) }
        let new = wanted.filter { word in
            !kept.contains { $0.field == word.field && $0.word == word.word }
        }
        let chains = LabelChains(keys, store: store)
        var change = try chains.remove(gone, subject: subject)
        let inserted = try chains.insert(new, subject: subject)
        change.add(inserted.change)
        var head = stored.head
        head.indexEntries = kept + inserted.entries
        change.add(try stored.replacing(with: head, key: key))
        return change
    }
}

extension RecordError {
    /// The same refusal in the engine's words.
    var engine: EngineError {
        switch self {
        case .unknownKind: .unknownKind
        case .invalid(let report): .invalidFields(report.problems)
        case .notJSON: .invalidArgument(name: "body", problem: "not JSON")
        case .unreadableLines: .invalidArgument(name: "body", problem: "not field lines")
        }
    }
}
