/// A key of a space and what is stored there.
package struct Row: Sendable, Equatable {
    /// The key; at most `StorageLimits.maximumKeyBytes` bytes, possibly none.
    package let key: [UInt8]
    /// The value; at most `StorageLimits.maximumValueBytes` bytes, possibly none.
    package let value: [UInt8]

    /// A row of these bytes.
    package init(key: [UInt8], value: [UInt8]) {
        self.key = key
        self.value = value
    }
}

/// What must hold in the store, before any write of its batch, for the batch to be committed.
package enum Precondition: Sendable, Equatable {
    /// No row has this key.
    case absent(Space, [UInt8])
    /// The row with this key exists and has exactly this value.
    case equals(Space, [UInt8], [UInt8])
}

/// One change of a batch.
package enum Write: Sendable, Equatable {
    /// Makes the row with this key have this value, whether it existed or not.
    case put(Space, [UInt8], [UInt8])
    /// Removes the row with this key; nothing happens if there is none.
    case delete(Space, [UInt8])
}

/// A group of writes that takes effect as a whole or not at all.
///
/// Writes apply in their order, so the last one to a key wins. Preconditions are judged against the
/// store as it was before the first write.
package struct Batch: Sendable {
    /// What must hold, judged in order; the error names the first that does not.
    package var preconditions: [Precondition]
    /// The changes, in order.
    package var writes: [Write]

    /// A batch of these parts.
    package init(preconditions: [Precondition] = [], writes: [Write] = []) {
        self.preconditions = preconditions
        self.writes = writes
    }
}
