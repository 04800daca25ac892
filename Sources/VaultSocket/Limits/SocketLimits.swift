package import VaultWire

/// Bounds that keep one client, or one user, from taking the service from the others.
package struct SocketLimits: Sendable {
    /// Bounds of one message.
    package var message = MessageLimits.standard
    /// Connections in all: each costs a descriptor and some kilobytes, and a process usually has
    /// 1024 descriptors.
    package var connections = 900
    /// Connections of one user: enough for a machine that many people share through one account
    /// and for load tests, a fraction of the total.
    package var connectionsPerUser = 256
    /// Calls of one connection that are being answered; further ones are not read.
    package var callsPerConnection = 32
    /// Calls of one user that are being answered; further ones wait their turn.
    package var callsPerUser = 512
    /// Replies of one connection, in bytes, that may wait for the client to read before nothing
    /// more is read from it.
    package var outputHigh = 512 * 1024
    /// Bytes below which reading goes on.
    package var outputLow = 128 * 1024
    /// Time from the first byte of a message to its end. Longer than any honest client needs on
    /// one machine: text is typed before it is sent.
    package var messagePatience = Duration.seconds(10)
    /// Time for which a client may leave more than `outputHigh` unread.
    package var readerPatience = Duration.seconds(30)
    /// Time to answer what is in hand once a connection is to be closed.
    package var drainPatience = Duration.seconds(10)
    /// Connections that the kernel keeps waiting.
    package var backlog: Int32 = 512

    /// The limits of the daemon.
    package static let standard = SocketLimits()

    /// The standard limits, to change some.
    package init() {}
}
