import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

@Suite struct FoundingTests {
    private struct Seated {
        let vault: TestVault
        let custodian: Person
        let auditor: Person

        init() throws {
            vault = try TestVault()
            custodian = try vault.enrol("clara", uid: 1001, seat: .custodian)
            auditor = try vault.enrol("anton", uid: 1002, seat: .auditor)
        }
    }

    @Test(arguments: [FoundingSeat.custodian, .auditor])
    func twoSignaturesFound(first: FoundingSeat) throws {
        let seated = try Seated()
        let people = [FoundingSeat.custodian: seated.custodian, .auditor: seated.auditor]
        func sign(_ seat: FoundingSeat) throws -> Bool {
            try seated.vault.sign(
                seat, try #require(people[seat]), other: try #require(people[seat.other]))
        }
        #expect(try !sign(first))
        #expect(try !sign(first), "signing again changes nothing")
        #expect(try seated.vault.proposal()?.halfSignedBy == first)
        try seated.vault.restart()
        #expect(try sign(first.other))
        #expect(seated.vault.directory.isFounded)
        try seated.vault.restart()
        #expect(seated.vault.directory.isFounded)
        let care = try seated.vault.openCare(seated.custodian)
        #expect(care.compartments == Compartment.allCases)
        #expect(care.isCustodian)
        #expect(try seated.vault.openAudit(seated.auditor).numbers == [1])
        let left = try seated.vault.store.scan(
            .wrappedKeys, prefix: WrappedRow.founding.key([]), limit: 10)
        #expect(left.isEmpty, "seats and draft are gone")
        #expect(throws: KeyringError.alreadyFounded) { try seated.vault.proposal() }
        #expect(throws: KeyringError.alreadyFounded) {
            try Founding.takeSeat(
                .auditor, seated.auditor.keys, directory: seated.vault.directory,
                seated.vault.store, lock: seated.vault.lock, service: seated.vault.service)
        }
    }

