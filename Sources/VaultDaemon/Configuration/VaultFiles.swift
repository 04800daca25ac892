import VaultAudit
package import VaultEngine
package import VaultKeyring
import VaultPlatform
import VaultSodium
import VaultStorage
import VaultStorageSQLite

extension VaultEnvironment {
    /// What the engine needs of the world, for the vault in a data directory.
    ///
    /// - Parameters:
    ///   - data: where the files are.
    ///   - creating: whether the databases are made; otherwise missing ones are refused.
    ///   - costs: of derivations; cheaper ones exist for tests only.
    ///   - diagnostics: told what an operator should see.
    package init(
        data: DataDirectory, creating: Bool, costs: DerivationCosts = .production,
        diagnostics: @escaping @Sendable (VaultEngine.Diagnostic) -> Void
    ) {
        self.init(
            headerPath: data.header, storePath: data.store, logPath: data.log,
            readHeader: { () throws(EngineError) in try HeaderFile.read(data.header) },
            writeHeader: { bytes throws(EngineError) in
                try HeaderFile.write(data.header, bytes, replacing: !creating)
            },
            openStore: { () throws(StorageError) in
                creating
                    ? try SQLiteStore.create(at: data.store) : try SQLiteStore.open(at: data.store)
            },
            openLog: { () throws(AuditStoreError) in
                creating
                    ? try SQLiteAuditStore.create(at: data.log)
                    : try SQLiteAuditStore.open(at: data.log)
            },
            clock: { SystemClock.nowMicroseconds },
            monotonic: { SystemClock.monotonicNanoseconds / 1_000 }, slotCost: costs.slot,
            principalCost: costs.principal, diagnostics: diagnostics)
    }
}

/// The public header on disk.
enum HeaderFile {
    static func read(_ path: String) throws(EngineError) -> [UInt8] {
        do {
            return try Files.readPrivate(path, limit: DaemonLimits.headerBytes)
        } catch {
            throw EngineError(error)
        }
    }

    /// Replaces the file so that a crash leaves the old header or the new one; durable on return.
    static func write(
        _ path: String, _ bytes: [UInt8], replacing: Bool
    ) throws(EngineError) {
        do {
            try Files.writeDurably(path, bytes, mode: 0o600, replacing: replacing)
        } catch {
            throw EngineError(error)
        }
    }
}

extension EngineError {
    /// A refusal of the operating system in the words of the engine.
    init(_ error: PlatformError) {
        let diagnostic = error.logged.value.text
        self =
            switch error {
            case .system(_, _, .noSpace), .system(_, _, .quotaExceeded):
                .unavailable(.diskFull, detail: diagnostic)
            case .tooLarge(let path, let limit):
                .damaged(
                    file: path, detail: "larger than \(limit) bytes",
                    remedy: "Restore it from a backup.")
            default: .unavailable(.fileRefused, detail: diagnostic)
            }
    }
}
