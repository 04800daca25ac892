package import VaultPlatform

/// Why the service cannot listen.
package enum SocketError: Error, Equatable, Sendable {
    /// The event loop could not take the descriptor over; it has been closed.
    case notListening
    /// The kernel refused to listen on it with the configured backlog.
    case backlogRefused(SystemCode)
}
