import Glibc
import Testing

@testable import VaultPlatform

@Suite struct SocketTests {
    @Test func bindsNarrowlyAndServes() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("vault.sock")
        do {
            let listener = try UnixListener(binding: path, access: SocketAccess())
            let status = try Files.status(path, followingLinks: false)
            #expect(status.kind == .socket)
            #expect(status.mode == 0o660)
            let isAdopted = listener.isAdopted
            #expect(!isAdopted)
            let own = try take(listener)
            let again = listener.takeDescriptor()
            #expect(again == nil)
            let client = try UnixSocket.connect(path)
            let server = try UnixSocket.accept(own.rawValue, path: path)
            try client.writeAll("hello")
            #expect(try server.read(upTo: 5) == Array("hello".utf8))
            let peer = try Peer(of: server.rawValue)
            #expect(peer.user == Accounts.effectiveUser)
            #expect(peer.group == Accounts.effectiveGroup)
            #expect(peer.processHint == ProcessIdentity.current)
            #expect(try peer.groups.sorted() == Accounts.groups().sorted())
            #expect(peer.isMember(of: Accounts.effectiveGroup))
            #expect(!peer.isMember(of: 4_000_000_000))
        }
        #expect(try !Files.exists(path), "the node goes with the listener")
    }

    @Test func unconnectedSocketsHaveNoPeer() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let listener = try UnixListener(binding: path, access: SocketAccess())
        let own = try take(listener)
        let file = try Files.open("/dev/null")
        #expect(throws: PlatformError.self) { try Peer(of: file.rawValue) }
        // A listener's own credentials are those of this process, never of a client.
        #expect(try Peer(of: own.rawValue).user == Accounts.effectiveUser)
    }

    @Test func theUmaskDoesNotMatter() throws {
        let directory = try TemporaryDirectory()
        let before = umask(0)
        defer { umask(before) }
        for mode: UInt32 in [0o600, 0o660] {
            let path = directory.file("node-\(mode)")
            _ = try UnixListener.bindNode(path, mode: mode)
            #expect(try Files.status(path).mode == mode, "narrow before any chmod")
        }
        let listener = try UnixListener(
            binding: directory.file("s"), access: SocketAccess(mode: 0o600))
        #expect(try Files.status(listener.path).mode == 0o600)
    }

    @Test func groupIsSetAndVerified() throws {
        guard Accounts.effectiveUser == 0 else { return }
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let group = try Accounts.group(named: "daemon")
        let listener = try UnixListener(binding: path, access: SocketAccess(group: group))
        #expect(try Files.status(listener.path).group == group)
    }

    @Test func aSecondDaemonIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let listener = try UnixListener(binding: path, access: SocketAccess())
        let error = failure { () throws(PlatformError) in
            _ = try UnixListener(binding: path, access: SocketAccess())
        }
        #expect(error == .locked(path: path + ".lock", holder: ProcessIdentity.current))
        _ = try UnixSocket.connect(listener.path)
    }

    @Test func aForeignListenerWithoutLockIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let listener = try UnixListener(binding: path, access: SocketAccess())
        try Files.remove(path + ".lock")  // as if it were another program
        let error = failure { () throws(PlatformError) in
            _ = try UnixListener(binding: path, access: SocketAccess())
        }
        #expect(error == .socketInUse(path: path))
        _ = try UnixSocket.connect(listener.path)
    }

    @Test func aStaleNodeIsReplacedAndOthersAreNot() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        do {
            // Move the node away and back, so that the listener does not find its own to remove.
            let listener = try UnixListener(binding: path, access: SocketAccess())
            try Files.rename(listener.path, to: directory.file("kept"))
        }
        try Files.rename(directory.file("kept"), to: path)
        #expect(
            failure { () throws(PlatformError) in _ = try UnixSocket.connect(path) }
                == .system(operation: .connect, path: path, code: .connectionRefused))
        do {
            let listener = try UnixListener(binding: path, access: SocketAccess())
            _ = try UnixSocket.connect(listener.path)
        }
        try Files.writeDurably(path, [1], mode: 0o600)
        let error = failure { () throws(PlatformError) in
            _ = try UnixListener(binding: path, access: SocketAccess())
        }
        #expect(error == .socketPathOccupied(path: path))
        #expect(try Files.read(path, limit: 9) == [1])
    }

    @Test func tooLongPathsSayHowLong() throws {
        let directory = try TemporaryDirectory()
        let longest = directory.file("")
        let path = longest + String(repeating: "x", count: 107 - longest.utf8.count)
        #expect(path.utf8.count == 107)
        do { _ = try UnixListener(binding: path, access: SocketAccess()) }
        let tooLong = path + "x"
        let expected = PlatformError.socketPathTooLong(path: tooLong, length: 108, limit: 107)
        #expect(
            failure { () throws(PlatformError) in _ = try UnixSocket.connect(tooLong) } == expected)
        #expect(
            failure { () throws(PlatformError) in
                _ = try UnixListener(binding: tooLong, access: SocketAccess())
            } == expected)
    }

    @Test(arguments: [0o707, 0o770, 0o720, 0o702, 0o701, 0o705, 0o777, 0o1777] as [UInt32])
    func directoriesOpenToOthersAreRefused(mode: UInt32) throws {
        let directory = try TemporaryDirectory()
        try Files.setMode(directory.path, mode)
        let error = failure { () throws(PlatformError) in
            _ = try UnixListener(binding: directory.file("s"), access: SocketAccess())
        }
        #expect(error == .socketDirectoryOpen(path: directory.path, mode: mode))
        #expect(try Files.list(directory.path) == [], "refused before anything is made")
    }

    @Test func enterableDirectoriesNeedToBeConfigured() throws {
        let directory = try TemporaryDirectory()
        try Files.setMode(directory.path, 0o755)
        _ = try UnixListener(
            binding: directory.file("s"), access: SocketAccess(directoryOpenToOthers: true))
        try Files.setMode(directory.path, 0o757)
        #expect(
            failure { () throws(PlatformError) in
                _ = try UnixListener(
                    binding: directory.file("s"), access: SocketAccess(directoryOpenToOthers: true))
            } == .socketDirectoryOpen(path: directory.path, mode: 0o757))
    }

    @Test func activationIsRecognised() throws {
        #expect(try SocketActivation.expected(process: "7", count: "1", own: 7))
        #expect(try !SocketActivation.expected(process: "8", count: "1", own: 7))
        #expect(try !SocketActivation.expected(process: nil, count: "1", own: 7))
        #expect(try !SocketActivation.expected(process: "7", count: nil, own: 7))
        #expect(try !SocketActivation.expected(process: "7", count: "0", own: 7))
        for (count, problem): (String, PlatformError.ActivationProblem) in [
            ("x", .malformed), ("-1", .malformed), ("2", .count(2)),
        ] {
            #expect(throws: PlatformError.activation(problem)) {
                try SocketActivation.expected(process: "7", count: count, own: 7)
            }
        }
    }

    @Test func inheritedSocketsAreCheckedAndKept() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let listener = try UnixListener(binding: path, access: SocketAccess())
        let number = try take(listener).take()
        try Files.setMode(path, 0o666)
        #expect(
            failure { () throws(PlatformError) in _ = try SocketActivation.adopt(number) }
                == .activation(.openToEverybody(path: path, mode: 0o666)))
        try Files.setMode(path, 0o660)
        do {
            let adopted = try SocketActivation.adopt(number)
            let (isAdopted, found) = (adopted.isAdopted, adopted.path)
            #expect(isAdopted)
            #expect(found == path)
        }
        #expect(try Files.exists(path), "the node belongs to the service manager")
        let file = try Files.open("/dev/null")
        #expect(
            failure { () throws(PlatformError) in _ = try SocketActivation.adopt(file.rawValue) }
                == .activation(.notListener))
        let client = try UnixSocket.connectPairForTest(directory.file("t"))
        #expect(
            failure { () throws(PlatformError) in _ = try SocketActivation.adopt(client.rawValue) }
                == .activation(.notListener))
    }
}

private func take(_ listener: UnixListener) throws -> OwnedDescriptor {
    let descriptor = listener.takeDescriptor()
    return OwnedDescriptor(taking: try #require(descriptor), path: listener.path)
}

extension UnixSocket {
    /// A connected descriptor, whose listener is gone.
    fileprivate static func connectPairForTest(_ path: String) throws(PlatformError)
        -> OwnedDescriptor
    {
        let listener = try UnixListener(binding: path, access: SocketAccess())
        return try connect(listener.path)
    }
}
