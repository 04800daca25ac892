import Testing
import VaultCoding

@Suite struct TextTests {
    @Test func identifierRoundTrip() throws {
        for seed in 0..<200 {
            let bytes = (0..<16).map {
                UInt8(truncatingIfNeeded: seed &* 131 &+ $0 &* 37 &+ seed / 7)
            }
            let id = try #require(RecordID(bytes))
            #expect(id.bytes == bytes)
            #expect(id.text.count == RecordID.textCount)
            #expect(try RecordID(text: id.text) == id)
            #expect(try RecordID(text: id.text.lowercased()) == id)
        }
        let ones = try #require(RecordID([UInt8](repeating: 0xFF, count: 16)))
        #expect(ones.text.hasPrefix("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"))
    }

    @Test func identifierTypingErrorsAreNoticed() throws {
        let id = try #require(RecordID((0..<16).map { UInt8($0 * 17) }))
        let text = Array(id.text)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for index in text.indices {
            for letter in alphabet where letter != text[index] {
                var typed = text
                typed[index] = letter
                #expect(throws: CodingError.self) { try RecordID(text: String(typed)) }
            }
        }
        for count in 0..<text.count {
            #expect(throws: CodingError.self) { try RecordID(text: String(text.prefix(count))) }
        }
        #expect(throws: CodingError.self) { try RecordID(text: id.text + "0") }
    }

    @Test func hexIsStrict() throws {
        #expect(Hex.format([0, 0x1F, 0xFF]) == "001fff")
        #expect(try Hex.parse("001fff") == [0, 0x1F, 0xFF])
        for bad in ["0", "0G", "FF", " 00", "0x00"] {
            #expect(throws: CodingError.self) { try Hex.parse(bad) }
        }
    }

    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64Vectors(plain: String, text: String) throws {
        #expect(Base64.format(Array(plain.utf8)) == text)
        #expect(try Base64.parse(text) == Array(plain.utf8))
    }

    @Test func base64HasOneSpelling() {
        for bad in [
            "Zg", "Zh==", "Zm9=", "Zg= =", "Zg==\n", "=g==", "Z===", "Zg==Zg==", "Zm9v Zm9",
        ] {
            #expect(throws: CodingError.self, "\(bad)") { try Base64.parse(bad) }
        }
        let valid = Array("Zm8=".utf8)
        for index in valid.indices {
            for byte in UInt8(0)..<128 where byte != valid[index] {
                var mangled = valid
                mangled[index] = byte
                let text = String(decoding: mangled, as: UTF8.self)
                if let bytes = try? Base64.parse(text) { #expect(Base64.format(bytes) == text) }
            }
        }
    }

    @Test func wordsCarryTenBitsEach() throws {
        #expect(Words.format([0, 0, 0], count: 2) == ["academic", "academic"])
        #expect(Words.format([0xFF, 0xFF, 0xFF], count: 2) == ["zero", "zero"])
        #expect(
            Words.format([0b0000_0000, 0b0100_0000, 0b0010_0000], count: 2) == [
                Words.word(1), Words.word(2),
            ])
        #expect(try Words.normalise("  ACAD,zero\nacid ") == ["academic", "zero", "acid"])
        #expect(throws: CodingError.invalid(what: "word of the list", at: 2)) {
            try Words.normalise("zero zebra")
        }
        for number in UInt16(0)..<1024 {
            #expect(Words.number(of: Words.word(number)) == number)
            #expect(Words.number(of: String(Words.word(number).prefix(4))) == number)
        }
    }
}
