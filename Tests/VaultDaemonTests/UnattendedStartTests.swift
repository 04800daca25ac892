import Testing
import VaultEngine
import VaultPlatform
import VaultText

@testable import VaultDaemon

@Suite("Unattended start")
struct UnattendedStartTests {
    private static func problem(_ start: UnattendedStart?, _ vault: Vault) -> UnattendedStart
        .Problem?
    {
        do throws(UnattendedStart.Problem) {
            try start?.unseal(vault)
            return nil
        } catch { return error }
    }

    @Test("without a credential and a key file a person unseals")
    func none() throws {
        let directory = try TemporaryDirectory()
        let data = DataDirectory(directory.path)
        #expect(UnattendedStart(data: data, credentials: nil, keyFile: nil) == nil)
        // A directory of other credentials.
        #expect(UnattendedStart(data: data, credentials: directory.path, keyFile: nil) == nil)
    }

    @Test("the credential counts before the key file")
    func order() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("seal")
        try Files.writeDurably(path, [1], mode: 0o400)
        let start = UnattendedStart(
            data: DataDirectory(directory.path), credentials: directory.path, keyFile: "/k")
        #expect(start?.source == .credential(path))
    }

    @Test("a key file of mode 0400 outside the data directory unseals, and nothing else does")
    func keyFile() async throws {
        let scene = try DaemonScene()
        let vault = try await scene.start()
        func start(_ path: String) -> UnattendedStart? {
            UnattendedStart(data: scene.data, credentials: nil, keyFile: path)
        }
        let good = scene.directory.file("seal.key")
        let bytes = try Files.read(good, limit: 512)

        try Files.setMode(good, 0o600)
        #expect(Self.problem(start(good), vault) == .mode(0o600))
        let words = UnattendedStart.Problem.mode(0o600).message
        #expect(words.text(in: .english) == "mode 0600 instead of 0400")
        #expect(words.text(in: .simplifiedChinese) == "权限为 0600，应为 0400")
        try Files.setMode(good, 0o440)
        #expect(Self.problem(start(good), vault) == .mode(0o440))
        try Files.setMode(good, 0o400)

        let inside = Files.join(scene.data.path, "seal.key")
        try Files.writeDurably(inside, bytes, mode: 0o400)
        #expect(Self.problem(start(inside), vault) == .insideData)
        try Files.remove(inside)

        let other = scene.directory.file("operator.key")
        #expect(Self.problem(start(other), vault) == .refused)
        guard case .platform = Self.problem(start("/nowhere/seal.key"), vault) else {
            Issue.record("a missing key file is told")
            return
        }
        #expect(vault.status(for: Self.caller).state == .sealed)

        // Whether it would, can be told without unsealing, and of an unsealed vault too.
        func isInOrder(_ path: String) -> Bool { start(path)?.isInOrder(vault) == true }
        #expect(isInOrder(good) && !isInOrder(other) && !isInOrder("/nowhere/seal.key"))
        try Files.setMode(good, 0o440)
        #expect(!isInOrder(good))
        try Files.setMode(good, 0o400)
        #expect(vault.status(for: Self.caller).state == .sealed)

        #expect(Self.problem(start(good), vault) == nil)
        #expect(vault.status(for: Self.caller).state == .unsealed)
        // Somebody was faster: all is well.
        #expect(Self.problem(start(good), vault) == nil)
        #expect(isInOrder(good) && !isInOrder(other))
        await scene.stop()
    }

    private static var caller: Caller {
        Caller(uid: Accounts.effectiveUser, gid: Accounts.effectiveGroup, pid: 1)
    }
}
