import Dispatch
import ServiceLifecycle
import Synchronization
import VaultEngine
import VaultPlatform
import VaultSocket
import VaultText

/// The daemon while it runs: from the first connection to the last wiped key.
final class DaemonService: Service {
    private let context: ServiceContext
    private let limits: SocketLimits
    private let notices: Notices
    private let log: DaemonLog
    private let unattended: UnattendedStart?
    /// Held for as long as it is served: letting go removes the node.
    private let listener: UnixListener
    private let failure = Mutex<StartupError?>(nil)

    /// A service on a bound socket that accepts nobody yet.
    init(
        context: ServiceContext, listener: UnixListener, limits: SocketLimits, notices: Notices,
        log: DaemonLog, unattended: UnattendedStart? = nil
    ) {
        self.context = context
        self.listener = listener
        self.limits = limits
        self.notices = notices
        self.log = log
        self.unattended = unattended
    }

    /// Why it did not serve; nil if it did.
    var startFailure: StartupError? { failure.withLock { $0 } }

    /// Accepts from here on. Not before ``run()``: the signals that end the daemon are handled by then.
    private func start() throws(StartupError) -> SocketServer {
        guard let descriptor = listener.takeDescriptor() else {
            throw .socket(.notListening, path: listener.path)
        }
        let (context, log) = (context, log)
        let server: SocketServer
        do throws(SocketError) {
            server = try SocketServer.start(
                listening: descriptor, loops: DaemonLimits.eventLoops, limits: limits,
                diagnostics: { diagnostic in
                    log.write(.socket(diagnostic))
                    Self.count(diagnostic, context.refusals)
                },
                handler: { peer, _ in ConnectionState(peer: peer, context: context) })
        } catch {
            throw .socket(error, path: listener.path)
        }
        // Answers may hold one-time codes.
        notices.whenSealed { context.acts.forget() }
        log.write(.serving(socket: listener.path, isInherited: listener.isAdopted))
        notices.tell(.ready, .status("sealed"))
        context.health.start()
        unattended?.begin(context.vault, log: log)
        return server
    }

    /// Serves until a graceful shutdown is asked for, then ends in order: no new connection, the
    /// calls in hand, the refusals, the seal, the files, the socket.
    func run() async throws {
        let server: SocketServer
        do throws(StartupError) { server = try start() } catch {
            failure.withLock { $0 = error }
            return
        }
        // Thrown when the task is cancelled instead: the end is the same.
        try? await gracefulShutdown()
        log.write(.stopping)
        notices.tell(.stopping)
        // Their streams would keep the server waiting.
        context.watchers.finish()
        await server.shutdown(grace: DaemonLimits.shutdownGrace)
        let context = context
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            // Blocks for as long as a commit takes: not on a thread of the cooperative pool.
            DispatchQueue(label: "carevault.shutdown").async {
                context.workers.finish()
                context.health.stop()
                context.refusals.flush()
                context.vault.shutdown()
                done.resume()
            }
        }
        log.write(.stopped)
        withExtendedLifetime(listener) {}
    }

    private static func count(_ diagnostic: SocketDiagnostic, _ refusals: RefusalTally) {
        switch diagnostic {
        case .refused(_, let user):
            refusals.note(Caller(uid: user, gid: UInt32.max, pid: 0))
        case .brokenMessage(_, _, let peer), .unfinishedMessage(_, let peer):
            refusals.note(Caller(uid: peer.user, gid: peer.group, pid: peer.processHint))
        case .unknownPeer, .stalledReader, .drainOverdue, .unanswered: break
        }
    }
}
