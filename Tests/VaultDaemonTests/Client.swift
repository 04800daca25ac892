import Testing
import VaultCoding
import VaultPlatform
import VaultWire

/// A client of one connection, blocking, for tests.
final class Client {
    private let socket: OwnedDescriptor
    private var unread: [UInt8] = []

    init(_ path: String) throws { socket = try UnixSocket.connect(path) }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) throws { try socket.writeAll(bytes) }

    /// Reads up to the next NUL; nil when the service closed the connection.
    func receive() throws -> [UInt8]? {
        while true {
            if let end = unread.firstIndex(of: 0) {
                let message = Array(unread[..<end])
                unread.removeFirst(end + 1)
                return message
            }
            let more: [UInt8]
            do { more = try socket.read(upTo: 65_536) } catch { return nil }
            guard !more.isEmpty else { return nil }
            unread += more
        }
    }

    /// Calls a method and reads its one reply.
    func call<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters
    ) throws -> Result<M.Reply, VaultWireError> {
        try send(Call.format(method, parameters) + [0])
        let message = try #require(try receive(), "the connection was closed")
        return try Reply(parsing: message).result(of: method)
    }

    /// Calls a method that must succeed.
    func ask<M: WireMethod>(_ method: M.Type, _ parameters: M.Parameters) throws -> M.Reply {
        try call(method, parameters).get()
    }

    /// Calls a method that must be refused.
    func refusal<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters
    ) throws -> VaultWireError {
        switch try call(method, parameters) {
        case .success:
            Issue.record("\(M.name) was not refused")
            return .permissionDenied
        case .failure(let error): return error
        }
    }

    /// Calls a method and reads all its replies.
    func stream<M: WireMethod>(_ method: M.Type, _ parameters: M.Parameters) throws -> [M.Reply] {
        try send(Call.format(method, parameters, more: true) + [0])
        var replies: [M.Reply] = []
        while true {
            let message = try #require(try receive(), "the connection was closed")
            let reply = try Reply(parsing: message)
            replies.append(try reply.result(of: method).get())
            if !reply.continues { return replies }
        }
    }
}
