package import VaultCoding
package import VaultSodium
package import VaultStatements
package import VaultStorage

/// A new audit epoch: the daemon encrypts entries under its data key and forgets it at the end.
package struct NewAuditEpoch: Sendable {
    /// The epoch.
    package let number: UInt32
    /// The data key.
    package let key: SecretBox
    /// The number of the audit key that it is boxed to; 0 before the founding.
    package let auditKeyNumber: UInt32
    /// That audit key; nil before the founding.
    package let auditKey: AgreementPublicKey?
    /// SHA-256 of the box; zero before the founding. Stands in the epoch's first entry.
    package let boxHash: Digest
    /// Writes the box, under `absent`; one commit with the epoch's first entry.
    package let change: KeyringChange
}

/// The data keys of audit epochs, boxed to the audit key: row `06 ‖ epoch(4)` → under the storage
/// lock, `audit key number(4) ‖ sealed box`.
///
/// Before the founding there is no audit key: row `07 ‖ epoch(4)` holds the data key under the storage
/// lock alone, until the founding boxes it and destroys that copy.
package enum AuditEpochs {
    /// A new epoch, its data key boxed to the newest audit key of the statements. `number` is one
    /// above the highest in store and log.
    package static func make(
        number: UInt32, directory: Directory, lock: StorageLock
    ) throws(KeyringError) -> NewAuditEpoch {
        let key = SecretBox(
            try fromSodium { () throws(SodiumError) in
                try SecretBytes(random: KeyBox.keySize)
            })
        guard let auditKeyNumber = directory.currentAuditKey,
            let auditKey = directory.auditKeys[auditKeyNumber]
        else { return try unfounded(number, key, directory, lock) }
        let boxed = try box(
            number, key, auditKeyNumber, auditKey, lock: lock, replacing: nil)
        var change = boxed.change
        change.require(.absent(.wrappedKeys, WrappedRow.unfoundedEpoch.key(number: number)))
        return NewAuditEpoch(
            number: number, key: key, auditKeyNumber: auditKeyNumber, auditKey: auditKey,
            boxHash: boxed.hash, change: change)
    }

    private static func unfounded(
        _ number: UInt32, _ key: SecretBox, _ directory: Directory, _ lock: StorageLock
    ) throws(KeyringError) -> NewAuditEpoch {
        let row = WrappedRow.unfoundedEpoch.key(number: number)
        // If a statement comes first it may be the founding, and this copy would outlive it.
        let next = StatementRows.key(directory.head.number + 1)
        let change = KeyringChange(
            preconditions: [
                lock.fence, .absent(.wrappedKeys, row), .absent(.statements, next),
                .absent(.wrappedKeys, WrappedRow.auditEpoch.key(number: number)),
            ],
            writes: [
                .put(.wrappedKeys, row, try lock.sealSecret(key.bytes, .wrappedKeys, row))
            ])
        return NewAuditEpoch(
            number: number, key: key, auditKeyNumber: 0, auditKey: nil, boxHash: .zero,
            change: change)
    }

    /// The highest epoch that a store has a key of; 0 if there is none.
    package static func highest(_ store: any ByteStore) throws(KeyringError) -> UInt32 {
        var highest: UInt32 = 0
        for type in [WrappedRow.auditEpoch, .unfoundedEpoch] {
            for row in try rows(type, store) { highest = max(highest, try epoch(row)) }
        }
        return highest
    }

    /// The data key of an epoch from before the founding, as long as its storage copy exists.
    package static func unfoundedKey(
        epoch: UInt32, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> SecretBox? {
        let row = WrappedRow.unfoundedEpoch.key(number: epoch)
        guard let value = try lock.stored(store, .wrappedKeys, row) else { return nil }
        return SecretBox(try lock.openSecret(value, .wrappedKeys, row))
    }

    // MARK: Inside the module

    /// Boxes every data key from before the founding to the first audit key and destroys the storage
    /// copies: part of the commit of the founding.
    static func found(
        _ auditKey: AgreementPublicKey, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        var change = KeyringChange(preconditions: [lock.fence])
        var highest: UInt32 = 0
        for row in try rows(.unfoundedEpoch, store) {
            let number = try epoch(row)
            highest = max(highest, number)
            let key = SecretBox(try lock.openSecret(row.value, .wrappedKeys, row.key))
            change.require(.equals(.wrappedKeys, row.key, row.value))
            change.write(.delete(.wrappedKeys, row.key))
            change.add(
                try box(number, key, 1, auditKey, lock: lock, replacing: nil).change)
        }
        // An epoch that starts in between voids this change.
        change.require(
            .absent(.wrappedKeys, WrappedRow.unfoundedEpoch.key(number: highest + 1)))
        return change
    }

    /// The box's place.
    static func place(
        _ epoch: UInt32, _ auditKey: AgreementPublicKey, _ vault: VaultID
    ) -> KeyBox {
        KeyBox(
            vault: vault, kind: .auditEpoch, scope: "", number: epoch, recipient: auditKey.raw)
    }

    private static func box(
        _ epoch: UInt32, _ key: SecretBox, _ auditKeyNumber: UInt32,
        _ auditKey: AgreementPublicKey, lock: StorageLock, replacing old: [UInt8]?
    ) throws(KeyringError) -> (hash: Digest, change: KeyringChange) {
        let sealed = try place(epoch, auditKey, lock.vault).seal(key.bytes, to: auditKey)
        var writer = ByteWriter(capacity: 4 + sealed.count)
        writer.put(auditKeyNumber)
        writer.put(raw: sealed)
        let change = try lock.put(
            writer.bytes, .wrappedKeys, WrappedRow.auditEpoch.key(number: epoch),
            replacing: old)
        return (SHA256.hash(sealed), change)
    }

    private static func rows(
        _ type: WrappedRow, _ store: any ByteStore
    ) throws(KeyringError) -> [Row] {
        let page = 1024
        var all: [Row] = []
        var cursor = type.key([])
        while true {
            let rows = try fromStore { () throws(StorageError) in
                try store.scan(
                    .wrappedKeys, from: cursor, to: KeyOrder.end(ofPrefix: type.key([])),
                    limit: page)
            }
            all.append(contentsOf: rows)
            guard rows.count == page, let last = rows.last else { return all }
            cursor = last.cursor
        }
    }

    private static func epoch(_ row: Row) throws(KeyringError) -> UInt32 {
        var reader = ByteReader(Array(row.key.dropFirst()))
        return try parsing(.auditEpoch) { () throws(CodingError) in
            let epoch = try reader.u32()
            try reader.finish()
            return epoch
        }
    }
}
