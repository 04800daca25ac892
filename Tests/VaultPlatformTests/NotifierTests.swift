import Foundation
import Testing

@testable import VaultPlatform

@Suite struct NotifierTests {
    @Test func tellsNobodyWithoutAnAddress() throws {
        #expect(try !ServiceNotifier(address: nil).notify(.ready))
        #expect(try !ServiceNotifier(address: "vsock:2:1234").notify(.ready))
        #expect(!ServiceNotifier(address: nil).isActive)
    }

    @Test func linesAreAssignments() {
        #expect(ServiceNotifier.State.status("a\nREADY=1\r\nb").line == "STATUS=aREADY=1b")
        #expect(ServiceNotifier.State.ready.line == "READY=1")
        #expect(
            ServiceNotifier.State.reloading(monotonicMicroseconds: 5).line
                == "RELOADING=1\nMONOTONIC_USEC=5")
    }

    @Test func watchdogIsForTheNamedProcess() {
        let own = String(ProcessIdentity.current)
        #expect(
            ServiceNotifier(address: nil, watchdog: "10", process: own).watchdogMicroseconds == 10)
        #expect(
            ServiceNotifier(address: nil, watchdog: "10", process: "1").watchdogMicroseconds == nil)
        #expect(ServiceNotifier(address: nil, watchdog: "x").watchdogMicroseconds == nil)
    }

    /// A datagram receiver of another implementation, for a path and an abstract name.
    @Test(arguments: [false, true])
    func sendsOneDatagram(abstract: Bool) throws {
        let directory = try TemporaryDirectory()
        let name = directory.file("notify")
        let code = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1].replace('@', '\\0', 1))
            print('bound', flush=True)
            print(s.recv(4096).decode().replace('\\n', '|'), flush=True)
            """
        let address = abstract ? "@" + name : name
        let receiver = try PseudoTerminal(
            running: "/usr/bin/python3", arguments: ["-c", code, address], environment: [])
        _ = try receiver.read(until: "bound\r\n")
        #expect(try ServiceNotifier(address: address).notify(.ready, .status("sealed")))
        #expect(try receiver.readToEnd() == "READY=1|STATUS=sealed\r\n")
        #expect(try receiver.wait() == 0)
    }
}
