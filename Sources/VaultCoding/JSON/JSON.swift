/// JSON (RFC 8259), read strictly: one value, strict UTF-8, no duplicate keys, bounded depth.
///
/// Parsers differ on duplicate keys, lone surrogates and large numbers, and where parsers differ,
/// a check and the code behind it can see different messages. So all of these are refused here.
package enum JSON {
    /// A JSON value. Objects keep the order of their members.
    package indirect enum Value: Sendable, Equatable {
        case null
        case bool(Bool)
        /// A number without fraction and exponent that fits 64 bits.
        case int(Int64)
        /// Any other number.
        case double(Double)
        case string(String)
        case array([Value])
        case object(Object)
    }

    /// An object: members in order, keys unique.
    package struct Object: Sendable, Equatable {
        /// The members in order.
        package private(set) var members: [(key: String, value: Value)]

        /// An empty object.
        package init() { members = [] }

        /// From members with unique keys; of two with one key the later replaces the earlier.
        package init(_ members: KeyValuePairs<String, Value>) {
            self.members = []
            for (key, value) in members { self[key] = value }
        }

        /// The value of a key; setting nil removes the member.
        package subscript(key: String) -> Value? {
            get { members.first { $0.key == key }?.value }
            set {
                let index = members.firstIndex { $0.key == key }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append((key, value))
                case (nil, nil): break
                }
            }
        }

        /// The keys in order.
        package var keys: [String] { members.map(\.key) }

        mutating func append(unique key: String, _ value: Value) { members.append((key, value)) }

        /// Equal when both hold the same members, in whatever order.
        package static func == (left: Object, right: Object) -> Bool {
            left.members.count == right.members.count
                && left.members.allSatisfy { right[$0.key] == $0.value }
        }
    }

    /// Bounds on what is read.
    package struct Limits: Sendable {
        /// The largest input in bytes.
        package var bytes: Int
        /// The deepest nesting of arrays and objects.
        package var depth: Int

        /// 1 MiB and 32 levels unless told: enough for every message, small enough for every stack.
        package init(bytes: Int = 1 << 20, depth: Int = 32) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// Why text is not acceptable JSON. `at` is the offset in bytes; no case carries content.
    package enum Problem: Error, Equatable, Sendable {
        case tooLarge(limit: Int)
        case tooDeep(limit: Int, at: Int)
        case notUTF8
        case duplicateKey(at: Int)
        case numberOutOfRange(at: Int)
        case loneSurrogate(at: Int)
        case syntax(at: Int)
        case trailing(at: Int)
    }

    /// Reads exactly one value, white space around it allowed.
    package static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(Problem) -> Value
    {
        guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var parser = JSONParser(bytes: bytes, maxDepth: limits.depth)
        return try parser.document()
    }

    /// Reads one value from text.
    package static func parse(_ text: String, limits: Limits = Limits()) throws(Problem) -> Value {
        try parse(Array(text.utf8), limits: limits)
    }
}

extension JSON.Value {
    /// The string, if this is one.
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The integer, if this is one.
    package var int: Int64? { if case .int(let value) = self { value } else { nil } }
    /// The boolean, if this is one.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, if this is an array.
    package var array: [JSON.Value]? { if case .array(let value) = self { value } else { nil } }
    /// The object, if this is one.
    package var object: JSON.Object? { if case .object(let value) = self { value } else { nil } }
    /// The member of an object; nil for other values.
    package subscript(key: String) -> JSON.Value? { object?[key] }
}

extension JSON.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON.Value...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON.Value)...) {
        var object = JSON.Object()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
