import VaultCoding
package import VaultSodium

/// How a secret is kept by its holder. The raw value is part of the format on disk.
package enum SecretForm: UInt8, Sendable, Hashable {
    /// Eight words of the SLIP-0039 list: 80 random bits, for people.
    case words = 1
    /// 32 random bytes in a file, for services and scripts.
    case keyFile = 2
}

/// A secret that the vault made: of a slot, or of a principal.
///
/// Chosen secrets do not exist: what is read back must be eight words of the list, or a key file.
/// Guessing eight words means 2⁷⁹ derivations on average, each at the Argon2id cost stored beside
/// the secret.
package struct GeneratedSecret: ~Copyable, Sendable {
    /// Words in a secret.
    package static let wordCount = 8

    /// Words or key file.
    package let form: SecretForm
    /// The words with single spaces between, or the 32 bytes.
    let bytes: SecretBytes

    private init(form: SecretForm, bytes: consuming SecretBytes) {
        self.form = form
        self.bytes = bytes
    }

    /// A new secret. Throws `sodium`.
    package init(random form: SecretForm) throws(KeyringError) {
        switch form {
        case .words:
            let bits = try fromSodium { () throws(SodiumError) in try SecretBytes(random: 10) }
            self.init(form: .words, bytes: try SecretText.words(of: bits))
        case .keyFile:
            let bytes = try fromSodium { () throws(SodiumError) in try SecretBytes(random: 32) }
            self.init(form: .keyFile, bytes: bytes)
        }
    }

    /// Reads what a person typed or a file holds: eight words in any case and spacing, four letters
    /// of each being enough, or the text of a key file. Throws `secretMalformed`.
    package init(text: borrowing SecretBytes) throws(KeyringError) {
        if text.begins(with: SecretText.keyFilePrefix) {
            self.init(form: .keyFile, bytes: try SecretText.parseKeyFile(text))
        } else {
            let numbers = try SecretText.wordNumbers(text)
            self.init(form: .words, bytes: try SecretText.words(numbered: numbers))
        }
    }

    /// The same for bytes that come from outside guarded memory; they are wiped.
    package init(typed: inout [UInt8]) throws(KeyringError) {
        let text: SecretBytes
        do {
            text = try SecretBytes(wiping: &typed)
        } catch .length {
            throw .secretMalformed(word: nil)
        } catch {
            throw .sodium(error)
        }
        try self.init(text: text)
    }

    /// What is shown once, or written to a key file: the words with single spaces, or the line
    /// `CAREVAULT-SECRET-KEY-1` and a line of base 64. Throws `sodium`.
    package func text() throws(KeyringError) -> SecretBytes {
        switch form {
        case .words: try fromSodium { () throws(SodiumError) in try bytes.copy() }
        case .keyFile: try SecretText.formatKeyFile(bytes)
        }
    }
}

/// The Argon2id costs for the two kinds of secrets.
package struct DerivationCosts: Sendable, Equatable {
    /// For the words of a slot.
    package let slot: PasswordHash.Parameters
    /// For the words of a principal.
    package let principal: PasswordHash.Parameters

    /// These costs.
    package init(slot: PasswordHash.Parameters, principal: PasswordHash.Parameters) {
        self.slot = slot
        self.principal = principal
    }

    /// 256 MiB three times for slots, 64 MiB three times for principals.
    package static let production = DerivationCosts(slot: .slot, principal: .principal)
}

/// How a wrapping key follows from a secret; stored beside what it wraps, never assumed.
package enum SecretDerivation: Sendable, Equatable {
    /// Argon2id over the words, with a 16-byte salt.
    case words(PasswordHash.Parameters, salt: [UInt8])
    /// Keyed BLAKE2b: a key file has 256 bits and needs no stretching.
    case keyFile

    /// A derivation for a new secret of this form.
    static func fresh(for form: SecretForm, _ parameters: PasswordHash.Parameters) -> Self {
        switch form {
        case .words: .words(parameters, salt: Random.bytes(PasswordHash.saltSize))
        case .keyFile: .keyFile
        }
    }

    /// The form of secret that this takes.
    package var form: SecretForm {
        switch self {
        case .words: .words
        case .keyFile: .keyFile
        }
    }

    /// The wrapping key of a secret. Throws `wrongSecret` for one of another form, before any
    /// derivation, and `sodium`.
    func wrappingKey(_ secret: borrowing GeneratedSecret) throws(KeyringError) -> SecretBytes {
        guard secret.form == form else { throw .wrongSecret }
        return try fromSodium { () throws(SodiumError) in
            switch self {
            case .words(let parameters, let salt):
                try PasswordHash.derive(secret.bytes, salt: salt, parameters: parameters)
            case .keyFile:
                try Blake2b.secret([], key: secret.bytes, personal: .keyFile)
            }
        }
    }
}
