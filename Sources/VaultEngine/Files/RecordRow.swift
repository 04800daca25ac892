import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// A row of the records space: which body a version of a record has, and what is known without it.
///
/// Key: `tag(16) ‖ record id(16) ‖ 2³²−1−version(4)`, so that the newest version comes first. Value:
/// envelope under the subject key of, padded to a multiple of 128, `version of this format(1) ‖ body
/// number(8) ‖ kind, framed ‖ schema(2) ‖ created(8) ‖ author(16) ‖ base(4) ‖ BLAKE2b-256 of the
/// body's envelope(32)`. A body's row: key its number, value the envelope under the subject key of
/// the padded JSON; AD names number, record and version.
struct RecordRow: Sendable, Equatable {
    var body: UInt64
    var kind: String
    var schema: UInt16
    var created: UInt64
    var author: PrincipalID
    var base: UInt32
    var envelope: Digest

    private static let format: UInt8 = 1
    private static let block = 128

    static func key(_ tag: Tag, _ record: RecordID, version: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 36)
        writer.put(raw: tag.bytes)
        writer.put(record)
        writer.put(UInt32.max - version)
        return writer.bytes
    }

    static func prefix(_ tag: Tag, _ record: RecordID) -> [UInt8] { tag.bytes + record.bytes }

    /// Record and version of a row's key.
    static func parse(key: [UInt8]) -> (record: RecordID, version: UInt32)? {
        var reader = ByteReader(key)
        guard (try? reader.raw(16)) != nil, let record: RecordID = try? reader.identifier(),
            let inverse = try? reader.u32(), (try? reader.finish()) != nil
        else { return nil }
        return (record, UInt32.max - inverse)
    }

    func seal(_ key: SubjectKey, rowKey: [UInt8]) throws(KeyringError) -> [UInt8] {
        var writer = ByteWriter(capacity: 160)
        writer.put(Self.format)
        writer.put(body)
        writer.put(framed: kind)
        writer.put(schema)
        writer.put(created)
        writer.put(author)
        writer.put(base)
        writer.put(envelope)
        let padded = Padding.pad(writer.bytes, toMultipleOf: Self.block)
        return try key.seal(padded, .records, rowKey)
    }

    /// Nil when it does not open or is not what it should be.
    static func open(_ value: [UInt8], _ key: SubjectKey, rowKey: [UInt8]) -> RecordRow? {
        guard let padded = try? key.open(value, .records, rowKey),
            let plain = try? Padding.unpad(padded)
        else { return nil }
        var reader = ByteReader(plain)
        guard (try? reader.u8()) == format, let body = try? reader.u64(),
            let kind = try? reader.text(max: 64), let schema = try? reader.u16(),
            let created = try? reader.u64(), let author: PrincipalID = try? reader.identifier(),
            let base = try? reader.u32(), let envelope = try? reader.digest(),
            (try? reader.finish()) != nil
        else { return nil }
        return RecordRow(
            body: body, kind: kind, schema: schema, created: created, author: author, base: base,
            envelope: envelope)
    }

    static func bodyKey(_ number: UInt64) -> [UInt8] {
        var writer = ByteWriter(capacity: 8)
        writer.put(number)
        return writer.bytes
    }

    static func bodyContext(_ record: RecordID, version: UInt32) -> [[UInt8]] {
        var writer = ByteWriter(capacity: 4)
        writer.put(version)
        return [record.bytes, writer.bytes]
    }

    func summary(_ record: RecordID, version: UInt32, authorName: String?) -> RecordSummary {
        RecordSummary(
            record: record, version: version, kind: kind, schema: schema, created: created,
            author: author, authorName: authorName, base: base)
    }
}
