import VaultAudit
import VaultPlatform
import VaultStorage
import VaultStorageSQLite

/// A look at the databases before the daemon serves, so that a damaged or foreign file is told at the
/// start and not at the first unseal.
enum DatabaseCheck {
    /// Opens and closes both files. Files that are not too large are read from end to end.
    ///
    /// - Throws: `store`, `log`.
    static func run(_ data: DataDirectory) throws(StartupError) {
        do throws(StorageError) {
            let store = try SQLiteStore.open(at: data.store, readers: 1)
            defer { store.close() }
            if isSmall(data.store) { try store.checkIntegrity() }
        } catch {
            throw .store(error)
        }
        do throws(AuditStoreError) {
            let log = try SQLiteAuditStore.open(at: data.log)
            defer { log.close() }
            if isSmall(data.log) { try log.checkIntegrity() }
        } catch {
            throw .log(error)
        }
    }

    private static func isSmall(_ path: String) -> Bool {
        guard let status = try? Files.status(path) else { return false }
        return status.size <= DaemonLimits.integrityCheckBytes
    }
}
