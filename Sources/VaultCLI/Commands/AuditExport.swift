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
        // Looked at first: of a log that was cut since the last time, nothing shall be passed on.
        _ = try Checkpoints(client: client).newest()
        let count = try write(client, parameters)
        try client.say(
            ClientAuditMessages.exported(count, to: out),
            json: .init(["entries": .int(count), "out": .string(out)]))
        client.note(ClientAuditMessages.howToVerify(out))
        return .success
    }

    private func write(
        _ client: Client, _ parameters: AuditExport.Parameters
    ) throws(ClientError) -> Int64 {
        var file = try OutputFile(out)
        var progress = ProgressLine(client)
        var count: Int64 = 0
        let connection = try client.loggedIn()
        do throws(ClientError) {
            try connection.stream(AuditExport.self, parameters) { (piece) throws(ClientError) in
                try file.append(Array(piece.lines.utf8))
                count = piece.done
                progress.show(ClientAuditMessages.exporting(done: piece.done, total: piece.total))
            }
            progress.clear()
            try file.finish()
        } catch {
            progress.clear()
            // Half an export verifies as incomplete at best; nobody shall take it for a whole one.
            file.remove()
            throw error
        }
        return count
    }
}

/// A new file that is written piece by piece; an existing one is refused.
struct OutputFile: ~Copyable {
    private let path: String
    private let file: OwnedDescriptor

    /// Makes the file, mode 0600.
    init(_ path: String) throws(ClientError) {
        self.path = path
        do { file = try Files.create(path, mode: 0o600) } catch { throw .platform(error) }
    }

    /// Adds bytes.
    mutating func append(_ bytes: [UInt8]) throws(ClientError) {
        do { try file.writeAll(bytes) } catch { throw .platform(error) }
    }

    /// Makes it durable.
    func finish() throws(ClientError) {
        do {
            try file.synchronize()
            try Files.synchronizeDirectory(Files.parent(of: path))
        } catch {
            throw .platform(error)
        }
    }

    /// Removes what there is of it.
    func remove() { try? Files.remove(path) }

    /// Writes a whole new file at once.
    static func write(_ path: String, _ bytes: [UInt8]) throws(ClientError) {
        do {
            try Files.writeDurably(path, bytes, mode: 0o600, replacing: false)
        } catch {
            throw .platform(error)
        }
    }
}
