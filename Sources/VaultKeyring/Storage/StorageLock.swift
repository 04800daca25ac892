package import VaultCoding
package import VaultSodium
package import VaultStorage

/// The opened storage lock: the storage keys by epoch, which wrap the outer layer of every row that
/// holds a key or a statement.
///
/// Never changes; starting or completing a rotation makes another one. The keys are wiped when the
/// last request that holds a lock is done. A value is an envelope under the current epoch's key with
/// `AD = vault id, space(1), row key`.
package final class StorageLock: Sendable {
    /// The vault.
    package let vault: VaultID
    /// The epoch under which is written.
    package let current: UInt32
    private let keys: [UInt32: SecretBox]

    /// A lock of these keys, that of `current` among them.
    init(vault: VaultID, current: UInt32, keys: [UInt32: SecretBox]) {
        precondition(keys[current] != nil, "internal error: no storage key of the current epoch")
        self.vault = vault
        self.current = current
        self.keys = keys
    }

    /// The epochs whose rows can be opened, in ascending order.
    package var epochs: [UInt32] { keys.keys.sorted() }

    /// Holds while no later epoch has started; part of every change made with this lock.
    package var fence: Precondition { Fence.storage.stands(at: current) }

    /// The key of an epoch, if it is open here.
    func key(_ epoch: UInt32) -> SecretBox? { keys[epoch] }

    /// The key of the current epoch.
    var currentKey: SecretBox {
        guard let key = keys[current] else {
            preconditionFailure("internal error: no storage key of the current epoch")
        }
        return key
    }

    /// A lock that writes under a new epoch and still opens the rows of the others.
    func starting(_ epoch: UInt32, _ key: SecretBox) -> StorageLock {
        StorageLock(
            vault: vault, current: epoch, keys: keys.merging([epoch: key]) { _, new in new })
    }

    /// A lock that no longer opens rows of an epoch, which must not be the current one.
    package func retiring(_ epoch: UInt32) -> StorageLock {
        StorageLock(vault: vault, current: current, keys: keys.filter { $0.key != epoch })
    }

    // MARK: Values

    /// The value of a row. Throws `sodium`.
    package func seal(
        _ plain: [UInt8], _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            try Envelope.seal(
                plain, key: currentKey.bytes, number: current, context: place(space, key))
        }
    }

    /// The value of a row that holds a bare secret. Throws `sodium`.
    package func sealSecret(
        _ secret: borrowing SecretBytes, _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                secret, key: currentKey.bytes, number: current, context: place(space, key))
        }
    }

    /// What a row's value holds. Throws `rowDamaged`, also for a row of an epoch that is not open.
    package func open(
        _ value: [UInt8], _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        try opening(Self.kind(space, key)) { () throws(SodiumError) in
            try Envelope.open(
                value, key: try storageKey(of: value).bytes, context: place(space, key))
        }
    }

    /// The bare secret that a row's value holds, straight in guarded memory. Throws `rowDamaged`.
    package func openSecret(
        _ value: [UInt8], _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> SecretBytes {
        try opening(Self.kind(space, key)) { () throws(SodiumError) in
            try Envelope.openSecret(
                value, key: try storageKey(of: value).bytes, context: place(space, key))
        }
    }

    /// A row's value under the current epoch. The rows that hold bare keys are short, and what lies
    /// between their two envelopes stays in guarded memory; the others hold envelopes and boxes, and
    /// guard pages for each of them would cost more than the rest. Throws `rowDamaged`.
    func rewrap(
        _ value: [UInt8], _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        guard value.count <= Envelope.overhead + Self.bareKey else {
            return try seal(try open(value, space, key), space, key)
        }
        return try sealSecret(try openSecret(value, space, key), space, key)
    }

    /// No row holds a bare key with more bytes than this, which is what a pooled slot takes.
    private static let bareKey = 64

    // MARK: Rows

    /// Reads and opens a row; nil if there is none. Throws `storage`, `rowDamaged`.
    package func get(
        _ store: any ByteStore, _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8]? {
        guard let value = try stored(store, space, key) else { return nil }
        return try open(value, space, key)
    }

    /// Writes a row, whether it existed or not, with the fence.
    package func put(
        _ plain: [UInt8], _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> KeyringChange {
        KeyringChange(
            preconditions: [fence], writes: [.put(space, key, try seal(plain, space, key))])
    }

    /// Writes a row in place of `old`, or where there is none, with the fence.
    func put(
        _ plain: [UInt8], _ space: Space, _ key: [UInt8], replacing old: [UInt8]?
    ) throws(KeyringError) -> KeyringChange {
        var change = KeyringChange(preconditions: [Self.was(space, key, old)])
        change.add(try put(plain, space, key))
        return change
    }

    /// The bytes of a row as they are stored.
    func stored(
        _ store: any ByteStore, _ space: Space, _ key: [UInt8]
    ) throws(KeyringError) -> [UInt8]? {
        try fromStore { () throws(StorageError) in try store.get(space, key) }
    }

    /// Holds while a row has the value it had when it was read.
    static func was(_ space: Space, _ key: [UInt8], _ old: [UInt8]?) -> Precondition {
        if let old { .equals(space, key, old) } else { .absent(space, key) }
    }

    private func storageKey(of value: [UInt8]) throws(SodiumError) -> SecretBox {
        guard let key = keys[try Envelope.keyNumber(of: value)] else { throw .cannotOpen }
        return key
    }

    private func place(_ space: Space, _ key: [UInt8]) -> Context {
        RowPlace.context(vault, space, key)
    }

    private static func kind(_ space: Space, _ key: [UInt8]) -> RowKind {
        switch space {
        case .statements: .statement
        case .wrappedKeys: key.first.flatMap(WrappedRow.init(rawValue:))?.kind ?? .other
        case .meta: .meta
        default: .other
        }
    }
}
