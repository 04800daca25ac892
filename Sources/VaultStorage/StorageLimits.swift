/// Bounds that every backend enforces, so that a batch accepted by one is accepted by all.
package enum StorageLimits {
    /// Longest key, in bytes: four times the longest row key in use (a tag, an identifier, a number
    /// and their frames), and short enough for the index pages of any ordered engine.
    package static let maximumKeyBytes = 1024

    /// Longest value, in bytes: a padded record as large as the largest message on the wire (1 MiB)
    /// and its envelope, with room to spare.
    package static let maximumValueBytes = 4 << 20
}

extension Batch {
    /// Checks keys and values of all writes against `StorageLimits` and `Space.accepts(_:)`.
    ///
    /// Backends call it before they touch anything. Throws `StorageError.tooLarge`; traps on a key
    /// that its space does not accept.
    package func checkLimits() throws(StorageError) {
        for write in writes {
            switch write {
            case .put(let space, let key, let value):
                guard key.count <= StorageLimits.maximumKeyBytes else {
                    throw .tooLarge(limit: StorageLimits.maximumKeyBytes)
                }
                guard value.count <= StorageLimits.maximumValueBytes else {
                    throw .tooLarge(limit: StorageLimits.maximumValueBytes)
                }
                guard space.accepts(key) else {
                    preconditionFailure(
                        "internal error: a key of \(space) must be 8 bytes, a number below 2^63")
                }
            case .delete:
                // A key that no row can have is simply not there.
                continue
            }
        }
    }
}
