package import VaultAudit
package import VaultCoding
package import VaultSodium

/// An audit entry that rides in the commit whose effect it tells, until it stands in the log.
///
/// Row: key `node(4) ‖ entry id(16)`; value `counter(8) ‖ position(4) ‖ log size(8) ‖ entry, framed ‖
/// MAC(32)`. Counter and position give the order of recovery; the log is searched for the entry id
/// from the stored size on. The MAC covers key and value.
package struct OutboxRow: Sendable {
    /// The commit this row came with.
    package let counter: UInt64
    /// The place among the entries of that commit.
    package let position: UInt32
    /// How many entries of the log were durable at the commit.
    package let logSize: UInt64
    /// The finished entry.
    package let entry: FinishedEntry

    /// This daemon's number within the vault.
    package static let node: UInt32 = 1

    /// The row of `entry`.
    package init(counter: UInt64, position: UInt32, logSize: UInt64, entry: FinishedEntry) {
        self.counter = counter
        self.position = position
        self.logSize = logSize
        self.entry = entry
    }

    /// The key of an entry's row.
    package static func key(_ id: EntryID) -> [UInt8] {
        var writer = ByteWriter(capacity: 20)
        writer.put(node)
        writer.put(id)
        return writer.bytes
    }

    /// The value, with its MAC.
    package func value(mac key: borrowing SecretBytes) throws(SodiumError) -> [UInt8] {
        var writer = ByteWriter(capacity: 1024)
        writer.put(counter)
        writer.put(position)
        writer.put(logSize)
        writer.put(framed: entry.bytes)
        let mac = try Self.mac(Self.key(entry.id), writer.bytes, key)
        writer.put(mac)
        return writer.bytes
    }

    /// Reads a row; nil when it is damaged, stands under another key or its MAC is not ours.
    package static func read(
        key: [UInt8], value: [UInt8], mac secret: borrowing SecretBytes
    ) -> OutboxRow? {
        guard value.count > Digest.count, let found = Digest(value.suffix(Digest.count)),
            let expected = try? mac(key, Array(value.dropLast(Digest.count)), secret),
            ConstantTime.equal(found, expected)
        else { return nil }
        var reader = ByteReader(Array(value.dropLast(Digest.count)))
        guard let counter = try? reader.u64(), let position = try? reader.u32(),
            let logSize = try? reader.u64(),
            let bytes = try? reader.framed(max: AuditLimits.record),
            (try? reader.finish()) != nil, let entry = try? FinishedEntry(parse: bytes),
            Self.key(entry.id) == key
        else { return nil }
        return OutboxRow(counter: counter, position: position, logSize: logSize, entry: entry)
    }

    private static func mac(
        _ rowKey: [UInt8], _ body: [UInt8], _ key: borrowing SecretBytes
    ) throws(SodiumError) -> Digest {
        var writer = ByteWriter(capacity: body.count + 32)
        writer.put(framed: rowKey)
        writer.put(framed: body)
        return try Blake2b.digest(writer.bytes, key: key, personal: .outboxMAC)
    }
}
