import VaultCoding

/// Reads the binary parts of an entry's line from their fixed places. What stands around them is not
/// read but rendered again and compared byte by byte, so that there is one spelling.
struct LineReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Steps over `text` if it comes next.
    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count,
            text.description.utf8.elementsEqual(bytes[at..<at + count])
        else { return false }
        at += count
        return true
    }

    /// Steps over decimal digits; whether they are the right ones shows when they are rendered again.
    mutating func skipDigits() -> Bool {
        let start = at
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) {
            at += 1
        }
        return at > start
    }

    /// Bytes in base 64 up to a quote, which is stepped over.
    mutating func base64() -> [UInt8]? {
        guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let text = String(decoding: bytes[at..<end], as: UTF8.self)
        at = end + 1
        return try? Base64.parse(text)
    }
}

/// Reads lines that are few: header, statements, end. Parsed as strict JSON, then compared with their
/// one spelling by whoever asks.
struct LineObject {
    private let object: JSON.Object

    /// Nil unless the line is one object.
    init?(_ bytes: [UInt8]) {
        let limits = JSON.Limits(bytes: AuditLimits.evidenceLine, depth: 4)
        guard case .object(let object)? = try? JSON.parse(bytes, limits: limits) else { return nil }
        self.object = object
    }

    init(_ object: JSON.Object) { self.object = object }

    func text(_ name: String) -> String? { object[name]?.string }

    func number(_ name: String) -> UInt64? { object[name]?.int.flatMap(UInt64.init(exactly:)) }

    func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { try? Base64.parse($0) } }

    func digest(_ name: String) -> Digest? { bytes(name).flatMap { Digest($0) } }

    func object(_ name: String) -> LineObject? { object[name]?.object.map(LineObject.init) }

    /// A list of byte strings in base 64; nil if there is none or one element is not that.
    func list(_ name: String) -> [[UInt8]]? {
        guard let elements = object[name]?.array else { return nil }
        var list: [[UInt8]] = []
        for element in elements {
            guard let bytes = element.string.flatMap({ try? Base64.parse($0) }) else { return nil }
            list.append(bytes)
        }
        return list
    }

    /// A list of hashes in base 64.
    func hashes(_ name: String) -> [Digest]? {
        guard let list = list(name) else { return nil }
        let hashes = list.compactMap { Digest($0) }
        return hashes.count == list.count ? hashes : nil
    }
}
