package import VaultCoding
package import VaultSodium
package import VaultStatements

/// A principal's opened keys, for as long as they are logged in: all follow from one 32-byte seed.
package final class PrincipalKeys: Sendable {
    /// The vault in which these keys are used.
    package let vault: VaultID
    /// The public halves.
    package let identity: PublicIdentity
    /// Their fingerprint in this vault.
    package let fingerprint: Fingerprint
    /// Opens the boxes made for the principal.
    package let agreement: AgreementKeyPair
    /// Signs the principal's statements.
    package let signing: SigningKeyPair
    /// Seals the pins.
    let pinKey: SecretBytes

    /// The size of a seed in bytes.
    static let seedSize = 32

    /// The keys of a seed. Throws `sodium`.
    init(
        principal: PrincipalID, vault: VaultID, seed: borrowing SecretBytes
    ) throws(KeyringError) {
        let agreement = try fromSodium { () throws(SodiumError) in
            try AgreementKeyPair(seed: Blake2b.secret([], key: seed, personal: .agreementSeed))
        }
        let signing = try fromSodium { () throws(SodiumError) in
            try SigningKeyPair(seed: Blake2b.secret([], key: seed, personal: .signingSeed))
        }
        self.pinKey = try fromSodium { () throws(SodiumError) in
            try Blake2b.secret([], key: seed, personal: .pins)
        }
        self.vault = vault
        self.identity = PublicIdentity(
            principal: principal, agreement: agreement.publicKey, signing: signing.publicKey)
        self.fingerprint = identity.fingerprint(vault: vault)
        self.agreement = agreement
        self.signing = signing
    }

    /// Signs a draft whose only signer is this principal.
    package func sign(_ draft: DraftStatement) throws(KeyringError) -> Statement {
        try verifying { () throws(StatementError) in try draft.sign(with: signing) }
    }
}
