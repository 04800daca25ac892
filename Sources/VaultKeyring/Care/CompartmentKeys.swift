package import VaultCoding
import VaultSodium
import VaultStatements
package import VaultStorage

/// The opened keys of one compartment, for as long as its member is logged in.
package final class CompartmentKeys: Sendable {
    /// The vault.
    package let vault: VaultID
    /// Which compartment.
    package let compartment: Compartment
    /// The generation that the statements call newest, as of this login.
    package let newest: UInt32
    private let generations: [UInt32: SecretBox]
    private let tagKey: SecretBox
    private let pseudonymKey: SecretBox
    /// The index keys by number.
    let indexKeys: [UInt32: SecretBox]

    init(
        vault: VaultID, compartment: Compartment, newest: UInt32,
        generations: [UInt32: SecretBox], tagKey: SecretBox, pseudonymKey: SecretBox,
        indexKeys: [UInt32: SecretBox]
    ) {
        self.vault = vault
        self.compartment = compartment
        self.newest = newest
        self.generations = generations
        self.tagKey = tagKey
        self.pseudonymKey = pseudonymKey
        self.indexKeys = indexKeys
    }

    /// Whether the newest generation is open: without it one reads but does not write.
    package var isCurrent: Bool { generations[newest] != nil }

    /// Holds while no later generation has started; part of every change made with these keys.
    package var fence: Precondition { Fence.compartment(compartment).stands(at: newest) }

    /// The generations that are open, ascending.
    package var openGenerations: [UInt32] { generations.keys.sorted() }

    /// The tag of a subject in this compartment.
    package func tag(of subject: SubjectID) throws(KeyringError) -> Tag {
        try Tag(of: subject, key: tagKey.bytes)
    }

    /// The pseudonym of a subject, the same in every compartment.
    package func pseudonym(of subject: SubjectID) throws(KeyringError) -> Pseudonym {
        Pseudonym(
            secret: try fromSodium { () throws(SodiumError) in
                try Blake2b.digest(
                    subject.bytes, key: pseudonymKey.bytes, personal: .pseudonymKey)
            })
    }

    /// The key for care rows about several subjects or none, of the newest generation. Throws
    /// `staleGeneration`.
    package func careRowKey() throws(KeyringError) -> CareRowKey {
        try careRowKey(generation: newest)
    }

    /// The key for such rows of a generation, which an envelope's key number tells. Throws
    /// `staleGeneration` if it is not open.
    package func careRowKey(generation: UInt32) throws(KeyringError) -> CareRowKey {
        guard let key = generations[generation] else { throw .staleGeneration(compartment) }
        let message = Array(compartment.rawValue.utf8)
        let derived = try fromSodium { () throws(SodiumError) in
            try Blake2b.secret(message, key: key.bytes, personal: .careRow)
        }
        return CareRowKey(vault: vault, generation: generation, key: SecretBox(derived))
    }

    /// The key of a generation, if it is open.
    func key(_ generation: UInt32) -> SecretBox? { generations[generation] }

    /// The key of the newest generation. Throws `staleGeneration`.
    func currentKey() throws(KeyringError) -> SecretBox {
        guard let key = generations[newest] else { throw .staleGeneration(compartment) }
        return key
    }

    /// The newest index key and its number.
    func newestIndexKey() throws(KeyringError) -> (number: UInt32, key: SecretBox) {
        guard let newest = indexKeys.max(by: { $0.key < $1.key }) else {
            throw .rowMissing(.compartmentHeldKey)
        }
        return (newest.key, newest.value)
    }

    /// Whether both make the same pseudonyms.
    func hasPseudonymKey(of other: CompartmentKeys) -> Bool {
        pseudonymKey.bytes.isEqual(to: other.pseudonymKey.bytes)
    }

    /// Whether tags are made with this key.
    func hasTagKey(_ key: borrowing SecretBytes) -> Bool { tagKey.bytes.isEqual(to: key) }
}

/// The key for care rows of a compartment that are not about one subject, and for what is remembered of
/// requests.
package final class CareRowKey: Sendable {
    /// The generation of the compartment's key that it comes from: the envelopes' key number.
    package let generation: UInt32
    private let vault: VaultID
    private let key: SecretBox

    init(vault: VaultID, generation: UInt32, key: SecretBox) {
        self.vault = vault
        self.generation = generation
        self.key = key
    }

    /// The value of a row of `space`.
    package func seal(
        _ plain: [UInt8], _ space: Space, _ rowKey: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        try fromSodium { () throws(SodiumError) in
            try Envelope.seal(
                plain, key: key.bytes, number: generation,
                context: RowPlace.context(vault, space, rowKey))
        }
    }

    /// What a row of `space` holds. Throws `rowDamaged`.
    package func open(
        _ value: [UInt8], _ space: Space, _ rowKey: [UInt8]
    ) throws(KeyringError) -> [UInt8] {
        try opening(.careRow) { () throws(SodiumError) in
            try Envelope.open(
                value, key: key.bytes, context: RowPlace.context(vault, space, rowKey))
        }
    }
}
