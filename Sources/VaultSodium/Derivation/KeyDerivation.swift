import CSodium

/// libsodium's `crypto_kdf`: numbered subkeys of one key,
/// `BLAKE2b(key, message = "", salt = id(8, little-endian) ‖ 0⁸, personal = context ‖ 0⁸)`.
package enum KeyDerivation {
    /// Subkey `id` of a 32-byte key for a context of 8 ASCII bytes, `count` bytes (16 to 64). Throws
    /// `length`, `outOfMemory`.
    package static func subkey(
        _ key: borrowing SecretBytes, id: UInt64, context: String, count: Int = 32
    ) throws(SodiumError) -> SecretBytes {
        try key.require(32, as: "subkey derivation key")
        try requireLength(count, in: 16...64, of: "subkey")
        let bytes = context.utf8.map { CChar(bitPattern: $0) }
        try requireLength(bytes.count, 8, of: "subkey derivation context")
        let subkey = try SecretBytes(zeros: count)
        let status = unsafe crypto_kdf_derive_from_key(
            subkey.start, count, id, bytes, key.start)
        precondition(status == 0, "internal error: crypto_kdf refused sizes that were checked")
        return subkey
    }
}
