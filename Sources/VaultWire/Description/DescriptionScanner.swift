/// The tokens of a description text.
enum DescriptionToken: Equatable {
    case word(String)
    /// `( ) : , ? -> []` or `[string]`.
    case mark(String)
    case end
}

/// Cuts a description text into tokens; keeps the comment lines that stand directly before one.
struct DescriptionScanner {
    private let bytes: [UInt8]
    private var position = 0
    /// Line on which the current token starts, from 1.
    private(set) var line = 1
    private(set) var token = DescriptionToken.end
    /// Comment lines directly before the current token, joined by line feeds.
    private(set) var comment: [String] = []

    init(_ bytes: [UInt8]) throws(DescriptionError) {
        self.bytes = bytes
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw DescriptionError(problem: .invalidUTF8, line: 1)
        }
        try advance()
    }

    func failure(_ problem: DescriptionError.Problem) -> DescriptionError {
        DescriptionError(problem: problem, line: line)
    }

    mutating func advance() throws(DescriptionError) {
        try skipBlanksAndComments()
        guard position < bytes.count else {
            token = .end
            return
        }
        switch bytes[position] {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: ","),
            UInt8(ascii: "?"):
            token = .mark(String(UnicodeScalar(bytes[position])))
            position += 1
        case UInt8(ascii: "-") where starts(with: "->"): take("->")
        case UInt8(ascii: "[") where starts(with: "[]"): take("[]")
        case UInt8(ascii: "[") where starts(with: "[string]"): take("[string]")
        case let byte where byte.isLetter: scanWord()
        default: throw failure(.unexpectedCharacter)
        }
    }

    private func starts(with text: StaticString) -> Bool {
        bytes[position...].starts(with: text.description.utf8)
    }

    private mutating func take(_ text: String) {
        token = .mark(text)
        position += text.utf8.count
    }

    private mutating func scanWord() {
        let start = position
        while position < bytes.count, bytes[position].isWordByte {
            // "->" directly after a word is an arrow, not a hyphen of a name.
            if bytes[position] == UInt8(ascii: "-"), starts(with: "->") { break }
            position += 1
        }
        token = .word(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func skipBlanksAndComments() throws(DescriptionError) {
        comment = []
        var lineIsBlank = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
            case UInt8(ascii: "\n"):
                // A blank line parts a comment from what follows.
                if lineIsBlank { comment = [] }
                lineIsBlank = true
                line += 1
                position += 1
            case UInt8(ascii: "#"):
                lineIsBlank = false
                skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() {
        var end = position
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        var text = bytes[(position + 1)..<end]
        if text.first == UInt8(ascii: " ") { text = text.dropFirst() }
        comment.append(String(decoding: text, as: UTF8.self))
        position = end
    }
}

extension UInt8 {
    var isLetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isWordByte: Bool {
        isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
            || self == UInt8(ascii: "-")
    }
}
