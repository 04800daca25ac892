import CPlatform
import Glibc

/// The terminal at which a person sits, apart from standard input and output, which may be files.
///
/// Whatever changes its mode restores it on every way out, signals included. Blocking; one reading
/// call at a time in a process.
package final class Terminal: Sendable {
    private let device: OwnedDescriptor

    /// The longest line that a terminal passes on in its line mode (`N_TTY_BUF_SIZE` − 1).
    package static let longestLine = 4_095

    /// Opens the controlling terminal.
    ///
    /// - Throws: `noTerminal` when the process has none.
    package init() throws(PlatformError) {
        do {
            device = try Files.open("/dev/tty", .readWrite)
        } catch {
            throw .noTerminal
        }
    }

    /// Takes over a terminal device.
    ///
    /// - Throws: `noTerminal` when the descriptor is something else.
    package init(device: consuming OwnedDescriptor) throws(PlatformError) {
        guard Self.isTerminal(device.rawValue) else { throw .noTerminal }
        self.device = device
    }

    /// Whether a descriptor (0, 1, 2 …) is a terminal.
    package static func isTerminal(_ descriptor: CInt) -> Bool { cp_is_terminal(descriptor) == 1 }

    /// The width of the terminal behind a descriptor; nil when it is none or does not know.
    package static func columns(of descriptor: CInt) -> Int? {
        let found = Int(cp_terminal_columns(descriptor))
        return found > 0 ? found : nil
    }

    /// The width in columns; 80 when the terminal does not know.
    package var columns: Int { Self.columns(of: device.rawValue) ?? 80 }

    /// Shows a text. Stored or foreign text must be made visible first.
    package func write(_ text: String) throws(PlatformError) { try device.writeAll(text) }

    /// Reads a line as typed, shown while typing, without its line end.
    ///
    /// - Throws: `endOfInput`, `inputTooLong`, `inputNotText`.
    package func readLine(limit: Int = longestLine) throws(PlatformError) -> String {
        var bytes = WipedBytes(capacity: limit)
        try readLine(into: &bytes) { device throws(PlatformError) in
            try device.read(upTo: 1).first
        }
        return try text(bytes)
    }

    /// Writes a question, reads a line that is not shown, then moves to the next line. The question
    /// comes after the echo went off: nobody answers before, and nothing of an answer is shown.
    ///
    /// A signal that would end or stop the process takes effect after the terminal is restored;
    /// when the process goes on afterwards, the error is `interrupted`, except that being stopped
    /// and continued (^Z, `fg`) begins the line anew.
    ///
    /// - Throws: `endOfInput`, `inputTooLong`, `interrupted`.
    package func readSecret(
        _ question: String = "", limit: Int = 1_024
    ) throws(PlatformError) -> WipedBytes {
        var bytes = WipedBytes(capacity: limit)
        try inMode(CP_TERMINAL_SECRET) { () throws(PlatformError) in
            bytes.removeAll()
            if !question.isEmpty { try self.write(question) }
            try self.readLine(into: &bytes) { (_) throws(PlatformError) in
                try self.rawRead(count: 1, milliseconds: -1)?.first
            }
        }
        return bytes
    }

    /// Reads a text of several lines, ended by a line `.` or `。` or by ^D, safe for pasting.
    ///
    /// - Parameters:
    ///   - limit: most bytes of UTF-8; what exceeds it is dropped with a bell and marked.
    ///   - answers: what is the whole text where it is typed alone in the first line.
    package func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock {
        try readBlock(limit: limit, answers: answers, idle: nil)
    }

    /// Runs the body in a mode, restores, and lets a signal that came have its effect; again after
    /// the process was stopped and continued.
    func inMode(
        _ mode: cp_terminal_mode, _ body: () throws(PlatformError) -> Void
    ) throws(PlatformError) {
        while true {
            try check(
                .controlTerminal, device.path, cp_terminal_begin(device.rawValue, mode))
            var failure: PlatformError?
            do { try body() } catch { failure = error }
            let signal = cp_terminal_end()
            if mode == CP_TERMINAL_SECRET { try? write("\n") }
            if signal > 0 {
                _ = cp_raise(signal)
                if signal == SIGTSTP { continue }
                throw .interrupted(signal: signal)
            }
            if let failure { throw failure }
            return
        }
    }

    /// Reads what is there in a mode of `inMode`; empty at the end, nil when nothing came in time.
    func rawRead(count: Int, milliseconds: Int32) throws(PlatformError) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        let result = unsafe cp_terminal_read(device.rawValue, &buffer, count, milliseconds)
        if result == -Int(EINTR) { throw .interrupted(signal: 0) }
        if result == -Int(ETIMEDOUT) { return nil }
        let found = try check(.read, device.path, result)
        buffer.removeLast(count - found)
        return buffer
    }

    /// Reads up to a line end, byte by byte so that nothing of the next line is taken.
    private func readLine(
        into bytes: inout WipedBytes,
        _ next: (borrowing OwnedDescriptor) throws(PlatformError) -> UInt8?
    ) throws(PlatformError) {
        var fits = true
        var any = false
        while let byte = try next(device) {
            any = true
            if byte == 0x0A { break }
            if byte != 0x0D { fits = bytes.append(byte) && fits }
        }
        guard any else { throw .endOfInput }
        guard fits else { throw .inputTooLong(limit: bytes.capacity) }
    }

    private func text(_ bytes: borrowing WipedBytes) throws(PlatformError) -> String {
        try bytes.withSpan { span throws(PlatformError) in
            var copy: [UInt8] = []
            for index in span.indices { copy.append(span[index]) }
            guard let text = String(validating: copy, as: UTF8.self) else {
                throw .inputNotText
            }
            return text
        }
    }
}
