/// Bounds and form of a string. Lengths count Unicode scalar values, which no new version of Unicode
/// changes, and bytes of UTF-8.
package struct TextRule: Sendable {
    /// A fixed form, of ASCII characters.
    package enum Form: Sendable {
        /// 1 to 32 letters, digits and hyphens.
        case identifier
        /// 3 to 32 digits, spaces, hyphens and parentheses, a `+` at most in front.
        case phone
        /// Something, one `@`, and a domain with a dot; no spaces.
        case email
        /// A time of day, `HH:MM`, from 00:00 to 23:59.
        case timeOfDay
        /// An ICD-10 code: a letter, two digits, and up to four more after a dot: `F32.1`.
        case diagnosis
    }

    /// The most characters.
    package let characters: Int
    /// The most bytes.
    package let bytes: Int
    /// Whether line feeds are allowed.
    package let isLong: Bool
    /// A fixed form, where there is one.
    package let form: Form?

    /// One line, such as a name: up to 100 characters.
    package static let line = TextRule(characters: 100, bytes: 400, isLong: false, form: nil)
    /// A longer line, such as an address: up to 300 characters.
    package static let longLine = TextRule(characters: 300, bytes: 1_000, isLong: false, form: nil)
    /// A paragraph of remarks: up to 2 000 characters.
    package static let remarks = TextRule(characters: 2_000, bytes: 8_000, isLong: true, form: nil)
    /// Notes: up to 20 000 characters, some ten pages.
    package static let notes = TextRule(characters: 20_000, bytes: 64_000, isLong: true, form: nil)

    /// A string of a fixed form.
    package static func form(_ form: Form) -> TextRule {
        switch form {
        case .identifier, .phone: TextRule(characters: 32, bytes: 32, isLong: false, form: form)
        case .email: TextRule(characters: 254, bytes: 254, isLong: false, form: form)
        case .timeOfDay: TextRule(characters: 5, bytes: 5, isLong: false, form: form)
        case .diagnosis: TextRule(characters: 8, bytes: 8, isLong: false, form: form)
        }
    }

    /// What is expected, in words.
    package var expected: String {
        switch form {
        case .identifier?: "1 to 32 of the characters 0-9, A-Z, a-z and -"
        case .phone?:
            "a phone number: 3 to 32 digits, spaces, hyphens, parentheses, + only in front"
        case .email?: "an e-mail address such as name@example.org, up to 254 characters"
        case .timeOfDay?: "a time of day from 00:00 to 23:59, such as 09:30"
        case .diagnosis?: "an ICD-10 code such as F32.1"
        case nil:
            isLong
                ? "text of 1 to \(characters) characters and at most \(bytes) bytes, line feeds allowed"
                : "one line of 1 to \(characters) characters and at most \(bytes) bytes"
        }
    }

    /// By how much a text is too long.
    package struct Excess: Sendable, Hashable {
        /// What is counted.
        package enum Unit: Sendable { case characters, bytes }

        /// What there is too much of: characters, or bytes where only those are too many.
        package let unit: Unit
        /// How many too many.
        package let count: Int
        /// How many fit.
        package let limit: Int
    }

    /// By how much the text is too long; nil if it is not.
    package func excess(of text: String) -> Excess? {
        let count = text.unicodeScalars.count
        if count > characters {
            return Excess(unit: .characters, count: count - characters, limit: characters)
        }
        guard text.utf8.count > bytes else { return nil }
        return Excess(unit: .bytes, count: text.utf8.count - bytes, limit: bytes)
    }

    /// The longest beginning that fits, whole characters as people see them.
    package func beginning(of text: String) -> Substring {
        var (scalars, size) = (0, 0)
        let end = text.indices.first { index in
            let character = text[index]
            scalars += character.unicodeScalars.count
            size += character.utf8.count
            return scalars > characters || size > bytes
        }
        return text[..<(end ?? text.endIndex)]
    }

    /// The first fault of the text; nil if it is good.
    package func fault(in text: String) -> FieldFault? {
        let scalars = text.unicodeScalars
        guard excess(of: text) == nil else { return .tooLong }
        guard scalars.contains(where: \.isVisible) else { return .blank }
        guard !scalars.contains(where: isForbidden) else { return .controlCharacter }
        if !isLong, let first = scalars.first, let last = scalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        {
            return .edgeSpace
        }
        if let form, !form.matches(Array(text.utf8)) { return .badFormat }
        return nil
    }

    /// Control characters and the two separators that some programs take for line breaks.
    private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        // By number, not by looking each scalar up: Unicode never adds to these categories (Cc, Zl, Zp).
        switch scalar.value {
        case 0x0A: !isLong
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is more than space or a mark without a shape of its own.
    fileprivate var isVisible: Bool {
        !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint
            && properties.generalCategory != .control
    }
}

extension TextRule.Form {
    fileprivate func matches(_ text: [UInt8]) -> Bool {
        switch self {
        case .identifier:
            return text.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }
        case .phone:
            let rest = text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
            return rest.count(where: \.isDigit) >= 3
                && rest.allSatisfy { $0.isDigit || " -()".utf8.contains($0) }
        case .email:
            return isEmail(text)
        case .timeOfDay:
            guard text.count == 5, text[2] == UInt8(ascii: ":") else { return false }
            guard [0, 1, 3, 4].allSatisfy({ text[$0].isDigit }) else { return false }
            return (text[0] - 48) * 10 + text[1] - 48 < 24 && text[3] < UInt8(ascii: "6")
        case .diagnosis:
            return isDiagnosis(text)
        }
    }

    private func isEmail(_ text: [UInt8]) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }
            }
    }

    private func isDiagnosis(_ text: [UInt8]) -> Bool {
        guard text.count >= 3, (0x41...0x5A).contains(text[0]) else { return false }
        guard text[1].isDigit, text[2].isDigit else { return false }
        if text.count == 3 { return true }
        return text.count >= 5 && text[3] == UInt8(ascii: ".")
            && text[4...].allSatisfy { $0.isDigit || (0x41...0x5A).contains($0) }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
