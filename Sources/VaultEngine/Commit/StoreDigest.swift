package import VaultCoding
package import VaultSodium
package import VaultStorage

/// The digest of all rows of the store but the outbox and the digest row itself, and its counter.
///
/// LtHash16 over one element a row, so that a commit updates it in a microsecond a row, and anyone
/// recomputes it with no key at all. Row element: `BLAKE2b-256(personal CareVault.row.v1, space ‖
/// key ‖ value)`, each framed by a u32 length. Digest: `BLAKE2b-256(personal CareVault.dig.v1,
/// counter u64 ‖ lanes)`.
package struct StoreDigest: Sendable, Equatable {
    /// Commits since the store was made.
    package private(set) var counter: UInt64
    private var lanes: LtHash

    /// The digest of an empty store.
    package init() {
        counter = 0
        lanes = LtHash()
    }

    private init(counter: UInt64, lanes: LtHash) {
        self.counter = counter
        self.lanes = lanes
    }

    /// The key of the digest row in the meta space.
    package static let rowKey = Array("digest".utf8)

    /// Whether a row counts: the outbox comes and goes with the log, the digest row holds the digest.
    package static func covers(_ space: Space, _ key: [UInt8]) -> Bool {
        space != .outbox && !(space == .meta && key == rowKey)
    }

    /// Puts a row into the set.
    package mutating func add(_ space: Space, _ key: [UInt8], _ value: [UInt8]) {
        lanes.add(Self.element(space, key, value))
    }

    /// Takes a row out of the set.
    package mutating func subtract(_ space: Space, _ key: [UInt8], _ value: [UInt8]) {
        lanes.subtract(Self.element(space, key, value))
    }

    /// Counts one commit.
    package mutating func advance() { counter += 1 }

    /// Whether both cover the same rows, whatever their counters.
    package func coversSameRows(as other: StoreDigest) -> Bool { lanes == other.lanes }

    /// The 32 bytes that audit entries and heads carry.
    package var digest: Digest {
        var writer = ByteWriter(capacity: LtHash.count + 8)
        writer.put(counter)
        writer.put(raw: lanes.bytes)
        return Blake2b.digest(writer.bytes, personal: .storeDigest)
    }

    private static func element(_ space: Space, _ key: [UInt8], _ value: [UInt8]) -> Digest {
        var writer = ByteWriter(capacity: key.count + value.count + 13)
        writer.put(framed: [space.rawValue])
        writer.put(framed: key)
        writer.put(framed: value)
        return Blake2b.digest(writer.bytes, personal: .storeRow)
    }

    // MARK: The digest row

    private static let version: UInt8 = 1

    /// The digest row: `version(1) ‖ counter(8) ‖ log size(8) ‖ lanes(2 048) ‖ MAC(32)`.
    ///
    /// `logSize` is how many entries of the log were durable when this commit was made: a log that is
    /// shorter later has been cut.
    package func row(logSize: UInt64, mac key: borrowing SecretBytes) throws(SodiumError) -> [UInt8]
    {
        var writer = ByteWriter(capacity: LtHash.count + 64)
        writer.put(Self.version)
        writer.put(counter)
        writer.put(logSize)
        writer.put(raw: lanes.bytes)
        writer.put(try Blake2b.digest(writer.bytes, key: key, personal: .digestMAC))
        return writer.bytes
    }

    /// Reads a digest row; nil when it is damaged or its MAC is not ours.
    package static func read(
        row: [UInt8], mac key: borrowing SecretBytes
    ) -> (digest: StoreDigest, logSize: UInt64)? {
        guard row.count == 17 + LtHash.count + Digest.count, row[0] == version,
            let mac = Digest(row.suffix(Digest.count)),
            let expected = try? Blake2b.digest(
                Array(row.dropLast(Digest.count)), key: key, personal: .digestMAC),
            ConstantTime.equal(mac, expected),
            let lanes = try? LtHash(bytes: Array(row[17..<17 + LtHash.count]))
        else { return nil }
        func word(_ start: Int) -> UInt64 {
            row[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        return (StoreDigest(counter: word(1), lanes: lanes), word(9))
    }

    /// Computes the digest of a whole store, without its counter: the self-check.
    package static func recompute(_ store: any ByteStore) throws(StorageError) -> StoreDigest {
        var result = StoreDigest()
        for space in Space.allCases where space != .outbox {
            var cursor: [UInt8] = []
            while true {
                let rows = try store.scan(space, from: cursor, to: nil, limit: 512)
                for row in rows where covers(space, row.key) {
                    result.add(space, row.key, row.value)
                }
                guard let last = rows.last, rows.count == 512 else { break }
                cursor = last.cursor
            }
        }
        return result
    }
}
