import CPlatform
import Glibc

/// A program that runs in a terminal of its own, driven from here: for tests of prompts.
///
/// Blocking, for one thread. The program is killed when this is dropped before it ended.
package final class PseudoTerminal {
    private let controller: OwnedDescriptor
    private let process: Int32
    private var ended = false
    private var unread: [UInt8] = []

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - executable: a path; nothing is searched for.
    ///   - arguments: without the program's own name.
    ///   - environment: all of it, as `NAME=value`.
    package init(
        running executable: String, arguments: [String], environment: [String],
        columns: UInt16 = 80, rows: UInt16 = 24
    ) throws(PlatformError) {
        let arguments = [executable] + arguments
        var process: Int32 = 0
        let argumentBlock = try Self.block(arguments)
        let environmentBlock = try Self.block(environment)
        let result = unsafe cp_pty_spawn(
            try whole(executable), argumentBlock, arguments.count, environmentBlock,
            environment.count, columns, rows, &process)
        let number = try check(.startProgram, executable, result)
        controller = OwnedDescriptor(taking: number, path: executable)
        self.process = process
    }

    deinit {
        if !ended {
            _ = cp_kill(process, SIGKILL)
            _ = cp_wait(process, 1_000)
        }
    }

    /// The pid of the program.
    package var processIdentifier: Int32 { process }

    /// Types a text. `\r` or `\n` is the return key, `\u{3}` interrupts.
    package func type(_ text: String) throws(PlatformError) { try controller.writeAll(text) }

    /// Reads until the output contains a text, and returns everything up to and including it.
    ///
    /// - Throws: `timedOut`, or `endOfInput` when the program ends without writing it. What was
    ///   read stays for the next call.
    package func read(
        until text: String, milliseconds: Int32 = 10_000
    ) throws(PlatformError) -> String {
        let wanted = Array(text.utf8)
        while true {
            if let end = Self.end(of: wanted, in: unread) {
                let found = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeFirst(end)
                return found
            }
            guard try readMore(milliseconds) else { throw .endOfInput }
        }
    }

    /// Reads until the program closes its terminal, which it does at its end.
    package func readToEnd(milliseconds: Int32 = 10_000) throws(PlatformError) -> String {
        while try readMore(milliseconds) {}
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// Whether the terminal shows what is typed.
    package func echoes() throws(PlatformError) -> Bool {
        try check(.controlTerminal, controller.path, cp_terminal_echoes(controller.rawValue)) == 1
    }

    /// Sends a signal to the program.
    package func signal(_ number: Int32) throws(PlatformError) {
        try check(.controlProcess, controller.path, cp_kill(process, number))
    }

    /// Waits for the end of the program.
    ///
    /// - Returns: the exit status, or 128 plus the signal that ended it, as shells say.
    package func wait(milliseconds: Int32 = 10_000) throws(PlatformError) -> Int32 {
        let result = cp_wait(process, milliseconds)
        if result == -ETIMEDOUT { throw .timedOut(operation: .waitForProgram) }
        ended = true
        return try check(.waitForProgram, controller.path, result)
    }

    /// False at the end.
    private func readMore(_ milliseconds: Int32) throws(PlatformError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let result = unsafe cp_pty_read(
            controller.rawValue, &buffer, buffer.count, milliseconds)
        if result == -Int(ETIMEDOUT) { throw .timedOut(operation: .read) }
        let count = try check(.read, controller.path, result)
        unread += buffer.prefix(count)
        return count > 0
    }

    private static func end(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard wanted.count <= bytes.count else { return nil }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start + wanted.count
        }
        return nil
    }

    /// The strings one after another, each ended by NUL.
    static func block(_ strings: [String]) throws(PlatformError) -> [CChar] {
        var block: [CChar] = []
        for string in strings {
            guard !string.utf8.contains(0) else { throw .invalidPath(path: string) }
            block += string.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        return block + [0]
    }
}

/// Both ends of a pseudo-terminal without a program: for tests of what uses a terminal.
package struct PseudoTerminalPair: ~Copyable, Sendable {
    /// Where a test types and reads.
    package let controller: OwnedDescriptor
    /// What the code under test takes for the terminal of a person.
    package let terminal: OwnedDescriptor

    /// Opens a new pair.
    package init() throws(PlatformError) {
        let name = "<pseudo-terminal>"
        var ends: (CInt, CInt) = (-1, -1)
        try check(.open, name, unsafe cp_pty_pair(&ends.0, &ends.1))
        controller = OwnedDescriptor(taking: ends.0, path: name)
        terminal = OwnedDescriptor(taking: ends.1, path: name)
    }

    /// Whether the terminal shows what is typed.
    package func echoes() throws(PlatformError) -> Bool {
        try check(.controlTerminal, terminal.path, cp_terminal_echoes(terminal.rawValue)) == 1
    }

    /// Another descriptor of the terminal side, to be owned by the code under test.
    package func duplicateTerminal() throws(PlatformError) -> OwnedDescriptor {
        let number = try check(.open, terminal.path, cp_duplicate(terminal.rawValue))
        return OwnedDescriptor(taking: number, path: terminal.path)
    }
}
