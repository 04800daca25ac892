import VaultCoding

/// Bounds and shared spellings of bodies.
package enum BodyCoding {
    /// Names, units and employers, in bytes of UTF-8: room for 40 Chinese characters.
    static let longestText = 128
    /// The log's origin, in bytes: a vault id, a node and a number.
    static let longestOrigin = 256
    /// The name of a role or compartment, in bytes.
    static let longestWord = 32

    /// Whether a text may stand in a body: 1...128 bytes, no control, format or separator characters
    /// other than a space, no outer spaces. They would let one name pass for another on a screen.
    package static func isPlain(_ text: String) -> Bool {
        guard (1...longestText).contains(text.utf8.count), text.first != " ", text.last != " "
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
                .unassigned:
                false
            case .spaceSeparator: scalar == " "
            default: true
            }
        }
    }

    /// Whether an origin begins with the vault id and may name a signed note's key: visible ASCII
    /// without `+` (C2SP signed-note).
    static func isOrigin(_ text: String, of vault: VaultID) -> Bool {
        text.utf8.count <= longestOrigin && text.hasPrefix(vault.text + "/")
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
    }

    static func write(_ roles: Set<Role>, to writer: inout ByteWriter) {
        writer.put(list: roles.sorted()) { $0.put(framed: $1.rawValue) }
    }

    static func roles(from reader: inout ByteReader) throws(CodingError) -> Set<Role> {
        try words(Role.self, "roles in their order", from: &reader)
    }

    static func write(_ compartments: Set<Compartment>, to writer: inout ByteWriter) {
        writer.put(list: compartments.sorted()) { $0.put(framed: $1.rawValue) }
    }

    static func compartments(from reader: inout ByteReader) throws(CodingError) -> Set<Compartment>
    {
        try words(Compartment.self, "compartments in their order", from: &reader)
    }

    static func word<Word: RawRepresentable<String>>(
        _: Word.Type, _ what: String, from reader: inout ByteReader
    ) throws(CodingError) -> Word {
        let at = reader.offset
        guard let word = Word(rawValue: try reader.text(max: longestWord)) else {
            throw .invalid(what: what, at: at)
        }
        return word
    }

    private static func words<Word>(
        _: Word.Type, _ what: String, from reader: inout ByteReader
    ) throws(CodingError) -> Set<Word>
    where Word: RawRepresentable<String> & CaseIterable & Comparable & Hashable {
        let at = reader.offset
        let words = try reader.list(max: Word.allCases.count) {
            (element: inout ByteReader) throws(CodingError) -> Word in
            try word(Word.self, what, from: &element)
        }
        guard words.isStrictlyAscending else { throw .invalid(what: what, at: at) }
        return Set(words)
    }

    static func write(optional text: String?, to writer: inout ByteWriter) {
        writer.put(optional: text) { $0.put(framed: $1) }
    }

    static func optionalText(from reader: inout ByteReader) throws(CodingError) -> String? {
        try reader.optional { (value: inout ByteReader) throws(CodingError) -> String in
            try value.text(max: longestText)
        }
    }

    static func write(optional time: UInt64?, to writer: inout ByteWriter) {
        writer.put(optional: time) { $0.put($1) }
    }

    static func optionalTime(from reader: inout ByteReader) throws(CodingError) -> UInt64? {
        try reader.optional { (value: inout ByteReader) throws(CodingError) -> UInt64 in
            try value.u64()
        }
    }
}
