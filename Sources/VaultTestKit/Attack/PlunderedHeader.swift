import VaultCoding
import VaultSodium

/// The public header as bytes that give up storage keys to a seal secret.
struct PlunderedHeader {
    let vault: VaultID
    private let slots: [JSON.Value]

    struct Unreadable: Error {}

    init(_ bytes: [UInt8]) throws {
        let header = try JSON.parse(bytes)
        guard let text = header["vault"]?.string, let slots = header["slots"]?.array else {
            throw Unreadable()
        }
        vault = try VaultID(text: text)
        self.slots = slots
    }

    /// Every storage key that one of these secrets opens.
    func storageKeys(with secrets: [[UInt8]]) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        for slot in slots {
            guard let id = slot["id"]?.string, let publicKey = slot["publicKey"]?.string,
                let sealed = slot["privateKey"]?.string, let boxes = slot["boxes"]?.array
            else { throw Unreadable() }
            let context = Context(
                vault.bytes, Array("slot".utf8), try Hex.parse(id), try Hex.parse(publicKey))
            for secret in secrets {
                guard let wrapping = try Self.wrapping(secret, slot),
                    let scalar = try? Envelope.openSecret(
                        try Base64.parse(sealed), key: wrapping, context: context)
                else { continue }
                let pair = try AgreementKeyPair(secretKey: scalar)
                for box in boxes {
                    guard let text = box["box"]?.string,
                        let content = try? SealedBox.open(try Base64.parse(text), with: pair)
                    else { continue }
                    found.append(Array(content.plundered.suffix(32)))
                }
            }
        }
        return found
    }

    private static func wrapping(_ secret: [UInt8], _ slot: JSON.Value) throws -> SecretBytes? {
        guard let argon = slot["argon2id"] else { return try keyFile(secret) }
        guard let salt = argon["salt"]?.string, let operations = argon["operations"]?.int,
            let memory = argon["memoryKiB"]?.int
        else { throw Unreadable() }
        return try PasswordHash.derive(
            .plundered(secret), salt: try Base64.parse(salt),
            parameters: try PasswordHash.Parameters(
                operations: UInt32(clamping: operations), memoryKiB: UInt32(clamping: memory)))
    }

    /// The wrapping key of a key file's text; nil for words.
    static func keyFile(_ secret: [UInt8]) throws -> SecretBytes? {
        let lines = String(decoding: secret, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, let bytes = try? Base64.parse(String(lines[1])) else { return nil }
        return try Blake2b.secret([], key: .plundered(bytes), personal: .keyFile)
    }
}

extension SecretBytes {
    /// A copy outside guarded memory, which a thief does not have.
    var plundered: [UInt8] { withSpan { span in span.indices.map { span[$0] } } }

    static func plundered(_ bytes: [UInt8]) throws -> SecretBytes {
        var copy = bytes
        return try SecretBytes(wiping: &copy)
    }
}
