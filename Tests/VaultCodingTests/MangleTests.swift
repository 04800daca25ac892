import Testing
import VaultCoding

/// Every format against every small change of a small valid input: bytes changed, taken out, put in,
/// swapped, cut off. What is still accepted must be the spelling of what it is read as.
@Suite struct MangleTests {
    /// One format: reads bytes and gives the spelling of what it read.
    struct Format: Sendable, CustomTestStringConvertible {
        let name: String
        let seed: [UInt8]
        let respell: @Sendable ([UInt8]) throws -> [UInt8]
        var testDescription: String { name }
    }

    /// All inputs that differ from `seed` by one byte, one place or one end.
    static func mangled(_ seed: [UInt8]) -> [[UInt8]] {
        var all: [[UInt8]] = []
        for index in seed.indices {
            for change in UInt8(1)...255 {
                var copy = seed
                copy[index] ^= change
                all.append(copy)
            }
            var shorter = seed
            shorter.remove(at: index)
            all.append(shorter)
            if index + 1 < seed.count {
                var swapped = seed
                swapped.swapAt(index, index + 1)
                all.append(swapped)
            }
            all.append(Array(seed.prefix(index)))
            all.append(Array(seed.suffix(index)))
        }
        for index in 0...seed.count {
            for byte in UInt8(0)...255 {
                var longer = seed
                longer.insert(byte, at: index)
                all.append(longer)
            }
        }
        all.append(seed + seed)
        return all.filter { $0 != seed }
    }

    /// A reader that must use all of its input.
    private static func read<T>(
        _ bytes: [UInt8], _ body: (inout ByteReader) throws -> T
    ) throws -> T {
        var reader = ByteReader(bytes)
        let value = try body(&reader)
        try reader.finish()
        return value
    }

    private static func write(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        body(&writer)
        return writer.bytes
    }

