package import VaultCoding
package import VaultStatements
package import VaultStorage

/// A row of the meta space that holds the current number of a key: `"fence/<name>"` → number(4).
///
/// Every commit that writes an envelope has `equals` on the fence of the key it used. So once a
/// fence has moved on, nothing is written under the old key any more, whoever was late.
package enum Fence: Sendable, Equatable {
    /// The epoch of the storage key.
    case storage
    /// The generation of a compartment's key.
    case compartment(Compartment)

    /// `storage`, or the compartment's name.
    package var name: String {
        switch self {
        case .storage: "storage"
        case .compartment(let compartment): compartment.rawValue
        }
    }

    /// The row key in the meta space.
    package var rowKey: [UInt8] { Array("fence/\(name)".utf8) }

    /// Holds while the fence is at this number.
    package func stands(at number: UInt32) -> Precondition {
        .equals(.meta, rowKey, Self.value(number))
    }

    /// Sets the fence.
    func set(to number: UInt32) -> Write { .put(.meta, rowKey, Self.value(number)) }

    /// Checks every fence of a store against what the statements say. Throws `fenceMismatch`.
    ///
    /// A fence that was rolled back on disk would let a session write under a key that a leaver has.
    package static func check(
        _ store: any ByteStore, directory: Directory
    ) throws(KeyringError) {
        var expected: [(Fence, UInt32)] = [(.storage, directory.currentStorageEpoch)]
        for compartment in directory.compartments.keys.sorted() {
            guard let newest = directory.generation(of: compartment) else { continue }
            expected.append((.compartment(compartment), newest))
        }
        for (fence, number) in expected {
            let found = try fromStore { () throws(StorageError) in
                try store.get(.meta, fence.rowKey)
            }
            guard found == value(number) else { throw .fenceMismatch(fence) }
        }
    }

    private static func value(_ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 4)
        writer.put(number)
        return writer.bytes
    }
}
