import Testing
import VaultCoding

/// Where parsers of JSON differ, this one refuses.
@Suite struct JSONStrictnessTests {
    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"":1,"":1}"#, #"{"a":{"b":1,"b":2}}"#,
        #"[{"x":[{"k":0,"k":0}]}]"#, #"{"\u0061":1,"a":2}"#,
        // Two spellings of one letter: they look alike, so they are one key.
        "{\"\u{E9}\":1,\"e\u{301}\":2}", #"{"\u00e9":1,"e\u0301":2}"#,
        #"{"\ud83d\ude00":1,"😀":2}"#,
    ])
    func duplicateKeys(text: String) {
        #expect {
            try JSON.parse(text)
        } throws: { error in
            if case .duplicateKey = error as? JSON.Problem { true } else { false }
        }
    }

    @Test func keysThatOnlyLookAlikeAreTwo() throws {
        let value = try JSON.parse(#"{"a":1,"A":2,"а":3," a":4,"a ":5}"#)
        #expect(value.object?.keys.count == 5)
    }

    @Test(arguments: [1, 2, 31, 32])
    func depthIsCountedThroughEverything(depth: Int) throws {
        let shapes: [(String, String)] = [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")]
        for (open, close) in shapes {
            let levels = open.filter { $0 == "[" || $0 == "{" }.count
            guard depth % levels == 0 else { continue }
            let text =
                String(repeating: open, count: depth / levels) + "1"
                + String(repeating: close, count: depth / levels)
            _ = try JSON.parse(text, limits: .init(depth: depth))
            #expect(throws: JSON.Problem.self) {
                try JSON.parse(text, limits: .init(depth: depth - 1))
            }
        }
    }

    @Test func theDeepestInputIsRefusedWithoutBeingFollowed() {
        for text in ["[", #"{"a":"#] {
            let count = (1 << 20) / text.utf8.count
            #expect {
                try JSON.parse(String(repeating: text, count: count))
            } throws: { error in
                if case .tooDeep(limit: 32, _) = error as? JSON.Problem { true } else { false }
            }
        }
    }

    /// Byte sequences that are not UTF-8 (Unicode 15, table 3-7), as a string, a key and bare.
    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xE0, 0x9F, 0xBF],
            [0xE4, 0xBD], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        for text in [
            quote + bytes + quote, Array("{\"".utf8) + bytes + Array("\":1}".utf8), bytes,
            Array("[1]".utf8) + bytes,
        ] {
            #expect(throws: JSON.Problem.notUTF8) { try JSON.parse(text) }
        }
    }

    @Test func everythingThatIsUTF8IsKept() throws {
        for scalar in [
            "\u{0}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}",
            "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "\u{202E}", "\u{2028}",
        ] {
            let value = JSON.Value.string("a\(scalar)b")
            let written = JSONWriter.format(value)
            let read = try JSON.parse(written)
            #expect(Array((read.string ?? "").utf8) == Array("a\(scalar)b".utf8))
            #expect(!written.contains { $0 < 0x20 || $0 == 0x7F })
        }
    }

    @Test(arguments: [
        #""\ud800""#, #""\udbff""#, #""\udc00""#, #""\udfff""#, #""\ud800x""#, #""\ud800\n""#,
        #""\ud800\ud800""#, #""\udc00\ud800""#, #""\ud83d\u0041""#, #"{"\ud800":1}"#,
        #"["\uD83D"]"#,
    ])
    func loneSurrogates(text: String) {
        #expect {
            try JSON.parse(text)
        } throws: { error in
            if case .loneSurrogate = error as? JSON.Problem { true } else { false }
        }
    }

    @Test(arguments: [
        #""\x41""#, #""\u""#, #""\u12""#, #""\u12g4""#, #""\U0041""#, #""\'""#, #""\"#,
        #""\u{41}""#,
        #""\ud83d\u""#, #""\ud83d\ude0""#, "'a'", #""a"#, "\"a\nb\"", "\"\t\"",
    ])
    func escapesThatAreNone(text: String) {
        #expect(throws: JSON.Problem.self) { try JSON.parse(text) }
    }

    @Test func numbersAreReadAsWhatTheyAre() throws {
        let whole: [(String, Int64)] = [
            ("0", 0), ("-1", -1), ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ]
        for (text, number) in whole {
            #expect(try JSON.parse(text) == .int(number))
            #expect(JSONWriter.text(.int(number)) == text)
        }
        let broken: [(String, Double)] = [
            ("1.0", 1), ("-2.5e1", -25), ("1E+2", 100), ("1e-2", 0.01), ("0.1", 0.1),
            ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("5e-324", .leastNonzeroMagnitude),
        ]
        for (text, number) in broken {
            let value = try JSON.parse(text)
            #expect(value == .double(number))
            // What it is written as is read as the same number, to the last bit.
            guard case .double(let again) = try JSON.parse(JSONWriter.format(value)) else {
                Issue.record("\(text) became another kind of number")
                continue
            }
            #expect(again.bitPattern == number.bitPattern)
        }
        for text in [
            "00", "-01", "1.", "1.e1", ".1", "-.1", "1e", "1e+", "0x10", "1_000", "Infinity",
            "-Infinity", "NaN", "-NaN", "+1", "--1", "1e1.5", "٣", "１", "-0", "1e309", "-1e309",
            "9223372036854775808", "-9223372036854775809", "1 000", "1,000",
        ] {
            #expect(throws: JSON.Problem.self, "\(text)") { try JSON.parse(text) }
        }
    }

    @Test(arguments: [1, 2, 3, 44] as [UInt64])
    func randomValuesComeBack(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        for _ in 0..<300 {
            let value = Self.value(&random, depth: 0)
            let written = JSONWriter.format(value)
            #expect(try JSON.parse(written) == value)
            let canonical = JSONWriter.canonical(value)
            #expect(JSONWriter.canonical(try JSON.parse(canonical)) == canonical)
            // The order of members does not change the canonical spelling.
            #expect(JSONWriter.canonical(Self.shuffled(value, &random)) == canonical)
        }
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    private static func text(_ random: inout SplitMix) -> String {
        let letters = ["a", "B", "\"", "\\", "\n", "\u{1}", "é", "张", "😀", "\u{7F}", "/", "\u{0}"]
        return (0..<Int.random(in: 0...5, using: &random)).map { _ in
            letters.randomElement(using: &random) ?? ""
        }.joined()
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> JSON.Value {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64(bitPattern: random.next()))
        case 3: return .double(Double.random(in: -1e9...1e9, using: &random) + 0.5)
        case 4: return .string(text(&random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    value(&random, depth: depth + 1)
                })
        default:
            var object = JSON.Object()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[text(&random)] = value(&random, depth: depth + 1)
            }
            return .object(object)
        }
    }

    private static func shuffled(_ value: JSON.Value, _ random: inout SplitMix) -> JSON.Value {
        switch value {
        case .array(let elements): return .array(elements.map { shuffled($0, &random) })
        case .object(let object):
            var result = JSON.Object()
            for member in object.members.shuffled(using: &random) {
                result[member.key] = shuffled(member.value, &random)
            }
            return .object(result)
        default: return value
        }
    }
}
