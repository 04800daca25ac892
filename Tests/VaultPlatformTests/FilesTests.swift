import Glibc
import Testing

@testable import VaultPlatform

@Suite struct FilesTests {
    @Test func durableWriteReplacesWholeFiles() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state")
        try Files.writeDurably(path, [1, 2, 3], mode: 0o600)
        try Files.writeDurably(path, [4], mode: 0o640)
        #expect(try Files.read(path, limit: 10) == [4])
        #expect(try Files.status(path).mode == 0o640)
        #expect(try Files.list(directory.path) == ["state"], "no temporary file stays")
    }

    @Test func durableWriteCanRefuseToReplace() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("key")
        try Files.writeDurably(path, [1], mode: 0o400, replacing: false)
        let error = failure { () throws(PlatformError) in
            try Files.writeDurably(path, [2], mode: 0o400, replacing: false)
        }
        #expect(error == .system(operation: .rename, path: path, code: .exists))
        #expect(try Files.read(path, limit: 10) == [1])
        #expect(try Files.list(directory.path) == ["key"])
    }

    @Test func durableWriteNamesWhatWasAskedFor() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("missing/pin")
        let error = failure { () throws(PlatformError) in
            try Files.writeDurably(path, [1], mode: 0o600, replacing: false)
        }
        #expect(error == .system(operation: .create, path: path, code: .notFound))
    }

    @Test func modeIsExactWhateverTheUmask() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("open")
        let before = umask(0o077)
        defer { umask(before) }
        _ = try Files.create(path, mode: 0o664)
        #expect(try Files.status(path).mode == 0o664)
        try Files.createDirectory(directory.file("d"), mode: 0o755)
        #expect(try Files.status(directory.file("d")).mode == 0o755)
    }

    @Test func exclusiveCreationRefusesFilesAndLinks() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a")
        _ = try Files.create(path, mode: 0o600)
        let link = directory.file("link")
        #expect(symlinked(directory.file("nowhere"), link))
        for existing in [path, link] {
            let error = failure { () throws(PlatformError) in
                _ = try Files.create(existing, mode: 0o600)
            }
            #expect(error == .system(operation: .create, path: existing, code: .exists))
        }
        #expect(try !Files.exists(directory.file("nowhere")))
        #expect(try Files.exists(link), "a dangling link is something")
    }

    @Test func linksAreNotFollowedWhenToldSo() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a")
        try Files.writeDurably(path, [7], mode: 0o600)
        let link = directory.file("link")
        #expect(symlinked(path, link))
        #expect(try Files.read(link, limit: 1) == [7])
        let error = failure { () throws(PlatformError) in
            _ = try Files.read(link, limit: 1, followingLinks: false)
        }
        #expect(error == .system(operation: .open, path: link, code: .symbolicLink))
        #expect(try Files.status(link, followingLinks: false).isSymbolicLink)
    }

    @Test func readingStopsAtTheLimit() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("big")
        try Files.writeDurably(path, [UInt8](repeating: 1, count: 100), mode: 0o600)
        #expect(try Files.read(path, limit: 100).count == 100)
        let error = failure { () throws(PlatformError) in _ = try Files.read(path, limit: 99) }
        #expect(error == .tooLarge(path: path, limit: 99))
    }

    @Test func anythingButARegularFileIsRefused() throws {
        let directory = try TemporaryDirectory()
        for path in [directory.path, "/dev/null"] {
            let error = failure { () throws(PlatformError) in _ = try Files.read(path, limit: 9) }
            #expect(error == .notRegularFile(path: path))
        }
        #expect(try Files.read("/dev/null", limit: 9, regularOnly: false) == [])
    }

    @Test(arguments: ["", "a\0b"])
    func pathsThatCWouldCutAreRefused(path: String) throws {
        let error = failure { () throws(PlatformError) in _ = try Files.status(path) }
        #expect(error == .invalidPath(path: path))
    }

    @Test(arguments: [
        ("a/b", "a", "b"), ("b", ".", "b"), ("/b", "/", "b"), ("/a//b/", "/a", "b"),
        ("/", "/", "/"), ("a/", ".", "a"),
    ])
    func pathsComeApart(path: String, parent: String, name: String) {
        #expect(Files.parent(of: path) == parent)
        #expect(Files.name(of: path) == name)
    }

    @Test func directoriesAreMadeWithParentsAndListed() throws {
        let directory = try TemporaryDirectory()
        let deep = directory.file("x/y/z")
        try Files.createDirectory(deep, mode: 0o700, withParents: true)
        for number in 0..<1_500 {
            _ = try Files.create(Files.join(deep, "file-\(number)"), mode: 0o600)
        }
        let names = try Files.list(deep)
        #expect(names.count == 1_500)
        #expect(names.first == "file-0" && names.last == "file-999")
        let error = failure { () throws(PlatformError) in
            try Files.createDirectory(deep, mode: 0o700)
        }
        #expect(error == .system(operation: .createDirectory, path: deep, code: .exists))
    }

    @Test func reserveTakesRealBlocks() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("reserve")
        let before = try Files.freeSpace(directory.path)
        try Files.reserve(path, size: 8 << 20)
        #expect(try Files.status(path).size == 8 << 20)
        #expect(try Files.status(path).mode == 0o600)
        try Files.removeDurably(path)
        #expect(try !Files.exists(path))
        #expect(before > 0)
    }

    @Test func memoryFileSystemsAreKnown() throws {
        #expect(try Files.isOnMemory("/dev/shm"))
        #expect(try !Files.isOnMemory("/proc"))
    }

    @Test func fullDevicesSaySo() throws {
        let error = failure { () throws(PlatformError) in
            try Files.open("/dev/full", .readWrite).writeAll([1])
        }
        #expect(error == .system(operation: .write, path: "/dev/full", code: .noSpace))
        #expect(SystemCode.noSpace.name == "ENOSPC")
        #expect(SystemCode.noSpace.text == "No space left on device")
    }

    @Test func privateFilesMustBePrivate() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        try Files.writeDurably(path, Array("words\n".utf8), mode: 0o400)
        try Files.requirePrivate(path)
        try Files.requirePrivate(directory.path)
        for mode: UInt32 in [0o440, 0o404, 0o420, 0o402, 0o410, 0o401] {
            try Files.setMode(path, mode)
            let expected = PlatformError.loosePermissions(path: path, mode: mode)
            #expect(
                failure { () throws(PlatformError) in try Files.requirePrivate(path) } == expected)
            #expect(
                failure { () throws(PlatformError) in _ = try Files.readPrivate(path, limit: 99) }
                    == expected)
        }
        try Files.setMode(path, 0o600)
        var secret = try Files.readSecret(path, limit: 6)
        secret.removeTrailing { $0 == 0x0A }
        #expect(secret.count == 5)
        let error = failure { () throws(PlatformError) in
            _ = try Files.readSecret(path, limit: 5)
        }
        #expect(error == .tooLarge(path: path, limit: 5))
        if Accounts.effectiveUser == 0 {
            try Files.setOwner(path, 4_242, group: 0)
            let error = failure { () throws(PlatformError) in try Files.requirePrivate(path) }
            #expect(error == .wrongOwner(path: path, owner: 4_242, expected: 0))
        }
    }

    @Test func secretsDoNotFollowLinks() throws {
        let directory = try TemporaryDirectory()
        try Files.writeDurably(directory.file("a"), [1], mode: 0o400)
        #expect(symlinked(directory.file("a"), directory.file("b")))
        let path = directory.file("b")
        #expect(
            failure { () throws(PlatformError) in try Files.requirePrivate(path) }
                == .notRegularFile(path: path))
        #expect(
            failure { () throws(PlatformError) in _ = try Files.readSecret(path, limit: 9) }
                == .system(operation: .open, path: path, code: .symbolicLink))
    }

    @Test func oneLockAtATime() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lock")
        do {
            let lock = try FileLock(path)
            let error = failure { () throws(PlatformError) in _ = try FileLock(path) }
            #expect(error == .locked(path: path, holder: ProcessIdentity.current))
            #expect(lock.path == path)
        }
        _ = try FileLock(path)
        #expect(try Files.exists(path))
    }

    /// By the shell: Swift's own call would need a pointer.
    private func symlinked(_ target: String, _ link: String) -> Bool {
        let process = try? PseudoTerminal(
            running: "/bin/ln", arguments: ["-s", target, link], environment: [])
        return (try? process?.wait()) == 0
    }
}
