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
    /// - Throws: `directoryNotEmpty`, `interruptedCreation`, `notADirectory`, `otherOwner`, `platform`.
    package func prepareForCreation() throws(StartupError) {
        guard try isThere(path) else {
            return try onPlatform { () throws(PlatformError) in
                try Files.createDirectory(path, mode: 0o700)
            }
        }
        try requirePrivateDirectory()
        try requireEmpty()
    }

    /// Checks that nothing is in the directory, and tells what a killed creation left from other things.
    ///
    /// - Throws: `directoryNotEmpty`, `interruptedCreation`, `platform`.
    func requireEmpty() throws(StartupError) {
        let names = try names()
        guard let first = names.first else { return }
        guard names.allSatisfy(isOfCreation) else {
            throw .directoryNotEmpty(path: path, found: first)
        }
        throw .interruptedCreation(path: path, files: names)
    }

    /// Whether a creation makes a file of this name before the header, which it makes last.
    private func isOfCreation(_ name: String) -> Bool {
        let unfinishedHeader = ".\(Files.name(of: header))."
        if name.hasPrefix(unfinishedHeader), name.hasSuffix(".new") { return true }
        return [store, log, reserve, lock].map(Files.name).contains { file in
            Self.suffixes.contains { name == file + $0 }
        }
    }

    /// What stands beside a database of SQLite, and the database itself.
    private static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Checks that a whole vault is here and nobody else can reach it. Reads no contents.
    ///
    /// - Throws: `noVault`, `unfinishedVault`, `missingFile`, `notADirectory`, `otherOwner`, `platform`.
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
            for suffix in Self.suffixes { try? Files.remove(file + suffix) }
        }
    }

    /// Whether one of the directories above a path is this one, under whatever name.
    func contains(_ path: String) throws(PlatformError) -> Bool {
        let vault = try Files.status(self.path).identity
        var directory = Files.parent(of: path)
        var identity = try Files.status(directory).identity
        while identity != vault {
            directory += "/.."
            let above = try Files.status(directory).identity
            // Nothing is above the root.
            guard above != identity else { return false }
            identity = above
        }
        return true
    }

    private func isThere(_ path: String) throws(StartupError) -> Bool {
        do { return try Files.exists(path) } catch { throw .platform(error) }
    }

    private func names() throws(StartupError) -> [String] {
        do { return try Files.list(path) } catch { throw .platform(error) }
    }

    private func requirePrivateDirectory() throws(StartupError) {
        do throws(PlatformError) {
            try Files.requirePrivate(path)
        } catch {
            // Handing over a directory is no remedy: the files in it would stay whose they are.
            guard case .wrongOwner(_, let owner, _) = error else { throw .platform(error) }
            throw .otherOwner(path: path, owner: owner)
        }
        let status: FileStatus
        do { status = try Files.status(path) } catch { throw .platform(error) }
        guard status.isDirectory else { throw .notADirectory(path: path) }
    }
}

/// Runs calls of the operating system; their failure stops the start.
func onPlatform(_ body: () throws(PlatformError) -> Void) throws(StartupError) {
    do { try body() } catch { throw .platform(error) }
}
