import Glibc

/// Files that only their owner may see: data, key files, tokens.
extension Files {
    /// The bits that let group or others in.
    package static let sharedBits: UInt32 = 0o077

    /// Checks that a file or directory belongs to this process's user and lets nobody else in.
    ///
    /// - Throws: `wrongOwner`, `loosePermissions`; `notRegularFile` for a link, whose target could
    ///   change after the check.
    package static func requirePrivate(_ path: String) throws(PlatformError) {
        try requirePrivate(status(path, followingLinks: false), path)
    }

    /// Opens a private regular file for reading; the check is made on the open file, so nothing
    /// can be swapped in between.
    package static func openPrivate(_ path: String) throws(PlatformError) -> OwnedDescriptor {
        let file = try openRegular(path, followingLinks: false)
        try requirePrivate(file.status(), path)
        return file
    }

    /// Reads a private file of at most `limit` bytes.
    package static func readPrivate(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
        try openPrivate(path).readAll(limit: limit)
    }

    /// Reads a regular file of at most `limit` bytes that only root or this process's user can change,
    /// such as settings; others may read it. The check is made on the open file.
    ///
    /// - Throws: `wrongOwner`, `loosePermissions`, `notRegularFile`, `tooLarge`.
    package static func readTrusted(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
        let file = try openRegular(path, followingLinks: true)
        let status = try file.status()
        let user = geteuid()
        guard status.owner == 0 || status.owner == user else {
            throw .wrongOwner(path: path, owner: status.owner, expected: user)
        }
        guard status.mode & 0o022 == 0 else {
            throw .loosePermissions(path: path, mode: status.mode)
        }
        return try file.readAll(limit: limit)
    }

    /// Reads a private file of at most `limit` bytes, such as a key file, into memory that is
    /// wiped afterwards.
    package static func readSecret(_ path: String, limit: Int) throws(PlatformError) -> WipedBytes {
        try readSecret(openPrivate(path), limit: limit)
    }

    /// Reads a credential that a service manager put before this process into memory that is wiped
    /// afterwards. systemd owns it and lets this user read it by an access list, which shows as the
    /// group's bits; everybody's bits, and a way for others to change it, are refused.
    ///
    /// - Throws: `wrongOwner`, `loosePermissions`, `notRegularFile`, `tooLarge`.
    package static func readCredential(
        _ path: String, limit: Int
    ) throws(PlatformError) -> WipedBytes {
        let file = try openRegular(path, followingLinks: false)
        let status = try file.status()
        let user = geteuid()
        guard status.owner == 0 || status.owner == user else {
            throw .wrongOwner(path: path, owner: status.owner, expected: user)
        }
        guard status.mode & 0o027 == 0 else {
            throw .loosePermissions(path: path, mode: status.mode)
        }
        return try readSecret(file, limit: limit)
    }

    /// Reads a descriptor to its end into memory that is wiped afterwards.
    package static func readSecret(
        _ file: borrowing OwnedDescriptor, limit: Int
    ) throws(PlatformError) -> WipedBytes {
        var secret = WipedBytes(capacity: limit + 1)
        while try secret.fill(from: file) > 0 {}
        guard secret.count <= limit else { throw .tooLarge(path: file.path, limit: limit) }
        return secret
    }

    private static func requirePrivate(_ status: FileStatus, _ path: String) throws(PlatformError) {
        guard !status.isSymbolicLink else { throw .notRegularFile(path: path) }
        let user = geteuid()
        guard status.owner == user else {
            throw .wrongOwner(path: path, owner: status.owner, expected: user)
        }
        guard status.mode & sharedBits == 0 else {
            throw .loosePermissions(path: path, mode: status.mode)
        }
    }
}
