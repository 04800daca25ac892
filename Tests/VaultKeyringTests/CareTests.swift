import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

@Suite struct CareTests {
    @Test func opensExactlyWhatIsGranted() throws {
        let founded = try FoundedVault()
        let care = try founded.vault.openCare(founded.counsellor)
        #expect(care.compartments == [.registry, .counselling])
        #expect(!care.isCustodian)
        #expect(care[.medical] == nil)
        for person in [founded.auditor, founded.vault.firstOperator] {
            #expect(throws: KeyringError.notGranted) { try founded.vault.openCare(person) }
        }
        for person in [founded.custodian, founded.counsellor, founded.vault.firstOperator] {
            #expect(throws: KeyringError.notGranted) { try founded.vault.openAudit(person) }
        }
        // Only a member of everything can hand everything on.
        #expect(throws: KeyringError.staleGeneration(.hardship)) {
            try care.boxes(
                for: founded.custodian.id, directory: founded.vault.directory,
                lock: founded.vault.lock, service: founded.vault.service)
        }
    }

    @Test func tagsDifferAndPseudonymsAgreeBetweenCompartments() throws {
        let founded = try FoundedVault()
        let custodian = try founded.vault.openCare(founded.custodian)
        let counsellor = try founded.vault.openCare(founded.counsellor)
        let subject: SubjectID = Random.identifier()
        let tags = try custodian.tags(of: subject)
        #expect(tags.count == Compartment.allCases.count)
        #expect(Set(tags.values).count == tags.count)
        for (compartment, tag) in try counsellor.tags(of: subject) {
            #expect(tags[compartment] == tag)
        }
        var pseudonyms: Set<Pseudonym> = []
        for care in [custodian, counsellor] {
            for compartment in care.compartments {
                pseudonyms.insert(try #require(care[compartment]).pseudonym(of: subject))
            }
        }
        #expect(pseudonyms.count == 1)
        #expect(pseudonyms.first?.name.count == 16)
    }

    /// A custodian's tag key derives from the link key; somebody put in another one.
    @Test func aTagKeyThatErasingWouldMissIsRefused() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let keys = try #require(try vault.openCare(founded.custodian)[.legal])
        let other = try SecretBytes(random: 32)
        try vault.commit(
            try HeldKey(compartment: .legal, kind: .tag, number: 1).write(
                other, under: 1, try keys.currentKey().bytes, vault.store, lock: vault.lock))
        #expect(throws: KeyringError.rowDamaged(.compartmentHeldKey)) {
            try vault.openCare(founded.custodian)
        }
    }

    @Test func revokingRemovesEveryBox() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let before = try boxes(vault)
        try vault.state(
            .careRevoke(PrincipalBody(principal: founded.counsellor.id)), by: founded.custodian
        ) { directory in
            try BoxRows.removal(
                of: founded.counsellor.keys.fingerprint, directory: directory,
                service: vault.service)
        }
        #expect(try boxes(vault) == before - 2)
        #expect(throws: KeyringError.notGranted) { try vault.openCare(founded.counsellor) }
        #expect(throws: KeyringError.notGranted) {
            try vault.openCare(founded.custodian).boxes(
                for: founded.counsellor.id, directory: vault.directory, lock: vault.lock,
                service: vault.service)
        }
        #expect(try vault.openCare(founded.custodian).compartments.count == 5)
    }

    private func boxes(_ vault: TestVault) throws -> Int {
        try vault.store.scan(.wrappedKeys, prefix: WrappedRow.box.key([]), limit: 1000).count
    }

    @Test func aMissingBoxLeavesOneCompartmentClosed() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let box = try BoxRow(
            .compartment(.registry, 1, vault.vault, founded.counsellor.keys.fingerprint),
            vault.service)
        try vault.store.commit(Batch(writes: [.delete(.wrappedKeys, box.key)]))
        #expect(try vault.openCare(founded.counsellor).compartments == [.counselling])
    }

    @Test func auditorsHandOnTheAuditKey() throws {
        let founded = try FoundedVault()
        let vault = founded.vault
        let epoch = try AuditEpochs.make(
            number: 1, directory: vault.directory, lock: vault.lock)
        try vault.commit(epoch.change)
        let second = try vault.enrol("anna", uid: 1010)
        let audit = try vault.openAudit(founded.auditor)
        try vault.state(
            .auditGrant(AuditGrantBody(identity: second.keys.identity, roles: [.auditor])),
            by: founded.auditor
        ) { directory in
            try audit.boxes(
                for: second.id, directory: directory, lock: vault.lock, service: vault.service)
        }
        let opened = try #require(
            try vault.openAudit(second).dataKey(epoch: 1, vault.store, lock: vault.lock))
        let isSame = opened.key.bytes.isEqual(to: epoch.key.bytes)
        #expect(isSame)
        #expect(try vault.openAudit(second).dataKey(epoch: 2, vault.store, lock: vault.lock) == nil)
    }

    @Test func careRowKeysAreOfTheirGenerationAndPlace() throws {
        let founded = try FoundedVault()
        let keys = try #require(try founded.vault.openCare(founded.counsellor)[.registry])
        let key = try keys.careRowKey()
        let value = try key.seal([1, 2, 3], .careRows, [9])
        #expect(try keys.careRowKey(generation: 1).open(value, .careRows, [9]) == [1, 2, 3])
        #expect(throws: KeyringError.rowDamaged(.careRow)) { try key.open(value, .careRows, [8]) }
        let other = try #require(try founded.vault.openCare(founded.counsellor)[.counselling])
        #expect(throws: KeyringError.rowDamaged(.careRow)) {
            try other.careRowKey().open(value, .careRows, [9])
        }
        #expect(throws: KeyringError.staleGeneration(.registry)) {
            try keys.careRowKey(generation: 2)
        }
    }

    @Test func fencesMustFitTheStatements() throws {
        let founded = try FoundedVault()
        try founded.vault.forge(.meta, Fence.compartment(.medical).rowKey, [0, 0, 0, 2])
        #expect(throws: KeyringError.fenceMismatch(.compartment(.medical))) {
            try founded.vault.restart()
        }
        try founded.vault.forge(.meta, Fence.compartment(.medical).rowKey, [0, 0, 0, 1])
        try founded.vault.restart()
        try founded.vault.forge(.meta, Fence.storage.rowKey, [0, 0, 0, 0])
        #expect(throws: KeyringError.fenceMismatch(.storage)) { try founded.vault.restart() }
    }

    @Test func serviceKeysMustFitTheStatements() throws {
        let founded = try FoundedVault()
        try founded.vault.forgeSealed(
            WrappedRow.service.key(Array("log-signing/1".utf8)), [UInt8](repeating: 7, count: 32))
        #expect(throws: KeyringError.identityMismatch) { try founded.vault.restart() }
        try founded.vault.store.commit(
            Batch(writes: [
                .delete(.wrappedKeys, WrappedRow.service.key(Array("log-signing/1".utf8)))
            ]))
        #expect(throws: KeyringError.rowMissing(.serviceKey)) { try founded.vault.restart() }
    }
}
