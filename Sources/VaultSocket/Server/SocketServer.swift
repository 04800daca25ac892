import Glibc
import NIOCore
import NIOPosix
import Synchronization
package import VaultPlatform

/// Serves the wire protocol on a listening Unix socket.
///
/// Event loops read, cut and parse messages and write replies; what a call means is up to the
/// `ConnectionHandler` that a factory makes for each connection. Replies leave in the order of the
/// calls however they are completed, from whatever thread.
package final class SocketServer: Sendable {
    /// What is going on now.
    package struct Load: Sendable, Equatable {
        /// Open connections.
        package let connections: Int
        /// Calls that are being answered.
        package let calls: Int
    }

    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let context: ServerContext

    private init(
        group: MultiThreadedEventLoopGroup, listener: any Channel, context: ServerContext
    ) {
        self.group = group
        self.listener = listener
        self.context = context
    }

    /// Starts to serve. Blocks until the first connection can be accepted; not to be called on an
    /// event loop.
    ///
    /// - Parameters:
    ///   - descriptor: of a listening stream socket; it now belongs to the server, in every case.
    ///   - loops: number of event loops, each a thread.
    ///   - limits: bounds for clients.
    ///   - diagnostics: called on any thread; must not block.
    ///   - handler: makes the handler of a connection; called on its event loop.
    package static func start(
        listening descriptor: CInt, loops: Int = 2, limits: SocketLimits = .standard,
        diagnostics: @escaping @Sendable (SocketDiagnostic) -> Void,
        handler: @escaping @Sendable (Peer, ConnectionID) -> any ConnectionHandler
    ) throws(SocketError) -> SocketServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        let context = ServerContext(
            group: group, limits: limits, diagnostics: diagnostics, makeHandler: handler)
        do throws(SocketError) {
            let listener = try bind(descriptor, group, context)
            return SocketServer(group: group, listener: listener, context: context)
        } catch {
            group.shutdownGracefully { _ in }
            throw error
        }
    }

    private static func bind(
        _ descriptor: CInt, _ group: MultiThreadedEventLoopGroup, _ context: ServerContext
    ) throws(SocketError) -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try context.adopt(channel) }
            }
            // One buffer a turn: what is parsed beyond the limit of calls is then bounded by it.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: ForgetfulReceiveAllocator())
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: context.limits.outputLow, high: context.limits.outputHigh))
        let listener: any Channel
        do {
            listener = try bootstrap.withBoundSocket(descriptor).wait()
        } catch {
            throw .notListening
        }
        // Adopting a socket listens again, with a backlog of 128; this puts ours back.
        guard Glibc.listen(descriptor, context.limits.backlog) == 0 else {
            let code = SystemCode(rawValue: errno)
            listener.close(promise: nil)
            throw .backlogRefused(code)
        }
        return listener
    }

    /// Connections and calls now.
    package var load: Load { context.admission.load }

    /// Stops accepting, answers the calls in hand, closes every connection and ends the event
    /// loops. What is not answered or not read after `grace` is cut off.
    package func shutdown(grace: Duration) async {
        context.stop()
        try? await listener.close().get()
        // All loops at once: the grace is for the whole, not for one after the other.
        let drained = context.shards.map { $0.drainAll(within: grace) }
        for closed in drained { try? await closed.get() }
        try? await group.shutdownGracefully()
    }
}
