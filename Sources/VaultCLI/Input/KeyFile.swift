import VaultCoding
import VaultPlatform
import VaultWire

/// The text of a key file: the line `CAREVAULT-SECRET-KEY-1`, then 32 bytes in base 64 (RFC 4648 §4)
/// and a line end. On the wire goes the base 64 text alone.
enum KeyFile {
    /// Loud, so that scanners for leaked secrets find it.
    static let firstLine = "CAREVAULT-SECRET-KEY-1"
    /// More than any key file.
    static let limit = 256
    /// 32 bytes in base 64.
    private static let encodedCount = 44

    /// Whether bytes begin as a key file does.
    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: firstLine.utf8) }

    /// The base 64 text of a key file; nil for anything else.
    static func parse(_ bytes: [UInt8]) -> SecretText? {
        let head = Array(firstLine.utf8) + [UInt8(ascii: "\n")]
        guard bytes.starts(with: head) else { return nil }
        var rest = Array(bytes.dropFirst(head.count))
        defer { for index in rest.indices { rest[index] = 0 } }
        if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
        guard rest.count == encodedCount,
            let key = try? Base64.parse(String(decoding: rest, as: UTF8.self)), key.count == 32
        else { return nil }
        return SecretText(utf8: rest)
    }

    /// The text of a key file with a secret as it came over the wire, with or without first line.
    static func format(_ secret: SecretText) -> [UInt8] {
        var bytes = begins(secret.utf8) ? [] : Array("\(firstLine)\n".utf8)
        bytes += secret.utf8
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        return bytes
    }
}
