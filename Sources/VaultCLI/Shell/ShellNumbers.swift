import VaultWire

/// What a Chinese keyboard types in the width of a character, in the width of a letter: digits,
/// Latin letters and the signs between them.
enum NarrowText {
    /// The same text in ASCII as far as it has wide forms (U+FF01 to U+FF5E).
    static func of(_ text: String) -> String {
        var narrow = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            narrow.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(narrow)
    }
}

/// What a text is looked for as where the person does not say.
enum FindGuess {
    /// Digits of a national id before its check character (GB 11643).
    private static let idDigits = 17

    /// One after the other, until somebody is found. A name has no digit; a number has one, and
    /// otherwise Latin letters and dashes only.
    static func order(_ text: String) -> [WireFindBy] {
        let text = NarrowText.of(text)
        let isNumber =
            text.contains(where: \.isNumber)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        guard isNumber else { return [.name] }
        let isID =
            text.count == idDigits + 1 && text.prefix(idDigits).allSatisfy(\.isNumber)
            && (text.last?.isNumber == true || text.last?.uppercased() == "X")
        return isID ? [.nationalID, .employeeNumber] : [.employeeNumber]
    }
}
