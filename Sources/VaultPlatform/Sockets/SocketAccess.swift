/// Who may reach a socket.
package struct SocketAccess: Equatable, Sendable {
    /// Permission bits of the node: whoever may write may connect.
    package let mode: UInt32
    /// The group of the node; nil leaves the process's own.
    package let group: UInt32?
    /// Whether users outside owner and group may enter the directory of the node. Only where the
    /// service manager makes the directory and cannot do better.
    package let directoryOpenToOthers: Bool

    /// - Precondition: `mode` gives nothing to others.
    package init(mode: UInt32 = 0o660, group: UInt32? = nil, directoryOpenToOthers: Bool = false) {
        precondition(mode & ~0o770 == 0, "internal error: a socket open to everybody")
        self.mode = mode
        self.group = group
        self.directoryOpenToOthers = directoryOpenToOthers
    }

    /// Refuses a directory in which others could replace the node, or reach it against the rule.
    func checkDirectory(_ path: String) throws(PlatformError) {
        let status = try Files.status(path)
        let user = Accounts.effectiveUser
        guard status.owner == user || status.owner == 0 else {
            throw .wrongOwner(path: path, owner: status.owner, expected: user)
        }
        // Writable by group: each member could put another socket in our place.
        let refused: UInt32 = directoryOpenToOthers ? 0o022 : 0o027
        guard status.mode & refused & 0o027 == 0 else {
            throw .socketDirectoryOpen(path: path, mode: status.mode)
        }
        if let group, status.shutsOut(group: group) {
            throw .socketDirectoryGroup(path: path, group: status.group, expected: group)
        }
    }
}

extension FileStatus {
    /// Whether a directory lets in the members of a group, but of another than this one.
    package func shutsOut(group: UInt32) -> Bool {
        mode & 0o011 == 0o010 && self.group != group
    }
}
