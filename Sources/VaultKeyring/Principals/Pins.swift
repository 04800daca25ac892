package import VaultCoding
package import VaultStatements

/// What a principal remembers of the vault, sealed under a key of their own: checked before a
/// session opens.
///
/// Whoever replaces the chain, cuts it or swaps the whole vault is noticed by everybody who has
/// logged in since. Encoding: `version(1) = 2 ‖ optional founding hash(32) ‖ number(8) ‖ hash(32) ‖
/// optional last login(8, µs)`. Version 1 ended before the last login.
package struct Pins: Sendable, Equatable {
    /// The hash of the founding, once there is one.
    package let vaultFingerprint: Digest?
    /// The newest statement seen.
    package let head: ChainHead

    /// When the principal logged in last, in µs since 1970; nil before the first login. It lies under
    /// a key of their own, so that nobody else reads from it who was here when.
    package let lastLogin: UInt64?

    private static let version: UInt8 = 2
    private static let versionWithoutLogin: UInt8 = 1

    /// What there is to remember of a chain, and of a login.
    package init(of chain: StatementChain, lastLogin: UInt64? = nil) {
        vaultFingerprint = chain.directory.foundingHash
        head = chain.head
        self.lastLogin = lastLogin
    }

    /// The same, with the last login of `older` where this has none.
    func keepingLogin(of older: Pins) -> Pins {
        Pins(
            vaultFingerprint: vaultFingerprint, head: head, lastLogin: lastLogin ?? older.lastLogin)
    }

    /// The memory of somebody who has not seen a statement yet.
    static let nothing = Pins(vaultFingerprint: nil, head: ChainHead(number: 0, hash: .zero))

    private init(vaultFingerprint: Digest?, head: ChainHead, lastLogin: UInt64? = nil) {
        self.vaultFingerprint = vaultFingerprint
        self.head = head
        self.lastLogin = lastLogin
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
        writer.put(optional: lastLogin) { $0.put($1) }
        return writer.bytes
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        let version = try reader.u8()
        guard version == Self.version || version == Self.versionWithoutLogin else {
            throw .invalid(what: "pins", at: 0)
        }
        vaultFingerprint = try reader.optional { (reader) throws(CodingError) in
            try reader.digest()
        }
        head = ChainHead(number: try reader.u64(), hash: try reader.digest())
        lastLogin =
            version == Self.versionWithoutLogin
            ? nil
            : try reader.optional { (value) throws(CodingError) in
                try value.u64()
            }
        try reader.finish()
    }
}
