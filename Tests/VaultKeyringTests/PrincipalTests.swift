import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

@Suite struct PrincipalTests {
    @Test(arguments: [SecretForm.words, .keyFile])
    func opensWithItsSecretOnly(form: SecretForm) throws {
        let vault = try TestVault()
        let id: PrincipalID = Random.identifier()
        let secret = try GeneratedSecret(random: form)
        let made = try NewPrincipal.make(
            id, secret: secret, pins: Pins(of: vault.keyring.chain), replacing: nil,
            lock: vault.lock, costs: try cheapCosts())
        try vault.commit(made.change)
        let stored = try #require(try StoredPrincipal.read(id, vault.store, lock: vault.lock))
        #expect(stored.identity == made.keys.identity)
        let keys = try stored.open(secret, directory: vault.directory)
        #expect(keys.identity == made.keys.identity)
        #expect(try stored.pins(keys) == Pins(of: vault.keyring.chain))
        for other in [SecretForm.words, .keyFile] {
            let wrong = try GeneratedSecret(random: other)
            #expect(throws: KeyringError.wrongSecret) {
                try stored.open(wrong, directory: vault.directory)
            }
        }
        #expect(throws: StorageError.self) { try vault.commit(made.change) }
    }

    @Test(arguments: [SecretForm.words, .keyFile], [SecretForm.words, .keyFile])
    func aNewSecretOpensTheSameKeys(from: SecretForm, to: SecretForm) throws {
        let vault = try TestVault()
        let id: PrincipalID = Random.identifier()
        let old = try GeneratedSecret(random: from)
        let made = try NewPrincipal.make(
            id, secret: old, pins: Pins(of: vault.keyring.chain), replacing: nil,
            lock: vault.lock, costs: try cheapCosts())
        try vault.commit(made.change)
        func stored() throws -> StoredPrincipal {
            try #require(try StoredPrincipal.read(id, vault.store, lock: vault.lock))
        }
        let new = try GeneratedSecret(random: to)
        let wrong = try GeneratedSecret(random: from)
        #expect(throws: KeyringError.wrongSecret) {
            try ReplacedSecret.make(
                try stored(), old: wrong, new: new, directory: vault.directory,
                costs: try cheapCosts())
        }
        let replaced = try ReplacedSecret.make(
            try stored(), old: old, new: new, directory: vault.directory,
            costs: try cheapCosts())
        // The pins may move on before it counts, and are kept.
        let pins = Pins(of: vault.keyring.chain, lastLogin: 77)
        try vault.commit(try stored().repin(made.keys, to: pins, lock: vault.lock))
        let change = try replaced.change(over: try stored(), lock: vault.lock)
        try vault.commit(try #require(change))
        let keys = try stored().open(new, directory: vault.directory)
        #expect(keys.identity == made.keys.identity)
        #expect(try stored().pins(keys) == pins)
        #expect(throws: KeyringError.wrongSecret) {
            try stored().open(old, directory: vault.directory)
        }
        // It was made for the secret before.
        #expect(try replaced.change(over: try stored(), lock: vault.lock) == nil)
    }

    @Test func aLastLoginIsKeptUntilAnother() throws {
        let vault = try TestVault()
        let (id, keys) = (vault.firstOperator.id, vault.firstOperator.keys)
        for (written, wanted) in [(UInt64(5), UInt64(5)), (nil, 5), (9, 9)] {
            let stored = try #require(
                try StoredPrincipal.read(id, vault.store, lock: vault.lock))
            let pins = Pins(of: vault.keyring.chain, lastLogin: written)
            #expect(try Pins(parsing: pins.bytes) == pins)
            try vault.commit(try stored.repin(keys, to: pins, lock: vault.lock))
            let read = try #require(
                try StoredPrincipal.read(id, vault.store, lock: vault.lock))
            #expect(try read.pins(keys).lastLogin == wanted)
        }
        // Rows from before there was one are read, and have none.
        let bytes = Pins(of: vault.keyring.chain).bytes
        let older = try Pins(parsing: [1] + bytes.dropFirst().dropLast())
        #expect(older == Pins(of: vault.keyring.chain))
    }

    @Test func mangledBlobsAreRefused() throws {
        let vault = try TestVault()
        let stored = try #require(
            try StoredPrincipal.read(vault.firstOperator.id, vault.store, lock: vault.lock))
        let bytes = stored.blob.bytes
        let secret = try GeneratedSecret(text: vault.firstOperator.secret.bytes)
        for index in bytes.indices {
            var mangled = bytes
            mangled[index] ^= 0x01
            guard let blob = try? PrincipalBlob(parsing: mangled) else { continue }
            #expect(blob.bytes == mangled)
            #expect(throws: KeyringError.self, "byte \(index)") {
                let keys = try blob.open(secret, vault: vault.vault)
                _ = try blob.pins(keys)
            }
        }
        for length in bytes.indices {
            #expect(throws: CodingError.self) {
                try PrincipalBlob(parsing: Array(bytes[..<length]))
            }
        }
        #expect(throws: CodingError.self) { try PrincipalBlob(parsing: bytes + [0]) }
    }

    /// The operator swaps a member's row for one with keys of their own.
    @Test func aSwappedRowIsNotTheGrantedOne() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let secret = try GeneratedSecret(random: .keyFile)
        let theirs = try PrincipalBlob.make(
            founded.counsellor.id, vault: vault.vault, secret: secret,
            pins: Pins(of: vault.keyring.chain), parameters: try cheapCosts().principal)
        try vault.forgeSealed(
            PrincipalBlob.rowKey(founded.counsellor.id), theirs.blob.bytes)
        let stored = try #require(
            try StoredPrincipal.read(founded.counsellor.id, vault.store, lock: vault.lock))
        #expect(throws: KeyringError.identityMismatch) {
            try stored.open(secret, directory: vault.directory)
        }
        // With the keys anyway, no box is theirs and no grant names them.
        #expect(throws: KeyringError.notGranted) {
            try CareLock.open(
                theirs.keys, directory: vault.directory, vault.store, lock: vault.lock,
                service: vault.service)
        }
        // The row of somebody else under this name does not open at all.
        let other = PrincipalBlob.rowKey(founded.auditor.id)
        try vault.forge(
            .wrappedKeys, PrincipalBlob.rowKey(founded.counsellor.id),
            try row(vault, .wrappedKeys, other))
        #expect(throws: KeyringError.rowDamaged(.principal)) {
            try StoredPrincipal.read(founded.counsellor.id, vault.store, lock: vault.lock)
        }
    }

    @Test func pinsNoticeACutAForkAndAnotherVault() throws {
        let founded = try FoundedVault()
        let chain = founded.vault.keyring.chain
        let pins = Pins(of: chain)
        try pins.check(against: chain)
        #expect(try Pins(parsing: pins.bytes) == pins)

        var shorter = try StatementChain(
            first: chain.statements[0].statement, vault: founded.vault.vault)
        let cut = shorter
        #expect(
            throws: KeyringError.pinRolledBack(pinned: chain.head.number, found: 1)
        ) { try pins.check(against: cut) }

        try Pins(of: shorter).check(against: chain)
        while shorter.head.number < chain.head.number {
            let content = StatementBody.enlist(
                EnlistBody(
                    principal: Random.identifier(), name: "p\(shorter.head.number)",
                    uid: 5000 + UInt32(shorter.head.number)))
            let draft = shorter.draft(
                content, signers: [founded.vault.firstOperator.keys.fingerprint], now: 1)
            try shorter.append(try founded.vault.firstOperator.keys.sign(draft))
        }
        let forked = shorter
        #expect(throws: KeyringError.pinForked(number: chain.head.number)) {
            try pins.check(against: forked)
        }
        let other = try FoundedVault().vault.keyring.chain
        #expect(throws: KeyringError.pinOtherVault) { try pins.check(against: other) }
    }

    /// The whole store rolled back to before a statement: the one who saw it notices at login.
    @Test func aRolledBackStoreIsNoticedByPins() throws {
        let vault = try TestVault()
        try vault.state(
            .enlist(EnlistBody(principal: Random.identifier(), name: "first", uid: 2)),
            by: vault.firstOperator)
        let row2 = StatementRows.key(vault.keyring.chain.head.number)
        try vault.store.commit(Batch(writes: [.delete(.statements, row2)]))
        try vault.restart()
        let stored = try #require(
            try StoredPrincipal.read(vault.firstOperator.id, vault.store, lock: vault.lock))
        let pins = try stored.pins(vault.firstOperator.keys)
        #expect(throws: KeyringError.pinRolledBack(pinned: 2, found: 1)) {
            try pins.check(against: vault.keyring.chain)
        }
    }

    @Test func aRereadChainMustGoOn() throws {
        let vault = try TestVault()
        let known = vault.keyring.chain
        try vault.state(
            .enlist(EnlistBody(principal: Random.identifier(), name: "first", uid: 2)),
            by: vault.firstOperator)
        let longer = try StatementRows.extending(known, vault.store, lock: vault.lock)
        #expect(longer.head == vault.keyring.chain.head)
        try vault.store.commit(Batch(writes: [.delete(.statements, StatementRows.key(2))]))
        #expect(throws: KeyringError.statement(.cut(number: 2))) {
            try StatementRows.extending(longer, vault.store, lock: vault.lock)
        }
    }

    @Test func enrolmentCodesWorkOnceAndForOnePerson() throws {
        let vault = try TestVault()
        let id: PrincipalID = Random.identifier()
        let other: PrincipalID = Random.identifier()
        func redeem(
            _ text: String, _ id: PrincipalID, statement: UInt64 = 2, now: UInt64 = 1000
        ) throws -> KeyringChange {
            try EnrolmentCode.redeem(
                text, for: id, statement: statement, now: now, vault.store, lock: vault.lock)
        }
        func issue(_ id: PrincipalID) throws -> EnrolmentCode {
            let code = try EnrolmentCode.issue(
                for: id, statement: 2, now: 1000, vault.store, lock: vault.lock)
            try vault.commit(code.change)
            return code
        }
        let first = try issue(id)
        let code = try issue(id)
        let others = try issue(other)
        #expect(code.text.count == 14)
        for wrong in [first.text, others.text, "", "----", "AAAA-AAAA-AAA", "密码", code.text + "A"] {
            #expect(throws: KeyringError.codeUnknown) { try redeem(wrong, id) }
        }
        #expect(throws: KeyringError.codeUnknown) { try redeem(code.text, id, statement: 3) }
        #expect(throws: KeyringError.codeExpired) {
            try redeem(code.text, id, now: 1000 + EnrolmentCode.lifetime)
        }
        let typed = code.text.lowercased().replacing("-", with: "")
        try vault.commit(try redeem(typed, id))
        #expect(throws: KeyringError.codeUnknown) { try redeem(code.text, id) }
        try vault.commit(
            try EnrolmentCode.withdraw(for: other, vault.store, lock: vault.lock))
        #expect(throws: KeyringError.codeUnknown) { try redeem(others.text, other) }
    }
}
