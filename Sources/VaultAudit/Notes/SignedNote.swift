import VaultCoding
import VaultSodium

/// A text with signatures below it, not yet verified.
///
/// ```
/// text, ends in LF
/// LF
/// — name base64(key id(4) ‖ signature) LF          one line a signature
/// ```
///
/// A signature covers the text with its last LF. UTF-8 without control characters. Source: C2SP
/// signed-note.
package struct SignedNote: Sendable, Equatable {
    /// Bytes of a note: checkpoints have a few hundred, witnesses add about 150 each.
    package static let maximumSize = 1 << 16
    /// Signatures of a note: the source asks for at least 16.
    package static let maximumSignatures = 64

    /// The text with its last LF.
    package let text: String
    /// The signatures in order.
    package private(set) var signatures: [NoteSignature]

    /// An unsigned note. `text` ends in LF.
    init(text: String) {
        self.text = text
        signatures = []
    }

    /// From the bytes of a note, in its one spelling. Throws `malformed`.
    package init(parse bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumSize,
            bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }),
            let whole = String(validating: bytes, as: UTF8.self),
            let split = Self.lastEmptyLine(of: bytes), bytes.last == 0x0A
        else { throw .malformed(what: "signed note") }
        text = String(decoding: bytes[..<split], as: UTF8.self)
        let lines = bytes[(split + 1)...].dropLast().split(
            separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.maximumSignatures else { throw .malformed(what: "signed note") }
        signatures = []
        for line in lines {
            signatures.append(
                try NoteSignature(parse: String(decoding: line, as: UTF8.self)))
        }
        guard bytes == Array(whole.utf8), self.bytes == bytes else {
            throw .malformed(what: "signed note")
        }
    }

    /// The offset of the LF that is the last empty line, which ends the text.
    private static func lastEmptyLine(of bytes: [UInt8]) -> Int? {
        guard bytes.count > 2 else { return nil }
        return (1..<bytes.count - 1).last { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }
    }

    /// The bytes of the note.
    package var bytes: [UInt8] {
        var bytes = Array(text.utf8)
        bytes.append(0x0A)
        for signature in signatures { bytes.append(contentsOf: signature.line.utf8) }
        return bytes
    }

    /// Adds the signature of a key of kind `note`.
    mutating func sign(as key: VerifierKey, _ sign: ([UInt8]) -> [UInt8]) {
        signatures.append(
            NoteSignature(name: key.name, id: key.id, blob: sign(Array(text.utf8))))
    }

    /// Adds a signature made elsewhere, such as a witness's.
    mutating func add(_ signature: NoteSignature) { signatures.append(signature) }

    /// Returns the keys of `known` that signed.
    ///
    /// Signatures of unknown keys are ignored. Throws `badSignature` if one of a known key does not
    /// match, `noKnownSignature` if there is none.
    package func verify(_ known: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        var signers: [VerifierKey] = []
        for signature in signatures {
            guard
                let key = known.first(where: { $0.name == signature.name && $0.id == signature.id })
            else { continue }
            guard signature.isValid(for: text, by: key) else { throw .badSignature(key: key.name) }
            signers.append(key)
        }
        guard !signers.isEmpty else { throw .noKnownSignature }
        return signers
    }
}

/// One signature line of a note.
package struct NoteSignature: Sendable, Equatable {
    /// The name of the key.
    package let name: String
    /// The key id.
    package let id: UInt32
    /// What follows the id: 64 bytes of Ed25519, for a cosignature eight bytes of time before them.
    package let blob: [UInt8]

    /// Bytes of a blob: the longest known is a cosignature of ML-DSA-44.
    private static let maximumBlob = 4096

    init(name: String, id: UInt32, blob: [UInt8]) {
        self.name = name
        self.id = id
        self.blob = blob
    }

    /// From a line without its LF.
    package init(parse line: String) throws(NoteError) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", VerifierKey.isName(String(parts[1])),
            let bytes = try? Base64.parse(String(parts[2])), bytes.count > 4,
            bytes.count <= Self.maximumBlob
        else { throw .malformed(what: "signature line") }
        name = String(parts[1])
        id = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        blob = Array(bytes[4...])
    }

    /// The line with its LF.
    var line: String {
        var writer = ByteWriter(capacity: 4 + blob.count)
        writer.put(id)
        writer.put(raw: blob)
        return "\u{2014} \(name) \(Base64.format(writer.bytes))\n"
    }

    func isValid(for text: String, by key: VerifierKey) -> Bool {
        switch key.kind {
        case .note: (try? key.key.verify(blob, of: Array(text.utf8))) != nil
        case .cosignature: Cosignature.time(of: self, for: text, by: key) != nil
        }
    }
}
