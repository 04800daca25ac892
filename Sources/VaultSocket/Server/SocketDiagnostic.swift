package import VaultPlatform
package import VaultWire

/// What an operator may want to know about connections. Never any content of a message.
package enum SocketDiagnostic: Sendable, Equatable {
    /// Why a connection was closed right after it was made.
    package enum Refusal: Sendable, Equatable {
        case tooManyConnections
        case tooManyConnectionsOfUser
        /// The service is going down.
        case stopping
    }

    case refused(Refusal, user: UInt32)
    /// The kernel did not tell who is at the other end; the connection was closed.
    case unknownPeer(PlatformError)
    /// The connection is closed after the replies to the messages before.
    case brokenMessage(WireError, ConnectionID, Peer)
    /// A message was begun and not finished in time.
    case unfinishedMessage(ConnectionID, Peer)
    /// The client left its replies unread for too long.
    case stalledReader(ConnectionID, Peer)
    /// Replies in hand did not come, or were not read, before the deadline for closing.
    case drainOverdue(ConnectionID, Peer)
    /// A handler let go of a call without answering: a fault of the service. The connection was
    /// closed, because no later reply can be told from the one that is missing.
    case unanswered(ConnectionID, Peer)
}
