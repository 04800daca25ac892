package import VaultAccess
package import VaultSocket
package import VaultText

/// What an operator decides when starting the daemon. Everything else is a constant with a reason.
package struct Configuration: Sendable {
    /// The data directory.
    package let data: DataDirectory
    /// Where clients connect, unless the service manager hands a socket over.
    package let socketPath: String
    /// The group whose members may connect; nil for the process's own.
    package let groupName: String?
    /// The language of messages to the operator.
    package let language: Language
    /// Bounds for clients.
    package let limits: SocketLimits
    /// Whom people ask for help, told with errors that they cannot mend themselves; at most 200
    /// bytes; nil for nobody.
    package let contact: String?
    /// The file with which the daemon unseals the vault at its start; nil where a person does.
    package var sealKeyFile: String?
    /// How long logins last at most.
    package var sessionBounds = SessionBounds()

    /// A configuration of these parts.
    package init(
        data: DataDirectory, socketPath: String, groupName: String?, language: Language,
        limits: SocketLimits = .standard, contact: String? = nil
    ) {
        self.data = data
        self.socketPath = socketPath
        self.groupName = groupName
        self.language = language
        self.limits = limits
        self.contact = contact
    }
}

/// The program's own name and number.
package enum Program {
    /// As `version` prints it and `GetInfo` tells it.
    package static let version = "0.1.0"
    /// As the varlink service names itself.
    static let product = "CareVault"
    static let vendor = "CareVault"
    static let url = "https://github.com/carevault/carevault"
}

/// Bounds of the daemon itself.
enum DaemonLimits {
    /// Event loops: they parse, decide, read and answer; two cores are the smallest machine meant.
    static let eventLoops = 2
    /// Time for calls in hand when the daemon stops: longer than any commit, shorter than the 90 s
    /// after which a service manager kills.
    static let shutdownGrace = Duration.seconds(15)
    /// Locked memory in bytes: guarded slots for keys of a few hundred logins, and 1 GiB is far
    /// beyond what services are given (systemd grants 8 MiB unless told).
    static let lockedMemory: UInt64 = 64 << 20
    /// Descriptors: the connections, the databases, and room.
    static let descriptors: UInt64 = 4_096
    /// The largest header that is read: a slot takes under 2 KiB, and there are few.
    static let headerBytes = 1 << 20
    /// Space kept for the audit log when the disk is full, in bytes: about 16 000 entries, enough to
    /// log what operators do while they make room.
    static let reserveBytes = 16 << 20
    /// Files up to this size are read from end to end before the daemon serves: a second of reading.
    /// Larger ones are checked as far as their structure shows at opening.
    static let integrityCheckBytes = 256 << 20
    /// Refusals before login are told to the log together, after this time.
    static let refusalInterval = Duration.milliseconds(500)
}
