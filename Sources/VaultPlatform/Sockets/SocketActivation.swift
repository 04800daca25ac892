import CPlatform
import Glibc

/// A listening socket inherited from the service manager (systemd `sd_listen_fds(3)`).
package enum SocketActivation {
    /// The first inherited descriptor (`SD_LISTEN_FDS_START`).
    static let firstDescriptor: CInt = 3

    /// Adopts the one inherited socket and removes the variables, so that no child is misled.
    ///
    /// - Returns: nil when the process was not started that way (`LISTEN_PID` names another).
    /// - Throws: `activation` when it was, but not with exactly one private Unix listener.
    package static func adopt() throws(PlatformError) -> UnixListener? {
        defer {
            for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"] {
                Environment.remove(name)
            }
        }
        guard
            try expected(
                process: Environment.value("LISTEN_PID"), count: Environment.value("LISTEN_FDS"),
                own: getpid())
        else { return nil }
        return try adopt(firstDescriptor)
    }

    /// Whether the variables announce a socket to this process.
    static func expected(
        process: String?, count: String?, own: Int32
    ) throws(PlatformError) -> Bool {
        guard let process, let count, process == String(own) else { return false }
        guard let number = Int(count), number >= 0 else { throw .activation(.malformed) }
        if number == 0 { return false }
        guard number == 1 else { throw .activation(.count(number)) }
        return true
    }

    /// Checks and takes over one descriptor. It may be non-blocking; the event loop does not mind.
    static func adopt(_ number: CInt) throws(PlatformError) -> UnixListener {
        let name = "<inherited socket>"
        guard cp_is_unix_listener(number) == 1 else { throw .activation(.notListener) }
        try check(.bind, name, cp_set_close_on_exec(number))
        var bytes = [CChar](repeating: 0, count: 108)
        let length = Int(
            try check(.bind, name, unsafe cp_socket_path(number, &bytes, bytes.count)))
        let path = String(
            decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // systemd's default is 0666, and an abstract name lets everybody connect.
        guard !path.isEmpty else {
            throw .activation(.openToEverybody(path: path, mode: 0o666))
        }
        let mode = try Files.status(path).mode
        guard mode & 0o007 == 0 else {
            throw .activation(.openToEverybody(path: path, mode: mode))
        }
        return UnixListener(adopting: OwnedDescriptor(taking: number, path: path))
    }
}
