package import VaultCoding

/// A struct of the interface language: parameters, a reply, or a named type.
///
/// One table, `members`, says how each field is called and where it is kept; decoding, encoding and
/// the check against the interface file all walk it. A description shows names of fields only,
/// because what a field holds may be secret or personal.
package protocol WireObject: WireValue, CustomStringConvertible, CustomReflectable {
    /// Name of the type in the interfaces; nil for parameters and replies.
    static var wireName: String? { get }
    /// The fields in the order of the interface file.
    static var members: [WireMember<Self>] { get }
    /// Every field blank, to decode into.
    init()
}

/// One row of the table of a `WireObject`.
package struct WireMember<Root>: Sendable {
    /// Name on the wire.
    package let name: String
    /// Type in the interface language.
    package let type: WireType
    /// Whether the value must never be shown.
    package let isSecret: Bool
    /// `"name":` as UTF-8.
    fileprivate let key: [UInt8]
    fileprivate let isPresent: @Sendable (Root) -> Bool
    fileprivate let append: @Sendable (Root, inout [UInt8]) -> Void
    fileprivate let read: @Sendable (JSON.Value, inout Root, Bool) -> Bool
    fileprivate let declare: @Sendable (inout [String: WireType]) -> Void

    /// - Parameters:
    ///   - name: name on the wire.
    ///   - path: where the value is kept.
    package init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable
    ) {
        self.name = name
        type = Value.wireType
        isSecret = Value.isSecret
        var key: [UInt8] = []
        JSONWriter.append(string: name, to: &key)
        self.key = key + [UInt8(ascii: ":")]
        isPresent = { $0[keyPath: path].isPresent }
        append = { $0[keyPath: path].append(to: &$1) }
        read = { json, root, strict in
            guard let value = Value.decode(json, strict: strict) else { return false }
            root[keyPath: path] = value
            return true
        }
        declare = { Value.declare(into: &$0) }
    }
}

extension WireObject {
    package static var wireName: String? { nil }
    package static var blank: Self { Self() }
    /// The fields as the interface language has them.
    package static var wireFields: [WireField] { members.map { WireField($0.name, $0.type) } }

    package static var wireType: WireType {
        wireName.map(WireType.named) ?? .structure(wireFields)
    }

    /// Reads the parameters of a call: unknown fields are refused.
    /// - Throws: `WireError.field` with the name of the first field that is unknown, of the wrong
    ///   type or missing.
    package init(parameters: JSON.Object) throws(WireError) {
        try self.init(parameters, strict: true)
    }

    /// Reads the parameters of a reply: fields that a newer service added are passed over.
    /// - Throws: `WireError.field` with the name of the first field that is of the wrong type or
    ///   missing.
    package init(reply: JSON.Object) throws(WireError) {
        try self.init(reply, strict: false)
    }

    private init(_ object: JSON.Object, strict: Bool) throws(WireError) {
        self.init()
        let members = Self.members
        var seen = Set<Int>()
        for (key, value) in object.members {
            guard let index = members.firstIndex(where: { $0.name == key }) else {
                if strict { throw .field(fieldName(key)) }
                continue
            }
            guard members[index].read(value, &self, strict) else { throw .field(key) }
            seen.insert(index)
        }
        guard seen.count < members.count else { return }
        for (index, member) in members.enumerated()
        where !member.type.isNullable && !seen.contains(index) {
            throw .field(member.name)
        }
    }

    package static func decode(_ json: JSON.Value, strict: Bool) -> Self? {
        json.object.flatMap { try? Self($0, strict: strict) }
    }

    package func append(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in Self.members where member.isPresent(self) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(contentsOf: member.key)
            member.append(self, &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    package static func declare(into types: inout [String: WireType]) {
        if let wireName { types[wireName] = .structure(wireFields) }
        for member in members { member.declare(&types) }
    }

    /// The names of the fields that are present, without their values.
    package var description: String {
        let names = Self.members.filter { $0.isPresent(self) }.map(\.name)
        return "\(Self.self)(\(names.joined(separator: ", ")))"
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Names no field can have are not repeated: they are a stranger's text of any length.
private func fieldName(_ key: String) -> String {
    key.utf8.count <= 64 && key.isFieldName ? key : "parameters"
}

/// Parameters or a reply without fields.
package struct NoFields: WireObject {
    package static let members: [WireMember<NoFields>] = []
    package init() {}
}
