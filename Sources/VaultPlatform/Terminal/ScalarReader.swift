/// Puts bytes of UTF-8 together into scalars, however they arrive: input methods send a character
/// in pieces.
struct ScalarReader: Sendable {
    private var pending: [UInt8] = []

    /// Takes one byte of text.
    /// - Returns: the scalar that it completes; U+FFFD, so that the person sees it, where the bytes
    ///   are not UTF-8; nil while more must come.
    mutating func feed(_ byte: UInt8) -> String? {
        pending.append(byte)
        if let text = String(validating: pending, as: UTF8.self) {
            pending = []
            return text
        }
        guard !Self.mayGoOn(pending) else { return nil }
        pending = []
        return "\u{FFFD}"
    }

    /// Forgets the beginning of a scalar that was not completed.
    mutating func reset() { pending = [] }

    /// Whether bytes can be the beginning of a UTF-8 scalar.
    private static func mayGoOn(_ bytes: [UInt8]) -> Bool {
        let wanted =
            switch bytes[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        return bytes.count < wanted && bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
