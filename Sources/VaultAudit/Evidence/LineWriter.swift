import VaultCoding

/// Writes the lines of an evidence file: JSON objects without white space, members in fixed order.
///
/// Straight into bytes: an export writes hundreds of thousands of lines, and a tree of values for
/// each would cost more than all hashing.
struct LineWriter {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

    /// An object as a whole line, without its LF.
    static func line(capacity: Int = 1024, _ body: (inout LineWriter) -> Void) -> [UInt8] {
        var writer = LineWriter(capacity: capacity)
        writer.braces(body)
        return writer.bytes
    }

    /// A member with a text.
    mutating func put(_ name: StaticString, _ text: String) {
        key(name)
        JSONWriter.append(string: text, to: &bytes)
    }

    /// A member with a text, unless it is empty.
    mutating func put(_ name: StaticString, unlessEmpty text: String) {
        if !text.isEmpty { put(name, text) }
    }

    /// A member with a number; one beyond 63 bits as a text, which readers of JSON would round.
    mutating func put(_ name: StaticString, _ number: UInt64) {
        key(name)
        let isSafe = number <= UInt64(Int64.max)
        if !isSafe { bytes.append(UInt8(ascii: "\"")) }
        bytes.append(contentsOf: String(number).utf8)
        if !isSafe { bytes.append(UInt8(ascii: "\"")) }
    }

    /// A member with a flag.
    mutating func put(_ name: StaticString, _ flag: Bool) {
        key(name)
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// A member with bytes in base 64.
    mutating func put(_ name: StaticString, base64 value: [UInt8]) {
        key(name)
        append(base64: value)
    }

    /// A member with a moment, ISO 8601 in UTC with microseconds.
    mutating func put(_ name: StaticString, time: UInt64) { put(name, UTCTime.text(time)) }

    /// A member with texts.
    mutating func put(_ name: StaticString, texts: [String]) {
        list(name, texts) { JSONWriter.append(string: $1, to: &$0.bytes) }
    }

    /// A member with hashes in base 64.
    mutating func put(_ name: StaticString, hashes: [Digest]) {
        list(name, hashes) { $0.append(base64: $1.bytes) }
    }

    /// A member with byte strings in base 64.
    mutating func put(_ name: StaticString, list: [[UInt8]]) {
        self.list(name, list) { $0.append(base64: $1) }
    }

    /// A member with an object.
    mutating func object(_ name: StaticString, _ body: (inout LineWriter) -> Void) {
        key(name)
        braces(body)
    }

    /// A member with objects.
    mutating func objects<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout LineWriter, Element) -> Void
    ) {
        list(name, elements) { writer, element in writer.braces { body(&$0, element) } }
    }

    private mutating func list<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout LineWriter, Element) -> Void
    ) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            body(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func braces(_ body: (inout LineWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        body(&self)
        isFirst = false
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func append(base64 value: [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: Base64.format(value).utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Names are ours and need no escapes.
    private mutating func key(_ name: StaticString) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.description.utf8)
        bytes.append(contentsOf: "\":".utf8)
    }
}

/// Moments as text. Beside the formatter of the programs' own texts, because a verifier is built from
/// few modules.
enum UTCTime {
    /// Microseconds since 1970 in ISO 8601, UTC, six decimals: `2026-08-01T12:34:56.000001Z`.
    static func text(_ microseconds: UInt64) -> String {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = civil(days)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
            + "T\(padded(time / 3_600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
            + ".\(padded(rest, 6))Z"
    }

    /// Year, month and day of the Gregorian calendar, `days` after 1970-01-01: in eras of 400 years
    /// from 1 March of year 0, so that leap days come last.
    private static func civil(_ days: UInt64) -> (year: UInt64, month: UInt64, day: UInt64) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (
            year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1
        )
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
