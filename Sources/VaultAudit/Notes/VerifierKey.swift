import VaultCoding
package import VaultSodium

/// A named public key that signs notes: `name+hex8(key id)+base64(type ‖ key)`.
///
/// The key id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). Source: C2SP
/// signed-note, tlog-cosignature.
package struct VerifierKey: Hashable, Sendable {
    /// What the key signs.
    package enum Kind: UInt8, Sendable {
        /// Notes: a log's own key.
        case note = 0x01
        /// Timestamped cosignatures of checkpoints: a witness.
        case cosignature = 0x04
    }

    /// Who signs; without space, control or `+`.
    package let name: String
    /// What the key signs.
    package let kind: Kind
    /// The Ed25519 key.
    package let key: SigningPublicKey
    /// The first four bytes of the hash over name and key, big-endian.
    package let id: UInt32

    /// From name, kind and key. Throws `malformed` for a name that is not allowed.
    package init(name: String, kind: Kind = .note, key: SigningPublicKey) throws(NoteError) {
        guard Self.isName(name) else { throw .malformed(what: "name of a verifier key") }
        self.name = name
        self.kind = kind
        self.key = key
        let hash = SHA256.hash(Array(name.utf8) + [0x0A, kind.rawValue] + key.rawBytes)
        id = UInt32(truncatingIfNeeded: hash.words.0 >> 32)
    }

    /// From the text form, in its one spelling.
    package init(parse text: String) throws(NoteError) {
        // Base 64 may contain `+`, so only the first two count.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = try? Base64.parse(String(parts[2])),
            bytes.count == 33, let kind = Kind(rawValue: bytes[0]), let raw = Digest(bytes[1...])
        else { throw .malformed(what: "verifier key") }
        try self.init(
            name: String(parts[0]), kind: kind, key: SigningPublicKey(raw: raw))
        guard self.text == text else { throw .malformed(what: "verifier key") }
    }

    /// The text form.
    package var text: String {
        "\(name)+\(Self.hex(id))+\(Base64.format([kind.rawValue] + key.rawBytes))"
    }

    /// Whether `name` may name a key: not empty, no space or control character, no `+`.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace
            }
    }

    private static func hex(_ id: UInt32) -> String {
        var writer = ByteWriter(capacity: 4)
        writer.put(id)
        return Hex.format(writer.bytes)
    }
}
