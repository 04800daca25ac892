import Synchronization
package import VaultWire

/// Answers one call. May be used from any thread.
///
/// A responder that is let go of without a final reply closes its connection, because the client
/// could no longer tell which call a later reply belongs to.
package final class Responder: Sendable {
    private let shard: Shard
    private let admission: Admission
    private let connection: ConnectionID
    private let sequence: UInt64
    private let user: UInt32
    private let isOneway: Bool
    private let life: ConnectionLife
    /// The flow of a call that said `more`.
    private let flow: StreamFlow?
    private let isAnswered = Atomic<Bool>(false)

    init(
        call: Call, sequence: UInt64, connection: ConnectionID, user: UInt32, shard: Shard,
        admission: Admission, life: ConnectionLife, flow: StreamFlow?
    ) {
        isOneway = call.oneway
        self.sequence = sequence
        self.connection = connection
        self.user = user
        self.shard = shard
        self.admission = admission
        self.life = life
        self.flow = flow
    }

    deinit {
        guard !isAnswered.load(ordering: .acquiring) else { return }
        admission.end(user)
        post(.abandoned(connection))
    }

    /// Tells the connection, while there is one: whoever answers after the end of the service must not
    /// reach for an event loop that is gone.
    private func post(_ letter: Shard.Letter) {
        guard !life.isClosed else { return }
        shard.post(letter)
    }

    /// Sends the final reply; for a call that wants none, ends it.
    ///
    /// - Parameter message: a complete message without its NUL.
    /// - Returns: false if the call was answered before; the message is then dropped.
    @discardableResult
    package func reply(_ message: [UInt8]) -> Bool {
        guard !isAnswered.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        admission.end(user)
        post(
            .reply(
                connection, sequence: sequence, message: isOneway ? [] : message, isFinal: true))
        return true
    }

    /// Sends a reply after which more follow, if the call said `more`; else nothing, for a client
    /// that did not ask for several replies must get one.
    ///
    /// The message is kept until the client has read enough of those before it: look at
    /// `isWritable` first, or use `streamWaiting`, or memory is the only bound.
    ///
    /// - Parameter message: a complete message that says `continues`, without its NUL.
    package func stream(_ message: [UInt8]) {
        guard let flow, !isAnswered.load(ordering: .acquiring), flow.begin() else { return }
        post(.reply(connection, sequence: sequence, message: message, isFinal: false))
    }

    /// Like `stream`, but first blocks the calling thread until there is room.
    ///
    /// Never on an event loop.
    /// - Returns: false if the connection is gone: stop producing.
    package func streamWaiting(_ message: [UInt8]) -> Bool {
        guard let flow else { return !life.isClosed }
        guard flow.wait() else { return false }
        stream(message)
        return true
    }

    /// Whether the call said `more`, so that `stream` sends something.
    package var wantsStream: Bool { flow != nil }

    /// Whether another streamed reply would be written soon.
    package var isWritable: Bool { flow?.isWritable ?? !life.isClosed }

    /// Whether the connection is gone: nobody will read a reply.
    package var isClosed: Bool { life.isClosed }

    /// Calls `body` once, when `isWritable` is true or the connection is gone: at once if that is
    /// so already, else on the event loop. One at a time.
    package func whenWritable(_ body: @escaping @Sendable () -> Void) {
        if let flow { flow.whenWritable(body) } else { body() }
    }
}

extension Responder {
    /// Sends the final reply.
    package func reply(_ parameters: some WireObject) {
        reply(ReplyWriter.reply(parameters))
    }

    /// Sends an error as the final reply.
    package func fail(_ error: VaultWireError, in interface: Interface) {
        reply(ReplyWriter.error(error, in: interface))
    }
}

/// Whether a connection is still there; shared with those who answer its calls.
final class ConnectionLife: Sendable {
    private let closed = Atomic<Bool>(false)
    var isClosed: Bool { closed.load(ordering: .acquiring) }
    func close() { closed.store(true, ordering: .releasing) }
}
