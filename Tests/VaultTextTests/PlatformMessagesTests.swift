import Testing
import VaultPlatform

@testable import VaultText

@Suite struct PlatformMessagesTests {
    private static let path = "/srv/care vault/x"

    /// Every error with its whole English text.
    private static let known: [(PlatformError, String)] = [
        (
            .system(operation: .open, path: "/a", code: .accessDenied),
            "error: cannot open /a: permission denied\nhint: look at its owner and mode: ls -ld /a\n"
        ),
        (
            .system(operation: .create, path: path, code: .notFound),
            """
            error: cannot create /srv/care vault/x: no such file or directory
            hint: there is no directory /srv/care vault; make it first, or name another

            """
        ),
        (
            .system(operation: .create, path: "/a/pin", code: .accessDenied),
            """
            error: cannot create /a/pin: permission denied
            hint: look at owner and mode of its directory: ls -ld /a

            """
        ),
        (
            .system(operation: .connect, path: "/a", code: .connectionRefused),
            """
            error: cannot connect to /a: connection refused
            hint: is carevaultd running? start it with: carevaultd run

            """
        ),
        (
            .system(operation: .write, path: path, code: .noSpace),
            """
            error: cannot write /srv/care vault/x: no space left on device
            hint: free space on this file system: df '/srv/care vault'

            """
        ),
        (
            .system(operation: .list, path: "/a", code: .notFound),
            "error: cannot list /a: no such file or directory\n"
        ),
        (.invalidPath(path: "a\0b"), "error: a␀b is no path\n"),
        (
            .loosePermissions(path: path, mode: 0o644),
            """
            error: /srv/care vault/x has mode 0644, so others than its owner can use it
            hint: chmod go= '/srv/care vault/x'

            """
        ),
        (
            .wrongOwner(path: "/a", owner: 3_999_999_999, expected: 0),
            """
            error: /a belongs to uid 3999999999, not to root
            hint: run this as uid 3999999999, or as root: chown 0 /a

            """
        ),
        (
            .notRegularFile(path: "/a"),
            """
            error: /a is not a regular file
            hint: name the file itself, not a link or a directory

            """
        ),
        (.tooLarge(path: "/a", limit: 9), "error: /a is larger than 9 bytes\n"),
        (
            .locked(path: "/a", holder: 7),
            """
            error: another process (pid 7) holds /a
            hint: one daemon at a time; stop the other one first

            """
        ),
        (
            .locked(path: "/a", holder: nil),
            """
            error: another process holds /a
            hint: one daemon at a time; stop the other one first

            """
        ),
        (
            .socketPathTooLong(path: "/a", length: 108, limit: 107),
            """
            error: the socket path /a has 108 bytes; a socket takes 107
            hint: choose a shorter path with --socket

            """
        ),
        (
            .socketInUse(path: "/a"),
            """
            error: another daemon serves /a
            hint: stop it first, or choose another path with --socket

            """
        ),
        (
            .socketPathOccupied(path: "/a"),
            """
            error: /a exists and is not an old socket of this user
            hint: look at it (ls -l /a), then remove it or choose another path

            """
        ),
        (
            .socketNotAsConfigured(path: "/a", mode: 0o600, group: 5),
            """
            error: the socket /a got mode 0600 and group 5, not those asked for
            hint: use a file system that keeps owners and modes, such as tmpfs under /run

            """
        ),
        (
            .socketDirectoryGroup(path: "/a", group: 0, expected: 3_999_999_999),
            """
            error: the directory /a of the socket belongs to the group root, so the members of \
            3999999999 cannot enter it
            hint: chgrp 3999999999 /a

            """
        ),
        (
            .socketDirectoryOpen(path: "/a", mode: 0o755),
            """
            error: the directory /a of the socket has mode 0755: users outside the group can enter \
            it, or others can replace the socket
            hint: chmod 0750 /a

            """
        ),
        (
            .activation(.malformed),
            """
            error: LISTEN_FDS is not a number
            hint: look at the .socket unit of the service

            """
        ),
        (
            .activation(.count(2)),
            """
            error: the service manager passed 2 sockets; one is expected
            hint: look at the .socket unit of the service

            """
        ),
        (
            .activation(.notListener),
            """
            error: what the service manager passed is not a listening Unix stream socket
            hint: look at the .socket unit of the service

            """
        ),
        (
            .activation(.openToEverybody(path: "/a", mode: 0o666)),
            """
            error: the socket /a has mode 0666: everybody can connect
            hint: set SocketMode=0660 and SocketGroup= in the .socket unit

            """
        ),
        (
            .unknownUser(name: "x"),
            "error: there is no user x\nhint: getent passwd lists them\n"
        ),
        (.unknownGroup(name: "x"), "error: there is no group x\nhint: groupadd --system x\n"),
        (
            .noTerminal,
            """
            error: there is no terminal to ask at
            hint: run this in a terminal, or give the input in a file; --help names the option

            """
        ),
        (.endOfInput, "error: the input ended before an answer\n"),
        (.interrupted(signal: 2), "error: interrupted\n"),
        (.inputTooLong(limit: 5), "error: the line is longer than 5 bytes\n"),
        (
            .inputNotText,
            "error: the input is not UTF-8 text\nhint: set the terminal to UTF-8\n"
        ),
        (.timedOut(operation: .connect), "error: connecting took too long\n"),
    ]

    @Test(arguments: known.indices)
    func saysWhatWhereAndWhatToDo(index: Int) {
        let (error, text) = Self.known[index]
        #expect(PlatformMessages.diagnostic(error).text(in: .english) == text)
    }

    @Test(arguments: known.indices)
    func chineseIsComplete(index: Int) {
        let diagnostic = PlatformMessages.diagnostic(Self.known[index].0)
        let first = diagnostic.message.text(in: .simplifiedChinese)
        #expect(first != diagnostic.message.text(in: .english))
        #expect(first.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }

    @Test(arguments: known.indices)
    func voice(index: Int) {
        let diagnostic = PlatformMessages.diagnostic(Self.known[index].0)
        for message in [diagnostic.message] + diagnostic.hints {
            let text = message.text(in: .english)
            #expect(!text.hasSuffix(".") && !text.hasSuffix("!"))
        }
    }
}
