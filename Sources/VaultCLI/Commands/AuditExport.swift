import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault audit export`.
struct AuditExportCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export the log to a file that anybody can verify with the public key.")

    @Option(help: .init("New file (mode 0600).", valueName: "file"))
    var out: String

    @Option(help: .init("First entry (default: 0).", valueName: "number"))
    var from: Int64?

    @Option(help: .init("Entry after the last (default: the end).", valueName: "number"))
    var to: Int64?

    @Option(help: .init("Begin after the entries of this checkpoint.", valueName: "file"))
    var since: String?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        if from != nil, since != nil { throw .usage(.excludes("--from", "--since")) }
        var parameters = AuditExport.Parameters(
            fromSequence: try Typed.number(from, "--from", 0...Int64.max),
            toSequence: try Typed.number(to, "--to", 0...Int64.max))
        if let since {
            parameters.sinceCheckpoint = try TextInput(client: client).text(since, limit: 65_536)
        }
        let count = try OutputFile.fill(out) { (file) throws(ClientError) in
            // Looked at first: of a log that was cut since the last time, nothing shall be passed on.
            _ = try Checkpoints(client: client).newest()
            return try Self.export(client, parameters, to: &file)
        }
        try client.say(
            ClientAuditMessages.exported(count, to: out),
            json: .init(["entries": .int(count), "out": .string(out)]))
        client.note(ClientAuditMessages.howToVerify(out))
        return .success
    }

    private static func export(
        _ client: Client, _ parameters: AuditExport.Parameters, to file: inout OutputFile
    ) throws(ClientError) -> Int64 {
        var progress = ProgressLine(client)
        defer { progress.clear() }
        var count: Int64 = 0
        let connection = try client.loggedIn()
        try connection.stream(AuditExport.self, parameters) { (piece) throws(ClientError) in
            try file.append(Array(piece.lines.utf8))
            count = piece.done
            progress.show(ClientAuditMessages.exporting(done: piece.done, total: piece.total))
        }
        return count
    }
}

/// A new file that is written piece by piece; an existing one is refused.
struct OutputFile: ~Copyable {
    private let path: String
    private let file: OwnedDescriptor

    /// Makes the file, mode 0600.
    private init(_ path: String) throws(ClientError) {
        self.path = path
        do { file = try Files.create(path, mode: 0o600) } catch { throw .platform(error) }
    }

    /// Adds bytes.
    mutating func append(_ bytes: [UInt8]) throws(ClientError) {
        do { try file.writeAll(bytes) } catch { throw .platform(error) }
    }

    /// Makes it durable.
    private func finish() throws(ClientError) {
        do {
            try file.synchronize()
            try Files.synchronizeDirectory(Files.parent(of: path))
        } catch {
            throw .platform(error)
        }
    }

    /// Removes what there is of it.
    private func remove() { try? Files.remove(path) }

    /// Makes the file, lets `body` ask the daemon for what goes into it, and makes it durable. It is
    /// there before anything is asked for: the daemon counts what it hands out as kept elsewhere, which
    /// must not be wrong because there was no place for it.
    ///
    /// If that fails, nothing of it stays: half an export verifies as incomplete at best, and nobody
    /// shall take it for a whole one.
    static func fill<Value>(
        _ path: String, _ body: (inout OutputFile) throws(ClientError) -> Value
    ) throws(ClientError) -> Value {
        var file = try OutputFile(path)
        do throws(ClientError) {
            let value = try body(&file)
            try file.finish()
            return value
        } catch {
            file.remove()
            throw error
        }
    }
}
