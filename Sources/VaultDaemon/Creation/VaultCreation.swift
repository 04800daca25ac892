import Synchronization
import VaultCoding
import VaultEngine
package import VaultKeyring
import VaultPlatform
import VaultSodium
import VaultStatements
package import VaultText

/// What an operator decides when making a vault.
package struct CreationPlan: Sendable {
    /// The directory, which is made or must be empty.
    package var data: DataDirectory
    /// The first operator's name.
    package var operatorName: String
    /// The first operator's kernel uid.
    package var operatorUID: UInt32
    /// The kernel uids that may unseal.
    package var unsealUIDs: [UInt32]
    /// Whether several principals may have one uid: for demonstrations.
    package var sharedUID: Bool
    /// Where the seal secret goes; nil shows it as words.
    package var sealKeyFile: String?
    /// Where the operator's secret goes; nil shows it as words.
    package var operatorKeyFile: String?
    /// The account that gets the files; nil for the one that makes them.
    package var owner: CreationOwner?

    /// A plan of these parts.
    package init(
        data: DataDirectory, operatorName: String, operatorUID: UInt32, unsealUIDs: [UInt32],
        sharedUID: Bool, sealKeyFile: String?, operatorKeyFile: String?
    ) {
        self.data = data
        self.operatorName = operatorName
        self.operatorUID = operatorUID
        self.unsealUIDs = unsealUIDs
        self.sharedUID = sharedUID
        self.sealKeyFile = sealKeyFile
        self.operatorKeyFile = operatorKeyFile
    }

    /// Who gets a key file that root makes: the one account that uses it. Where several may, root keeps it
    /// and hands it on. Nil for whoever runs this.
    fileprivate func keyOwner(_ users: [UInt32]) -> UInt32? {
        guard Accounts.effectiveUser == 0, users.count == 1 else { return nil }
        return users.first
    }

    /// Whether an operator can have this name.
    package static func isName(_ name: String) -> Bool { BodyCoding.isPlain(name) }
}

/// A vault that was made. Nothing in it is secret.
package struct CreationReport: Sendable, Equatable {
    /// The vault's identifier.
    package let vault: String
    /// The key that verifies its audit log (C2SP signed-note verifier key).
    package let verifierKey: String
    /// Twelve words of the operator's fingerprint.
    package let operatorWords: [String]
}

/// Makes vaults.
package enum VaultCreator {
    /// Makes a vault and hands its two secrets over.
    ///
    /// The header comes last: a vault without one is none. So the secrets are in the operator's
    /// hands before there is anything that they open, and whatever fails or is killed before leaves
    /// nothing that opens. After a failure, and after a signal that ends the program, the files are
    /// removed and the directory is as it was.
    ///
    /// - Parameters:
    ///   - plan: what was decided.
    ///   - prompts: whom to ask; nil without a terminal.
    ///   - costs: of derivations; cheaper ones exist for tests only.
    package static func make(
        _ plan: CreationPlan, prompts: Prompts?, costs: DerivationCosts = .production
    ) throws(StartupError) -> CreationReport {
        let seal = SecretDelivery(
            file: plan.sealKeyFile, prompts: prompts, owner: plan.keyOwner(plan.unsealUIDs))
        let own = SecretDelivery(
            file: plan.operatorKeyFile, prompts: prompts, owner: plan.keyOwner([plan.operatorUID]))
        guard CreationPlan.isName(plan.operatorName) else { throw .creation(.badName) }
        guard plan.owner == nil || Accounts.effectiveUser == 0 else {
            throw .creation(.ownerNeedsRoot)
        }
        try seal.requirePlace()
        try own.requirePlace()
        try onPlatform { () throws(PlatformError) in try Endings.hold() }
        defer { Endings.release() }
        let before = try plan.data.found()
        do throws(StartupError) {
            try plan.data.take(from: plan.owner)
            try plan.data.prepareForCreation()
            try seal.requireApart(from: plan.data)
            try own.requireApart(from: plan.data)
        } catch {
            plan.data.putBack(as: before)
            throw error
        }
        do throws(StartupError) {
            let lock = try plan.data.takeLock()
            let report = try fill(plan, seal, own, costs)
            try plan.data.handOver(to: plan.owner)
            _ = consume lock
            return report
        } catch {
            seal.withdraw()
            own.withdraw()
            plan.data.removeUnfinished()
            plan.data.putBack(as: before)
            throw error
        }
    }

    private static func fill(
        _ plan: CreationPlan, _ seal: SecretDelivery, _ own: SecretDelivery,
        _ costs: DerivationCosts
    ) throws(StartupError) -> CreationReport {
        let header = Mutex<[UInt8]?>(nil)
        var environment = VaultEnvironment(
            data: plan.data, creating: true, costs: costs, diagnostics: { _ in })
        environment.writeHeader = { bytes in header.withLock { $0 = bytes } }
        let report: InitReport
        do throws(EngineError) {
            report = try Vault.initialise(environment, plan: InitPlan(plan))
        } catch {
            throw .engine(error)
        }
        guard let bytes = header.withLock({ $0 }) else {
            preconditionFailure("internal error: a new vault has a header")
        }
        try onPlatform { () throws(PlatformError) in try Endings.stop() }
        try deliver(report.sealSecret, seal, .seal)
        try deliver(report.operatorSecret, own, .firstOperator)
        do throws(PlatformError) {
            try Files.reserve(plan.data.reserve, size: DaemonLimits.reserveBytes)
            try Endings.stop()
            // The commit point of `init`.
            try Files.writeDurably(plan.data.header, bytes, mode: 0o600, replacing: false)
        } catch {
            throw .platform(error)
        }
        return CreationReport(
            vault: report.vault.text, verifierKey: report.verifierKey,
            operatorWords: report.operatorWords)
    }

    private static func deliver(
        _ secret: borrowing GeneratedSecret, _ delivery: SecretDelivery,
        _ purpose: SecretDelivery.Purpose
    ) throws(StartupError) {
        let text: SecretBytes
        do { text = try secret.text() } catch { throw .engine(.internalError(reference: "secret")) }
        try delivery.deliver(text, for: purpose)
    }
}

extension InitPlan {
    fileprivate init(_ plan: CreationPlan) {
        self.init(
            operatorName: plan.operatorName, operatorUID: plan.operatorUID,
            unsealUIDs: plan.unsealUIDs, sharedUID: plan.sharedUID,
            sealForm: plan.sealKeyFile == nil ? .words : .keyFile,
            operatorForm: plan.operatorKeyFile == nil ? .words : .keyFile)
    }
}
