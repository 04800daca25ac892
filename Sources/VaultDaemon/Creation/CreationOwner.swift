import VaultPlatform

/// The account that a new vault is handed to, when root makes it for a service.
package struct CreationOwner: Sendable, Equatable {
    /// The account that services of ours have unless told otherwise.
    package static let standardName = "carevault"

    /// Its name.
    package let name: String
    /// Its uid.
    package let user: UInt32
    /// The group of the same name, else root's.
    package let group: UInt32

    /// An account of this machine.
    ///
    /// - Throws: `platform(.unknownUser)`.
    package init(named name: String) throws(StartupError) {
        self.name = name
        do {
            user = try Accounts.user(named: name)
        } catch {
            throw .platform(error)
        }
        group = (try? Accounts.group(named: name)) ?? 0
    }

    /// The account to hand a new vault to where nobody says: of an empty directory that is there, its
    /// owner; at the usual place the usual account, if there is one. Nil for whoever makes it, and for
    /// everybody but root.
    package static func usual(for data: DataDirectory) -> CreationOwner? {
        guard Accounts.effectiveUser == 0 else { return nil }
        if let status = try? Files.status(data.path, followingLinks: false), status.isDirectory {
            guard status.owner != 0, let name = try? Accounts.name(ofUser: status.owner) else {
                return nil
            }
            return try? CreationOwner(named: name)
        }
        guard data.path == Setting.data.standard?.words else { return nil }
        return try? CreationOwner(named: standardName)
    }
}

extension DataDirectory {
    /// What stands at the path; nil for nothing.
    func found() throws(StartupError) -> FileStatus? {
        do throws(PlatformError) {
            guard try Files.exists(path) else { return nil }
            return try Files.status(path, followingLinks: false)
        } catch {
            throw .platform(error)
        }
    }

    /// Takes an empty directory from the service's account while root works in it, so that nobody can
    /// put links in root's way.
    func take(from owner: CreationOwner?) throws(StartupError) {
        guard let owner else { return }
        do throws(PlatformError) {
            guard try Files.exists(path) else { return }
            let status = try Files.status(path, followingLinks: false)
            guard status.isDirectory, status.owner == owner.user else { return }
            try Files.setOwner(path, 0, group: 0)
        } catch {
            throw .platform(error)
        }
    }

    /// Puts the directory back as it was before a vault was to be made: gone, or its owner's.
    func putBack(as before: FileStatus?) {
        guard let before else {
            try? Files.removeDirectory(path)
            return
        }
        guard before.isDirectory, let now = try? Files.status(path, followingLinks: false),
            now.owner != before.owner || now.group != before.group
        else { return }
        try? Files.setOwner(path, before.owner, group: before.group)
    }

    /// Hands the files and then the directory to the account of the service.
    func handOver(to owner: CreationOwner?) throws(StartupError) {
        guard let owner else { return }
        do throws(PlatformError) {
            for name in try Files.list(path) {
                try Files.setOwner(Files.join(path, name), owner.user, group: owner.group)
            }
            try Files.setOwner(path, owner.user, group: owner.group)
            try Files.synchronizeDirectory(path)
        } catch {
            throw .platform(error)
        }
    }
}
