import VaultKeyring
package import VaultSodium

extension Vault {
    /// Whether a seal secret would open the storage lock for somebody now: for the service, which looks
    /// whether its own secret is in order again. Opens nothing and changes nothing; takes a derivation.
    package func wouldUnseal(_ text: consuming SecretBytes, caller: Caller) -> Bool {
        guard let bytes = try? world.readHeader(), let header = try? Header(parsing: bytes),
            header.unsealUIDs.contains(caller.uid),
            let secret = try? GeneratedSecret(text: text)
        else { return false }
        return derivations.run { Keyring.opens(headerBytes: bytes, secret: secret) }
    }
}
