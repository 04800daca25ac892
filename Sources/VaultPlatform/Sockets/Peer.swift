import CPlatform

/// Who is at the other end of a connected Unix socket, as the kernel saw it when they connected
/// (`SO_PEERCRED`, `SO_PEERGROUPS`).
///
/// Decide on `user` and `groups` only. Across user namespaces the kernel shows 65534.
package struct Peer: Equatable, Sendable {
    /// The effective uid.
    package let user: UInt32
    /// The effective gid.
    package let group: UInt32
    /// The supplementary gids, in the kernel's order.
    package let groups: [UInt32]
    /// The pid, as a hint for logs: it may be another process by now, and it is 0 across pid
    /// namespaces.
    package let processHint: Int32

    /// For tests and for callers that learnt it elsewhere.
    package init(user: UInt32, group: UInt32, groups: [UInt32] = [], processHint: Int32 = 0) {
        self.user = user
        self.group = group
        self.groups = groups
        self.processHint = processHint
    }

    /// Asks the kernel.
    ///
    /// - Parameter descriptor: of a connected socket; it stays the caller's.
    package init(of descriptor: CInt) throws(PlatformError) {
        let name = "<connection>"
        var found = cp_peer()
        try check(.readPeer, name, unsafe cp_peer_of(descriptor, &found))
        self.init(
            user: found.user, group: found.group, groups: try Self.groups(of: descriptor, name),
            processHint: found.process)
    }

    /// Whether the peer is in a group, by its effective gid or a supplementary one.
    package func isMember(of group: UInt32) -> Bool {
        self.group == group || groups.contains(group)
    }

    private static func groups(
        of descriptor: CInt, _ name: String
    ) throws(PlatformError) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 64)
        while true {
            let count = Int(
                try check(
                    .readPeer, name, unsafe cp_peer_groups(descriptor, &groups, groups.count)))
            if count <= groups.count { return Array(groups.prefix(count)) }
            groups = [UInt32](repeating: 0, count: count)
        }
    }
}
