import VaultPlatform
import VaultWire

/// How long a reply may take.
enum Patience {
    /// Far beyond every ordinary call, which takes milliseconds: only a stuck daemon exceeds it.
    static let usual = 60
    /// For calls that derive a key from a secret: one at a time in the daemon, up to 1.5 s each, so a
    /// morning's queue of logins fits.
    static let derivation = 180
    /// For a call whose answer does not matter, before a screen is locked.
    static let brief = 5
    /// For the next piece of a stream or a long search through keys.
    static let stream = 300
}

/// One varlink connection to the daemon (varlink.org, "Service"): calls and their replies in order.
///
/// Blocking, for one thread. After any `ConnectionError` it answers nothing any more; make a new one.
final class Connection {
    /// Where the daemon listens.
    let path: String
    private let socket: OwnedDescriptor
    // The watchdog keeps the time; the framer's own clock is not asked.
    private var framer = MessageFramer<ContinuousClock>(patience: .seconds(Patience.stream))
    private var inbox: [[UInt8]] = []
    private var failure: ConnectionError?

    /// Connects.
    /// - Throws: `ConnectionError.unreachable`.
    init(_ path: String) throws(ConnectionError) {
        do {
            socket = try UnixSocket.connect(path)
        } catch {
            throw .unreachable(error)
        }
        self.path = path
    }

    /// Whether the daemon has closed it, or it is of no use for another reason.
    var hasEnded: Bool { failure != nil || UnixSocket.hasEnded(socket) }

    /// Calls a method that answers once.
    /// - Throws: `ClientError.connection`, or `ClientError.service` with the service's error.
    func call<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, seconds: Int = Patience.usual
    ) throws(ClientError) -> M.Reply {
        do {
            try send(Call.format(method, parameters))
            let reply = try receive(seconds: seconds)
            guard !reply.continues else { throw broken(.garbled(path: path)) }
            return try result(of: method, reply).get()
        } catch let error as ConnectionError {
            throw .connection(error)
        } catch let error as VaultWireError {
            throw .service(error)
        } catch {
            throw .connection(.garbled(path: path))
        }
    }

    /// Sends a call without waiting for the reply; `collect` takes the replies in the order of the
    /// calls.
    func post<M: WireMethod>(_ method: M.Type, _ parameters: M.Parameters) throws(ClientError) {
        do throws(ConnectionError) {
            try send(Call.format(method, parameters))
        } catch {
            throw .connection(error)
        }
    }

    /// Waits for the reply of the earliest call that has none yet.
    /// - Throws: as `call`.
    func collect<M: WireMethod>(
        _ method: M.Type, seconds: Int = Patience.usual
    ) throws(ClientError) -> M.Reply {
        let answer: Result<M.Reply, VaultWireError>
        do throws(ConnectionError) {
            let reply = try receive(seconds: seconds)
            guard !reply.continues else { throw broken(.garbled(path: path)) }
            answer = try result(of: method, reply)
        } catch {
            throw .connection(error)
        }
        switch answer {
        case .success(let reply): return reply
        case .failure(let error): throw .service(error)
        }
    }

    /// Calls a method that answers in pieces, and hands each piece on.
    /// - Throws: as `call`, and what `each` throws; the connection is of no use then.
    func stream<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, seconds: Int = Patience.stream,
        each: (M.Reply) throws(ClientError) -> Void
    ) throws(ClientError) {
        try follow(method, parameters, seconds: seconds) { piece throws(ClientError) in
            try each(piece)
            return true
        }
    }

    /// The same for a stream that has no end: until `each` gives false or the service ends it. The
    /// connection is of no use then.
    func follow<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, seconds: Int,
        each: (M.Reply) throws(ClientError) -> Bool
    ) throws(ClientError) {
        do throws(ConnectionError) {
            try send(Call.format(method, parameters, more: true))
        } catch {
            throw .connection(error)
        }
        while true {
            let reply: Reply
            let piece: Result<M.Reply, VaultWireError>
            do throws(ConnectionError) {
                reply = try receive(seconds: seconds)
                piece = try result(of: method, reply)
            } catch {
                throw .connection(error)
            }
            switch piece {
            case .success(let piece): guard try each(piece) else { return }
            case .failure(let error): throw .service(error)
            }
            if !reply.continues { return }
        }
    }

    private func result<M: WireMethod>(
        of method: M.Type, _ reply: Reply
    ) throws(ConnectionError) -> Result<M.Reply, VaultWireError> {
        do throws(WireError) {
            return try reply.result(of: method)
        } catch {
            throw broken(.garbled(path: path))
        }
    }

    /// Sends one message and wipes it: it may hold a secret.
    private func send(_ message: consuming [UInt8]) throws(ConnectionError) {
        var message = message
        defer { for index in message.indices { message[index] = 0 } }
        if let failure { throw failure }
        let limit = MessageLimits.standard.bytes
        guard message.count <= limit else { throw .callTooLong(limit: limit) }
        message.append(0)
        let watchdog = Watchdog(socket.rawValue, seconds: Patience.usual)
        var wasSent = true
        do {
            try socket.writeAll(message)
        } catch {
            wasSent = false
        }
        if watchdog.disarm() { throw broken(.timedOut(path: path, seconds: Patience.usual)) }
        // A daemon that refuses this caller answers and closes before it has read everything: the
        // answer may be there although the writing failed.
        if !wasSent, inbox.isEmpty { try fill(seconds: 1) }
    }

    private func receive(seconds: Int) throws(ConnectionError) -> Reply {
        if let failure { throw failure }
        while inbox.isEmpty { try fill(seconds: seconds) }
        var message = inbox.removeFirst()
        defer { for index in message.indices { message[index] = 0 } }
        do throws(WireError) {
            return try Reply(parsing: message)
        } catch {
            throw broken(.garbled(path: path))
        }
    }

    /// Reads what has come, at least one byte.
    private func fill(seconds: Int) throws(ConnectionError) {
        let watchdog = Watchdog(socket.rawValue, seconds: seconds)
        var bytes: [UInt8] = []
        defer { for index in bytes.indices { bytes[index] = 0 } }
        do throws(PlatformError) {
            bytes = try Interrupts.breaking(socket) { () throws(PlatformError) in
                try socket.read(upTo: 65_536)
            }
        } catch {
            bytes = []
        }
        if watchdog.disarm() { throw broken(.timedOut(path: path, seconds: seconds)) }
        guard !bytes.isEmpty else { throw broken(.lost(path: path)) }
        var messages: [[UInt8]] = []
        do throws(WireError) {
            try framer.feed(bytes.span, now: .now) { (message) throws(WireError) in
                var copy: [UInt8] = []
                copy.reserveCapacity(message.count)
                for index in message.indices { copy.append(message[index]) }
                messages.append(copy)
            }
        } catch {
            throw broken(.garbled(path: path))
        }
        inbox += messages
    }

    private func broken(_ error: ConnectionError) -> ConnectionError {
        failure = error
        return error
    }
}
