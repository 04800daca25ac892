package import VaultCoding

/// The part of an entry that stays closed unless it is disclosed: about whom, which records, and
/// what reason somebody typed.
package struct PartB: Sendable, Equatable {
    /// The subject.
    package var subject: SubjectReference
    /// The record versions read or written.
    package var records: [RecordReference]
    /// The reason as typed, at most 4 096 bytes.
    package var reason: String

    /// From its parts; empty unless told.
    package init(
        subject: SubjectReference = .none, records: [RecordReference] = [], reason: String = ""
    ) {
        self.subject = subject
        self.records = records
        self.reason = reason
    }
}

/// About whom an entry is.
package enum SubjectReference: Sendable, Equatable {
    /// About nobody.
    case none
    /// About somebody whom the daemon could not resolve then.
    case unresolved
    /// About the subject with this k_s, the key behind its pseudonym.
    case key(Digest)
}

/// One version of a record, as it stood in the store.
package struct RecordReference: Sendable, Equatable {
    /// The record.
    package var record: RecordID
    /// Its version, from 1.
    package var version: UInt32
    /// BLAKE2b-256 of the stored envelope.
    package var envelope: Digest

    /// From its parts.
    package init(record: RecordID, version: UInt32, envelope: Digest) {
        self.record = record
        self.version = version
        self.envelope = envelope
    }
}

extension PartB {
    /// The version of the encoding.
    package static let version: UInt8 = 1

    /// The canonical encoding: version, subject, records, reason.
    package var encoded: [UInt8] {
        var writer = ByteWriter(capacity: 64 + 52 * records.count + reason.utf8.count)
        writer.put(Self.version)
        switch subject {
        case .none: writer.put(UInt8(0))
        case .unresolved: writer.put(UInt8(1))
        case .key(let key):
            writer.put(UInt8(2))
            writer.put(key)
        }
        writer.put(list: records) { writer, item in
            writer.put(item.record)
            writer.put(item.version)
            writer.put(item.envelope)
        }
        writer.put(framed: reason.cut(to: AuditLimits.text))
        return writer.bytes
    }

    /// The inverse of ``encoded``; any other spelling is refused.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of part B", at: 0)
        }
        let at = reader.offset
        switch try reader.u8() {
        case 0: subject = .none
        case 1: subject = .unresolved
        case 2: subject = .key(try reader.digest())
        default: throw .invalid(what: "subject reference", at: at)
        }
        records = try reader.list(max: AuditLimits.list) { reader throws(CodingError) in
            RecordReference(
                record: try reader.identifier(), version: try reader.u32(),
                envelope: try reader.digest())
        }
        reason = try reader.text(max: AuditLimits.text)
        try reader.finish()
    }
}
