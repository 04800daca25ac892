package import VaultCoding
import VaultSodium
package import VaultStatements
package import VaultStorage

/// The opened care lock of one login: the keys of the compartments that the member's grant names.
///
/// Every key was taken out of a box for this member and compared with the commitment in its
/// statement. A box that holds another key, or was made for another place, ends the login: somebody
/// changed the store. A box that is not there only leaves that generation closed.
package final class CareLock: Sendable {
    /// The vault.
    package let vault: VaultID
    private let opened: [Compartment: CompartmentKeys]
    private let linkKey: SecretBox?

    private init(
        vault: VaultID, opened: [Compartment: CompartmentKeys], linkKey: SecretBox?
    ) {
        self.vault = vault
        self.opened = opened
        self.linkKey = linkKey
    }

    /// The compartments that are open, in their order.
    package var compartments: [Compartment] { opened.keys.sorted() }

    /// The keys of a compartment, if it is open.
    package subscript(compartment: Compartment) -> CompartmentKeys? { opened[compartment] }

    /// Whether the link key is open.
    package var isCustodian: Bool { linkKey != nil }

    /// Opens what the statements grant to these keys. About 40 µs a box.
    ///
    /// Throws `notGranted` without a grant of care for exactly these keys, `boxMismatch`,
    /// `rowDamaged`, `storage`.
    package static func open(
        _ keys: PrincipalKeys, directory: Directory, _ store: any ByteStore, lock: StorageLock,
        service: ServiceKeys
    ) throws(KeyringError) -> CareLock {
        guard let principal = directory.principal(keys.identity.principal),
            principal.state == .active, principal.identity == keys.identity,
            principal.grant?.group == .care
        else { throw .notGranted }
        let reader = CareReader(
            keys: keys, directory: directory, store: store, lock: lock, service: service)
        var opened: [Compartment: CompartmentKeys] = [:]
        for compartment in principal.compartments.sorted() {
            guard let compartmentKeys = try reader.compartment(compartment) else { continue }
            if let other = opened.values.first, !other.hasPseudonymKey(of: compartmentKeys) {
                throw .rowDamaged(.compartmentHeldKey)
            }
            opened[compartment] = compartmentKeys
        }
        var linkKey: SecretBox?
        if principal.roles.contains(.custodian) {
            linkKey = try reader.linkKey()
            try linkKey.map { (link) throws(KeyringError) in try check(link, opened) }
        }
        return CareLock(vault: directory.vault, opened: opened, linkKey: linkKey)
    }

    /// The tag key of every compartment must come from the link key, or erasing would miss rows.
    private static func check(
        _ linkKey: SecretBox, _ opened: [Compartment: CompartmentKeys]
    ) throws(KeyringError) {
        for (compartment, keys) in opened
        where !keys.hasTagKey(try tagKey(linkKey, compartment).bytes) {
            throw .rowDamaged(.compartmentHeldKey)
        }
    }

    /// The tag key of a compartment.
    static func tagKey(
        _ linkKey: SecretBox, _ compartment: Compartment
    ) throws(KeyringError) -> SecretBox {
        let message = Array(compartment.rawValue.utf8)
        return SecretBox(
            try fromSodium { () throws(SodiumError) in
                try Blake2b.secret(message, key: linkKey.bytes, personal: .tagKey)
            })
    }

    /// The subject's tag in each open compartment.
    package func tags(of subject: SubjectID) throws(KeyringError) -> [Compartment: Tag] {
        var tags: [Compartment: Tag] = [:]
        for (compartment, keys) in opened { tags[compartment] = try keys.tag(of: subject) }
        return tags
    }

    /// The boxes that a grant of care calls for: every live generation of every compartment that it
    /// names, and the link key for a custodian.
    ///
    /// `directory` is the one after the grant: boxes are made only to keys that a valid statement
    /// names. Part of the commit of that statement. Throws `notGranted`, and `staleGeneration` if
    /// this login lacks a key that is to be handed on.
    package func boxes(
        for grantee: PrincipalID, directory: Directory, lock: StorageLock, service: ServiceKeys
    ) throws(KeyringError) -> KeyringChange {
        guard let grant = directory.principal(grantee)?.grant, grant.group == .care else {
            throw .notGranted
        }
        var change = KeyringChange(preconditions: [lock.fence])
        for compartment in grant.compartments.sorted() {
            guard let keys = opened[compartment] else { throw .staleGeneration(compartment) }
            change.require(keys.fence)
            for generation in (directory.compartments[compartment] ?? [:]).keys.sorted() {
                guard let key = keys.key(generation) else { throw .staleGeneration(compartment) }
                let row = try BoxRow(
                    .compartment(compartment, generation, vault, grant.fingerprint), service)
                change.add(
                    try row.write(key.bytes, to: grant.identity.agreement, lock: lock))
            }
        }
        if grant.roles.contains(.custodian) {
            guard let linkKey else { throw .notGranted }
            let row = try BoxRow(.link(vault, grant.fingerprint), service)
            change.add(try row.write(linkKey.bytes, to: grant.identity.agreement, lock: lock))
        }
        return change
    }
}

/// Reads and checks what a care lock is made of.
private struct CareReader {
    let keys: PrincipalKeys
    let directory: Directory
    let store: any ByteStore
    let lock: StorageLock
    let service: ServiceKeys

    /// A compartment's keys; nil if no generation's box is there.
    func compartment(_ compartment: Compartment) throws(KeyringError) -> CompartmentKeys? {
        guard let newest = directory.generation(of: compartment) else { return nil }
        var generations: [UInt32: SecretBox] = [:]
        for (generation, commitment) in directory.compartments[compartment] ?? [:] {
            let box = KeyBox.compartment(
                compartment, generation, directory.vault, keys.fingerprint)
            generations[generation] = try boxed(box, commitment)
        }
        guard !generations.isEmpty else { return nil }
        return try HeldReader(store: store, lock: lock)
            .held(compartment, newest: newest, generations)
    }

    /// The link key; nil if its box is not there.
    func linkKey() throws(KeyringError) -> SecretBox? {
        guard let commitment = directory.linkKey else { return nil }
        return try boxed(.link(directory.vault, keys.fingerprint), commitment)
    }

    private func boxed(
        _ box: KeyBox, _ commitment: KeyCommitment
    ) throws(KeyringError) -> SecretBox? {
        guard
            let secret = try BoxRow(box, service).read(
                store, lock: lock, with: keys.agreement)
        else { return nil }
        try box.check(secret, commitment)
        return SecretBox(secret)
    }
}
