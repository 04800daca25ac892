/// Bits as words that can be read out over a telephone: ten bits a word of the SLIP-0039 list.
package enum Words {
    /// Bits in one word.
    package static let bitsPerWord = 10

    /// The word with this number, 0...1023.
    package static func word(_ number: UInt16) -> String { WordList.words[Int(number & 1023)] }

    /// The first `count` × 10 bits of `bytes` as words. `bytes` must hold that many bits.
    package static func format(_ bytes: [UInt8], count: Int) -> [String] {
        precondition(
            bytes.count * 8 >= count * bitsPerWord, "internal error: too few bits for words")
        return (0..<count).map { index in
            var value: UInt16 = 0
            for bit in index * bitsPerWord..<(index + 1) * bitsPerWord {
                value = value << 1 | UInt16(bytes[bit / 8] >> UInt8(7 - bit % 8) & 1)
            }
            return word(value)
        }
    }

    /// The number of a word. The first four letters are enough; case does not matter; else nil.
    package static func number(of word: String) -> UInt16? {
        numbers[key(word)].flatMap { entry in
            let typed = word.lowercased()
            return entry.word.hasPrefix(typed) ? entry.number : nil
        }
    }

    /// Words as typed by a person, in full lower-case spelling, single spaces between.
    ///
    /// Commas, line ends and repeated spaces separate too. Throws at the first word that is not in the
    /// list, with its place (first word 1) as the position; the word itself is not repeated: it may be
    /// part of a secret.
    package static func normalise(_ text: String) throws(CodingError) -> [String] {
        var words: [String] = []
        for typed in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "-" }) {
            guard let number = number(of: String(typed)) else {
                throw .invalid(what: "word of the list", at: words.count + 1)
            }
            words.append(word(number))
        }
        return words
    }

    private static func key(_ word: String) -> String { String(word.lowercased().prefix(4)) }

    private static let numbers: [String: (word: String, number: UInt16)] = {
        var table: [String: (word: String, number: UInt16)] = [:]
        for (index, word) in WordList.words.enumerated() {
            table[key(word)] = (word, UInt16(index))
        }
        return table
    }()
}
