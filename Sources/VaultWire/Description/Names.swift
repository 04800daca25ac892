extension String {
    /// At least two labels parted by dots; each of letters, digits and inner hyphens, the first
    /// label of letters only (a parser in use refuses digits and hyphens there).
    package var isInterfaceName: Bool {
        let labels = utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, let first = labels.first, first.allSatisfy(\.isLetter) else {
            return false
        }
        return labels.allSatisfy { label in
            guard let head = label.first, let tail = label.last else { return false }
            return (head.isLetter || head.isDigit) && (tail.isLetter || tail.isDigit)
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        }
    }

    /// A capital letter, then letters and digits: names of types, methods and errors.
    package var isMemberName: Bool {
        guard let head = utf8.first, head.isLetter, head < UInt8(ascii: "a") else { return false }
        return utf8.allSatisfy { $0.isLetter || $0.isDigit }
    }

    /// A letter, then letters and digits with single underscores between them.
    package var isFieldName: Bool {
        guard let head = utf8.first, head.isLetter, utf8.last != UInt8(ascii: "_") else {
            return false
        }
        var previous = head
        for byte in utf8 {
            guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") else { return false }
            if byte == UInt8(ascii: "_"), previous == byte { return false }
            previous = byte
        }
        return true
    }
}
