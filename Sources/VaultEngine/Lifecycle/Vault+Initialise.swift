import VaultAudit
package import VaultCoding
package import VaultKeyring
import VaultSodium
import VaultStatements
import VaultStorage

/// What `init` decides.
package struct InitPlan: Sendable {
    /// The first operator's name.
    package var operatorName: String
    /// The first operator's kernel uid.
    package var operatorUID: UInt32
    /// The kernel uids that may unseal.
    package var unsealUIDs: [UInt32]
    /// Whether several principals may have one uid: for demonstrations.
    package var sharedUID: Bool
    /// Words or key file, for the seal.
    package var sealForm: SecretForm
    /// Words or key file, for the operator.
    package var operatorForm: SecretForm

    /// A plan of these parts.
    package init(
        operatorName: String, operatorUID: UInt32, unsealUIDs: [UInt32], sharedUID: Bool,
        sealForm: SecretForm, operatorForm: SecretForm
    ) {
        self.operatorName = operatorName
        self.operatorUID = operatorUID
        self.unsealUIDs = unsealUIDs
        self.sharedUID = sharedUID
        self.sealForm = sealForm
        self.operatorForm = operatorForm
    }
}

/// A vault that was made, with its two secrets, which exist nowhere else.
package struct InitReport: ~Copyable, Sendable {
    /// The vault.
    package let vault: VaultID
    /// Opens the seal.
    package let sealSecret: GeneratedSecret
    /// The first operator's.
    package let operatorSecret: GeneratedSecret
    /// The first operator's fingerprint, twelve words.
    package let operatorWords: [String]
    /// The log's verifier key (C2SP signed-note).
    package let verifierKey: String
}

extension Vault {
    /// Makes a vault in the empty store and log of `world`: header, storage key and first operator,
    /// nothing else. The log begins with its init. The header is written last.
    package static func initialise(
        _ world: VaultEnvironment, plan: InitPlan
    ) throws(EngineError) -> InitReport {
        let places = ErrorPlaces(world)
        let seal = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(random: plan.sealForm)
        }
        let own = try fromKeyring(places) { () throws(KeyringError) in
            try GeneratedSecret(random: plan.operatorForm)
        }
        let request = NewVaultRequest(
            operatorName: plan.operatorName, operatorUID: plan.operatorUID,
            sharedUID: plan.sharedUID, slotLabel: "init", unsealUIDs: plan.unsealUIDs, node: "1",
            time: world.clock(),
            costs: DerivationCosts(slot: world.slotCost, principal: world.principalCost))
        let made = try fromKeyring(places) { () throws(KeyringError) in
            try NewVault.make(request, sealSecret: seal, operatorSecret: own)
        }
        let health = HealthBoard()
        let files = try VaultFiles.open(world, health)
        defer { files.close() }
        try firstCommit(made, files.store, places)
        let unsealing = Unsealing(
            world: world, store: files.store, log: files.log, keyring: made.keyring,
            health: health, distress: { _ in })
        let core = try unsealing.run().core
        var facts = EntryFacts(
            .vaultInit, uid: plan.operatorUID, request: core.newRequest())
        facts.detail = .statement(number: 1, hash: made.statement.hash)
        try core.record([facts])
        core.stop()
        try world.writeHeader(made.keyring.header.bytes)
        return InitReport(
            vault: made.keyring.header.vault, sealSecret: seal, operatorSecret: own,
            operatorWords: made.operatorKeys.fingerprint.words,
            verifierKey: made.keyring.header.logVerifierKey)
    }

    /// The rows of a new vault with its digest: there is nothing before them to be equal to.
    private static func firstCommit(
        _ made: NewVault, _ store: any ByteStore, _ places: ErrorPlaces
    ) throws(EngineError) {
        var digest = StoreDigest()
        for write in made.change.writes {
            if case .put(let space, let key, let value) = write { digest.add(space, key, value) }
        }
        digest.advance()
        var batch = Batch(
            preconditions: made.change.preconditions, writes: made.change.writes)
        do throws(SodiumError) {
            batch.writes.append(
                .put(
                    .meta, StoreDigest.rowKey,
                    try digest.row(logSize: 0, mac: made.keyring.service.mac.bytes)))
        } catch {
            throw .unavailable(.keyUnusable, detail: "\(error)")
        }
        batch.preconditions.append(.absent(.meta, StoreDigest.rowKey))
        try fromStore(places) { () throws(StorageError) in try store.commit(batch) }
    }
}
