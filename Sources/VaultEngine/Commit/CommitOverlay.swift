import VaultStorage

/// The store as the members of a group so far would leave it, with each touched row's old value.
struct CommitOverlay {
    private struct Place: Hashable {
        let space: Space
        let key: [UInt8]
    }

    private struct Change {
        let old: [UInt8]?
        var new: [UInt8]?
    }

    private let store: any ByteStore
    /// What was read so far. The store stays as it is while a group is put together, and the members
    /// of a group ask for the same rows: fences, and what they are about to write.
    private var read: [Place: [UInt8]?] = [:]
    private var changes: [Place: Change] = [:]
    private var order: [Place] = []

    init(store: any ByteStore) { self.store = store }

    /// The position of the first precondition that does not hold, or nil.
    mutating func firstFailure(of preconditions: [Precondition]) throws(StorageError) -> Int? {
        for (index, precondition) in preconditions.enumerated() {
            switch precondition {
            case .absent(let space, let key):
                if try value(space, key) != nil { return index }
            case .equals(let space, let key, let expected):
                if try value(space, key) != expected { return index }
            }
        }
        return nil
    }

    mutating func apply(_ writes: [Write]) throws(StorageError) {
        for write in writes {
            switch write {
            case .put(let space, let key, let value): try set(space, key, value)
            case .delete(let space, let key): try set(space, key, nil)
            }
        }
    }

    /// Brings the digest up to date with all changes.
    func update(_ digest: inout StoreDigest) {
        for (place, change) in changes
        where change.old != change.new && StoreDigest.covers(place.space, place.key) {
            if let old = change.old { digest.subtract(place.space, place.key, old) }
            if let new = change.new { digest.add(place.space, place.key, new) }
        }
    }

    /// Tells a self-check under way of all changes.
    func tell(_ check: inout SelfCheck) {
        for (place, change) in changes
        where change.old != change.new && StoreDigest.covers(place.space, place.key) {
            check.changed(place.space, place.key, from: change.old, to: change.new)
        }
    }

    /// What differs from the store, in the order of first touch.
    var writes: [Write] {
        order.compactMap { place in
            guard let change = changes[place], change.old != change.new else { return nil }
            guard let new = change.new else { return .delete(place.space, place.key) }
            return .put(place.space, place.key, new)
        }
    }

    private mutating func value(
        _ space: Space, _ key: [UInt8]
    ) throws(StorageError) -> [UInt8]? {
        let place = Place(space: space, key: key)
        if let change = changes[place] { return change.new }
        return try stored(place)
    }

    private mutating func stored(_ place: Place) throws(StorageError) -> [UInt8]? {
        if let known = read[place] { return known }
        let value = try store.getToCommit(place.space, place.key)
        read[place] = .some(value)
        return value
    }

    private mutating func set(
        _ space: Space, _ key: [UInt8], _ value: [UInt8]?
    ) throws(StorageError) {
        let place = Place(space: space, key: key)
        if changes[place] != nil {
            changes[place]?.new = value
        } else {
            changes[place] = Change(old: try stored(place), new: value)
            order.append(place)
        }
    }
}
