package import VaultCoding

/// A record that fits its schema. Only ``RecordSchema/validate(_:)`` makes it, so whoever has one need
/// not look again.
///
/// Neither description nor mirror shows contents: they are personal data.
package struct RecordBody: Sendable {
    /// The kind.
    package let kind: RecordKind
    /// The version of the schema that it fits.
    package let schemaVersion: Int64
    /// The fields, ``RecordSchema/versionField`` among them.
    package let fields: JSON.Object
    /// The one spelling: UTF-8 JSON without white space, keys sorted by their bytes at every level.
    package let bytes: [UInt8]

    init(kind: RecordKind, schemaVersion: Int64, fields: JSON.Object, bytes: [UInt8]) {
        self.kind = kind
        self.schemaVersion = schemaVersion
        self.fields = fields
        self.bytes = bytes
    }
}

extension RecordBody: Equatable {
    /// Equal when kind and bytes are.
    package static func == (left: RecordBody, right: RecordBody) -> Bool {
        left.kind == right.kind && left.bytes == right.bytes
    }
}

extension RecordBody: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind and nothing else.
    package var description: String { "\(kind.name) (contents not shown)" }
    /// The kind and nothing else.
    package var debugDescription: String { description }
    /// No children.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
