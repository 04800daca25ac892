import CSodium

/// Argon2id version 1.3 (RFC 9106) with one lane: makes guessing a secret slow and costly.
package enum PasswordHash {
    /// The size of a salt in bytes.
    package static let saltSize = 16

    /// How much time and memory one derivation costs. Stored beside each secret, never assumed.
    package struct Parameters: Sendable, Hashable {
        /// Passes over the memory: 1 to 10.
        package let operations: UInt32
        /// Memory in KiB: 8 to 1 048 576 (1 GiB).
        package let memoryKiB: UInt32

        /// Throws `parametersOutOfRange` beyond the bounds: a file must be able neither to hang the
        /// reader nor to take all its memory.
        package init(operations: UInt32, memoryKiB: UInt32) throws(SodiumError) {
            guard (1...10).contains(operations), (8...1 << 20).contains(memoryKiB) else {
                throw .parametersOutOfRange
            }
            self.init(checked: operations, memoryKiB)
        }

        private init(checked operations: UInt32, _ memoryKiB: UInt32) {
            self.operations = operations
            self.memoryKiB = memoryKiB
        }

        /// For the secret of a slot: 3 passes over 256 MiB.
        package static let slot = Parameters(checked: 3, 256 << 10)
        /// For the secret of a principal: 3 passes over 64 MiB; the generated words alone have 80
        /// bits.
        package static let principal = Parameters(checked: 3, 64 << 10)
    }

    /// A key of `count` bytes (16 to 64) from `secret` and a 16-byte salt. Takes as long and as much
    /// memory as `parameters` say. Throws `length` and, if the memory is not to be had,
    /// `outOfMemory`.
    package static func derive(
        _ secret: borrowing SecretBytes, salt: [UInt8], parameters: Parameters, count: Int = 32
    ) throws(SodiumError) -> SecretBytes {
        try requireLength(salt.count, saltSize, of: "Argon2id salt")
        try requireLength(count, in: 16...64, of: "Argon2id output")
        try Sodium.requireReady()
        let key = try SecretBytes(zeros: count)
        let password = unsafe UnsafeRawPointer(secret.start).assumingMemoryBound(to: CChar.self)
        let status = unsafe crypto_pwhash_argon2id(
            key.start, UInt64(count), password, UInt64(secret.count), salt,
            UInt64(parameters.operations), Int(parameters.memoryKiB) * 1024,
            crypto_pwhash_argon2id_ALG_ARGON2ID13)
        guard status == 0 else { throw .outOfMemory }
        return key
    }
}
