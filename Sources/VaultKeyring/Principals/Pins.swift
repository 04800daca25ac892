package import VaultCoding
package import VaultStatements

/// What a principal remembers of the vault, sealed under a key of their own: checked before a
/// session opens.
///
/// Whoever replaces the chain, cuts it or swaps the whole vault is noticed by everybody who has
/// logged in since. Encoding: `version(1) ‖ optional founding hash(32) ‖ number(8) ‖ hash(32)`.
package struct Pins: Sendable, Equatable {
    /// The hash of the founding, once there is one.
    package let vaultFingerprint: Digest?
    /// The newest statement seen.
    package let head: ChainHead

    private static let version: UInt8 = 1

    /// What there is to remember of a chain.
    package init(of chain: StatementChain) {
        vaultFingerprint = chain.directory.foundingHash
        head = chain.head
    }

    /// The memory of somebody who has not seen a statement yet.
    static let nothing = Pins(vaultFingerprint: nil, head: ChainHead(number: 0, hash: .zero))

    private init(vaultFingerprint: Digest?, head: ChainHead) {
        self.vaultFingerprint = vaultFingerprint
        self.head = head
    }

    /// Requires that a chain is the one remembered, or goes on from it. Throws `pinOtherVault`,
    /// `pinRolledBack`, `pinForked`.
    package func check(against chain: StatementChain) throws(KeyringError) {
        if let vaultFingerprint, let found = chain.directory.foundingHash,
            found != vaultFingerprint
        {
            throw .pinOtherVault
        }
        guard head.number <= chain.head.number else {
            throw .pinRolledBack(pinned: head.number, found: chain.head.number)
        }
        guard head.number == 0 || chain.contains(head) else {
            throw .pinForked(number: head.number)
        }
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 80)
        writer.put(Self.version)
        writer.put(optional: vaultFingerprint) { $0.put($1) }
        writer.put(head.number)
        writer.put(head.hash)
        return writer.bytes
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else { throw .invalid(what: "pins", at: 0) }
        vaultFingerprint = try reader.optional { (reader) throws(CodingError) in
            try reader.digest()
        }
        head = ChainHead(number: try reader.u64(), hash: try reader.digest())
        try reader.finish()
    }
}
