import Foundation
import Synchronization
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

@testable import VaultCLI

/// What a run of the client came to.
struct Transcript {
    var status: Int32
    var output: String
    var errors: String
    /// What the terminal showed.
    var shown: String
}

/// A directory in memory, a fake daemon in it, and runs of the client against both.
final class Harness {
    let directory: String
    let service: FakeService
    var environment: [String: String]
    var now: UInt64 = 1_800_000_000_000_000
    /// Whether standard error is a terminal, which a person reads.
    var isRead = false

    init() throws {
        try ProcessHardening.ignoreBrokenPipes()
        directory = "/dev/shm/carevault-cli-\(UUID().uuidString.prefix(8))"
        try Files.createDirectory(directory, mode: 0o700)
        service = try FakeService(path: directory + "/s")
        environment = ["XDG_RUNTIME_DIR": directory, "LANG": "C", "TERM": "dumb"]
        service.on(VaultGetStatus.self, .unsealed)
    }

    deinit {
        service.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    func file(_ name: String) -> String { "\(directory)/\(name)" }

    func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws -> String {
        let path = file(name)
        try Files.writeDurably(path, Array(text.utf8), mode: mode)
        return path
    }

    func contents(_ path: String) throws -> String {
        String(decoding: try Files.read(path, limit: 1 << 20), as: UTF8.self)
    }

    /// Runs a command line.
    /// - Parameters:
    ///   - typing: what is typed at the terminal; nil for no terminal.
    ///   - input: standard input.
    func run(_ arguments: String..., typing: [String]? = nil, input: String = "") -> Transcript {
        let screen = Screen(typing ?? [])
        let output = Mutex("")
        let errors = Mutex("")
        let environment = environment
        let now = now
        let isRead = isRead
        let context = ClientContext(
            output: { (text) throws(PlatformError) in output.withLock { $0 += text } },
            errors: { text in errors.withLock { $0 += text } },
            input: { (_) throws(PlatformError) in Array(input.utf8) },
            variable: { environment[$0] },
            terminal: { () throws(PlatformError) in
                guard typing != nil else { throw .noTerminal }
                return screen
            },
            now: { now }, user: Accounts.effectiveUser, showsProgress: isRead,
            runDirectory: directory + "/run")
        let status = ClientProgram.run(arguments + ["--socket", service.path], context)
        return Transcript(
            status: status, output: output.withLock { $0 }, errors: errors.withLock { $0 },
            shown: screen.shown)
    }

    /// As if somebody had logged in.
    func logIn() {
        service.on(SessionLogin.self, .init(token: SecretText("token-1"), session: .counsellor))
        service.on(SessionResume.self, .init(session: .counsellor))
        _ = run("login", typing: [Samples.secret])
    }
}

/// A terminal that types what a test says.
final class Screen: PromptDevice {
    private let answers: Mutex<[String]>
    private let text = Mutex("")

    init(_ answers: [String]) { self.answers = Mutex(answers) }

    var shown: String { text.withLock { $0 } }

    func write(_ text: String) throws(PlatformError) { self.text.withLock { $0 += text } }

    func readLine(limit: Int) throws(PlatformError) -> String { try next() }

    func readSecret(_ question: String, limit: Int) throws(PlatformError) -> WipedBytes {
        try write(question)
        var bytes = WipedBytes(capacity: limit)
        for byte in try next().utf8 { _ = bytes.append(byte) }
        return bytes
    }

    func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock {
        TextBlock(text: try next(), truncated: false)
    }

    private func next() throws(PlatformError) -> String {
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw .endOfInput }
        text.withLock { $0 += "\n" }
        return answer
    }
}

/// What the fake daemon knows.
enum Samples {
    static let secret = "academic acid acne acquire acrobat activity actress adapt"
    static let words = [
        "academic", "acid", "acne", "acquire", "acrobat", "activity", "actress", "adapt",
        "adequate", "adjust", "admit", "adorn",
    ]
    static let subject = SubjectID((0..<16).map { UInt8($0) })?.text ?? ""
    static let record = RecordID((0..<16).map { UInt8(100 + $0) })?.text ?? ""
    static let principal = PrincipalID((0..<16).map { UInt8(200 + $0) })?.text ?? ""
}

extension VaultGetStatus.Reply {
    static let unsealed = Self(
        state: .unsealed, vault: Samples.principal, version: "0.1.0", founded: true,
        vaultFingerprint: Samples.words, health: .green, findings: [], nextStep: "login",
        logEntries: 12, storageEpoch: 1)
    static let sealed = Self(
        state: .sealed, vault: Samples.principal, version: "0.1.0", health: .amber,
        findings: [
            .init(
                code: "log.unpinned", severity: .amber, cause: "Nobody outside has seen the log.",
                remedy: "Run carevault audit checkpoint.", detail: "8", value: 120)
        ], nextStep: "unseal", logEntries: 1, unpinned: .init(entries: 1, age: 7_200_000_000))
}

extension WireSessionInfo {
    static let counsellor = Self(
        principal: Samples.principal, name: "李梅", uid: 1001, roles: ["counsellor"],
        compartments: ["registry", "counselling"], purpose: "TREAT",
        fingerprintWords: Samples.words, idleExpires: 1_800_000_900_000_000,
        expires: 1_800_028_800_000_000)
}

/// True the first time it is asked.
final class Once: Sendable {
    private let asked = Mutex(false)

    var first: Bool {
        asked.withLock { asked in
            defer { asked = true }
            return !asked
        }
    }
}

/// Collects text.
final class Recorder: Sendable {
    private let all = Mutex("")

    var text: String { all.withLock { $0 } }
    func add(_ text: String) { all.withLock { $0 += text } }
}

extension Harness {
    /// A world in which nothing is there and nothing is kept.
    static var silent: ClientContext {
        ClientContext(
            output: { (_) throws(PlatformError) in }, errors: { _ in },
            input: { (_) throws(PlatformError) in [] }, variable: { _ in nil },
            terminal: { () throws(PlatformError) in throw .noTerminal }, now: { 0 },
            user: Accounts.effectiveUser, showsProgress: false, runDirectory: "/nonexistent")
    }
}
