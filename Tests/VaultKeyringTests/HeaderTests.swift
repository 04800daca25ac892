import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

@Suite struct HeaderTests {
    @Test func hasOneSpelling() throws {
        let vault = try TestVault()
        let header = try Header(parsing: vault.file)
        #expect(header == vault.keyring.header)
        #expect(header.bytes == vault.file)
        let spaced = Array(String(decoding: vault.file, as: UTF8.self).map { $0 }.flatMap(\.utf8))
        #expect(spaced == vault.file)
        let text = String(decoding: vault.file, as: UTF8.self)
        for other in [
            " " + text, text + "\n", text.replacing(",\"", with: ", \""),
            text.replacing("{\"created\"", with: "{\"a\":1,\"created\""), "", "{}", "[]",
        ] {
            #expect(throws: KeyringError.self) { try Header(parsing: Array(other.utf8)) }
        }
    }

    @Test func namesANewerFormat() throws {
        let text = String(decoding: try TestVault().file, as: UTF8.self)
        let newer = text.replacing("\"format\":1", with: "\"format\":7")
        #expect(throws: KeyringError.headerFormat(7)) { try Header(parsing: Array(newer.utf8)) }
    }

    /// Every one-byte change of the file is refused when it is read or when it is opened.
    @Test func everyChangedByteIsNoticed() throws {
        let vault = try TestVault()
        let secret = try GeneratedSecret(text: vault.sealSecret.bytes)
        for index in vault.file.indices {
            for change: UInt8 in [0x01, 0x20] {
                var mangled = vault.file
                mangled[index] ^= change
                #expect(throws: KeyringError.self, "byte \(index)") {
                    try Header(parsing: mangled).open(secret)
                }
            }
        }
    }

    @Test func unsealsWithWordsAndRefusesOthers() throws {
        let words = try GeneratedSecret(random: .words)
        let made = try NewVault.make(
            NewVaultRequest(
                operatorName: "olga", operatorUID: 1, slotLabel: "s", unsealUIDs: [1, 0, 1],
                node: "n", time: 1, costs: try cheapCosts()),
            sealSecret: words, operatorSecret: words)
        let header = made.keyring.header
        #expect(header.unsealUIDs == [0, 1])
        let epochs = try header.open(words).keys.sorted()
        #expect(epochs == [1])
        let other = try GeneratedSecret(random: .words)
        let keyFile = try GeneratedSecret(random: .keyFile)
        #expect(throws: KeyringError.wrongSecret) { try header.open(other) }
        #expect(throws: KeyringError.wrongSecret) { try header.open(keyFile) }
    }

    /// Whoever may write the file but has no secret cannot add an unseal uid or relabel a slot.
    @Test func editsAreRefusedByTheMAC() throws {
        let vault = try TestVault()
        let text = String(decoding: vault.file, as: UTF8.self)
        for (from, to) in [
            ("\"unsealUIDs\":[1000]", "\"unsealUIDs\":[1000,1001]"),
            ("\"label\":\"first\"", "\"label\":\"other\""), ("/one/1", "/two/1"),
        ] {
            vault.file = Array(text.replacing(from, with: to).utf8)
            #expect(vault.file != Array(text.utf8))
            #expect(throws: KeyringError.headerChanged) { try vault.restart() }
        }
    }

    /// The operator has the storage key, so their MAC is good; the store remembers the file.
    @Test func aHeaderOfAnotherDayIsRefused() throws {
        let vault = try TestVault()
        let old = vault.file
        let second = try GeneratedSecret(random: .keyFile)
        let replacement = HeaderReplacement.make(
            from: vault.keyring.header,
            to: try vault.keyring.header.adding(
                slot: "second", secret: second, lock: vault.lock, costs: try cheapCosts()),
            lock: vault.lock)
        try vault.commit(replacement.announce)
        // Killed here, the old file is found; killed after writing it, the new one. Both open.
        try vault.restart()
        vault.file = replacement.header.bytes
        try vault.restart()
        try vault.commit(replacement.adopt)
        try vault.restart()
        _ = try Keyring.unseal(headerBytes: vault.file, secret: second, store: vault.store)
        vault.file = old
        #expect(throws: KeyringError.headerChanged) { try vault.restart() }
    }

    /// Slots are public keys: anybody can box a storage key of their own to them, and MAC with it.
    @Test func aStorageKeyOfTheirOwnOpensNothing() throws {
        let vault = try TestVault()
        let header = vault.keyring.header
        let own = SecretBox(try SecretBytes(random: 32))
        let slot = try #require(header.slots.first)
        let swapped = try Header.sealed(
            vault: header.vault, created: header.created,
            slots: [try slot.boxing(own.bytes, epoch: 1, vault: header.vault)],
            unsealUIDs: [4711], logVerifierKey: header.logVerifierKey, origin: header.origin,
            newest: own.bytes)
        vault.file = swapped.bytes
        try vault.forge(.meta, HeaderReplacement.rowKey, swapped.hash.bytes)
        #expect(throws: KeyringError.rowDamaged(.statement)) { try vault.restart() }

        // Even with every row wrapped anew under that key, which takes the real one to do, the
        // statement names another key.
        let theirs = StorageLock(vault: vault.vault, current: 1, keys: [1: own])
        for space in RotationProgress.spaces {
            for row in try vault.store.scan(space, from: [], to: nil, limit: 100) {
                let plain = try vault.lock.open(row.value, space, row.key)
                try vault.forge(space, row.key, try theirs.seal(plain, space, row.key))
            }
        }
        #expect(throws: KeyringError.boxMismatch(kind: .storage, scope: "", number: 1)) {
            try vault.restart()
        }
    }

    @Test func aBoxOfAnotherSlotIsRefused() throws {
        let vault = try TestVault()
        let secret = try GeneratedSecret(random: .keyFile)
        let header = try vault.keyring.header.adding(
            slot: "second", secret: secret, lock: vault.lock, costs: try cheapCosts())
        let first = try #require(header.slots.first)
        let second = try #require(header.slots.last)
        let swapped = Slot(
            id: second.id, label: second.label, derivation: second.derivation,
            publicKey: second.publicKey, privateKey: second.privateKey, boxes: first.boxes)
        #expect(throws: KeyringError.boxMismatch(kind: .storage, scope: "", number: 1)) {
            try swapped.open(secret, vault: vault.vault)
        }
    }

    @Test func limitsHold() throws {
        let vault = try TestVault()
        let secret = try GeneratedSecret(random: .keyFile)
        #expect(throws: KeyringError.tooLong(what: "a slot's label", limit: 64)) {
            try vault.keyring.header.adding(
                slot: String(repeating: "x", count: 65), secret: secret, lock: vault.lock,
                costs: try cheapCosts())
        }
        let text = String(decoding: vault.file, as: UTF8.self)
        let absurd = text.replacing("\"created\":", with: "\"created\":-")
        #expect(throws: KeyringError.headerMalformed(what: "header.created")) {
            try Header(parsing: Array(absurd.utf8))
        }
    }

    @Test func costsBeyondTheCapsAreRefusedOnReading() throws {
        let words = try GeneratedSecret(random: .words)
        let made = try NewVault.make(
            NewVaultRequest(
                operatorName: "o", operatorUID: 1, slotLabel: "s", unsealUIDs: [], node: "n",
                time: 1, costs: try cheapCosts()),
            sealSecret: words, operatorSecret: words)
        let text = String(decoding: made.keyring.header.bytes, as: UTF8.self)
        for (from, to) in [
            ("\"memoryKiB\":8", "\"memoryKiB\":1048577"), ("\"operations\":1", "\"operations\":11"),
        ] {
            let absurd = text.replacing(from, with: to)
            #expect(absurd != text)
            #expect(throws: KeyringError.headerMalformed(what: "slot.argon2id")) {
                try Header(parsing: Array(absurd.utf8))
            }
        }
    }
}