    /// Text as bytes; bytes that are no text are refused before the format sees them.
    private static func text(_ bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refused() }
        return text
    }

    private struct Refused: Error {}

    static let exact: [Format] = [
        Format(name: "flags", seed: [1, 0, 1]) { bytes in
            let flags = try read(bytes) { reader in
                try (0..<3).map { _ in try reader.bool() }
            }
            return write { writer in for flag in flags { writer.put(flag) } }
        },
        Format(name: "numbers", seed: [7, 1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8]) { bytes in
            let read = try read(bytes) { reader in
                (try reader.u8(), try reader.u16(), try reader.u32(), try reader.u64())
            }
            return write { writer in
                writer.put(read.0)
                writer.put(read.1)
                writer.put(read.2)
                writer.put(read.3)
            }
        },
        Format(name: "text", seed: [0, 0, 0, 6] + Array("a张é".utf8) + [0x7E]) { bytes in
            let read = try read(bytes) { reader in
                (try reader.text(max: 12), try reader.u8())
            }
            return write { writer in
                writer.put(framed: read.0)
                writer.put(read.1)
            }
        },
        Format(name: "bytes", seed: [0, 0, 0, 3, 9, 8, 7, 0, 0, 0, 0]) { bytes in
            let read = try read(bytes) { reader in
                (try reader.framed(max: 9), try reader.framed(max: 9))
            }
            return write { writer in
                writer.put(framed: read.0)
                writer.put(framed: read.1)
            }
        },
        Format(name: "list", seed: [0, 0, 0, 2, 0, 1, 0xFF, 0xFE, 1, 5, 0]) { bytes in
            let read = try read(bytes) { reader in
                (
                    try reader.list(max: 4) { (r) throws(CodingError) in try r.u16() },
                    try reader.optional { (r) throws(CodingError) in try r.u8() },
                    try reader.optional { (r) throws(CodingError) in try r.u8() }
                )
            }
            return write { writer in
                writer.put(list: read.0) { $0.put($1) }
                writer.put(optional: read.1) { $0.put($1) }
                writer.put(optional: read.2) { $0.put($1) }
            }
        },
        Format(name: "names", seed: (0..<48).map { UInt8($0 * 5) }) { bytes in
            let read = try read(bytes) { reader in
                let name: SubjectID = try reader.identifier()
                return (name, try reader.digest())
            }
            return write { writer in
                writer.put(read.0)
                writer.put(read.1)
            }
        },
        Format(name: "hex", seed: Array("00af19fe".utf8)) { bytes in
            Array(Hex.format(try Hex.parse(try text(bytes))).utf8)
        },
        Format(name: "base 64, full", seed: Array("AAEC/v+9".utf8)) { bytes in
            Array(Base64.format(try Base64.parse(try text(bytes))).utf8)
        },
        Format(name: "base 64, one pad", seed: Array("AAECA/8=".utf8)) { bytes in
            Array(Base64.format(try Base64.parse(try text(bytes))).utf8)
        },
        Format(name: "base 64, two pads", seed: Array("AAECAw==".utf8)) { bytes in
            Array(Base64.format(try Base64.parse(try text(bytes))).utf8)
        },
        Format(name: "canonical JSON", seed: canonical) { bytes in
            let written = JSONWriter.canonical(try JSON.parse(bytes))
            // Whoever stores canonical bytes compares: other spellings are refused there.
            guard written == bytes else { throw Refused() }
            return written
        },
    ]

    static let canonical = Array(
        #"{"a":[1,-2.5,"\"\\\n\u007f张"],"b":{"c":null,"d":true},"é":""}"#.utf8)

    @Test(arguments: exact)
    func hasOneSpelling(format: Format) throws {
        #expect(try format.respell(format.seed) == format.seed)
        var accepted = 0
        for bytes in Self.mangled(format.seed) {
            guard let again = try? format.respell(bytes) else { continue }
            accepted += 1
            #expect(again == bytes, "\(bytes)")
        }
        // Most formats have some other value one byte away; what matters is that not all is taken.
        #expect(accepted < Self.mangled(format.seed).count)
    }

    /// Formats that people type: several spellings, one value, and one spelling of that value.
    @Test func jsonKeepsItsValue() throws {
        let seed = Array(#" {"a": [1, 2.50, "\u00e9\/"] ,"b":-0.0e1}"#.utf8)
        for bytes in Self.mangled(seed) {
            guard let value = try? JSON.parse(bytes) else { continue }
            let written = JSONWriter.format(value)
            let again = try JSON.parse(written)
            #expect(again == value)
            #expect(JSONWriter.format(again) == written)
            #expect(JSONWriter.canonical(again) == JSONWriter.canonical(value))
        }
    }

    @Test func identifiersAreReadAsOneOrRefused() throws {
        let id = try #require(RecordID((0..<16).map { UInt8(truncatingIfNeeded: $0 * 29 + 7) }))
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let text = Array(id.text)
        for bytes in Self.mangled(Array(id.text.utf8)) {
            guard let typed = String(validating: bytes, as: UTF8.self),
                let read = try? RecordID(text: typed)
            else { continue }
            // What is accepted is a spelling of the identifier: another case, O for 0, a hyphen.
            let plain = typed.uppercased().filter { $0 != "-" }.map { letter -> Character in
                switch letter {
                case "O": "0"
                case "I", "L": "1"
                default: letter
                }
            }
            #expect(read.text == String(plain))
            #expect(plain.allSatisfy { letters.contains($0) })
            if plain.count == text.count, zip(plain, text).filter({ $0 != $1 }).count == 1 {
                Issue.record("one wrong character was not noticed: \(typed)")
            }
        }
    }

    @Test func neighboursSwappedAreNoticed() throws {
        for seed in 0..<40 as Range<UInt8> {
            let id = try #require(RecordID((0..<16).map { $0 &* 31 &+ seed &* 13 }))
            var text = Array(id.text)
            for index in text.indices.dropLast() where text[index] != text[index + 1] {
                text.swapAt(index, index + 1)
                // Luhn lets the pair of the first and last letter of the alphabet pass, no other.
                let pair = Set([text[index], text[index + 1]])
                if pair != ["0", "Z"] {
                    #expect(throws: CodingError.self) { try RecordID(text: String(text)) }
                }
                text.swapAt(index, index + 1)
            }
        }
    }

    @Test func wordsAreReadAsOneOrRefused() throws {
        let phrase = "academic zero acid"
        for bytes in Self.mangled(Array(phrase.utf8)) {
            guard let typed = String(validating: bytes, as: UTF8.self),
                let read = try? Words.normalise(typed)
            else { continue }
            // Full words of the list, each begun by what was typed for it.
            #expect(try Words.normalise(read.joined(separator: " ")) == read)
            let parts = typed.lowercased().split { !$0.isLetter }.map(String.init)
            #expect(parts.count == read.count)
            for (part, word) in zip(parts, read) { #expect(word.hasPrefix(part), "\(typed)") }
        }
    }
}
