import NIOCore
import NIOPosix
import Synchronization
import VaultPlatform

/// What all connections of a server share.
final class ServerContext: Sendable {
    let limits: SocketLimits
    let admission: Admission
    let diagnostics: @Sendable (SocketDiagnostic) -> Void
    let makeHandler: @Sendable (Peer, ConnectionID) -> any ConnectionHandler
    /// One for each event loop.
    let shards: [Shard]
    private let shardOfLoop: [ObjectIdentifier: Shard]
    private let lastConnection = Atomic<UInt64>(0)
    private let isStopping = Atomic<Bool>(false)

    init(
        group: MultiThreadedEventLoopGroup, limits: SocketLimits,
        diagnostics: @escaping @Sendable (SocketDiagnostic) -> Void,
        makeHandler: @escaping @Sendable (Peer, ConnectionID) -> any ConnectionHandler
    ) {
        self.limits = limits
        self.diagnostics = diagnostics
        self.makeHandler = makeHandler
        admission = Admission(limits: limits)
        var shards: [ObjectIdentifier: Shard] = [:]
        for loop in group.makeIterator() { shards[ObjectIdentifier(loop)] = Shard(loop) }
        shardOfLoop = shards
        self.shards = Array(shards.values)
    }

    /// No connection is adopted any more.
    func stop() { isStopping.store(true, ordering: .sequentiallyConsistent) }

    /// Makes a connection of a channel that was just accepted; on its event loop.
    func adopt(_ channel: any Channel) throws {
        guard let shard = shardOfLoop[ObjectIdentifier(channel.eventLoop)] else {
            preconditionFailure("internal error: every channel runs on a loop of the group")
        }
        guard let peer = try peer(of: channel) else { return channel.close(promise: nil) }
        let refusal =
            isStopping.load(ordering: .sequentiallyConsistent)
            ? .stopping : admission.connect(peer.user)
        if let refusal {
            diagnostics(.refused(refusal, user: peer.user))
            return channel.close(promise: nil)
        }
        let id = ConnectionID(
            rawValue: lastConnection.add(1, ordering: .relaxed).newValue)
        let connection = Connection(id: id, peer: peer, shard: shard, server: self)
        shard.add(connection)
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    /// Who connected, as the kernel knows it: the only identity anything is decided on.
    private func peer(of channel: any Channel) throws -> Peer? {
        let found = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: CInt.self
        ) { descriptor -> Result<Peer, PlatformError> in
            do throws(PlatformError) {
                return .success(try Peer(of: descriptor))
            } catch {
                return .failure(error)
            }
        }
        switch found {
        case .success(let peer): return peer
        case .failure(let error):
            diagnostics(.unknownPeer(error))
            return nil
        case nil: return nil
        }
    }
}
