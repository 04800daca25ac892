import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// Stored records for people: `field: value`, nested names with dots, as they can be typed again.
enum RecordText {
    /// The fields of a body, aligned.
    static func fields(_ body: JSON.Object, into list: inout FieldList) {
        for (name, value) in body.members where name != RecordSchema.versionField {
            add(value, at: name, into: &list)
        }
    }

    private static func add(_ value: JSON.Value, at path: String, into list: inout FieldList) {
        let label = Message(verbatim: path)
        switch value {
        case .object(let object):
            // A sum of money reads better as people write it.
            if let money = Money(value), object.members.count == 2 {
                list.add(label, stored: money.text)
                return
            }
            for (name, inner) in object.members { add(inner, at: "\(path).\(name)", into: &list) }
        case .array(let elements): for element in elements { add(element, at: path, into: &list) }
        case .string(let text): list.add(label, stored: text)
        case .bool(let flag): list.add(label, "\(flag ? CommonMessages.yes : CommonMessages.no)")
        case .int(let number): list.add(label, "\(number)")
        case .double(let number): list.add(label, stored: "\(number)")
        case .null: list.add(label, "\(CommonMessages.absent)")
        }
    }

    /// A table of records without their bodies.
    static func table(_ records: [WireRecordSummary]) -> Table {
        typealias Words = ClientRecordMessages
        var table = Table([
            .init(Words.record), .init(Words.version, .trailing), .init(Words.kind),
            .init(Words.created), .init(Words.author),
        ])
        for record in records {
            table.add(
                Phrase(stored: record.record), "\(record.version)", Phrase(stored: record.kind),
                Listing.time(record.created), Phrase(stored: record.author))
        }
        return table
    }

    /// A record with its body.
    static func document(_ document: WireRecordDocument, _ body: JSON.Object) -> FieldList {
        typealias Words = ClientRecordMessages
        var list = FieldList()
        list.add(Words.subject, stored: document.subject)
        list.add(Words.record, stored: document.record)
        list.add(Words.kind, stored: document.kind)
        list.add(Words.version, "\(document.version)")
        if let base = document.baseVersion { list.add(Words.base, "\(base)") }
        list.add(Words.created, Listing.time(document.created))
        list.add(Words.author, stored: document.author)
        fields(body, into: &list)
        return list
    }
}
