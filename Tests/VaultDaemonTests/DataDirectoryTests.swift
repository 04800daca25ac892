import Testing
import VaultPlatform
import VaultText

@testable import VaultDaemon

@Suite struct DataDirectoryTests {
    private func refusal(_ body: () throws(StartupError) -> Void) -> String? {
        do throws(StartupError) {
            try body()
            return nil
        } catch {
            return error.diagnostic.text(in: .english)
        }
    }

    private func fill(_ directory: TemporaryDirectory) throws -> DataDirectory {
        let data = DataDirectory(directory.path)
        for file in [data.header, data.store, data.log] {
            try Files.writeDurably(file, [1], mode: 0o600)
        }
        return data
    }

    @Test func makesAMissingDirectoryPrivate() throws {
        let directory = try TemporaryDirectory()
        let data = DataDirectory(directory.file("vault"))
        try data.prepareForCreation()
        #expect(try Files.status(data.path).mode == 0o700)
        try data.prepareForCreation()
    }

    @Test func refusesADirectoryThatIsNotEmpty() throws {
        let directory = try TemporaryDirectory()
        try Files.writeDurably(directory.file("notes"), [1], mode: 0o600)
        let text = refusal { () throws(StartupError) in
            try DataDirectory(directory.path).prepareForCreation()
        }
        #expect(text?.contains("\(directory.path) is not empty (it holds notes)") == true)
        #expect(text?.contains("hint: ") == true)
    }

    @Test func tellsLeftoversOfACreationFromOtherFiles() throws {
        let directory = try TemporaryDirectory()
        let data = DataDirectory(directory.path)
        let left = ["audit.db-wal", "lock", ".vault.json.12-1.new"]
        for name in left { try Files.writeDurably(directory.file(name), [1], mode: 0o600) }
        let text = refusal(data.prepareForCreation)
        #expect(text?.contains("only what an interrupted carevaultd init leaves") == true)
        #expect(text?.contains("&& rm ./.vault.json.12-1.new ./audit.db-wal ./lock\n") == true)
        // With anything else in it, or with a header, nobody is told to remove something.
        for name in ["lock.txt", "vault.json"] {
            try Files.writeDurably(directory.file(name), [1], mode: 0o600)
            let text = refusal(data.prepareForCreation)
            #expect(text?.contains("is not empty (it holds") == true)
            #expect(text?.contains("rm ") == false)
            try Files.remove(directory.file(name))
        }
    }

    @Test(arguments: [0o755, 0o750, 0o701] as [UInt32])
    func refusesADirectoryThatOthersCanUse(_ mode: UInt32) throws {
        let directory = try TemporaryDirectory()
        let data = try fill(directory)
        try Files.setMode(directory.path, mode)
        for body in [data.requireVault, data.prepareForCreation] {
            let text = refusal(body)
            #expect(text?.contains("others than its owner can use it") == true)
            #expect(text?.contains("chmod go= \(directory.path)") == true)
        }
        try Files.setMode(directory.path, 0o700)
    }

    @Test(arguments: ["vault.json", "vault.db", "audit.db"])
    func refusesAFileThatOthersCanRead(_ name: String) throws {
        let directory = try TemporaryDirectory()
        let data = try fill(directory)
        try Files.setMode(directory.file(name), 0o640)
        let text = refusal(data.requireVault)
        #expect(text?.contains("\(directory.file(name)) has mode 0640") == true)
    }

    @Test func refusesAFileInPlaceOfTheDirectory() throws {
        let directory = try TemporaryDirectory()
        try Files.writeDurably(directory.file("data"), [1], mode: 0o600)
        let data = DataDirectory(directory.file("data"))
        #expect(refusal(data.requireVault)?.contains("is not a directory") == true)
        #expect(refusal(data.prepareForCreation)?.contains("is not a directory") == true)
    }

    @Test func tellsMissingFromUnfinished() throws {
        let directory = try TemporaryDirectory()
        let data = try fill(directory)
        try data.requireVault()
        try Files.remove(data.log)
        #expect(refusal(data.requireVault)?.contains("\(data.log) is missing") == true)
        try Files.remove(data.header)
        #expect(refusal(data.requireVault)?.contains("holds files but no vault.json") == true)
        try Files.remove(data.store)
        #expect(refusal(data.requireVault)?.contains("there is no vault in") == true)
        let nowhere = DataDirectory(directory.file("nowhere"))
        #expect(refusal(nowhere.requireVault)?.contains("carevaultd init --data") == true)
    }

    @Test func keepsASecondDaemonOut() throws {
        let directory = try TemporaryDirectory()
        let data = DataDirectory(directory.path)
        let lock = try data.takeLock()
        let text = refusal { () throws(StartupError) in _ = try data.takeLock() }
        #expect(text?.contains("pid \(ProcessIdentity.current)") == true)
        #expect(text?.contains("one daemon at a time") == true)
        _ = consume lock
        _ = try data.takeLock()
    }
}
