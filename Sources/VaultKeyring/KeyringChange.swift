package import VaultStorage

/// What a step of the keyring asks the committer to do: writes, and what must hold for them.
///
/// A change that writes an envelope always brings the fences of the keys it used, so that nothing
/// slips in under an old key behind the scan that retires it.
package struct KeyringChange: Sendable, Equatable {
    /// What must hold before the commit.
    package private(set) var preconditions: [Precondition]
    /// The writes, in order.
    package private(set) var writes: [Write]

    /// A change of these parts.
    package init(preconditions: [Precondition] = [], writes: [Write] = []) {
        self.preconditions = preconditions
        self.writes = writes
    }

    /// Adds another change to this one; a precondition that both name stands once.
    package mutating func add(_ other: KeyringChange) {
        for precondition in other.preconditions where !preconditions.contains(precondition) {
            preconditions.append(precondition)
        }
        writes.append(contentsOf: other.writes)
    }

    /// This change and then the other.
    package func adding(_ other: KeyringChange) -> KeyringChange {
        var sum = self
        sum.add(other)
        return sum
    }

    /// Adds a precondition, once.
    mutating func require(_ precondition: Precondition) {
        if !preconditions.contains(precondition) { preconditions.append(precondition) }
    }

    /// Adds the condition that a row still has the value that `write` replaces; the row is one that
    /// this change does not name yet.
    mutating func replace(_ space: Space, _ key: [UInt8], _ old: [UInt8], by new: [UInt8]) {
        preconditions.append(.equals(space, key, old))
        writes.append(.put(space, key, new))
    }

    /// Adds a write.
    mutating func write(_ write: Write) { writes.append(write) }
}
