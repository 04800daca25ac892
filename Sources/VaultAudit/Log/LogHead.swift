package import VaultCoding
package import VaultSodium

/// The newest state of the log, written with every batch, so that a log that was cut or rolled back
/// is noticed at the next unseal.
///
/// ```
/// version(1) = 1 ‖ origin, framed ‖ size(8) ‖ root(32) ‖ store counter(8) ‖ store digest(32)
///   ‖ time(8, µs) ‖ MAC(32)
/// ```
///
/// The MAC is keyed BLAKE2b-256 over all bytes before it, under a key behind the storage lock.
package struct LogHead: Sendable, Equatable {
    /// Which log.
    package let origin: LogOrigin
    /// How many entries.
    package let size: UInt64
    /// The hash of the tree.
    package let root: Digest
    /// The newest durable state of the store when this was written.
    package let store: StorePosition
    /// The time of the newest entry, or of writing; microseconds since 1970.
    package let time: UInt64
    /// Over everything else.
    package let mac: Digest

    private static let version: UInt8 = 1
    /// Bytes of an origin's text.
    private static let maximumOrigin = 64

    /// A head with its MAC. Throws `length` for a key of a size that BLAKE2b does not take.
    init(
        origin: LogOrigin, size: UInt64, root: Digest, store: StorePosition, time: UInt64,
        key: borrowing SecretBytes
    ) throws(SodiumError) {
        self.origin = origin
        self.size = size
        self.root = root
        self.store = store
        self.time = time
        mac = try Blake2b.digest(
            Self.encode(origin, size, root, store, time), key: key, personal: .headMAC)
    }

    /// From the stored bytes, in their one spelling; the MAC is not checked.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of a head", at: 0)
        }
        origin = try LogOrigin(parse: try reader.text(max: Self.maximumOrigin))
        size = try reader.u64()
        root = try reader.digest()
        store = StorePosition(counter: try reader.u64(), digest: try reader.digest())
        let at = reader.offset
        time = try reader.u64()
        guard time <= AuditLimits.time else { throw .invalid(what: "time", at: at) }
        mac = try reader.digest()
        try reader.finish()
    }

    /// The stored bytes.
    package var bytes: [UInt8] { Self.encode(origin, size, root, store, time) + mac.bytes }

    /// Whether the MAC is by this key.
    package func isAuthentic(_ key: borrowing SecretBytes) -> Bool {
        let bytes = Self.encode(origin, size, root, store, time)
        guard let expected = try? Blake2b.digest(bytes, key: key, personal: .headMAC) else {
            return false
        }
        return ConstantTime.equal(expected, mac)
    }

    private static func encode(
        _ origin: LogOrigin, _ size: UInt64, _ root: Digest, _ store: StorePosition,
        _ time: UInt64
    ) -> [UInt8] {
        var writer = ByteWriter(capacity: 192)
        writer.put(version)
        writer.put(framed: origin.text)
        writer.put(size)
        writer.put(root)
        writer.put(store.counter)
        writer.put(store.digest)
        writer.put(time)
        return writer.bytes
    }
}
