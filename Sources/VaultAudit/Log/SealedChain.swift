import VaultCoding
import VaultSodium

/// MACs of entries made while the vault is sealed.
///
/// The seal before leaves a random key, wrapped for the next unseal. Each entry gets a MAC under the
/// key of its turn; then the key is hashed forward, so whoever takes over the daemon later cannot
/// change the entries before. After a cold start there is no key, and entries have no MAC.
enum SealedChain {
    /// Bytes of a key.
    static let keySize = 32
    private static let keyNumber: UInt32 = 1

    /// The next key.
    static func step(_ key: borrowing SecretBytes) throws(SodiumError) -> SecretBytes {
        try Blake2b.secret([], key: key, personal: .sealedStep, count: keySize)
    }

    /// The MAC of a record of the sealed state: over its bytes before the MAC.
    static func mac(
        _ leaf: Leaf, _ part: OpenedPart, key: borrowing SecretBytes
    ) throws(SodiumError) -> Digest {
        let record = AuditRecord(leaf: leaf, content: .sealed(part, mac: .zero))
        return try Blake2b.digest(
            Array(record.bytes.dropLast(Digest.count)), key: key, personal: .sealedMAC)
    }

    /// The row that keeps the first key for the next unseal.
    static func wrap(
        _ key: borrowing SecretBytes, for keys: LogKeys
    ) throws(SodiumError) -> [UInt8] {
        try Envelope.sealSecret(
            key, key: try wrappingKey(keys), number: keyNumber, context: context(keys))
    }

    /// The inverse of ``wrap(_:for:)``.
    static func unwrap(_ row: [UInt8], with keys: LogKeys) throws(SodiumError) -> SecretBytes {
        try Envelope.openSecret(row, key: try wrappingKey(keys), context: context(keys))
    }

    /// How many of `records`, from the first on, the chain that begins with `key` vouches for.
    static func vouched(
        _ records: [AuditRecord], from key: consuming SecretBytes
    ) throws(SodiumError) -> UInt64 {
        var key = key
        var count: UInt64 = 0
        for record in records {
            guard case .sealed(let part, let mac?) = record.content,
                ConstantTime.equal(mac, try Self.mac(record.leaf, part, key: key))
            else { break }
            count += 1
            key = try step(key)
        }
        return count
    }

    private static func wrappingKey(_ keys: LogKeys) throws(SodiumError) -> SecretBytes {
        try Blake2b.secret([], key: keys.mac.bytes, personal: .sealedWrap, count: keySize)
    }

    private static func context(_ keys: LogKeys) -> Context {
        Context(Array("sealed-chain".utf8), Array(keys.origin.text.utf8))
    }
}