    @Test func needsBothSeats() throws {
        let vault = try TestVault()
        #expect(try vault.proposal() == nil)
        let custodian = try vault.enrol("clara", uid: 1001, seat: .custodian)
        #expect(try vault.proposal() == nil)
        #expect(throws: KeyringError.foundingSeatTaken) {
            try Founding.takeSeat(
                .auditor, custodian.keys, directory: vault.directory, vault.store,
                lock: vault.lock, service: vault.service)
        }
        #expect(throws: KeyringError.foundingSeatTaken) {
            try vault.enrol("clarence", uid: 1003, seat: .custodian)
        }
        #expect(throws: KeyringError.notGranted) { try vault.openCare(custodian) }
    }

    @Test func aSeatIsTakenAgainAfterReenlisting() throws {
        let seated = try Seated()
        let vault = seated.vault
        try vault.state(
            .reenlist(EnlistBody(principal: seated.custodian.id, name: "clara", uid: 1001)),
            by: vault.firstOperator)
        let again = try vault.enrol(seated.custodian.id, seat: .custodian)
        #expect(throws: KeyringError.foundingDraftDiffers) {
            try vault.sign(.custodian, seated.custodian, other: seated.auditor)
        }
        try vault.sign(.custodian, again, other: seated.auditor)
        #expect(throws: KeyringError.wordsDiffer) {
            try vault.sign(.auditor, seated.auditor, other: seated.custodian)
        }
        try vault.sign(.auditor, seated.auditor, other: again)
        #expect(try vault.openCare(again).compartments == Compartment.allCases)
    }

    @Test func aStatementInBetweenVoidsTheDraft() throws {
        let seated = try Seated()
        let vault = seated.vault
        let shown = try #require(try vault.proposal())
        try vault.sign(.custodian, seated.custodian, other: seated.auditor)
        let half = try #require(try vault.proposal())
        try vault.state(
            .enlist(EnlistBody(principal: Random.identifier(), name: "eve", uid: 9)),
            by: vault.firstOperator)
        #expect(try vault.proposal()?.halfSignedBy == nil)
        for stale in [shown, half] {
            #expect(throws: KeyringError.self) {
                try Founding.sign(
                    stale, as: .auditor, seated.auditor.keys,
                    otherWords: seated.custodian.words(vault), chain: vault.keyring.chain,
                    vault.store, lock: vault.lock, service: vault.service)
            }
        }
        try vault.sign(.auditor, seated.auditor, other: seated.custodian)
        #expect(try vault.sign(.custodian, seated.custodian, other: seated.auditor))
    }

    /// The operator puts keys of their own into a seat: the words that the other reads out differ.
    @Test func aSwappedSeatIsFoundByTheWords() throws {
        let seated = try Seated()
        let vault = seated.vault
        let seat = try AuditorSeat(
            parsing: try FoundingSeat.auditor.content(
                ofRow: try #require(
                    try vault.lock.get(vault.store, .wrappedKeys, FoundingSeat.auditor.rowKey)),
                vault: vault.vault))
        let seed = try SecretBytes(random: 32)
        let theirs = try PrincipalKeys(
            principal: seated.auditor.id, vault: vault.vault, seed: seed)
        let content = AuditorSeat(identity: theirs.identity, auditKey: seat.auditKey).bytes
        try vault.forgeSealed(
            FoundingSeat.auditor.rowKey, FoundingSeat.auditor.row(content, signedBy: theirs))
        #expect(throws: KeyringError.wordsDiffer) {
            try vault.sign(.custodian, seated.custodian, other: seated.auditor)
        }
        #expect(throws: KeyringError.foundingDraftDiffers) {
            try vault.sign(.auditor, seated.auditor, other: seated.custodian)
        }
    }

    /// The operator puts an audit key of their own into the seat, with a perfect box of it for the
    /// seat's owner: the owner has not signed for it.
    @Test(arguments: [false, true])
    func aSwappedAuditKeyLacksItsOwnersSignature(signed: Bool) throws {
        let seated = try Seated()
        let vault = seated.vault
        let theirs = try AgreementKeyPair()
        let seat = FoundingSeat.auditor
        let old = try #require(try vault.lock.get(vault.store, .wrappedKeys, seat.rowKey))
        let content = AuditorSeat(
            identity: seated.auditor.keys.identity, auditKey: theirs.publicKey
        ).bytes
        let forged =
            signed
            ? seat.row(content, signedBy: vault.firstOperator.keys) : content + old.suffix(64)
        try vault.forgeSealed(seat.rowKey, forged)
        let box = try BoxRow(
            .audit(1, vault.vault, seated.auditor.keys.fingerprint), vault.service)
        try vault.commit(
            try box.write(
                theirs.secretKey, to: seated.auditor.keys.identity.agreement, lock: vault.lock))
        for (signer, other) in [
            (FoundingSeat.auditor, seated.custodian), (.custodian, seated.auditor),
        ] {
            let person = signer == .auditor ? seated.auditor : seated.custodian
            #expect(throws: KeyringError.rowDamaged(.founding)) {
                try vault.sign(signer, person, other: other)
            }
        }
    }

    /// The box alone is swapped: its owner finds another key in it than they signed for.
    @Test func aSwappedAuditBoxIsFoundByItsOwner() throws {
        let seated = try Seated()
        let vault = seated.vault
        let theirs = try AgreementKeyPair()
        let box = try BoxRow(
            .audit(1, vault.vault, seated.auditor.keys.fingerprint), vault.service)
        try vault.commit(
            try box.write(
                theirs.secretKey, to: seated.auditor.keys.identity.agreement, lock: vault.lock))
        #expect(throws: KeyringError.boxMismatch(kind: .audit, scope: "", number: 1)) {
            try vault.sign(.auditor, seated.auditor, other: seated.custodian)
        }
    }

    /// The operator swaps a compartment's key and its box while the custodian is not looking.
    @Test func aSwappedCompartmentKeyIsFoundByItsOwner() throws {
        let seated = try Seated()
        let vault = seated.vault
        let own = try SecretBytes(random: 32)
        let box = try BoxRow(
            .compartment(.medical, 1, vault.vault, seated.custodian.keys.fingerprint),
            vault.service)
        try vault.commit(
            try box.write(own, to: seated.custodian.keys.identity.agreement, lock: vault.lock))
        #expect(
            throws: KeyringError.boxMismatch(kind: .compartment, scope: "medical", number: 1)
        ) { try vault.sign(.custodian, seated.custodian, other: seated.auditor) }
        try vault.store.commit(Batch(writes: [.delete(.wrappedKeys, box.key)]))
        #expect(throws: KeyringError.rowMissing(.box)) {
            try vault.sign(.custodian, seated.custodian, other: seated.auditor)
        }
    }

    @Test func earlierAuditKeysAreBoxedAndTheirCopiesDestroyed() throws {
        let vault = try TestVault()
        var keys: [UInt32: SecretBox] = [:]
        for number in 1...3 as ClosedRange<UInt32> {
            let epoch = try AuditEpochs.make(
                number: number, directory: vault.directory, lock: vault.lock)
            #expect(epoch.auditKeyNumber == 0)
            try vault.commit(epoch.change)
            keys[number] = epoch.key
        }
        #expect(try AuditEpochs.highest(vault.store) == 3)
        let custodian = try vault.enrol("clara", uid: 1001, seat: .custodian)
        let auditor = try vault.enrol("anton", uid: 1002, seat: .auditor)
        let late = try AuditEpochs.make(
            number: 4, directory: vault.directory, lock: vault.lock)
        try vault.sign(.custodian, custodian, other: auditor)
        let proposal = try #require(try vault.proposal())
        let outcome = try Founding.sign(
            proposal, as: .auditor, auditor.keys, otherWords: custodian.words(vault),
            chain: vault.keyring.chain, vault.store, lock: vault.lock, service: vault.service)
        guard case .founded(_, let change) = outcome else {
            Issue.record("not founded")
            return
        }
        // An epoch that opens in between would be left in the clear: the commit is refused.
        try vault.commit(late.change)
        #expect(throws: StorageError.self) { try vault.commit(change) }
        keys[4] = late.key
        let after = try AuditEpochs.make(
            number: 5, directory: vault.directory, lock: vault.lock)
        try vault.sign(.auditor, auditor, other: custodian)
        #expect(throws: StorageError.self) { try vault.commit(after.change) }

        let audit = try vault.openAudit(auditor)
        for (number, key) in keys {
            let opened = try #require(
                try audit.dataKey(epoch: number, vault.store, lock: vault.lock))
            let isSame = opened.key.bytes.isEqual(to: key.bytes)
            #expect(isSame)
            #expect(opened.auditKeyNumber == 1)
            #expect(
                try AuditEpochs.unfoundedKey(epoch: number, vault.store, lock: vault.lock) == nil)
        }
        let fifth = try AuditEpochs.make(
            number: 5, directory: vault.directory, lock: vault.lock)
        try vault.commit(fifth.change)
        #expect(fifth.auditKey == vault.directory.auditKeys[1])
        #expect(try AuditEpochs.highest(vault.store) == 5)
        let opened = try #require(
            try audit.dataKey(epoch: 5, vault.store, lock: vault.lock))
        #expect(opened.boxHash == fifth.boxHash)
    }
}
