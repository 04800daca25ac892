import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

/// Stored records for people: labels of their language, fields in the order of the schema, lists of
/// objects as tables.
enum RecordText {
    /// The width of standard output; nil where it is no terminal, and nothing is wrapped.
    static var columns: Int? { Terminal.columns(of: 1) }

    /// The fields of a body.
    ///
    /// - Parameter kind: the name of the kind; what its schema does not have is shown by its name.
    static func fields(_ body: JSON.Object, kind: String, into list: inout FieldList) {
        let schema = RecordKind(rawValue: kind).map { KindRegistry.schema(for: $0).fields } ?? []
        add(body, among: schema, RecordPlace(kind: kind), into: &list)
    }

    private static func add(
        _ object: JSON.Object, among fields: [Field], _ place: RecordPlace,
        into list: inout FieldList
    ) {
        let known = fields.map(\.name)
        let others = object.keys.filter { !known.contains($0) && $0 != RecordSchema.versionField }
        for name in known + others {
            guard let value = object[name] else { continue }
            let here = place.field(name)
            add(value, fields.first { $0.name == name }?.type, here, here.label, into: &list)
        }
    }

    /// A field under a label of the caller's.
    static func field(
        _ field: Field, _ value: JSON.Value, _ place: RecordPlace, _ label: Message,
        into list: inout FieldList
    ) {
        if case .object(let inner) = field.type, case .object(let object) = value {
            var isFirst = true
            for field in inner {
                guard let value = object[field.name] else { continue }
                let here = place.field(field.name)
                add(
                    value, field.type, here,
                    isFirst ? FormMessages.inside(label, nil, here.label) : here.label, into: &list)
                isFirst = false
            }
            return
        }
        add(value, field.type, place, label, into: &list)
    }

    private static func add(
        _ value: JSON.Value, _ type: FieldType?, _ place: RecordPlace, _ label: Message,
        into list: inout FieldList
    ) {
        switch (type, value) {
        case (.object(let inner)?, .object(let object)):
            add(object, among: inner, place, into: &list)
        case (.list(.object(let inner), _)?, .array(let elements)):
            let used = inner.filter { field in elements.contains { $0[field.name] != nil } }
            // One column needs no table: a list of names.
            if let only = used.first, used.count == 1 {
                let values = JSON.Value.array(elements.compactMap { $0[only.name] })
                let type = FieldType.list(only.type, upTo: elements.count)
                list.add(label, stored: Self.value(values, type, place.field(only.name)))
            } else {
                list.add(label, table: table(elements, used, place))
            }
        case (nil, .object(let object)) where Money(value) == nil:
            add(object, among: [], place, into: &list)
        default: list.add(label, stored: Self.value(value, type, place))
        }
    }

    /// A value that is no object with fields; several lines only in long text.
    static func value(_ value: JSON.Value, _ type: FieldType?, _ place: RecordPlace) -> RecordValue
    {
        RecordValue(value: value, type: type, place: place)
    }

    private static func table(
        _ elements: [JSON.Value], _ used: [Field], _ place: RecordPlace
    ) -> Table {
        var table = Table(
            used.map { field in
                if case .money = field.type {
                    return .init(place.field(field.name).label, .trailing)
                }
                return .init(place.field(field.name).label)
            })
        for element in elements {
            table.add(
                used.map { field in
                    guard let value = element[field.name] else {
                        return "\(CommonMessages.absent)"
                    }
                    return Self.value(value, field.type, place.field(field.name)).phrase
                })
        }
        return table
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
                Phrase(stored: record.record), "\(record.version)",
                "\(TitleMessages.kind(record.kind))",
                Listing.time(record.created), Phrase(stored: record.authorName ?? record.author))
        }
        return table
    }

    /// A record with its body.
    static func document(_ document: WireRecordDocument, _ body: JSON.Object) -> RecordPage {
        typealias Words = ClientRecordMessages
        var list = FieldList()
        list.add(Words.subject, stored: document.subject)
        list.add(Words.record, stored: document.record)
        list.add(Words.kind, "\(Words.kind(document.kind))")
        list.add(Words.version, "\(document.version)")
        if let base = document.baseVersion { list.add(Words.base, "\(base)") }
        list.add(Words.created, Listing.time(document.created))
        list.add(Words.author, stored: document.authorName ?? document.author)
        fields(body, kind: document.kind, into: &list)
        return RecordPage(list: list)
    }
}

/// A record laid out for the width of standard output.
struct RecordPage {
    let list: FieldList

    func text(in language: Language) -> String {
        list.text(in: language, columns: RecordText.columns)
    }
}

/// Where a field stands: a kind and the names of fields, without the numbers of elements.
struct RecordPlace {
    let kind: String
    private(set) var path = ""

    init(kind: String) { self.kind = kind }

    /// The field `name` here.
    func field(_ name: String) -> RecordPlace {
        var next = self
        next.path = path.isEmpty ? name : "\(path).\(name)"
        return next
    }

    /// The field `name` next to this one.
    func beside(_ name: String) -> RecordPlace {
        let steps = path.split(separator: ".").dropLast().map(String.init) + [name]
        return steps.reduce(RecordPlace(kind: kind)) { $0.field($1) }
    }

    /// The label of the field, with that of the object around it; its name where it has none.
    var label: Message { FieldMessages.label(path, kind: kind) ?? Message(verbatim: path) }

    /// What one element of the list is called; the label of the list where it has no such word.
    var elementLabel: Message { FieldMessages.element(path, kind: kind) ?? label }

    /// The name of an option of the field.
    func option(_ word: String) -> Message {
        FieldMessages.option(word, path: path, kind: kind) ?? Message(verbatim: word)
    }
}

/// A value as people read it.
struct RecordValue {
    let value: JSON.Value
    let type: FieldType?
    let place: RecordPlace

    /// The value on one line.
    var phrase: Phrase {
        switch (type, value) {
        case (.option?, .string(let word)): return "\(place.option(word))"
        case (.list(let element, _)?, .array(let values)):
            return joined(values.map { RecordValue(value: $0, type: element, place: place).phrase })
        case (nil, .array(let values)):
            return joined(values.map { RecordValue(value: $0, type: nil, place: place).phrase })
        case (_, .string(let text)): return Phrase(stored: text)
        case (_, .bool(let flag)): return "\(flag ? CommonMessages.yes : CommonMessages.no)"
        case (_, .int(let number)): return "\(number)"
        case (_, .double(let number)): return Phrase(stored: "\(number)")
        case (_, .null): return "\(CommonMessages.absent)"
        case (_, .object(let object)):
            // A sum of money reads better as people write it.
            if let money = Money(value), object.members.count == 2 {
                return Phrase(stored: money.text)
            }
            return Phrase(stored: JSONWriter.text(value))
        case (_, .array(let values)):
            return joined(values.map { RecordValue(value: $0, type: nil, place: place).phrase })
        }
    }

    private func joined(_ phrases: [Phrase]) -> Phrase {
        guard var whole = phrases.first.map({ Message($0, chinese: $0) }) else {
            return "\(CommonMessages.none)"
        }
        for phrase in phrases.dropFirst() {
            let next = Message(phrase, chinese: phrase)
            whole = Message("\(whole), \(next)", chinese: "\(whole)，\(next)")
        }
        return Phrase(whole)
    }
}

extension FieldList {
    /// Adds a value of a record: long text with its lines, everything else on one.
    mutating func add(_ label: Message, stored value: RecordValue) {
        if case .string(let text) = value.value {
            if case .option? = value.type { return add(label, value.phrase) }
            return add(label, stored: text)
        }
        add(label, value.phrase)
    }
}
