import Testing
import VaultCoding
import VaultEngine
import VaultKeyring
import VaultPlatform
import VaultSocket
import VaultSodium
import VaultWire

@testable import VaultDaemon

/// A vault on disk with a daemon that serves it within the test's process. Derivations are cheap.
final class DaemonScene {
    let directory: TemporaryDirectory
    let data: DataDirectory
    let report: CreationReport
    let socketPath: String
    private var serving: Task<Void, Never>?

    init() throws {
        directory = try TemporaryDirectory()
        data = DataDirectory(directory.file("data"))
        socketPath = directory.file("socket")
        let plan = CreationPlan(
            data: data, operatorName: "Opal", operatorUID: Accounts.effectiveUser,
            unsealUIDs: [Accounts.effectiveUser], sharedUID: true,
            sealKeyFile: directory.file("seal.key"),
            operatorKeyFile: directory.file("operator.key"))
        report = try VaultCreator.make(plan, prompts: nil, costs: Self.cheap)
    }

    static var cheap: DerivationCosts {
        get throws {
            let parameters = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
            return DerivationCosts(slot: parameters, principal: parameters)
        }
    }

    /// Starts the daemon, sealed; gives its vault. `heartbeat` of its watchers in milliseconds.
    @discardableResult
    func start(heartbeat: Int = 600_000) async throws -> Vault {
        let log = DaemonLog(style: .journal) { _ in }
        let notices = Notices(
            log: log, notifier: ServiceNotifier(),
            reserve: EmergencyReserve(path: data.reserve, size: 4_096, log: { _ in }))
        let vault = try Vault(
            VaultEnvironment(
                data: data, creating: false, costs: Self.cheap, diagnostics: { notices.take($0) }))
        let context = ServiceContext(
            vault: vault, workers: Workers(),
            refusals: RefusalTally(interval: .milliseconds(10)) { vault.refused($0, count: $1) },
            watchers: Watchers(vault: vault, heartbeat: heartbeat))
        let service = DaemonService(
            context: context,
            listener: try UnixListener(binding: socketPath, access: SocketAccess(mode: 0o600)),
            limits: .standard, notices: notices, log: log)
        serving = Task { try? await service.run() }
        // It accepts nobody before it runs.
        while (try? connect()) == nil, service.startFailure == nil {
            try await Task.sleep(for: .milliseconds(5))
        }
        return vault
    }

    /// Stops it as SIGTERM would, and waits for the end.
    func stop() async {
        serving?.cancel()
        await serving?.value
        serving = nil
    }

    /// A new connection.
    func connect() throws -> Client { try Client(socketPath) }

    /// The secret in a key file, as the wire wants it.
    func key(_ name: String) throws -> SecretText {
        let lines = String(
            decoding: try Files.read(directory.file(name), limit: 200), as: UTF8.self
        )
        .split(separator: "\n")
        return SecretText(String(try #require(lines.last)))
    }

    func unseal() throws {
        _ = try connect().ask(VaultUnseal.self, .init(secret: key("seal.key"), form: .keyfile))
    }

    /// A connection that is logged in.
    func login(_ name: String, _ secret: SecretText, purpose: String? = nil) throws -> Client {
        let client = try connect()
        _ = try client.ask(
            SessionLogin.self, .init(name: name, secret: secret, form: .keyfile, purpose: purpose))
        return client
    }

    /// Enlists and enrols a person; returns their secret and words.
    func enrol(
        _ name: String, by operatorClient: Client, role: WireFoundingRole? = nil,
        fingerprint: [String]? = nil
    ) throws -> (secret: SecretText, words: [String], principal: String) {
        let enlisted = try operatorClient.ask(
            DirectoryEnlist.self,
            .init(name: name, uid: Int64(Accounts.effectiveUser), idempotency: Self.request))
        let client = try connect()
        let offer = try client.ask(
            SessionBeginEnrolment.self,
            .init(name: name, code: enlisted.code, form: .keyfile, foundingRole: role))
        let done = try client.ask(
            SessionCompleteEnrolment.self,
            .init(pending: offer.pending, secret: offer.secret, vaultFingerprint: fingerprint))
        #expect(done.fingerprintWords == offer.fingerprintWords)
        return (offer.secret, offer.fingerprintWords, enlisted.principal)
    }

    /// A new name for a request.
    static var request: String {
        let id: IdempotencyID = Random.identifier()
        return id.text
    }
}
