import Foundation
import Glibc
import Synchronization
import VaultCoding
import VaultPlatform
import VaultWire

/// A daemon that answers as a test says, over a real socket.
final class FakeService: Sendable {
    /// What comes back for a call: messages without their NUL; nil closes the connection.
    typealias Answer = @Sendable (Call) -> [[UInt8]]?

    let path: String
    private let listener: CInt
    private let answers = Mutex<[String: Answer]>([:])
    private let seen = Mutex<[Call]>([])
    private let isBrief = Mutex(false)

    init(path: String) throws {
        self.path = path
        let bound = try UnixListener(
            binding: path, access: SocketAccess(mode: 0o600, group: nil))
        guard let descriptor = bound.takeDescriptor() else { throw CancellationError() }
        listener = descriptor
        let thread = Thread { [weak self] in
            withExtendedLifetime(bound) {
                while let connection = try? UnixSocket.accept(descriptor, path: path) {
                    guard let self else { return }
                    self.serve(connection)
                }
            }
        }
        thread.start()
    }

    deinit {
        _ = Glibc.shutdown(listener, CInt(SHUT_RDWR))
    }

    func stop() { _ = Glibc.shutdown(listener, CInt(SHUT_RDWR)) }

    /// Whether a connection is closed once a call that says `more` was answered.
    var closesAfterAnswer: Bool {
        get { isBrief.withLock { $0 } }
        set { isBrief.withLock { $0 = newValue } }
    }

    /// The calls of a method so far.
    func calls<M: WireMethod>(_ method: M.Type) -> [M.Parameters] {
        seen.withLock { $0 }.filter { $0.method == M.name }
            .compactMap { try? M.Parameters(parameters: $0.parameters) }
    }

    /// The names of all calls so far, without their interface.
    var members: [String] {
        seen.withLock { $0 }.map { String($0.method.split(separator: ".").last ?? "") }
    }

    /// Answers a method with a reply or an error.
    func on<M: WireMethod>(
        _ method: M.Type,
        _ answer: @escaping @Sendable (M.Parameters) -> Result<M.Reply, VaultWireError>
    ) {
        onCall(M.name) { call in
            guard let parameters = try? M.Parameters(parameters: call.parameters) else {
                return [
                    ReplyWriter.error(.invalidParameter(parameter: "parameters"), in: M.interface)
                ]
            }
            switch answer(parameters) {
            case .success(let reply): return [ReplyWriter.reply(reply)]
            case .failure(let error): return [ReplyWriter.error(error, in: M.interface)]
            }
        }
    }

    /// Answers a method always with the same.
    func on<M: WireMethod>(_ method: M.Type, _ reply: M.Reply) {
        on(method) { _ in .success(reply) }
    }

    /// Refuses a method always.
    func refuse<M: WireMethod>(_ method: M.Type, _ error: VaultWireError) {
        on(method) { _ in .failure(error) }
    }

    /// Answers a method in messages of any kind.
    func onCall(_ name: String, _ answer: @escaping Answer) {
        answers.withLock { $0[name] = answer }
    }

    private func serve(_ connection: borrowing OwnedDescriptor) {
        var framer = MessageFramer<ContinuousClock>(patience: .seconds(60))
        while let bytes = try? connection.read(upTo: 65_536), !bytes.isEmpty {
            var calls: [Call] = []
            try? framer.feed(bytes.span, now: .now) { (message) throws(WireError) in
                calls.append(try Call(parsing: message))
            }
            for call in calls {
                seen.withLock { $0.append(call) }
                guard let answer = answers.withLock({ $0[call.method] }) else { return }
                guard let messages = answer(call) else { return }
                for message in messages { try? connection.writeAll(message + [0]) }
                if closesAfterAnswer, call.more { return }
            }
        }
    }
}
