/// The recursive-descent reader behind ``JSON/parse(_:limits:)-swift.type.method``. Its input is valid UTF-8.
struct JSONParser {
    let bytes: [UInt8]
    let maxDepth: Int
    private var at = 0

    init(bytes: [UInt8], maxDepth: Int) {
        self.bytes = bytes
        self.maxDepth = maxDepth
    }

    mutating func document() throws(JSON.Problem) -> JSON.Value {
        let value = try self.value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw .trailing(at: at) }
        return value
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func value(depth: Int) throws(JSON.Problem) -> JSON.Value {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(
        _ text: StaticString, _ value: JSON.Value
    ) throws(JSON.Problem) -> JSON.Value {
        let start = at
        for scalar in text.description.utf8 {
            guard next == scalar else { throw .syntax(at: start) }
            at += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSON.Problem) -> JSON.Object {
        guard depth <= maxDepth else { throw .tooDeep(limit: maxDepth, at: at) }
        at += 1
        var object = JSON.Object()
        var seen: Set<String> = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            at += 1
            return object
        }
        while true {
            skipSpace()
            let keyAt = at
            guard next == UInt8(ascii: "\"") else { throw .syntax(at: at) }
            let key = try string()
            // Swift strings compare by canonical equivalence; keys that look alike are one key here.
            guard seen.insert(key).inserted else { throw .duplicateKey(at: keyAt) }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw .syntax(at: at) }
            at += 1
            object.append(unique: key, try value(depth: depth))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return object
            default: throw .syntax(at: at)
            }
        }
    }

    private mutating func array(depth: Int) throws(JSON.Problem) -> [JSON.Value] {
        guard depth <= maxDepth else { throw .tooDeep(limit: maxDepth, at: at) }
        at += 1
        var elements: [JSON.Value] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            at += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"):
                at += 1
                return elements
            default: throw .syntax(at: at)
            }
        }
    }

    private mutating func string() throws(JSON.Problem) -> String {
        at += 1
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20
        {
            at += 1
        }
        if next == UInt8(ascii: "\"") {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        var text = Array(bytes[start..<at])
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
            case 0..<0x20: throw .syntax(at: at)
            default:
                text.append(byte)
                at += 1
            }
        }
        throw .syntax(at: at)
    }

    private mutating func escape() throws(JSON.Problem) -> [UInt8] {
        let start = at
        at += 1
        guard let kind = next else { throw .syntax(at: start) }
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [kind]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = UInt32(try hex4())
            if (0xD800..<0xDC00).contains(code) {
                guard next == UInt8(ascii: "\\"), at + 1 < bytes.count,
                    bytes[at + 1] == UInt8(ascii: "u")
                else { throw .loneSurrogate(at: start) }
                at += 2
                let low = UInt32(try hex4())
                guard (0xDC00..<0xE000).contains(low) else { throw .loneSurrogate(at: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw .loneSurrogate(at: start) }
            return Array(String(Character(scalar)).utf8)
        default: throw .syntax(at: start)
        }
    }

    private mutating func hex4() throws(JSON.Problem) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw .syntax(at: at)
            }
            value = value << 4 | UInt16(digit)
            at += 1
        }
        return value
    }

    /// number = [ minus ] int [ frac ] [ exp ], RFC 8259 §6.
    private mutating func number() throws(JSON.Problem) -> JSON.Value {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let digitsAt = at
        try digits()
        if bytes[digitsAt] == UInt8(ascii: "0"), at - digitsAt > 1 { throw .syntax(at: digitsAt) }
        var integer = true
        if next == UInt8(ascii: ".") {
            integer = false
            at += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            integer = false
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if integer {
            guard let value = Int64(text) else { throw .numberOutOfRange(at: start) }
            // "-0" would come back as "0".
            guard value != 0 || text == "0" else { throw .syntax(at: start) }
            return .int(value)
        }
        guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(at: start) }
        return .double(value)
    }

    private mutating func digits() throws(JSON.Problem) {
        let start = at
        while let byte = next, byte >= 0x30, byte <= 0x39 { at += 1 }
        guard at > start else { throw .syntax(at: at) }
    }
}
