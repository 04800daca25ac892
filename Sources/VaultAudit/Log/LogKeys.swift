import VaultCoding
package import VaultSodium

/// What an unsealed log works with: its name, its signing key and its MAC key.
package final class LogKeys: Sendable {
    /// Which log.
    package let origin: LogOrigin
    /// Verifies what ``sign`` signs; its name is the origin.
    package let verifierKey: VerifierKey
    let mac: SecretBox
    let sign: @Sendable ([UInt8]) -> [UInt8]

    /// `sign` makes Ed25519 signatures of `publicKey`; `mac` has 32 bytes.
    package init(
        origin: LogOrigin, publicKey: SigningPublicKey, mac: SecretBox,
        sign: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.origin = origin
        self.mac = mac
        self.sign = sign
        guard let key = try? VerifierKey(name: origin.text, key: publicKey) else {
            preconditionFailure("internal error: an origin is always the name of a key")
        }
        verifierKey = key
    }
}
