import Dispatch
import Foundation
import Synchronization
import VaultCoding
import VaultPlatform
import VaultSocket
import VaultWire

/// A server in this process with its socket in a directory of its own.
struct ServerFixture {
    let server: SocketServer
    let path: String
    let log = DiagnosticLog()
    private let directory: String
    /// Keeps the node.
    private let listener: UnixListener

    init(
        limits: SocketLimits = .standard,
        handler: @escaping @Sendable (Peer, ConnectionID) -> any ConnectionHandler
    ) throws {
        directory = "/tmp/cv-socket-\(UUID().uuidString.prefix(8))"
        try Files.createDirectory(directory, mode: 0o700)
        path = directory + "/s"
        listener = try UnixListener(binding: path, access: SocketAccess(mode: 0o600))
        guard let descriptor = listener.takeDescriptor() else { throw FixtureError.noDescriptor }
        let log = log
        server = try SocketServer.start(
            listening: descriptor, limits: limits, diagnostics: { log.add($0) }, handler: handler)
    }

    init(
        limits: SocketLimits = .standard, _ answer: @escaping @Sendable (Call, Responder) -> Void
    ) throws {
        try self.init(limits: limits) { _, _ in ClosureHandler(answer) }
    }

    /// Whether no connection and no call is left.
    var isIdle: Bool { server.load.connections == 0 && server.load.calls == 0 }

    func connect() throws -> TestClient { try TestClient(path) }

    func stop(grace: Duration = .seconds(5)) async {
        await server.shutdown(grace: grace)
        try? FileManager.default.removeItem(atPath: directory)
    }
}

enum FixtureError: Error {
    case noDescriptor
}

/// Collects what the server reports.
final class DiagnosticLog: Sendable {
    private let entries = Mutex<[SocketDiagnostic]>([])
    func add(_ entry: SocketDiagnostic) { entries.withLock { $0.append(entry) } }
    var all: [SocketDiagnostic] { entries.withLock { $0 } }
}

/// Answers with a closure and counts its calls.
final class ClosureHandler: ConnectionHandler {
    private let answer: @Sendable (Call, Responder) -> Void
    private let onClosed: @Sendable () -> Void

    init(
        _ answer: @escaping @Sendable (Call, Responder) -> Void,
        onClosed: @escaping @Sendable () -> Void = {}
    ) {
        self.answer = answer
        self.onClosed = onClosed
    }

    func handle(_ call: Call, _ responder: Responder) { answer(call, responder) }
    func runsAlone(_ call: Call) -> Bool { call.method.hasSuffix(".Alone") }
    func closed() { onClosed() }
}

/// Keeps responders until the test answers them.
final class Desk: Sendable {
    private let entries = Mutex<[(call: Call, responder: Responder)]>([])

    func put(_ call: Call, _ responder: Responder) {
        entries.withLock { $0.append((call, responder)) }
    }

    var count: Int { entries.withLock { $0.count } }
    var methods: [String] { entries.withLock { $0.map(\.call.method) } }

    func take() -> [(call: Call, responder: Responder)] {
        entries.withLock { entries in
            let taken = entries
            entries = []
            return taken
        }
    }
}

/// The reply that repeats a call's parameters.
func echo(_ call: Call) -> [UInt8] { ReplyWriter.reply(raw: JSONBytes(call.parameters)) }

/// A blocking client without any cleverness.
final class TestClient {
    private var socket: OwnedDescriptor?
    private var buffer: [UInt8] = []

    init(_ path: String) throws { socket = try UnixSocket.connect(path) }

    func send(raw bytes: [UInt8]) throws { try socket?.writeAll(bytes) }
    func send(_ text: String) throws { try send(raw: Array(text.utf8) + [0]) }
    func send(_ calls: [Call]) throws {
        try send(raw: calls.flatMap { $0.format() + [0] })
    }

    /// The next message; nil at the end of the stream, also if the server reset it.
    func receive() throws -> Reply? {
        while true {
            if let end = buffer.firstIndex(of: 0) {
                let message = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return try Reply(parsing: message)
            }
            let more = (try? socket?.read(upTo: 65_536)) ?? []
            if more.isEmpty { return nil }
            buffer += more
        }
    }

    func close() { socket = nil }
}

extension Call {
    static func numbered(_ number: Int, method: String = "a.B", more: Bool = false) -> Call {
        Call(method: method, parameters: JSON.Object(["n": .int(Int64(number))]), more: more)
    }
}

extension Reply {
    var number: Int? { parameters["n"]?.int.map { Int($0) } }
}

/// Waits until something is so, for at most ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// Runs blocking work on a thread of its own: the test pool has as many threads as the machine.
func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try body() }) }
        thread.start()
    }
}
