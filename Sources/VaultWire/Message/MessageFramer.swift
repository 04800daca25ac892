/// Cuts a byte stream into messages: each is ended by one NUL byte (varlink.org, "Service").
///
/// Does no I/O and keeps no time of its own: the caller feeds what it has read together with the
/// instant, and asks for the deadline by which the message begun must be complete. A message that
/// lies whole within one chunk is lent without being copied; one that spans chunks is collected,
/// and the collected bytes are overwritten afterwards because they may hold a secret.
///
/// After an error the stream has no trustworthy message boundary any more: the framer then refuses
/// everything, and the connection has to be closed.
package struct MessageFramer<C: Clock>: ~Copyable where C: Sendable {
    /// The bytes of a message whose end has not come yet.
    private var partial: [UInt8] = []
    private var broken: WireError?
    private let limits: MessageLimits
    private let patience: C.Duration

    /// When the message that has begun must be complete; nil between messages.
    package private(set) var deadline: C.Instant?

    /// - Parameters:
    ///   - limits: bounds of one message.
    ///   - patience: time from the first byte of a message to its NUL.
    package init(limits: MessageLimits = .standard, patience: C.Duration) {
        self.limits = limits
        self.patience = patience
    }

    /// Number of bytes held of a message whose end has not come, without its NUL.
    package var pendingBytes: Int { partial.count }

    /// Takes the next bytes of the stream and lends every message that they complete, in order and
    /// without its NUL, to `each`.
    ///
    /// - Throws: `WireError.messageTooLong` as soon as a message is longer than the limit, also
    ///   when its end has not come; `WireError.emptyMessage` for a NUL with nothing before it;
    ///   whatever `each` throws. Every further call then throws the same.
    package mutating func feed(
        _ bytes: borrowing Span<UInt8>, now: C.Instant,
        each: (borrowing Span<UInt8>) throws(WireError) -> Void
    ) throws(WireError) {
        if let broken { throw broken }
        do throws(WireError) {
            try cut(bytes, now: now, each: each)
        } catch {
            broken = error
            abandon()
            throw error
        }
    }

    /// Whether a message that has begun is overdue at `now`.
    package func isOverdue(at now: C.Instant) -> Bool {
        guard let deadline else { return false }
        return deadline <= now
    }

    /// Overwrites and forgets a half message; for the end of a connection.
    package mutating func abandon() {
        deadline = nil
        partial.wipe()
    }

    private mutating func cut(
        _ bytes: borrowing Span<UInt8>, now: C.Instant,
        each: (borrowing Span<UInt8>) throws(WireError) -> Void
    ) throws(WireError) {
        var start = 0
        for index in bytes.indices where bytes[index] == 0 {
            try finish(bytes.extracting(start..<index), each: each)
            start = index + 1
        }
        guard start < bytes.count else { return }
        try keep(bytes.extracting(start..<bytes.count), now: now)
    }

    /// A NUL was met: `rest` completes the message in hand.
    private mutating func finish(
        _ rest: borrowing Span<UInt8>, each: (borrowing Span<UInt8>) throws(WireError) -> Void
    ) throws(WireError) {
        guard partial.count + rest.count <= limits.bytes else {
            throw .messageTooLong(limit: limits.bytes)
        }
        deadline = nil
        if partial.isEmpty {
            guard !rest.isEmpty else { throw .emptyMessage }
            return try each(rest)
        }
        partial.appendWiping(rest)
        do throws(WireError) {
            try each(partial.span)
        } catch {
            partial.wipe()
            throw error
        }
        partial.wipe()
    }

    /// The chunk ends within a message.
    private mutating func keep(_ rest: borrowing Span<UInt8>, now: C.Instant) throws(WireError) {
        guard partial.count + rest.count <= limits.bytes else {
            throw .messageTooLong(limit: limits.bytes)
        }
        // The clock starts with the first byte and is not reset by later ones: a peer that sends
        // one byte a second would otherwise hold its place for ever.
        if partial.isEmpty { deadline = now.advanced(by: patience) }
        partial.appendWiping(rest)
    }
}

extension [UInt8] {
    /// Overwrites every element with zero and empties the array.
    fileprivate mutating func wipe() {
        for index in indices { self[index] = 0 }
        removeAll(keepingCapacity: count <= 4096)
    }

    /// Appends `bytes`; when the storage has to move, the old one is overwritten first, because
    /// growing in place would leave a copy of a possible secret on the heap.
    fileprivate mutating func appendWiping(_ bytes: borrowing Span<UInt8>) {
        let needed = count + bytes.count
        if needed > capacity {
            var larger: [UInt8] = []
            larger.reserveCapacity(Swift.max(needed, 2 * capacity))
            larger.append(contentsOf: self)
            wipe()
            self = larger
        }
        for index in bytes.indices { append(bytes[index]) }
    }
}
