/// What a record of one kind may contain, as data: used to validate, to read lines from people, and
/// to print the reference.
package struct RecordSchema: Sendable {
    /// The name of the member that every stored record begins to be read by: the version of its schema.
    package static let versionField = "schema"
    /// The largest record in canonical form, in bytes: a quarter of a message, so that a page of
    /// records and their wrapping fit, and far above what anybody types.
    package static let bodyLimit = 262_144

    /// The kind.
    package let kind: RecordKind
    /// The version of this schema, from 1. A new field or option makes another version; records of old
    /// versions stay as they were written.
    package let version: Int64
    /// What a record of the kind is, in a sentence.
    package let summary: String
    /// The fields of the record itself, without ``versionField``.
    package let fields: [Field]
    /// What must hold between fields of the record itself.
    package let rules: [FieldRule]
}

/// One named field of a record or of an object in it.
package struct Field: Sendable {
    /// The name: `[a-z][a-z0-9_]*`.
    package let name: String
    /// What it holds.
    package let type: FieldType
    /// Whether it must be there.
    package let isRequired: Bool
    /// What it means, in a phrase, units included.
    package let meaning: String

    static func required(_ name: String, _ type: FieldType, _ meaning: String) -> Field {
        Field(name: name, type: type, isRequired: true, meaning: meaning)
    }

    static func optional(_ name: String, _ type: FieldType, _ meaning: String) -> Field {
        Field(name: name, type: type, isRequired: false, meaning: meaning)
    }
}

/// What a field holds. There is no null: a field without a value is left out.
package indirect enum FieldType: Sendable {
    /// A string.
    case text(TextRule)
    /// One of a list of words.
    case option([String])
    /// A calendar date, `2024-02-29`.
    case date
    /// An integer in a range, in a unit.
    case integer(ClosedRange<Int64>, unit: String)
    /// `true` or `false`.
    case flag
    /// `{"amount_minor": integer, "currency": code}`, see ``Money``.
    case money
    /// An object with these fields and no others.
    case object([Field])
    /// 1 to `upTo` elements; no elements means that the field is left out.
    case list(FieldType, upTo: Int)
}

/// What must hold between fields of one record, once each is right by itself.
package enum FieldRule: Sendable {
    /// A date that is not before another, if both are there.
    case ordered(first: String, then: String)
    /// An amount in the currency of another and not above it, if both are there.
    case part(String, of: String)
    /// A field that must be there when an option field has this value.
    case needed(String, when: String, is: String)
    /// Either the list is there, or the flag is true and none of the barred fields is there.
    case eitherNamed(by: String, orFlagged: String, barring: [String])
}
