/// Makes foreign text safe to show: a stored name cannot move the cursor, hide itself, or turn the
/// rest of the line around. Letters, marks and emoji stay as they are.
package enum VisibleText {
    /// One line: line ends are made visible too.
    package static func line(_ text: String) -> String {
        // Most text is harmless: look before copying.
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        return text.unicodeScalars.map { isDangerous($0) ? picture($0) : String($0) }.joined()
    }

    /// Several lines: line feeds stay, and a carriage return before one is dropped; tabs become
    /// four spaces.
    package static func lines(_ text: String) -> [String] {
        var lines: [String.UnicodeScalarView] = [.init()]
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n":
                if previous == "\r" { lines[lines.count - 1].removeLast() }
                lines.append(.init())
            case "\t": lines[lines.count - 1].append(contentsOf: "    ".unicodeScalars)
            default: lines[lines.count - 1].append(scalar)
            }
            previous = scalar
        }
        return lines.map { line(String($0)) }
    }

    /// Whether a scalar controls, hides or reorders instead of being shown.
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: return false
        // Letters that are drawn as nothing: Hangul fillers, the Mongolian vowel separator, Khmer
        // inherent vowels, the combining grapheme joiner, the Braille blank.
        case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x180E, 0x17B4, 0x17B5, 0x034F, 0x2800: return true
        // Tags, which spell hidden text.
        case 0xE0000...0xE007F: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return true
        default: return false
        }
    }

    /// What is shown instead: a control picture, else the number.
    private static func picture(_ scalar: Unicode.Scalar) -> String {
        let pictured: UInt32? =
            switch scalar.value {
            case 0x00...0x1F: 0x2400 + scalar.value
            case 0x7F: 0x2421
            default: nil
            }
        if let pictured, let symbol = Unicode.Scalar(pictured) { return String(symbol) }
        return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
}
