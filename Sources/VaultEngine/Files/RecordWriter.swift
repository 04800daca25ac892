import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// Encrypts one version of a record: body, record row, and what must hold in the store for them.
struct RecordWriter {
    let core: Core
    let work: FileWork
    let subject: SubjectID
    let keys: CompartmentKeys

    struct Written {
        var change: KeyringChange
        let rowKey: [UInt8]
        let envelope: Digest
        let key: SubjectKey
        let created: UInt64
    }

    /// A version of `record`; the subject's key is made when there is none for this generation, and
    /// the head row when this is the subject's first in the compartment.
    func write(
        _ record: RecordID, version: UInt32, base: UInt32, kind: String, schema: UInt16,
        body: [UInt8], head: HeadRow? = nil
    ) throws(KeyringError) -> Written {
        let tag = try keys.tag(of: subject)
        let writable = try work.session.subjects.forWriting(
            tag, keys, store: core.store, lock: work.lock)
        var change = writable.change
        let key = writable.key
        if let head {
            change.add(try HeadRow.create(head, key: key))
        } else if try !hasHead(tag) {
            // The head row is made with the subject's first key. A subject with keys and without one
            // has lost their walls and holds: nothing is written about them until somebody looks.
            guard key.number == 1, !writable.change.writes.isEmpty else {
                throw .rowMissing(.head)
            }
            change.add(try HeadRow.create(HeadRow(), key: key))
        }
        let number = core.nextBody()
        let bodyKey = RecordRow.bodyKey(number)
        let envelope = try key.seal(
            Padding.pad(body, floor: FileLimits.bodyFloor), .bodies, bodyKey,
            RecordRow.bodyContext(record, version: version))
        guard let hash = Digest(Blake2b.plain(envelope, count: Digest.count)) else {
            preconditionFailure("internal error: a hash of another length than asked for")
        }
        let created = core.world.clock()
        let row = RecordRow(
            body: number, kind: kind, schema: schema, created: created,
            author: work.session.principal, base: base, envelope: hash)
        let rowKey = RecordRow.key(tag, record, version: version)
        change.add(
            KeyringChange(
                preconditions: [.absent(.records, rowKey), .absent(.bodies, bodyKey)],
                writes: [
                    .put(.records, rowKey, try row.seal(key, rowKey: rowKey)),
                    .put(.bodies, bodyKey, envelope),
                ]))
        return Written(
            change: change, rowKey: rowKey, envelope: hash, key: key, created: created)
    }

    private func hasHead(_ tag: Tag) throws(KeyringError) -> Bool {
        do { return try core.store.get(.careRows, HeadRow.rowKey(tag)) != nil } catch {
            throw .storage(error)
        }
    }
}
