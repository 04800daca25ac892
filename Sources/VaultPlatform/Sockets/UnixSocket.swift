import CPlatform
import Glibc

/// Stream sockets of the Unix family, by path. Abstract names are refused: they have no
/// permissions at all.
package enum UnixSocket {
    /// The longest path in bytes of UTF-8: `sun_path` holds 108 with the final NUL (`unix(7)`).
    package static let longestPath = 107

    /// Checks that a path fits into an address and means the same to the kernel.
    package static func checkPath(_ path: String) throws(PlatformError) {
        _ = try whole(path)
        let length = path.utf8.count
        guard length <= longestPath else {
            throw .socketPathTooLong(path: path, length: length, limit: longestPath)
        }
    }

    /// Connects to a listening socket.
    ///
    /// - Throws: `system(.connect, …)`: `notFound` without a node, `connectionRefused` when nobody
    ///   listens, `accessDenied` when the node or a directory above it refuses this user.
    package static func connect(_ path: String) throws(PlatformError) -> OwnedDescriptor {
        try checkPath(path)
        let number = try check(.connect, path, cp_socket_stream())
        let socket = OwnedDescriptor(taking: number, path: path)
        try check(.connect, path, unsafe cp_connect(number, path, path.utf8.count))
        return socket
    }

    /// Accepts one connection on a listening descriptor; for programs without an event loop.
    package static func accept(_ listener: CInt, path: String) throws(PlatformError)
        -> OwnedDescriptor
    {
        OwnedDescriptor(taking: try check(.accept, path, cp_accept(listener)), path: path)
    }

    /// Whether the other side closed a stream and nothing is left to be read. Does not wait.
    package static func hasEnded(_ socket: borrowing OwnedDescriptor) -> Bool {
        cp_has_ended(socket.rawValue) == 1
    }
}
