import Foundation

/// One spelling for what people type in many: the text under which a subject is indexed and sought.
///
/// Compatibility composition (Unicode NFKC) folds full-width and half-width forms; case is folded to
/// lower case; characters without a shape of their own (joiners, marks of direction, variation
/// selectors) are dropped. Traditional and simplified characters stay different, as do a name in
/// characters and in Latin letters: record both as names.
enum Normalisation {
    /// A name: runs of white space become one space, none at the ends, none between two ideographs
    /// (`张 三` is `张三`) and none beside the dot that divides transcribed names (`买买提 · 江`).
    static func name(_ text: String) -> String {
        let folded = fold(text).unicodeScalars.map { isDot($0) ? "\u{B7}" : $0 }
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in folded {
            if scalar.properties.isWhitespace {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace, let last = result.last, keepsSpace(last, scalar) { result.append(" ") }
            pendingSpace = false
            result.append(scalar)
        }
        return String(result)
    }

    /// A number of a person: white space is dropped altogether.
    static func identifier(_ text: String) -> String {
        var result = fold(text).unicodeScalars
        result.removeAll { $0.properties.isWhitespace }
        return String(result)
    }

    private static func fold(_ text: String) -> String {
        var scalars = text.precomposedStringWithCompatibilityMapping.unicodeScalars
        scalars.removeAll { $0.properties.isDefaultIgnorableCodePoint }
        // Lower case can come apart again (İ becomes i and a dot above), so compose once more.
        return String(scalars).lowercased().precomposedStringWithCompatibilityMapping
    }

    private static func keepsSpace(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        let bothIdeographs = left.properties.isIdeographic && right.properties.isIdeographic
        return !bothIdeographs && !isDot(left) && !isDot(right)
    }

    /// The dots that keyboards and databases write between the parts of a transcribed name.
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB: true
        default: false
        }
    }
}
