import CPlatform

/// Tells the service manager how this service is (systemd `sd_notify(3)`).
///
/// The status is readable by everybody on the machine: never put a name, an identifier or a count
/// into it.
package struct ServiceNotifier: Sendable {
    /// One line of a notification.
    package enum State: Equatable, Sendable {
        case ready
        case stopping
        case watchdog
        case status(String)
        case extendTimeout(microseconds: UInt64)
        /// Reloading since this moment of the monotonic clock.
        case reloading(monotonicMicroseconds: UInt64)

        var line: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            case .watchdog: "WATCHDOG=1"
            // A line feed would begin another assignment.
            case .status(let text): "STATUS=" + text.filter { !$0.isNewline }
            case .extendTimeout(let time): "EXTEND_TIMEOUT_USEC=\(time)"
            case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
            }
        }
    }

    /// Where notifications go; a leading `@` means an abstract name.
    private let address: String?
    /// How often the service manager wants a sign of life, in microseconds; nil for never. Give
    /// one after half the time.
    package let watchdogMicroseconds: UInt64?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    package init() {
        self.init(
            address: Environment.value("NOTIFY_SOCKET"),
            watchdog: Environment.value("WATCHDOG_USEC"),
            process: Environment.value("WATCHDOG_PID"))
    }

    init(address: String?, watchdog: String? = nil, process: String? = nil) {
        // Other transports (vsock) are for virtual machines.
        self.address = address.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let mine = process.map { $0 == String(ProcessIdentity.current) } ?? true
        let time = watchdog.flatMap { UInt64($0) } ?? 0
        watchdogMicroseconds = mine && time > 0 ? time : nil
    }

    /// Whether anybody listens.
    package var isActive: Bool { address != nil }

    /// Sends one notification.
    ///
    /// - Returns: false when there is no service manager to tell.
    @discardableResult
    package func notify(_ states: State...) throws(PlatformError) -> Bool {
        guard let address else { return false }
        var name = Array(address.utf8)
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        let characters = name.map { CChar(bitPattern: $0) }
        let message = Array(states.map(\.line).joined(separator: "\n").utf8)
        try check(
            .notify, address,
            unsafe cp_notify(characters, characters.count, message, message.count))
        return true
    }
}
