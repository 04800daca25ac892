import VaultCoding
import VaultSodium
import VaultStorage

/// How far a rotation of the storage key has come: the meta row `"rotation"`.
///
/// `version(1) = 1 ‖ from(4) ‖ to(4) ‖ seen(8) ‖ rewrapped(8) ‖ damaged(8) ‖ space(1) ‖ framed cursor`;
/// space 0 when every row has been seen. Only a note of where to go on: that nothing is left under the
/// old key is found by looking at every row.
package struct RotationProgress: Sendable, Equatable {
    /// The row key.
    static let rowKey = Array("rotation".utf8)
    /// The spaces whose rows lie under the storage lock, in the order in which they are walked.
    static let spaces: [Space] = [.wrappedKeys, .statements]

    private static let version: UInt8 = 1

    /// The epoch that is left.
    package let from: UInt32
    /// The epoch that has started.
    package let to: UInt32
    /// Rows looked at so far.
    package internal(set) var seen: UInt64 = 0
    /// Rows wrapped anew so far.
    package internal(set) var rewrapped: UInt64 = 0
    /// Rows of the old epoch that could not be opened, as of the last walk.
    package internal(set) var damaged: UInt64 = 0
    /// Where the walk goes on; nil at its end.
    var position: Position?

    /// A place in the walk.
    struct Position: Equatable {
        var space: Space
        var cursor: [UInt8]
    }

    /// Whether the walk has come to its end.
    package var isWalked: Bool { position == nil }

    init(from: UInt32, to: UInt32) {
        self.from = from
        self.to = to
        position = Position(space: Self.spaces[0], cursor: [])
    }

    /// What a store says; nil if no rotation is running.
    static func read(
        _ store: any ByteStore
    ) throws(KeyringError) -> (progress: RotationProgress, value: [UInt8])? {
        let value = try fromStore { () throws(StorageError) in try store.get(.meta, rowKey) }
        guard let value else { return nil }
        let progress = try parsing(.meta) { () throws(CodingError) in
            try RotationProgress(parsing: value)
        }
        return (progress, value)
    }

    var write: Write { .put(.meta, Self.rowKey, bytes) }

    private var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 64)
        writer.put(Self.version)
        writer.put(from)
        writer.put(to)
        writer.put(seen)
        writer.put(rewrapped)
        writer.put(damaged)
        writer.put(position?.space.rawValue ?? 0)
        writer.put(framed: position?.cursor ?? [])
        return writer.bytes
    }

    private init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of a rotation", at: 0)
        }
        from = try reader.u32()
        to = try reader.u32()
        seen = try reader.u64()
        rewrapped = try reader.u64()
        damaged = try reader.u64()
        let at = reader.offset
        let space = try reader.u8()
        let cursor = try reader.framed(max: StorageLimits.maximumKeyBytes + 1)
        try reader.finish()
        if space == 0 {
            guard cursor.isEmpty else { throw .invalid(what: "end of a walk", at: at) }
        } else {
            guard let space = Space(rawValue: space), Self.spaces.contains(space) else {
                throw .invalid(what: "space under the storage lock", at: at)
            }
            position = Position(space: space, cursor: cursor)
        }
    }
}

/// What a walk without writing found: the dry run of a rotation.
package struct RotationCount: Sendable, Equatable {
    /// Rows under the storage lock.
    package internal(set) var total = 0
    /// Rows under the epoch asked for.
    package internal(set) var remaining = 0
}
