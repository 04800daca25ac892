package import VaultStorage

/// Stores on one medium that can be closed and opened again.
package struct StoreBacking: Sendable {
    /// Makes the empty store.
    package let create: @Sendable () throws -> any ByteStore
    /// Opens what was made before; the earlier store has been closed.
    package let reopen: @Sendable () throws -> any ByteStore

    /// A backing of these two functions.
    package init(
        create: @escaping @Sendable () throws -> any ByteStore,
        reopen: @escaping @Sendable () throws -> any ByteStore
    ) {
        self.create = create
        self.reopen = reopen
    }
}

/// A sentence of a contract that an implementation does not keep.
package struct ConformanceFailure: Error, CustomStringConvertible {
    /// The sentence.
    package let description: String

    /// Throws unless `holds`.
    static func require(_ holds: Bool, _ sentence: @autoclosure () -> String) throws {
        if !holds { throw ConformanceFailure(description: sentence()) }
    }
}

/// One case of the conformance suite.
package struct StorageCase: Sendable, CustomStringConvertible {
    /// What it is about.
    package let description: String
    /// Runs it on a new backing; throws `ConformanceFailure`, or what the store threw.
    package let run: @Sendable (StoreBacking) throws -> Void
}

/// What every `ByteStore` must do. Each case gets a backing of its own.
package enum StorageConformance {
    /// The suite. Whoever runs it should assert the number of cases.
    package static let cases: [StorageCase] = [
        StorageCase(description: "rows", run: rows),
        StorageCase(description: "odd keys and values", run: oddKeysAndValues),
        StorageCase(description: "ranges", run: ranges),
        StorageCase(description: "ranges of numbers", run: numberedRanges),
        StorageCase(description: "cursors", run: cursors),
        StorageCase(description: "prefixes", run: prefixes),
        StorageCase(description: "preconditions", run: preconditions),
        StorageCase(description: "all or nothing", run: allOrNothing),
        StorageCase(description: "order of writes", run: orderOfWrites),
        StorageCase(description: "durability", run: durability),
        StorageCase(description: "large values", run: largeValues),
        StorageCase(description: "readers during commits", run: readersDuringCommits),
        StorageCase(description: "writers at once", run: writersAtOnce),
        StorageCase(description: "closed", run: closed),
        StorageCase(description: "fault matrix", run: faultMatrix),
    ]

    /// All rows of a space.
    static func all(_ store: any ByteStore, _ space: Space) throws -> [Row] {
        try store.scan(space, from: [], to: nil, limit: Int.max)
    }

    /// A key that `space` accepts, for the number `value`.
    static func key(_ space: Space, _ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }

    /// Requires that `body` throws exactly `expected`.
    static func require(
        _ expected: StorageError, _ sentence: String, _ body: () throws(StorageError) -> Void
    ) throws {
        do throws(StorageError) {
            try body()
        } catch {
            return try ConformanceFailure.require(
                error == expected, "\(sentence): threw \(error), not \(expected)")
        }
        throw ConformanceFailure(description: "\(sentence): threw nothing")
    }
}
