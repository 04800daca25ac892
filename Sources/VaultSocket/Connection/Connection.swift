import NIOCore
import VaultPlatform
import VaultWire

/// One connection: cuts what is read into calls, hands them on, writes replies in order.
///
/// Lives on one event loop. Nothing is read while a call waits to begin or the client leaves too
/// much unread: the client's own buffers fill up then, and it waits.
final class Connection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let id: ConnectionID
    /// Whether it stands in the list of an emptying letter box.
    var isTouched = false
    /// Whether it waited for a place for a call of its user and is now told of one.
    var hasTurn = false

    private let peer: Peer
    private let shard: Shard
    private let server: ServerContext
    private let life = ConnectionLife()
    private var framer: MessageFramer<ContinuousClock>
    private var queue: CallQueue
    private var handler: (any ConnectionHandler)?
    private var context: ChannelHandlerContext?
    /// Buffers of this turn, to be overwritten at its end.
    private var received: [ByteBuffer] = []
    private var isPumping = false
    /// No more calls are read or begun; the connection closes when those in hand are answered.
    private var isDraining = false
    private var isClosing = false
    /// A read that the event loop asked for and that waits for room.
    private var isReadHeld = false
    private var messageTimer: Scheduled<Void>?
    private var readerTimer: Scheduled<Void>?
    private var drainTimer: Scheduled<Void>?

    init(id: ConnectionID, peer: Peer, shard: Shard, server: ServerContext) {
        self.id = id
        self.peer = peer
        self.shard = shard
        self.server = server
        framer = MessageFramer(
            limits: server.limits.message, patience: server.limits.messagePatience)
        queue = CallQueue(limit: server.limits.callsPerConnection)
    }

    /// Completes when the channel is closed; on the loop.
    func closeFuture(on loop: any EventLoop) -> EventLoopFuture<Void> {
        context?.channel.closeFuture ?? loop.makeSucceededVoidFuture()
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        handler = server.makeHandler(peer, id)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset by the peer, usually: nobody is there to be told.
        close()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        defer { received.append(buffer) }
        guard !isDraining, let handler else { return }
        let limits = server.limits.message
        do throws(WireError) {
            try framer.feed(buffer.readableBytesUInt8Span, now: .now) {
                message throws(WireError) in
                let call = try Call(parsing: message, limits: limits)
                queue.append(call, runsAlone: handler.runsAlone(call))
            }
        } catch {
            server.diagnostics(.brokenMessage(error, id, peer))
            drain(within: server.limits.drainPatience, keepingBacklog: true)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        wipeReceived()
        startMessageTimer()
        pump()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readerTimer?.cancel()
        readerTimer = nil
        guard !context.channel.isWritable else { return pump() }
        let patience = TimeAmount(server.limits.readerPatience)
        readerTimer = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            self.server.diagnostics(.stalledReader(self.id, self.peer))
            self.close()
        }
    }

    func read(context: ChannelHandlerContext) {
        if canRead { context.read() } else { isReadHeld = true }
    }

    // MARK: Calls and replies

    /// A reply was made; `pump` writes it.
    func complete(_ sequence: UInt64, _ message: [UInt8], isFinal: Bool) {
        queue.complete(sequence, message, isFinal: isFinal)
    }

    /// Begins the calls and writes the replies that are due, and flushes once. A handler that
    /// answers at once comes back here through `complete`; the loop below then goes round again,
    /// so that a long row of such calls does not nest.
    func pump() {
        guard !isPumping, let context else { return }
        isPumping = true
        var mustFlush = false
        while true {
            let didWrite = writeDue(context)
            mustFlush = mustFlush || didWrite
            guard beginDue() || didWrite else { break }
        }
        isPumping = false
        if hasTurn {
            hasTurn = false
            server.admission.pass(peer.user)
        }
        if mustFlush { context.flush() }
        if isDraining && queue.isEmpty { closeWhenWritten(context) }
        if isReadHeld, canRead {
            isReadHeld = false
            context.read()
        }
    }

    /// A handler let go of a call without answering it.
    func unanswered() {
        server.diagnostics(.unanswered(id, peer))
        close()
    }

    private var canRead: Bool {
        // While draining, reading goes on only to notice that the client has gone.
        guard let context else { return false }
        return queue.backlog == 0 && queue.inHand < server.limits.callsPerConnection
            && context.channel.isWritable
    }

    private func writeDue(_ context: ChannelHandlerContext) -> Bool {
        var didWrite = false
        while context.channel.isWritable, let output = queue.nextOutput() {
            var buffer = context.channel.allocator.buffer(capacity: output.message.count + 1)
            buffer.writeBytes(output.message)
            buffer.writeInteger(UInt8(0))
            context.write(wrapOutboundOut(buffer), promise: nil)
            output.flow?.written()
            didWrite = true
        }
        return didWrite
    }

    private func beginDue() -> Bool {
        var didBegin = false
        while queue.canBegin, let handler, let context, context.channel.isWritable {
            let hasPlace = server.admission.begin(
                peer.user, for: .init(shard: shard, connection: id))
            guard hasPlace else { break }
            let (sequence, call, flow) = queue.begin()
            didBegin = true
            handler.handle(
                call,
                Responder(
                    call: call, sequence: sequence, connection: id, user: peer.user, shard: shard,
                    admission: server.admission, life: life, flow: flow))
        }
        return didBegin
    }

    // MARK: The end

    /// Reads no more calls, answers those in hand and closes; at the latest after `patience`.
    /// - Parameter keepingBacklog: also begin the calls that were read but have not begun.
    func drain(within patience: Duration, keepingBacklog: Bool = false) {
        guard !isClosing, let context else { return }
        isDraining = true
        framer.abandon()
        messageTimer?.cancel()
        if !keepingBacklog { queue.dropBacklog() }
        drainTimer?.cancel()
        drainTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(patience)) {
            self.server.diagnostics(.drainOverdue(self.id, self.peer))
            self.close()
        }
        pump()
    }

    /// All replies are handed to the channel: closes once they have left.
    private func closeWhenWritten(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        // A write without bytes is done when those before it are.
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in self.close() }
    }

    private func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    private func end() {
        guard context != nil else { return }
        context = nil
        life.close()
        for timer in [messageTimer, readerTimer, drainTimer] { timer?.cancel() }
        framer.abandon()
        wipeReceived()
        queue.cancel()
        shard.remove(self)
        server.admission.disconnect(peer.user, id)
        handler?.closed()
        handler = nil
    }

    // MARK: Half messages and secrets

    /// One timer at a time; a message that is complete in time cancels nothing, the timer looks
    /// again when it fires.
    private func startMessageTimer() {
        guard let deadline = framer.deadline else { return }
        startMessageTimer(in: ContinuousClock.now.duration(to: deadline))
    }

    private func startMessageTimer(in wait: Duration) {
        guard messageTimer == nil, let context else { return }
        messageTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) {
            self.messageTimer = nil
            self.checkMessage()
        }
    }

    private func checkMessage() {
        guard !isDraining, framer.deadline != nil else { return }
        guard framer.isOverdue(at: .now) else { return startMessageTimer() }
        // The client may have sent the rest, and it is we who do not read.
        guard canRead else { return startMessageTimer(in: server.limits.messagePatience) }
        server.diagnostics(.unfinishedMessage(id, peer))
        drain(within: server.limits.drainPatience, keepingBacklog: true)
    }

    /// Overwrites what was read in this turn; by now the event loop has let go of it.
    private func wipeReceived() {
        for index in received.indices {
            let wiped: Int? = received[index].modifyIfUniquelyOwned { buffer in
                buffer.setRepeatingByte(0, count: buffer.readableBytes, at: buffer.readerIndex)
            }
            // The first buffer is the channel's own, see `ForgetfulReceiveAllocator`.
            assert(
                wiped != nil || received[index].readableBytes <= 16,
                "internal error: somebody else holds what was read")
        }
        received.removeAll(keepingCapacity: true)
    }
}

extension TimeAmount {
    /// Never negative.
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let total = nanoseconds.partialValue.addingReportingOverflow(attoseconds / 1_000_000_000)
        let isTooLong = nanoseconds.overflow || total.overflow
        self = .nanoseconds(isTooLong ? .max : Swift.max(0, total.partialValue))
    }
}
