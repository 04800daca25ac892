import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

/// An operator has every file, the seal secret and an editor: they open and write the outer layer of
/// every row. Nothing of it brings them, or anybody, a key that a statement does not name.
@Suite struct BoxAttackTests {
    private func place(
        _ compartment: Compartment, _ person: Person, _ vault: TestVault
    ) throws -> BoxRow {
        try BoxRow(
            .compartment(compartment, 1, vault.vault, person.keys.fingerprint), vault.service)
    }

    private func mismatch(_ compartment: Compartment) -> KeyringError {
        .boxMismatch(kind: .compartment, scope: compartment.rawValue, number: 1)
    }

    /// The outer layer alone gives nothing: every box and every inner envelope stays closed.
    @Test func unwrappingEverythingReachableYieldsNoKey() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let care = try vault.openCare(founded.custodian)
        let subjects = SubjectKeyring()
        let registry = try #require(care[.registry])
        let tag = try registry.tag(of: Random.identifier())
        let writable = try subjects.forWriting(
            tag, registry, store: vault.store, lock: vault.lock)
        try vault.commit(writable.change)
        var secrets: [[UInt8]] = []
        for compartment in care.compartments {
            let key = try #require(care[compartment]).currentKey()
            secrets.append(key.bytes.reveal(0..<32))
        }
        for row in try vault.store.scan(.wrappedKeys, from: [], to: nil, limit: 10_000) {
            let plain = try vault.lock.open(row.value, .wrappedKeys, row.key)
            for secret in secrets {
                #expect(!contains(plain, secret))
                #expect(!contains(row.value, secret))
            }
            // The operator's own pair opens no box.
            if row.key.first == WrappedRow.box.rawValue {
                #expect(throws: SodiumError.cannotOpen) {
                    try SealedBox.open(plain, with: vault.firstOperator.keys.agreement).count
                }
            }
        }
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard bytes.count >= part.count else { return false }
        return (0...bytes.count - part.count).contains { bytes[$0...].starts(with: part) }
    }

    @Test func aBoxOfOneCompartmentDoesNotServeForAnother() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let registry = try place(.registry, founded.counsellor, vault)
        let counselling = try place(.counselling, founded.counsellor, vault)
        // As stored, the outer layer is bound to its row.
        let value = try row(vault, .wrappedKeys, registry.key)
        let before = try row(vault, .wrappedKeys, counselling.key)
        try vault.forge(.wrappedKeys, counselling.key, value)
        #expect(throws: KeyringError.rowDamaged(.box)) {
            try vault.openCare(founded.counsellor)
        }
        // Wrapped anew by whoever has the storage key, the box itself says what it is for.
        let box = try vault.lock.open(value, .wrappedKeys, registry.key)
        try vault.forgeSealed(counselling.key, box)
        #expect(throws: mismatch(.counselling)) { try vault.openCare(founded.counsellor) }
        try vault.forge(.wrappedKeys, counselling.key, before)
        _ = try vault.openCare(founded.counsellor)
    }

    @Test func aBoxOfAnotherPersonDoesNotOpen() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let theirs = try place(.registry, founded.custodian, vault)
        let own = try place(.registry, founded.counsellor, vault)
        try vault.forgeSealed(
            own.key, try #require(try vault.lock.get(vault.store, .wrappedKeys, theirs.key)))
        #expect(throws: mismatch(.registry)) { try vault.openCare(founded.counsellor) }
    }

    /// Public keys are public: anybody can make a box whose every field is right.
    @Test func aPerfectBoxAroundTheirOwnKeyIsRefused() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let own = try SecretBytes(random: 32)
        let agreement = founded.counsellor.keys.identity.agreement
        let registry = try place(.registry, founded.counsellor, vault)
        try vault.commit(try registry.write(own, to: agreement, lock: vault.lock))
        #expect(throws: mismatch(.registry)) { try vault.openCare(founded.counsellor) }

        let link = try BoxRow(
            .link(vault.vault, founded.custodian.keys.fingerprint), vault.service)
        try vault.commit(
            try link.write(own, to: founded.custodian.keys.identity.agreement, lock: vault.lock))
        #expect(throws: KeyringError.boxMismatch(kind: .link, scope: "", number: 1)) {
            try vault.openCare(founded.custodian)
        }
        let audit = try BoxRow(
            .audit(1, vault.vault, founded.auditor.keys.fingerprint), vault.service)
        try vault.commit(
            try audit.write(own, to: founded.auditor.keys.identity.agreement, lock: vault.lock))
        #expect(throws: KeyringError.boxMismatch(kind: .audit, scope: "", number: 1)) {
            try vault.openAudit(founded.auditor)
        }
    }

    /// Every field of a box is checked: right key, right recipient, one field off.
    @Test func everyFieldOfABoxCounts() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let keys = founded.counsellor.keys
        let secret = try SecretBytes(random: 32)
        let right = KeyBox.compartment(.registry, 1, vault.vault, keys.fingerprint)
        let wrong = [
            KeyBox(
                vault: Random.identifier(), kind: right.kind, scope: right.scope,
                number: right.number, recipient: right.recipient),
            KeyBox(
                vault: right.vault, kind: .link, scope: right.scope, number: right.number,
                recipient: right.recipient),
            KeyBox(
                vault: right.vault, kind: right.kind, scope: "medical", number: right.number,
                recipient: right.recipient),
            KeyBox(
                vault: right.vault, kind: right.kind, scope: right.scope, number: 2,
                recipient: right.recipient),
            KeyBox(
                vault: right.vault, kind: right.kind, scope: right.scope, number: right.number,
                recipient: .zero),
        ]
        for place in wrong {
            let sealed = try place.seal(secret, to: keys.identity.agreement)
            #expect(throws: right.mismatch) { try right.open(sealed, with: keys.agreement).count }
        }
        let sealed = try right.seal(secret, to: keys.identity.agreement)
        let opened = try right.open(sealed, with: keys.agreement)
        let isSame = opened.isEqual(to: secret)
        #expect(isSame)
        for index in sealed.indices {
            var mangled = sealed
            mangled[index] ^= 0x01
            // The top bit of an X25519 key is masked, so one flip there may be the same key; the
            // sealed box's nonce covers it.
            #expect(throws: right.mismatch) { try right.open(mangled, with: keys.agreement).count }
        }
        let short = try SecretBytes(random: 16)
        let tooShort = try right.seal(short, to: keys.identity.agreement)
        #expect(throws: right.mismatch) { try right.open(tooShort, with: keys.agreement).count }
    }

    /// Somebody waits for a grant after swapping the member's row: the boxes go to the key that the
    /// statement names, whatever the row says.
    @Test func aSwappedPublicKeyWaitsInVain() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let member = try vault.enrol("mina", uid: 1020)
        let secret = try GeneratedSecret(random: .keyFile)
        let theirs = try PrincipalBlob.make(
            member.id, vault: vault.vault, secret: secret, pins: Pins(of: vault.keyring.chain),
            parameters: try cheapCosts().principal)
        let rowKey = PrincipalBlob.rowKey(member.id)
        try vault.forgeSealed(rowKey, theirs.blob.bytes)
        // The words that mina reads out are not those of the row.
        let stored = try #require(
            try StoredPrincipal.read(member.id, vault.store, lock: vault.lock))
        let shown = stored.identity.fingerprint(vault: vault.vault)
        #expect(!shown.matches(member.words(vault)))
        // Granted by the right words, a later swap changes nothing either.
        try vault.grant(member, [.counsellor], [.counselling], by: founded.custodian)
        let care = try vault.openCare(founded.custodian)
        let again = try care.boxes(
            for: member.id, directory: vault.directory, lock: vault.lock, service: vault.service)
        try vault.commit(again)
        for row in try vault.store.scan(
            .wrappedKeys, prefix: WrappedRow.box.key([]), limit: 1000)
        {
            let sealed = try vault.lock.open(row.value, .wrappedKeys, row.key)
            #expect(throws: SodiumError.cannotOpen) {
                try SealedBox.open(sealed, with: theirs.keys.agreement).count
            }
        }
        #expect(try vault.openCare(member).compartments == [.counselling])
    }

    /// Old rows in the place of new ones: boxes and keys of before a change are still only what the
    /// statements name.
    @Test func replayedRowsBringNothingBack() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let before = try vault.store.scan(.wrappedKeys, from: [], to: nil, limit: 10_000)
        try vault.state(
            .careRevoke(PrincipalBody(principal: founded.counsellor.id)), by: founded.custodian
        ) { directory in
            try BoxRows.removal(
                of: founded.counsellor.keys.fingerprint, directory: directory,
                service: vault.service)
        }
        for row in before { try vault.forge(.wrappedKeys, row.key, row.value) }
        // The boxes are back, the grant is not.
        #expect(throws: KeyringError.notGranted) { try vault.openCare(founded.counsellor) }
        // Nor does an old blob hide a newer pin from the chain: older pins are only older.
        let stored = try #require(
            try StoredPrincipal.read(founded.custodian.id, vault.store, lock: vault.lock))
        try stored.pins(founded.custodian.keys).check(against: vault.keyring.chain)
    }
}
