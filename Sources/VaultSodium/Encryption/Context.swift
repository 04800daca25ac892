import VaultCoding

/// The associated data of an envelope: where the value belongs. A list of fields, each a u32
/// big-endian length and then its bytes, so that no two lists have the same form.
package struct Context: Sendable, Hashable {
    /// The framed fields.
    package let bytes: [UInt8]

    /// From the fields in order.
    package init(_ fields: [UInt8]...) { self.init(fields: fields) }

    /// From the fields in order.
    package init(fields: [[UInt8]]) {
        var writer = ByteWriter(capacity: fields.reduce(0) { $0 + 4 + $1.count })
        for field in fields { writer.put(framed: field) }
        bytes = writer.bytes
    }
}
