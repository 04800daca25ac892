package import VaultCoding

/// A secret, code or token in a message: text on the wire, never shown by a description.
package struct SecretText: Sendable, Equatable {
    /// The text as UTF-8. Whoever keeps it moves it into guarded memory.
    package var utf8: [UInt8]

    /// From the bytes of valid UTF-8 text.
    package init(utf8: [UInt8]) { self.utf8 = utf8 }

    /// From text.
    package init(_ text: String) { utf8 = Array(text.utf8) }

    /// The text. A copy on the heap: for showing it to its owner only.
    package func reveal() -> String { String(decoding: utf8, as: UTF8.self) }

    /// Overwrites this copy.
    package mutating func wipe() {
        for index in utf8.indices { utf8[index] = 0 }
        utf8 = []
    }
}

extension SecretText: WireValue {
    package static let wireType = WireType.string
    package static let isSecret = true
    package static let blank = SecretText(utf8: [])
    package static func decode(_ json: JSON.Value, strict: Bool) -> SecretText? {
        json.string.map { SecretText($0) }
    }
    package func append(to bytes: inout [UInt8]) {
        JSONWriter.append(string: reveal(), to: &bytes)
    }
}

extension SecretText: CustomStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
