import CPlatform
import Glibc
import Synchronization

/// A listening Unix socket: the node, its lock and its descriptor.
///
/// Made by binding a path, or adopted from the service manager. Dropping the last reference to a
/// bound one removes its node (if it is still the same) and then gives up the lock: keep it in a
/// property for as long as the socket is served. The node of an adopted one belongs to the service
/// manager and stays.
package final class UnixListener: Sendable {
    /// Where clients connect; empty when an adopted socket does not tell.
    package let path: String
    private let descriptor: Mutex<OwnedDescriptor?>
    /// Present only for sockets that were bound here.
    private let bound: Bound?

    /// Connections that the kernel keeps waiting. Clients get `tryAgain` beyond it.
    package static let backlog: Int32 = 512

    /// Binds and listens.
    ///
    /// The lock file `<path>.lock` comes first: of two daemons that start together, the second
    /// stops there. A node that nobody listens on is removed only if it is a socket and ours.
    ///
    /// - Throws: `socketPathTooLong`, `locked`, `socketInUse`, `socketPathOccupied`,
    ///   `socketDirectoryOpen`, `socketDirectoryGroup`, `wrongOwner`, `socketNotAsConfigured`, `system`.
    package init(binding path: String, access: SocketAccess) throws(PlatformError) {
        try UnixSocket.checkPath(path)
        try access.checkDirectory(Files.parent(of: path))
        let lock = try FileLock(path + ".lock")
        try Self.removeStale(path)
        // Only the owner can connect until the group is set; the final bits come last.
        let descriptor = try Self.bindNode(path, mode: access.mode & 0o700)
        let node = try Files.status(path, followingLinks: false).identity
        let bound = Bound(path: path, node: node, lock: lock)
        try Self.configure(path, access)
        try check(.listen, path, cp_listen(descriptor.rawValue, Self.backlog))
        self.path = path
        self.descriptor = Mutex(consume descriptor)
        self.bound = consume bound
    }

    /// Takes over a listening socket that the service manager made.
    init(adopting descriptor: consuming OwnedDescriptor) {
        path = descriptor.path
        self.descriptor = Mutex(consume descriptor)
        bound = nil
    }

    /// Whether this process made the node.
    package var isAdopted: Bool { bound == nil }

    /// Gives the listening descriptor to an event loop, which closes it.
    ///
    /// - Returns: nil when it was taken before.
    package func takeDescriptor() -> CInt? {
        descriptor.withLock { descriptor in
            guard let taken = descriptor.take() else { return nil }
            return taken.take()
        }
    }

    /// A node of ours with the lock that makes it ours.
    private struct Bound: ~Copyable, Sendable {
        let path: String
        let node: FileIdentity
        let lock: FileLock

        deinit {
            // We still hold the lock, so no other daemon of ours can have put its own there; the
            // comparison protects what a person may have put there by hand.
            if let found = try? Files.status(path, followingLinks: false), found.identity == node {
                try? Files.remove(path)
            }
        }
    }

    /// Makes the node, with permission bits of at most `mode` from its first moment.
    static func bindNode(_ path: String, mode: UInt32) throws(PlatformError) -> OwnedDescriptor {
        let number = try check(.bind, path, cp_socket_stream())
        let descriptor = OwnedDescriptor(taking: number, path: path)
        try check(.bind, path, unsafe cp_bind(number, path, path.utf8.count, mode))
        return descriptor
    }

    private static func removeStale(_ path: String) throws(PlatformError) {
        guard try Files.exists(path) else { return }
        let status = try Files.status(path, followingLinks: false)
        guard status.kind == .socket, status.owner == Accounts.effectiveUser else {
            throw .socketPathOccupied(path: path)
        }
        do {
            _ = try UnixSocket.connect(path)
        } catch {
            guard case .system(_, _, .connectionRefused) = error else {
                // Somebody listens whose queue is full, or we cannot know.
                if case .system(_, _, .tryAgain) = error { throw .socketInUse(path: path) }
                throw error
            }
            return try Files.remove(path)
        }
        throw .socketInUse(path: path)
    }

    private static func configure(_ path: String, _ access: SocketAccess) throws(PlatformError) {
        if let group = access.group {
            try Files.setOwner(path, Accounts.effectiveUser, group: group)
        }
        try Files.setMode(path, access.mode)
        // Some file systems accept both calls and change nothing.
        let status = try Files.status(path, followingLinks: false)
        guard status.kind == .socket, status.mode == access.mode,
            status.owner == Accounts.effectiveUser,
            access.group.map({ $0 == status.group }) ?? true
        else {
            throw .socketNotAsConfigured(path: path, mode: status.mode, group: status.group)
        }
    }
}
