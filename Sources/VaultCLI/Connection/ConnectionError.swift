import VaultPlatform

/// Why the daemon did not answer as it should. Carries no content of messages.
enum ConnectionError: Error, Equatable, Sendable {
    /// Nobody could be reached at the socket.
    case unreachable(PlatformError)
    /// The connection ended before the reply; whether the call took effect is unknown.
    case lost(path: String)
    /// No reply within the time given, in seconds.
    case timedOut(path: String, seconds: Int)
    /// What came is not what this client speaks.
    case garbled(path: String)
    /// The call is larger than the daemon takes. `limit` is in bytes.
    case callTooLong(limit: Int)
}
