import Foundation
import Testing
import VaultCoding

@Suite struct JSONTests {
    @Test func readsAndWrites() throws {
        let text = #"{"a":1,"b":[true,false,null,-2.5],"c":{"d":"张三 \"x\" \n"},"e":""}"#
        let value = try JSON.parse(text)
        #expect(JSONWriter.text(value) == text)
        #expect(value["c"]?["d"]?.string == "张三 \"x\" \n")
        #expect(try JSON.parse(" [ 1 , 2 ] ") == [1, 2])
        #expect(try JSON.parse(#""\u5f20\ud83d\ude00\/""#) == "张😀/")
        #expect(
            JSONWriter.canonical(["b": 1, "a": ["d": 2, "c": 3]])
                == Array(#"{"a":{"c":3,"d":2},"b":1}"#.utf8))
    }

    @Test func refuses() {
        let bad: [(String, JSON.Problem)] = [
            (#"{"a":1,"a":2}"#, .duplicateKey(at: 7)),
            (#"{"a":1,"\u0061":2}"#, .duplicateKey(at: 7)),
            ("01", .syntax(at: 0)), ("-", .syntax(at: 1)), ("1.", .syntax(at: 2)),
            (".5", .syntax(at: 0)),
            ("+1", .syntax(at: 0)), ("1e", .syntax(at: 2)), ("-0", .syntax(at: 0)),
            ("9223372036854775808", .numberOutOfRange(at: 0)), ("1e999", .numberOutOfRange(at: 0)),
            (#""\ud800""#, .loneSurrogate(at: 1)), (#""\udc00""#, .loneSurrogate(at: 1)),
            (#""\ud800\u0041""#, .loneSurrogate(at: 1)), ("\"\u{01}\"", .syntax(at: 1)),
            ("[1,]", .syntax(at: 3)), ("{,}", .syntax(at: 1)), (#"{"a"}"#, .syntax(at: 4)),
            ("[1 2]", .syntax(at: 3)),
            ("tru", .syntax(at: 0)), ("nulL", .syntax(at: 0)), ("", .syntax(at: 0)),
            ("1 1", .trailing(at: 2)),
            ("[", .syntax(at: 1)), (#""abc"#, .syntax(at: 4)), ("{\"a\":1}\0", .trailing(at: 7)),
            ("NaN", .syntax(at: 0)),
        ]
        for (text, problem) in bad {
            #expect(throws: problem, "\(text)") { try JSON.parse(text) }
        }
        #expect(throws: JSON.Problem.notUTF8) { try JSON.parse([0x22, 0xC0, 0x80, 0x22]) }
        #expect(throws: JSON.Problem.notUTF8) { try JSON.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func boundsDepthAndSize() throws {
        let deep = { (n: Int) in String(repeating: "[", count: n) + String(repeating: "]", count: n)
        }
        _ = try JSON.parse(deep(32))
        #expect(throws: JSON.Problem.tooDeep(limit: 32, at: 32)) { try JSON.parse(deep(33)) }
        #expect(throws: JSON.Problem.tooLarge(limit: 3)) {
            try JSON.parse("1234", limits: .init(bytes: 3))
        }
    }

    /// Foundation is the independent judge: what we accept it accepts, and reads the same.
    @Test func everyOneByteChangeAgreesWithFoundation() throws {
        let seed = Array(#"{"a":[1,-2.5e1,"\u00e9\n"],"b":{"c":null,"d":true}}"#.utf8)
        for index in seed.indices {
            for change in UInt8(1)...255 {
                var mangled = seed
                mangled[index] ^= change
                guard let value = try? JSON.parse(mangled) else { continue }
                let again = try JSON.parse(JSONWriter.format(value))
                #expect(again == value)
                let theirs = try JSONSerialization.jsonObject(
                    with: Data(mangled), options: .fragmentsAllowed)
                let ours = try JSONSerialization.jsonObject(
                    with: Data(JSONWriter.format(value)), options: .fragmentsAllowed)
                #expect("\(type(of: theirs))" == "\(type(of: ours))")
                #expect((theirs as? NSDictionary) == (ours as? NSDictionary))
            }
        }
    }
}
