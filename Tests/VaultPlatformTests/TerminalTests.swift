import Foundation
import Glibc
import Testing

@testable import VaultPlatform

/// Blocking, and signal handlers are of the process: one after another.
@Suite(.serialized) struct TerminalTests {
    @Test func secretsAreNotShown() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        let reader = Background { try terminal.secretText() }
        try pair.waitForEcho(false)
        try pair.type("four words\n")
        let secret = try reader.result()
        #expect(secret == "four words")
        #expect(try pair.echoes())
        try terminal.write("next")
        #expect(try pair.output(until: "next") == "\r\nnext")
    }

    @Test func typedAheadLinesStayApart() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        try pair.type("first\nsecond\n")
        #expect(try Background { try terminal.secretText() }.result() == "first")
        #expect(try terminal.readLine() == "second")
    }

    @Test func tooLongSecretsAreRefusedWhole() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        try pair.type("123456789\nnext\n")
        #expect(throws: PlatformError.inputTooLong(limit: 8)) {
            _ = try terminal.readSecret(limit: 8)
        }
        #expect(try terminal.readLine() == "next")
        #expect(try pair.echoes())
    }

    @Test func endOfInputIsSaid() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        try pair.type("\u{4}")
        #expect(throws: PlatformError.endOfInput) { _ = try terminal.readSecret() }
        #expect(try pair.echoes())
    }

    @Test func signalsRestoreTheTerminalFirst() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        // Without this the signal would end the test process, as it should.
        let before = signal(SIGTERM, SIG_IGN)
        defer { signal(SIGTERM, before) }
        signal(SIGTERM) { _ in }
        let reader = Background { try terminal.secretText() }
        try pair.waitForEcho(false)
        kill(getpid(), SIGTERM)
        #expect(throws: PlatformError.interrupted(signal: SIGTERM)) { try reader.result() }
        #expect(try pair.echoes())
    }

    @Test func longTextsArriveWhole() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        let reader = Background { try terminal.readBlock(limit: 100_000, answers: []) }
        _ = try pair.output(until: "\u{1B}[?2004h")
        let line = String(repeating: "很长的一行", count: 1_000)
        let writer = Background { [pair] in
            try pair.type("\u{1B}[200~" + line + "\r.\rmore\u{1B}[201~\r。\r")
            return true
        }
        _ = try pair.output(until: "\u{1B}[?2004l")
        _ = try writer.result()
        #expect(try reader.result() == TextBlock(text: line + "\n.\nmore", truncated: false))
        #expect(try pair.echoes())
    }

    @Test func linesAreEditedAndTypedAheadLinesStay() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        try pair.type("ab\u{1B}[Dc\rsecond\n")
        let read: @Sendable (String) throws -> EditedLine = {
            var editor = LineEditor(prompt: $0)
            return try terminal.readLine(&editor)
        }
        #expect(try Background { try read("one> ") }.result() == .line("acb"))
        #expect(try pair.echoes())
        #expect(try terminal.readLine() == "second")
        // Before the keys are read, ^C would be a signal.
        let reader = Background { try read("two> ") }
        _ = try pair.output(until: "two> ")
        try pair.type("x\u{3}")
        #expect(try reader.result() == .interrupted)
        #expect(try pair.echoes())
    }

    @Test func whoDoesNotTypeIsNoticed() throws {
        let pair = try Pair()
        let terminal = try pair.terminal()
        let reader = Background { () throws -> Answers in
            var mayWait = true
            var wasUsual = true
            let idle = IdleRule(milliseconds: 100) { () throws(PlatformError) in
                // In the usual mode, so that anything can be asked here.
                wasUsual = try pair.ends.echoes() && wasUsual
                guard mayWait else { return }
                mayWait = false
                try terminal.write("idle:")
                _ = try terminal.readLine()
            }
            var editor = LineEditor(prompt: "> ")
            let line = try terminal.readLine(&editor, idle: idle)
            mayWait = true
            let block = try terminal.readBlock(limit: 100, idle: idle)
            return Answers(line: line, block: block.text, wasUsual: wasUsual)
        }
        try pair.type("half")
        _ = try pair.output(until: "idle:")
        try pair.type("go on\n")
        _ = try pair.output(until: "> half")
        try pair.type(" whole\r")
        _ = try pair.output(until: "\u{1B}[?2004h")
        try pair.type("first\rsec")
        _ = try pair.output(until: "idle:")
        try pair.type("go on\n")
        // What was typed so far is shown again.
        _ = try pair.output(until: "first\r\nsec")
        try pair.type("ond\r.\r")
        let expected = Answers(line: .line("half whole"), block: "first\nsecond", wasUsual: true)
        #expect(try reader.result() == expected)
    }

    @Test func filesAreNoTerminals() throws {
        #expect(throws: PlatformError.noTerminal) {
            _ = try Terminal(device: Files.open("/dev/null", .readWrite))
        }
        let file = try Files.open("/dev/null")
        #expect(!Terminal.isTerminal(file.rawValue))
        #expect(Terminal.columns(of: file.rawValue) == nil)
    }

    @Test func programsRunInTerminalsOfTheirOwn() throws {
        let shell = try PseudoTerminal(
            running: "/bin/sh",
            arguments: ["-c", "read -r x </dev/tty; echo \"<$x>$V\"; stty size; exit 7"],
            environment: ["V=v", "PATH=/usr/bin:/bin", ""], columns: 33, rows: 4)
        #expect(try shell.echoes())
        try shell.type("hi\n")
        let output = try shell.readToEnd()
        #expect(output == "hi\r\n<hi>v\r\n4 33\r\n")
        #expect(try shell.wait() == 7)
        let killed = try PseudoTerminal(running: "/bin/cat", arguments: [], environment: [])
        try killed.signal(SIGKILL)
        #expect(try killed.wait() == 128 + SIGKILL)
        let missing = try PseudoTerminal(running: "/no/such", arguments: [], environment: [])
        #expect(try missing.wait() == 127)
    }
}

/// What came of a line and a text.
private struct Answers: Equatable {
    let line: EditedLine
    let block: String
    let wasUsual: Bool
}

/// A pair that threads of a test share.
private final class Pair: Sendable {
    let ends: PseudoTerminalPair

    init() throws { ends = try PseudoTerminalPair() }

    func terminal() throws -> Terminal { try Terminal(device: ends.duplicateTerminal()) }

    func type(_ text: String) throws { try ends.controller.writeAll(text) }

    func echoes() throws -> Bool { try ends.echoes() }

    func waitForEcho(_ wanted: Bool) throws {
        for _ in 0..<2_000 where try echoes() != wanted { usleep(1_000) }
        #expect(try echoes() == wanted)
    }

    func output(until text: String) throws -> String {
        var found = ""
        while !found.hasSuffix(text) {
            let part = try ends.controller.read(upTo: 1)
            try #require(!part.isEmpty)
            found += String(decoding: part, as: Unicode.ASCII.self)
        }
        return found
    }
}

/// Something that blocks, on a thread of its own.
private final class Background<Value: Sendable>: @unchecked Sendable {
    private var outcome: Result<Value, any Error>?
    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread {
            self.outcome = Result { try body() }
            self.done.signal()
        }
    }

    func result() throws -> Value {
        try #require(done.wait(timeout: .now() + 10) == .success)
        return try #require(outcome).get()
    }
}

extension Terminal {
    /// A secret as text, for comparing.
    fileprivate func secretText() throws -> String {
        let secret = try readSecret()
        return secret.withSpan { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }
}
