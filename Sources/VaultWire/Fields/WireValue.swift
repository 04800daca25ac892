package import VaultCoding

/// A Swift type that stands for a type of the interface language.
package protocol WireValue: Sendable, Equatable {
    /// The type in the interface language.
    static var wireType: WireType { get }
    /// Whether values must never be shown.
    static var isSecret: Bool { get }
    /// A value to start decoding from.
    static var blank: Self { get }
    /// False only for an absent nullable value, which is left out.
    var isPresent: Bool { get }

    /// The value that the JSON stands for; nil if it does not fit.
    /// - Parameter strict: refuse unknown fields of structs, as for parameters; replies of a newer
    ///   service may have more.
    static func decode(_ json: JSON.Value, strict: Bool) -> Self?
    /// Appends the value as JSON.
    func append(to bytes: inout [UInt8])
    /// Adds the declarations of the named types within, by name.
    static func declare(into types: inout [String: WireType])
}

extension WireValue {
    package static var isSecret: Bool { false }
    package var isPresent: Bool { true }
    package static func declare(into types: inout [String: WireType]) {}
}

extension Bool: WireValue {
    package static let wireType = WireType.bool
    package static let blank = false
    package static func decode(_ json: JSON.Value, strict: Bool) -> Bool? { json.bool }
    package func append(to bytes: inout [UInt8]) { JSONWriter.append(.bool(self), to: &bytes) }
}

extension Int64: WireValue {
    package static let wireType = WireType.int
    package static let blank: Int64 = 0
    package static func decode(_ json: JSON.Value, strict: Bool) -> Int64? { json.int }
    package func append(to bytes: inout [UInt8]) { JSONWriter.append(.int(self), to: &bytes) }
}

extension String: WireValue {
    package static let wireType = WireType.string
    package static let blank = ""
    package static func decode(_ json: JSON.Value, strict: Bool) -> String? { json.string }
    package func append(to bytes: inout [UInt8]) { JSONWriter.append(string: self, to: &bytes) }
}

extension JSON.Object: WireValue {
    package static let wireType = WireType.object
    package static let blank = JSON.Object()
    package static func decode(_ json: JSON.Value, strict: Bool) -> JSON.Object? { json.object }
    package func append(to bytes: inout [UInt8]) { JSONWriter.append(.object(self), to: &bytes) }
}

extension Array: WireValue where Element: WireValue {
    package static var wireType: WireType { .array(Element.wireType) }
    package static var isSecret: Bool { Element.isSecret }
    package static var blank: [Element] { [] }

    package static func decode(_ json: JSON.Value, strict: Bool) -> [Element]? {
        guard let elements = json.array else { return nil }
        var values: [Element] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            guard let value = Element.decode(element, strict: strict) else { return nil }
            values.append(value)
        }
        return values
    }

    package func append(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            element.append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    package static func declare(into types: inout [String: WireType]) {
        Element.declare(into: &types)
    }
}

extension Optional: WireValue where Wrapped: WireValue {
    package static var wireType: WireType { .nullable(Wrapped.wireType) }
    package static var isSecret: Bool { Wrapped.isSecret }
    package static var blank: Wrapped? { nil }
    package var isPresent: Bool { self != nil }

    package static func decode(_ json: JSON.Value, strict: Bool) -> Wrapped?? {
        // Null and absent mean the same (varlink.org, "Interface Definition").
        if case .null = json { return .some(nil) }
        guard let value = Wrapped.decode(json, strict: strict) else { return nil }
        return .some(value)
    }

    package func append(to bytes: inout [UInt8]) {
        if let self { self.append(to: &bytes) } else { JSONWriter.append(.null, to: &bytes) }
    }

    package static func declare(into types: inout [String: WireType]) {
        Wrapped.declare(into: &types)
    }
}

/// An enum of the interface language; its raw values are the names on the wire.
package protocol WireEnumeration: WireValue, CaseIterable, RawRepresentable<String> {
    /// Name of the type in the interfaces.
    static var wireName: String { get }
}

extension WireEnumeration {
    package static var wireType: WireType { .named(wireName) }

    package static func decode(_ json: JSON.Value, strict: Bool) -> Self? {
        json.string.flatMap(Self.init(rawValue:))
    }

    package func append(to bytes: inout [UInt8]) {
        JSONWriter.append(string: rawValue, to: &bytes)
    }

    package static func declare(into types: inout [String: WireType]) {
        types[wireName] = .enumeration(allCases.map(\.rawValue))
    }
}
