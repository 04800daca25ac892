import VaultCoding
import VaultSodium
import VaultStatements

/// What kind of key a box holds. The raw value is part of the box and never changes its meaning.
package enum BoxKind: String, Sendable, Hashable {
    /// The storage key of an epoch, for a slot.
    case storage
    /// A compartment's key of a generation, for a member.
    case compartment
    /// The link key, for a custodian.
    case link
    /// The private half of an audit key of a generation, for an auditor.
    case audit
    /// The data key of an audit epoch, for the audit key.
    case auditEpoch = "audit-epoch"
}

/// A key in a sealed box, with the place that it was made for.
///
/// A sealed box says nothing of where it belongs or who made it: anybody can make one for a public
/// key. So it holds, in front of the 32 bytes of the key, `label ‖ vault id ‖ kind ‖ scope ‖ number ‖
/// recipient` (label, kind and scope behind u32 lengths) and zeroes up to 128 bytes, so that its size
/// does not tell what it is for, and is refused anywhere else. That the key
/// is the right one only a statement says: whoever opens a box compares what it holds with the
/// commitment or the public key there.
struct KeyBox: Sendable {
    /// The vault.
    let vault: VaultID
    /// What kind of key.
    let kind: BoxKind
    /// The compartment's name, or empty.
    let scope: String
    /// Generation, epoch or number of the key.
    let number: UInt32
    /// A principal's fingerprint; for slots and audit keys their public key.
    let recipient: Digest

    /// The size of a key in bytes.
    static let keySize = 32

    /// The size of a place in bytes: the longest kind and compartment take 102.
    private static let prefixSize = 128

    private var prefix: [UInt8] {
        var writer = HashLabel.box.writer()
        writer.put(vault)
        writer.put(framed: kind.rawValue)
        writer.put(framed: scope)
        writer.put(number)
        writer.put(recipient)
        let fields = writer.bytes
        precondition(fields.count <= Self.prefixSize, "internal error: a box's place is too long")
        return fields + [UInt8](repeating: 0, count: Self.prefixSize - fields.count)
    }

    /// A box of a 32-byte key for the holder of `publicKey`. Throws `sodium`.
    func seal(
        _ key: borrowing SecretBytes, to publicKey: AgreementPublicKey
    ) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            let content = try SecretBytes.joining(prefix, key)
            return try content.withSpan { (span) throws(SodiumError) in
                try SealedBox.seal(span, to: publicKey)
            }
        }
    }

    /// The key in a box. Throws `boxMismatch` if it does not open, or was made for another place.
    func open(
        _ box: [UInt8], with pair: borrowing AgreementKeyPair
    ) throws(KeyringError) -> SecretBytes {
        let prefix = prefix
        let content = try opening(box, with: pair)
        guard content.count == prefix.count + Self.keySize, content.begins(with: prefix) else {
            throw mismatch
        }
        return try fromSodium { () throws(SodiumError) in
            try content.slice(prefix.count..<content.count)
        }
    }

    private func opening(
        _ box: [UInt8], with pair: borrowing AgreementKeyPair
    ) throws(KeyringError) -> SecretBytes {
        do {
            return try SealedBox.open(box, with: pair)
        } catch {
            throw error == .cannotOpen ? mismatch : .sodium(error)
        }
    }

    /// The error that names this box.
    var mismatch: KeyringError { .boxMismatch(kind: kind, scope: scope, number: number) }
}

extension KeyBox {
    /// Requires that a key is the one that a statement committed to. Throws `boxMismatch`.
    ///
    /// A box with perfect context around a key of somebody else's own stops here.
    func check(
        _ secret: borrowing SecretBytes, _ commitment: KeyCommitment
    ) throws(KeyringError) {
        let secretKind: SecretKind
        switch kind {
        case .compartment: secretKind = .compartment
        case .link: secretKind = .link
        case .storage: secretKind = .storage
        // These are named by their public halves, or by nothing but the log.
        case .audit, .auditEpoch: throw mismatch
        }
        let isStated = try fromSodium { () throws(SodiumError) in
            try commitment.matches(key: secret, kind: secretKind, scope: scope, number: number)
        }
        guard isStated else { throw mismatch }
    }
}
