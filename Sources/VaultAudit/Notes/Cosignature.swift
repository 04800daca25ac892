import VaultCoding
import VaultSodium

/// A witness's timestamped signature of a checkpoint: it saw this tree and that it continues the one
/// it saw before.
///
/// The blob is time(8, seconds, big-endian) ‖ Ed25519 signature(64) over
/// `cosignature/v1 LF time <seconds> LF` and the checkpoint's text. Source: C2SP tlog-cosignature.
package enum Cosignature {
    /// The largest time: the source limits it to 63 bits.
    private static let maximumTime = UInt64(Int64.max)

    /// The time of a cosignature in seconds since 1970, if it is valid; else nil.
    package static func time(
        of signature: NoteSignature, for text: String, by key: VerifierKey
    ) -> UInt64? {
        guard key.kind == .cosignature, signature.blob.count == 72 else { return nil }
        let time = signature.blob[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard time <= maximumTime,
            (try? key.key.verify(Array(signature.blob[8...]), of: message(text, time))) != nil
        else { return nil }
        return time
    }

    /// A witness's signature line for a checkpoint's text.
    package static func make(
        text: String, time: UInt64, as key: VerifierKey, _ sign: ([UInt8]) -> [UInt8]
    ) -> NoteSignature {
        var blob = ByteWriter(capacity: 72)
        blob.put(time)
        blob.put(raw: sign(message(text, time)))
        return NoteSignature(name: key.name, id: key.id, blob: blob.bytes)
    }

    private static func message(_ text: String, _ time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }
}
