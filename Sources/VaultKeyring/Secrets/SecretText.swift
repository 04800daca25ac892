import VaultCoding
import VaultSodium

/// The text forms of secrets, read and written within guarded memory.
///
/// Single words become `String`s of at most 15 bytes, which Swift keeps in registers and on the
/// stack, never on the heap.
enum SecretText {
    /// The first line of a key file; loud, so that scanners for leaked secrets find it.
    static let keyFilePrefix = Array("CAREVAULT-SECRET-KEY-1\n".utf8)
    /// The longest word that is looked up, in bytes; words of the list have at most eight.
    private static let longestWord = 15
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// 32 bytes in base 64: 43 characters and one `=`.
    private static let encodedCount = 44

    // MARK: Words

    /// The words of 80 random bits, single spaces between.
    static func words(of bits: borrowing SecretBytes) throws(KeyringError) -> SecretBytes {
        let numbers = try fromSodium { () throws(SodiumError) in
            try bits.withSpan { (bits) throws(SodiumError) in
                try SecretBytes(count: 2 * GeneratedSecret.wordCount) { numbers in
                    for place in 0..<GeneratedSecret.wordCount {
                        var number: UInt16 = 0
                        for bit in place * Words.bitsPerWord..<(place + 1) * Words.bitsPerWord {
                            number = number << 1 | UInt16(bits[bit / 8] >> UInt8(7 - bit % 8) & 1)
                        }
                        numbers[2 * place] = UInt8(number >> 8)
                        numbers[2 * place + 1] = UInt8(number & 0xFF)
                    }
                }
            }
        }
        return try words(numbered: numbers)
    }

    /// The words with these numbers (two bytes each, big-endian), single spaces between.
    static func words(numbered numbers: borrowing SecretBytes) throws(KeyringError) -> SecretBytes {
        try fromSodium { () throws(SodiumError) in
            try numbers.withSpan { (numbers) throws(SodiumError) in
                var size = GeneratedSecret.wordCount - 1
                for place in 0..<GeneratedSecret.wordCount {
                    size += word(numbers, place).utf8.count
                }
                return try SecretBytes(count: size) { text in
                    var at = 0
                    for place in 0..<GeneratedSecret.wordCount {
                        if place > 0 {
                            text[at] = UInt8(ascii: " ")
                            at += 1
                        }
                        for byte in word(numbers, place).utf8 {
                            text[at] = byte
                            at += 1
                        }
                    }
                }
            }
        }
    }

    /// The numbers of exactly eight typed words, two bytes each. Throws `secretMalformed`.
    static func wordNumbers(_ text: borrowing SecretBytes) throws(KeyringError) -> SecretBytes {
        var problem: KeyringError?
        let numbers = try fromSodium { () throws(SodiumError) in
            try text.withSpan { (text) throws(SodiumError) in
                try SecretBytes(count: 2 * GeneratedSecret.wordCount) { numbers in
                    problem = fill(&numbers, from: text)
                }
            }
        }
        if let problem { throw problem }
        return numbers
    }

    private static func fill(
        _ numbers: inout MutableSpan<UInt8>, from text: borrowing Span<UInt8>
    ) -> KeyringError? {
        var place = 0
        var at = 0
        while true {
            while at < text.count, isSeparator(text[at]) { at += 1 }
            guard at < text.count else { break }
            var word = ""
            while at < text.count, !isSeparator(text[at]) {
                guard text[at] < 0x80, word.utf8.count < longestWord else {
                    return .secretMalformed(word: place + 1)
                }
                word.unicodeScalars.append(Unicode.Scalar(text[at]))
                at += 1
            }
            guard let number = Words.number(of: word) else {
                return .secretMalformed(word: place + 1)
            }
            guard place < GeneratedSecret.wordCount else { return .secretMalformed(word: nil) }
            numbers[2 * place] = UInt8(number >> 8)
            numbers[2 * place + 1] = UInt8(number & 0xFF)
            place += 1
        }
        return place == GeneratedSecret.wordCount ? nil : .secretMalformed(word: nil)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-")
    }

    private static func word(_ numbers: borrowing Span<UInt8>, _ place: Int) -> String {
        Words.word(UInt16(numbers[2 * place]) << 8 | UInt16(numbers[2 * place + 1]))
    }

    // MARK: Key files

    /// The prefix line, 32 bytes in base 64 (RFC 4648 §4), a line end.
    static func formatKeyFile(_ key: borrowing SecretBytes) throws(KeyringError) -> SecretBytes {
        try fromSodium { () throws(SodiumError) in
            try key.withSpan { (key) throws(SodiumError) in
                try SecretBytes(count: keyFilePrefix.count + encodedCount + 1) { text in
                    for index in keyFilePrefix.indices { text[index] = keyFilePrefix[index] }
                    for place in 0..<encodedCount - 1 {
                        text[keyFilePrefix.count + place] = alphabet[sextet(key, place)]
                    }
                    text[text.count - 2] = UInt8(ascii: "=")
                    text[text.count - 1] = UInt8(ascii: "\n")
                }
            }
        }
    }

    /// The inverse of `formatKeyFile`, one spelling only; the last line end may be missing.
    static func parseKeyFile(_ text: borrowing SecretBytes) throws(KeyringError) -> SecretBytes {
        let size = keyFilePrefix.count + encodedCount
        guard text.count == size || text.count == size + 1 else {
            throw .secretMalformed(word: nil)
        }
        var isValid = true
        let key = try fromSodium { () throws(SodiumError) in
            try text.withSpan { (text) throws(SodiumError) in
                try SecretBytes(count: 32) { key in
                    isValid =
                        decode(text, from: keyFilePrefix.count, into: &key)
                        && text[size - 1] == UInt8(ascii: "=")
                        && (text.count == size || text[size] == UInt8(ascii: "\n"))
                }
            }
        }
        guard isValid else { throw .secretMalformed(word: nil) }
        return key
    }

    /// The six bits at `place` of 32 bytes; the bits after the end are zero.
    private static func sextet(_ key: borrowing Span<UInt8>, _ place: Int) -> Int {
        var value = 0
        for bit in place * 6..<place * 6 + 6 {
            let set = bit < 256 ? key[bit / 8] >> UInt8(7 - bit % 8) & 1 : 0
            value = value << 1 | Int(set)
        }
        return value
    }

    private static func decode(
        _ text: borrowing Span<UInt8>, from start: Int, into key: inout MutableSpan<UInt8>
    ) -> Bool {
        for place in 0..<encodedCount - 1 {
            guard let value = alphabet.firstIndex(of: text[start + place]) else { return false }
            for offset in 0..<6 {
                let bit = place * 6 + offset
                let set = UInt8(value >> (5 - offset) & 1)
                if bit < 256 {
                    key[bit / 8] |= set << UInt8(7 - bit % 8)
                } else if set != 0 {
                    // The spare bits after the last byte have one spelling.
                    return false
                }
            }
        }
        return true
    }
}
