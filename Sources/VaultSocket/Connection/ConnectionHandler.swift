package import VaultWire

/// Numbers a connection within one run of the server, from 1.
package struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64
    package var description: String { "connection \(rawValue)" }
}

/// What a connection's calls mean. One for each connection.
///
/// All methods are called on the connection's event loop, which other connections share: none may
/// block or compute for long.
package protocol ConnectionHandler: AnyObject, Sendable {
    /// A call arrived. Answer through `responder`, at once or later and from any thread.
    ///
    /// A client may send calls before it has read replies; these are handled concurrently, up to
    /// the limit, and their replies leave in the order of the calls.
    func handle(_ call: Call, _ responder: Responder)

    /// Whether a call has to be handled alone: it begins when all before it are answered, and
    /// those after it wait for its answer. For calls that change what the next ones may do, such
    /// as a login. The standard answer is no.
    func runsAlone(_ call: Call) -> Bool

    /// The connection is gone. Calls in hand should stop: nobody will read their replies.
    func closed()
}

extension ConnectionHandler {
    package func runsAlone(_ call: Call) -> Bool { false }
}
