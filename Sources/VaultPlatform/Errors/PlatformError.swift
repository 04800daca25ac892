/// What the operating system refused, or what was found not to be as it must be.
///
/// Every case names the path (or name) concerned, so that a message can say where and what to do.
/// None carries file contents or anything typed by a person.
package enum PlatformError: Error, Equatable, Sendable {
    /// A system call failed.
    case system(operation: Operation, path: String, code: SystemCode)
    /// A path is empty or contains a NUL, which the system would silently cut.
    case invalidPath(path: String)
    /// A file or directory lets others in. `mode` are its permission bits.
    case loosePermissions(path: String, mode: UInt32)
    /// A file or directory belongs to somebody else.
    case wrongOwner(path: String, owner: UInt32, expected: UInt32)
    /// Something else stands where a regular file must be (a directory, a link, a device).
    case notRegularFile(path: String)
    /// A file is larger than the reader accepts. `limit` is in bytes.
    case tooLarge(path: String, limit: Int)
    /// Another process holds the lock; `holder` is the pid that it wrote there, only a hint.
    case locked(path: String, holder: Int32?)
    /// A socket path does not fit into an address. `limit` is in bytes of UTF-8.
    case socketPathTooLong(path: String, length: Int, limit: Int)
    /// Another process already serves this socket.
    case socketInUse(path: String)
    /// Something that is not our own stale socket stands at the socket's path.
    case socketPathOccupied(path: String)
    /// After binding, the socket does not have the configured mode or group.
    case socketNotAsConfigured(path: String, mode: UInt32, group: UInt32)
    /// The directory of a socket can be entered or changed by users who must not.
    case socketDirectoryOpen(path: String, mode: UInt32)
    /// The members of the socket's group cannot enter its directory, which is another group's.
    case socketDirectoryGroup(path: String, group: UInt32, expected: UInt32)
    /// The sockets handed over by the service manager are not what is expected.
    case activation(ActivationProblem)
    /// No user of this name.
    case unknownUser(name: String)
    /// No group of this name.
    case unknownGroup(name: String)
    /// There is no terminal to ask at.
    case noTerminal
    /// The input ended before anything was typed.
    case endOfInput
    /// A signal ended the input; the terminal is restored.
    case interrupted(signal: Int32)
    /// A line is longer than accepted. `limit` is in bytes of UTF-8.
    case inputTooLong(limit: Int)
    /// What was typed is not UTF-8.
    case inputNotText
    /// Nothing happened within the time given.
    case timedOut(operation: Operation)

    /// What was being done.
    package enum Operation: String, Sendable {
        case open, create, read, write, close, sync, truncate, allocate, status, list, remove
        case rename, lock, bind, listen, connect, accept, notify
        case changeMode, changeOwner, createDirectory, readPeer, readAccount, controlTerminal
        case controlProcess, startProgram, waitForProgram
    }

    /// Why an inherited socket cannot be used (systemd `sd_listen_fds`).
    package enum ActivationProblem: Equatable, Sendable {
        /// `LISTEN_FDS` is not a number.
        case malformed
        /// Exactly one socket is expected.
        case count(Int)
        /// The descriptor is not a listening Unix stream socket.
        case notListener
        /// The socket's node lets everybody connect. `mode` are its permission bits.
        case openToEverybody(path: String, mode: UInt32)
    }
}
