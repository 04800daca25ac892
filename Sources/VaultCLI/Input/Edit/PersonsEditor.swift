import Dispatch
import Glibc
import VaultCoding
import VaultPlatform
import VaultSodium
import VaultText

/// The editor of the person on a file that is never on a disk.
///
/// The file is `record.txt`, mode 0600, in a directory of its own, mode 0700, on a file system in
/// memory: in that of the login's token. Home, temporary and state directories of
/// the editor are that directory too, so its swap, undo and backup files lie there, where vim makes
/// none (`VIMINIT`). Everything in it is overwritten and removed afterwards, by a signal that ends this
/// program too; what a crash leaves is removed when this user next logs in or begins a form. A
/// machine that swaps to a disk without encryption may write memory out, as it may for every program.
final class PersonsEditor {
    private let client: Client
    private let command: String
    private let directory: String
    private let farewell: Farewell?
    private var path: String { Files.join(directory, "record.txt") }

    /// More than a record can be.
    private static let limit = 1 << 20
    private static let shell = "/bin/sh"
    private static let prefix = "edit-"

    /// The command of the editor: `VISUAL`, else `EDITOR`.
    private static func command(_ client: Client) -> String? {
        ["VISUAL", "EDITOR"].compactMap { client.context.variable($0) }
            .first { !$0.trimmed.isEmpty }
    }

    /// Whether there is an editor and a private place in memory for it.
    static func isThere(_ client: Client) -> Bool {
        command(client) != nil && (try? TokenStore.privateDirectory(client.context)) != nil
    }

    /// - Throws: `ClientError.input(.noEditor)`; `noRuntimeDirectory` when nothing private is in memory.
    init(_ client: Client) throws(ClientError) {
        guard let command = Self.command(client) else { throw .input(.noEditor) }
        // An editor without a person at it would wait for ever.
        _ = try client.terminal()
        self.client = client
        self.command = command
        let base = try TokenStore.privateDirectory(client.context)
        Self.sweep(client.context)
        let directory = Files.join(
            base, "\(Self.prefix)\(getpid())-\(Random.identifier(VaultID.self).text)")
        self.directory = directory
        // Before there is anything to remove.
        let farewell = try? Farewell()
        self.farewell = farewell
        if let farewell {
            DispatchQueue.global().async {
                farewell.await { Self.wipe(directory, depth: 0) }
            }
        }
        do {
            try Files.createDirectory(directory, mode: 0o700)
            try Files.requirePrivate(directory)
        } catch {
            farewell?.end()
            throw .platform(error)
        }
    }

    /// Removes what editors left behind whose process is gone.
    static func sweep(_ context: ClientContext) {
        guard let base = try? TokenStore.privateDirectory(context) else { return }
        for name in (try? Files.list(base)) ?? [] where name.hasPrefix(prefix) {
            let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
            // Asked of the kernel: where there is no /proc, a file that is being edited would go.
            guard let process = Int32(number), process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            wipe(Files.join(base, name), depth: 0)
        }
    }

    /// Has the text edited.
    func edit(_ text: String) throws(ClientError) -> String {
        let status: Int32
        do throws(PlatformError) {
            if try Files.exists(path) { try Files.remove(path) }
            let file = try Files.create(path, mode: 0o600)
            try file.writeAll(text)
            try file.close()
            status = try ForegroundProgram.run(
                Self.shell, arguments: ["-c", "exec \(command) \"$1\"", "sh", path],
                environment: environment)
        } catch {
            throw .platform(error)
        }
        guard status == 0 else { throw .input(.editorFailed(command, status: status)) }
        let bytes: [UInt8]
        do throws(PlatformError) {
            // An editor that puts a new file in its place gives it the usual mode. Nobody else comes
            // into the directory, and what was typed is not to be lost for that.
            try Files.setMode(path, 0o600)
            bytes = try Files.readPrivate(path, limit: Self.limit)
        } catch {
            throw .platform(error)
        }
        guard let edited = String(validating: bytes, as: UTF8.self) else {
            throw .input(.notText(source: "record.txt"))
        }
        return edited
    }

    private var environment: [String] {
        let kept = ["TERM", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "COLORTERM", "TERMINFO"]
            .compactMap { name in client.context.variable(name).map { "\(name)=\($0)" } }
        let homes = ["HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"]
            .map { "\($0)=\(directory)" }
        let quiet = "set noswapfile nobackup nowritebackup noundofile viminfo="
        return kept + homes + ["VIMINIT=\(quiet)", "LESSHISTFILE=-"]
    }

    /// Overwrites and removes everything.
    func wipe() {
        Self.wipe(directory, depth: 0)
        farewell?.end()
    }

    private static func wipe(_ directory: String, depth: Int) {
        for name in (try? Files.list(directory)) ?? [] {
            let path = Files.join(directory, name)
            guard let status = try? Files.status(path, followingLinks: false) else { continue }
            if status.isDirectory {
                if depth < 16 { wipe(path, depth: depth + 1) }
                continue
            }
            if status.kind == .file, status.size > 0,
                let file = try? Files.open(path, .readWrite, followingLinks: false)
            {
                try? file.writeAll([UInt8](repeating: 0, count: status.size))
            }
            try? Files.remove(path)
        }
        try? Files.removeDirectory(directory)
    }
}
