package import VaultPlatform

/// The directory of one vault and the files in it.
///
/// ```
/// vault.json   public header
/// vault.db     the store
/// audit.db     the audit log
/// reserve      space given back to the audit log when the disk is full
/// lock         one daemon at a time
/// ```
package struct DataDirectory: Sendable, Equatable {
    /// The directory.
    package let path: String

    /// The directory at `path`; nothing is looked at.
    package init(_ path: String) { self.path = path }

    /// The public header.
    package var header: String { Files.join(path, "vault.json") }
    /// The store.
    package var store: String { Files.join(path, "vault.db") }
    /// The audit log.
    package var log: String { Files.join(path, "audit.db") }
    /// Space kept for emergencies.
    package var reserve: String { Files.join(path, "reserve") }
    /// The lock file.
    package var lock: String { Files.join(path, "lock") }

    /// Makes the directory ready for a new vault: makes it, or checks that it is private and empty.
    ///
    /// - Throws: `directoryNotEmpty`, `notADirectory`, `platform`.
    package func prepareForCreation() throws(StartupError) {
        guard try isThere(path) else {
            return try onPlatform { () throws(PlatformError) in
                try Files.createDirectory(path, mode: 0o700)
            }
        }
        try requirePrivateDirectory()
        if let found = try names().first {
            throw .directoryNotEmpty(path: path, found: found)
        }
    }

    /// Checks that a whole vault is here and nobody else can reach it. Reads no contents.
    ///
    /// - Throws: `noVault`, `unfinishedVault`, `missingFile`, `notADirectory`, `platform`.
    package func requireVault() throws(StartupError) {
        guard try isThere(path) else { throw .noVault(path: path) }
        try requirePrivateDirectory()
        guard try isThere(header) else {
            // The header is written last: without it the making of the vault did not finish.
            throw try names().isEmpty ? .noVault(path: path) : .unfinishedVault(path: path)
        }
        for file in [store, log] {
            guard try isThere(file) else { throw .missingFile(path: file) }
        }
        for name in try names() {
            let file = Files.join(path, name)
            try onPlatform { () throws(PlatformError) in try Files.requirePrivate(file) }
        }
    }

    /// Takes the lock that keeps a second daemon away from the same data.
    ///
    /// - Throws: `platform(.locked)` when another process holds it.
    package func takeLock() throws(StartupError) -> FileLock {
        do { return try FileLock(lock) } catch { throw .platform(error) }
    }

    /// Removes what an unfinished creation left; the directory itself stays.
    func removeUnfinished() {
        for file in [header, store, log, reserve, lock] {
            for suffix in ["", "-wal", "-shm"] { try? Files.remove(file + suffix) }
        }
    }

    private func isThere(_ path: String) throws(StartupError) -> Bool {
        do { return try Files.exists(path) } catch { throw .platform(error) }
    }

    private func names() throws(StartupError) -> [String] {
        do { return try Files.list(path) } catch { throw .platform(error) }
    }

    private func requirePrivateDirectory() throws(StartupError) {
        try onPlatform { () throws(PlatformError) in try Files.requirePrivate(path) }
        let status: FileStatus
        do { status = try Files.status(path) } catch { throw .platform(error) }
        guard status.isDirectory else { throw .notADirectory(path: path) }
    }
}

/// Runs calls of the operating system; their failure stops the start.
func onPlatform(_ body: () throws(PlatformError) -> Void) throws(StartupError) {
    do { try body() } catch { throw .platform(error) }
}
