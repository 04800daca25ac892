import VaultCoding
import VaultSodium
package import VaultStatements
import VaultStorage

/// Where a box for a principal is stored: row `03 ‖ BLAKE2b-128(names key, kind ‖ scope ‖ number ‖
/// recipient)`, every field behind a u32 length, so that a row does not tell whose it is or what for.
struct BoxRow {
    let box: KeyBox
    let key: [UInt8]

    init(_ box: KeyBox, _ service: ServiceKeys) throws(KeyringError) {
        self.box = box
        var writer = ByteWriter(capacity: 96)
        writer.put(framed: box.kind.rawValue)
        writer.put(framed: box.scope)
        var number = ByteWriter(capacity: 4)
        number.put(box.number)
        writer.put(framed: number.bytes)
        writer.put(framed: box.recipient.bytes)
        let message = writer.bytes
        let name = try fromSodium { () throws(SodiumError) in
            try Blake2b.short(message, key: service.names.bytes, personal: .rowName)
        }
        key = WrappedRow.box.key(name)
    }

    /// Boxes a key and writes the row.
    func write(
        _ secret: borrowing SecretBytes, to publicKey: AgreementPublicKey, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        try lock.put(try box.seal(secret, to: publicKey), .wrappedKeys, key)
    }

    /// The key in the row; nil if there is none. Throws `boxMismatch`, `rowDamaged`, `storage`.
    func read(
        _ store: any ByteStore, lock: StorageLock, with pair: borrowing AgreementKeyPair
    ) throws(KeyringError) -> SecretBytes? {
        guard let sealed = try lock.get(store, .wrappedKeys, key) else { return nil }
        return try box.open(sealed, with: pair)
    }
}

/// The boxes that a principal's key may have, over all that the statements name.
package enum BoxRows {
    /// Deletes every box of a key: part of revoking and disabling. The keys stay known to whoever
    /// opened them before, until the generation rotates.
    package static func removal(
        of fingerprint: Fingerprint, directory: Directory, service: ServiceKeys
    ) throws(KeyringError) -> KeyringChange {
        var change = KeyringChange()
        for box in all(fingerprint, directory) {
            change.write(.delete(.wrappedKeys, try BoxRow(box, service).key))
        }
        return change
    }

    private static func all(_ fingerprint: Fingerprint, _ directory: Directory) -> [KeyBox] {
        var boxes = [KeyBox.link(directory.vault, fingerprint)]
        for (compartment, generations) in directory.compartments {
            for generation in generations.keys {
                boxes.append(
                    .compartment(compartment, generation, directory.vault, fingerprint))
            }
        }
        for number in directory.auditKeys.keys {
            boxes.append(.audit(number, directory.vault, fingerprint))
        }
        return boxes
    }
}

extension KeyBox {
    /// The box of a compartment's key.
    static func compartment(
        _ compartment: Compartment, _ generation: UInt32, _ vault: VaultID,
        _ recipient: Fingerprint
    ) -> KeyBox {
        KeyBox(
            vault: vault, kind: .compartment, scope: compartment.rawValue, number: generation,
            recipient: recipient.digest)
    }

    /// The box of the link key, of which there is one.
    static func link(_ vault: VaultID, _ recipient: Fingerprint) -> KeyBox {
        KeyBox(
            vault: vault, kind: .link, scope: "", number: 1, recipient: recipient.digest)
    }

    /// The box of the private half of an audit key.
    static func audit(_ number: UInt32, _ vault: VaultID, _ recipient: Fingerprint) -> KeyBox {
        KeyBox(
            vault: vault, kind: .audit, scope: "", number: number, recipient: recipient.digest)
    }
}
