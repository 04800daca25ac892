package import VaultCoding

/// A JSON object as its bytes, to be spliced into a message without being parsed and written again.
package struct JSONBytes: Sendable, Equatable {
    /// The text of one JSON object, UTF-8, without a NUL.
    package let bytes: [UInt8]

    /// An object from its members.
    package init(_ object: JSON.Object) { bytes = JSONWriter.format(.object(object)) }

    /// Bytes that are known to be one JSON object, because this program wrote them and an
    /// authenticated envelope kept them. They are not looked at.
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The object, read strictly.
    /// - Throws: `WireError.notJSON` or `WireError.notAnObject`.
    package func object() throws(WireError) -> JSON.Object { try JSON.Object(message: bytes) }
}

extension JSONBytes: WireValue {
    package static let wireType = WireType.object
    package static let blank = JSONBytes(JSON.Object())
    package static func decode(_ json: JSON.Value, strict: Bool) -> JSONBytes? {
        json.object.map { JSONBytes($0) }
    }
    package func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: self.bytes) }
}

extension JSONBytes: CustomStringConvertible, CustomReflectable {
    /// The length only: contents may be personal.
    package var description: String { "JSONBytes(\(bytes.count) bytes)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSON.Object {
    /// Reads one message or body: strict JSON that is an object.
    init(message bytes: [UInt8], limits: MessageLimits = .standard) throws(WireError) {
        let value: JSON.Value
        do throws(JSON.Problem) {
            value = try JSON.parse(
                bytes, limits: JSON.Limits(bytes: limits.bytes, depth: limits.depth))
        } catch {
            throw .notJSON(error)
        }
        guard case .object(let object) = value else { throw .notAnObject }
        self = object
    }
}
