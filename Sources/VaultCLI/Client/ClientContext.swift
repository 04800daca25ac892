import VaultPlatform
import VaultText

/// What a command touches of the world, so that a test can stand in for it.
struct ClientContext {
    /// Standard output.
    var output: (String) throws(PlatformError) -> Void
    /// Standard error.
    var errors: (String) -> Void
    /// Standard input to its end, at most so many bytes.
    var input: (Int) throws(PlatformError) -> [UInt8]
    /// Standard input piece by piece; nil where `input` alone is there.
    var inputStream: (() -> OwnedDescriptor)?
    /// A variable of the environment.
    var variable: (String) -> String?
    /// The terminal of the person; throws `noTerminal` where there is none.
    var terminal: () throws(PlatformError) -> any PromptDevice
    /// Microseconds since 1970 UTC.
    var now: () -> UInt64
    /// The uid that the daemon sees.
    var user: UInt32
    /// Whether standard error is a terminal: a person reads it, and progress may be shown on one line.
    var showsProgress: Bool
    /// Whether standard input is a terminal, so that a person may sit there.
    var isInteractive = true
    /// The width of the terminal that shows the answer; nil where there is none.
    var columns: Int?
    /// Where the system keeps directories for tokens of users without a runtime directory.
    var runDirectory: String

    /// Of this process.
    static var process: ClientContext {
        ClientContext(
            output: { (text) throws(PlatformError) in try StandardStream.write(text, to: 1) },
            errors: { try? StandardStream.write($0, to: 2) },
            input: { (limit) throws(PlatformError) in try Files.readStandardInput(limit: limit) },
            inputStream: { OwnedDescriptor(taking: 0, path: "<standard input>") },
            variable: { Environment.value($0) },
            terminal: { () throws(PlatformError) in try Terminal() },
            now: { SystemClock.nowMicroseconds },
            user: Accounts.effectiveUser,
            showsProgress: Terminal.isTerminal(2),
            isInteractive: Terminal.isTerminal(0),
            columns: Terminal.columns(of: 1),
            runDirectory: "/run/carevault")
    }

    /// Where the daemon listens: as the options say, else the environment, else where a package puts it.
    func socketPath(_ options: CommonOptions) -> String {
        let fromEnvironment = variable("CAREVAULT_SOCKET").flatMap { $0.isEmpty ? nil : $0 }
        return options.socket ?? fromEnvironment ?? CommonOptions.defaultSocket
    }
}

/// Standard output and error, which stay open.
enum StandardStream {
    static func write(_ text: String, to number: CInt) throws(PlatformError) {
        let name = number == 1 ? "<standard output>" : "<standard error>"
        let stream = OwnedDescriptor(taking: number, path: name)
        do {
            try stream.writeAll(text)
            _ = stream.take()
        } catch {
            _ = stream.take()
            throw error
        }
    }
}
