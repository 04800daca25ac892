import VaultCoding
import VaultSodium
package import VaultStatements
import VaultStorage

/// A principal's row: the public keys, the seed under the principal's secret, the pins under a key
/// from the seed. The row itself lies under the storage lock.
///
/// `version(1) = 1 ‖ form(1) ‖ [operations(4) ‖ memory KiB(4) ‖ salt(16), for words] ‖ identity(80) ‖
/// framed envelope of the seed(32) ‖ framed envelope of the pins`. Both envelopes have key number 0
/// and name vault, space, row key, and `"seed"` with the identity, or `"pins"`.
package struct PrincipalBlob: Sendable, Equatable {
    /// The public halves. Not to be believed before a person has read out the words of their
    /// fingerprint, or a statement names them: a row can be swapped.
    package let identity: PublicIdentity
    /// How the wrapping key follows from the principal's secret.
    package let derivation: SecretDerivation
    let sealedSeed: [UInt8]
    let sealedPins: [UInt8]

    private static let version: UInt8 = 1
    /// More than any of the envelopes has.
    private static let maximumEnvelope = 512

    /// The row key of a principal's blob.
    static func rowKey(_ principal: PrincipalID) -> [UInt8] {
        WrappedRow.principal.key(principal.bytes)
    }

    // MARK: Making and opening

    /// A blob for a new random seed, and the keys of that seed. One derivation.
    static func make(
        _ principal: PrincipalID, vault: VaultID, secret: borrowing GeneratedSecret, pins: Pins,
        parameters: PasswordHash.Parameters
    ) throws(KeyringError) -> (blob: PrincipalBlob, keys: PrincipalKeys) {
        let derivation = SecretDerivation.fresh(for: secret.form, parameters)
        let wrapping = try derivation.wrappingKey(secret)
        let seed = try fromSodium { () throws(SodiumError) in
            try SecretBytes(random: PrincipalKeys.seedSize)
        }
        let keys = try PrincipalKeys(principal: principal, vault: vault, seed: seed)
        let sealedSeed = try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                seed, key: wrapping, number: 0, context: seedPlace(vault, keys.identity))
        }
        let blob = PrincipalBlob(
            identity: keys.identity, derivation: derivation, sealedSeed: sealedSeed,
            sealedPins: try seal(pins, keys))
        return (blob, keys)
    }

    /// The keys, opened with the principal's secret. One derivation. Throws `wrongSecret`, and
    /// `identityMismatch` if the public keys in the blob are not those of the seed.
    func open(
        _ secret: borrowing GeneratedSecret, vault: VaultID
    ) throws(KeyringError) -> PrincipalKeys {
        let seed = try openSeed(secret, vault: vault)
        let keys = try PrincipalKeys(principal: identity.principal, vault: vault, seed: seed)
        guard keys.identity == identity else { throw .identityMismatch }
        return keys
    }

    private func openSeed(
        _ secret: borrowing GeneratedSecret, vault: VaultID
    ) throws(KeyringError) -> SecretBytes {
        let wrapping = try derivation.wrappingKey(secret)
        let seed: SecretBytes
        do {
            seed = try Envelope.openSecret(
                sealedSeed, key: wrapping, context: Self.seedPlace(vault, identity))
        } catch .outOfMemory {
            throw .sodium(.outOfMemory)
        } catch {
            throw .wrongSecret
        }
        guard seed.count == PrincipalKeys.seedSize else { throw .rowDamaged(.principal) }
        return seed
    }

    /// This blob with its seed sealed under another secret. Two derivations. Throws `wrongSecret`.
    func resealed(
        from old: borrowing GeneratedSecret, to new: borrowing GeneratedSecret, vault: VaultID,
        parameters: PasswordHash.Parameters
    ) throws(KeyringError) -> PrincipalBlob {
        let seed = try openSeed(old, vault: vault)
        let derivation = SecretDerivation.fresh(for: new.form, parameters)
        let wrapping = try derivation.wrappingKey(new)
        let sealedSeed = try fromSodium { () throws(SodiumError) in
            try Envelope.sealSecret(
                seed, key: wrapping, number: 0, context: Self.seedPlace(vault, identity))
        }
        return PrincipalBlob(
            identity: identity, derivation: derivation, sealedSeed: sealedSeed,
            sealedPins: sealedPins)
    }

    /// This blob with the pins of another one of the same keys.
    func withPins(of other: PrincipalBlob) -> PrincipalBlob {
        PrincipalBlob(
            identity: identity, derivation: derivation, sealedSeed: sealedSeed,
            sealedPins: other.sealedPins)
    }

    /// What the principal remembers. Throws `rowDamaged`.
    func pins(_ keys: PrincipalKeys) throws(KeyringError) -> Pins {
        let bytes = try opening(.principal) { () throws(SodiumError) in
            try Envelope.open(
                sealedPins, key: keys.pinKey,
                context: Self.pinPlace(keys.vault, keys.identity.principal))
        }
        return try parsing(.principal) { () throws(CodingError) in try Pins(parsing: bytes) }
    }

    /// This blob with other pins.
    func remembering(_ pins: Pins, _ keys: PrincipalKeys) throws(KeyringError) -> PrincipalBlob {
        PrincipalBlob(
            identity: identity, derivation: derivation, sealedSeed: sealedSeed,
            sealedPins: try Self.seal(pins, keys))
    }

    private static func seal(_ pins: Pins, _ keys: PrincipalKeys) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            try Envelope.seal(
                pins.bytes, key: keys.pinKey, number: 0,
                context: pinPlace(keys.vault, keys.identity.principal))
        }
    }

    private static func seedPlace(_ vault: VaultID, _ identity: PublicIdentity) -> Context {
        var writer = ByteWriter(capacity: PublicIdentity.count)
        identity.write(to: &writer)
        return RowPlace.context(
            vault, .wrappedKeys, rowKey(identity.principal), [Array("seed".utf8), writer.bytes])
    }

    private static func pinPlace(_ vault: VaultID, _ principal: PrincipalID) -> Context {
        RowPlace.context(vault, .wrappedKeys, rowKey(principal), [Array("pins".utf8)])
    }

    // MARK: Encoding

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 512)
        writer.put(Self.version)
        writer.put(derivation.form.rawValue)
        if case .words(let parameters, let salt) = derivation {
            writer.put(parameters.operations)
            writer.put(parameters.memoryKiB)
            writer.put(raw: salt)
        }
        identity.write(to: &writer)
        writer.put(framed: sealedSeed)
        writer.put(framed: sealedPins)
        return writer.bytes
    }

    init(parsing bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of a principal's keys", at: 0)
        }
        derivation = try Self.derivation(&reader)
        identity = try PublicIdentity(from: &reader)
        sealedSeed = try reader.framed(max: Self.maximumEnvelope)
        sealedPins = try reader.framed(max: Self.maximumEnvelope)
        try reader.finish()
    }

    private init(
        identity: PublicIdentity, derivation: SecretDerivation, sealedSeed: [UInt8],
        sealedPins: [UInt8]
    ) {
        self.identity = identity
        self.derivation = derivation
        self.sealedSeed = sealedSeed
        self.sealedPins = sealedPins
    }

    private static func derivation(
        _ reader: inout ByteReader
    ) throws(CodingError) -> SecretDerivation {
        let at = reader.offset
        switch SecretForm(rawValue: try reader.u8()) {
        case .keyFile: return .keyFile
        case .words:
            let operations = try reader.u32()
            let memory = try reader.u32()
            guard
                let parameters = try? PasswordHash.Parameters(
                    operations: operations, memoryKiB: memory)
            else { throw .invalid(what: "cost of a derivation", at: at + 1) }
            return .words(parameters, salt: try reader.raw(PasswordHash.saltSize))
        case nil: throw .invalid(what: "form of a secret", at: at)
        }
    }
}
