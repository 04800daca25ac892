/// How many columns a text takes in a terminal: 2 for Chinese characters and emoji, 0 for marks
/// that sit on the character before, 1 for the rest.
///
/// An own table instead of `wcwidth`, which depends on the process's locale. Source: Unicode
/// Standard Annex #11, East Asian width W and F, merged over whole blocks.
package enum DisplayWidth {
    /// Columns of a text without control characters (which count nothing here).
    package static func of(_ text: String) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    /// Columns of one user-perceived character.
    package static func of(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            // Emoji variation selector, or the second half of a flag.
            if scalar.value == 0xFE0F || (width == 1 && isRegional(scalar)) { return 2 }
            width = max(width, of(scalar))
        }
        return width
    }

    /// Columns of one Unicode scalar by itself.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20...0x7E: return 1
        case 0xAD: return 1  // soft hyphen: terminals show it
        case 0x1160...0x11FF: return 0  // Hangul vowels and finals join the initial before them
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .nonspacingMark, .enclosingMark, .format, .lineSeparator,
            .paragraphSeparator:
            return 0
        default: break
        }
        return isWide(scalar.value)
            || scalar.properties.isEmojiPresentation
                && !isRegional(scalar)
            ? 2 : 1
    }

    private static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    private static func isWide(_ value: UInt32) -> Bool {
        value >= 0x1100 && wide.contains { $0.contains(value) }
    }

    /// Hangul initials; brackets; CJK radicals, punctuation, kana, ideographs, Yi; Hangul
    /// syllables; compatibility and full-width forms; Tangut, old kana; enclosed ideographs;
    /// planes 2 and 3.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
        0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
        0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
