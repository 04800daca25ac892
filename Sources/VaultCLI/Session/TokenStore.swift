import VaultCoding
import VaultPlatform
import VaultSodium
import VaultText
import VaultWire

/// Keeps the token of a login between two commands: in memory, never on a disk.
///
/// The file is `<directory>/<32 hexadecimal digits>.token`, mode 0600, in a directory of mode 0700
/// of this user; the digits are from the SHA-256 of socket path and login name, so several vaults
/// and several logins of one account stand side by side.
struct TokenStore {
    private let path: String

    /// More than any token.
    private static let limit = 4_096

    /// Finds the directory: `carevault` in the user's runtime directory, else the one that the
    /// system made for this user.
    ///
    /// - Throws: `ClientError.noRuntimeDirectory` when neither is private and in memory.
    init(_ context: ClientContext, socket: String, login: String?) throws(ClientError) {
        let directory = try Self.privateDirectory(context)
        var name = ByteWriter()
        name.put(framed: Self.absolute(socket, context))
        name.put(framed: login ?? "")
        let digits = Hex.format(Array(SHA256.hash(name.bytes).bytes.prefix(16)))
        path = Files.join(directory, "\(digits).token")
    }

    /// The token; nil when nobody logged in here.
    func read() throws(ClientError) -> SecretText? {
        do throws(PlatformError) {
            guard try Files.exists(path) else { return nil }
            var bytes = try Files.readPrivate(path, limit: Self.limit)
            while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
            return SecretText(utf8: bytes)
        } catch {
            throw .platform(error)
        }
    }

    /// Keeps a token in place of the one before.
    func write(_ token: SecretText) throws(ClientError) {
        try write(token.utf8 + [UInt8(ascii: "\n")], to: path)
    }

    /// Tries whether a token can be kept, before anybody types a secret for one.
    func requireRoom() throws(ClientError) {
        let trial = path + ".trial"
        try write([UInt8](repeating: 0, count: Self.limit), to: trial)
        try? Files.remove(trial)
    }

    /// A refusal names the directory: the file's own name, and that of the one before it, are ours.
    private func write(_ bytes: [UInt8], to path: String) throws(ClientError) {
        do throws(PlatformError) {
            try Files.writeDurably(path, bytes, mode: 0o600)
        } catch {
            guard case .system(_, _, let code) = error else { throw .platform(error) }
            throw .platform(
                .system(operation: .write, path: Files.parent(of: path), code: code))
        }
    }

    /// Removes the token, if there is one.
    func remove() throws(ClientError) {
        do throws(PlatformError) {
            guard try Files.exists(path) else { return }
            try Files.remove(path)
        } catch {
            throw .platform(error)
        }
    }

    /// A directory of this user alone on a file system in memory.
    ///
    /// - Throws: as `init`.
    static func privateDirectory(_ context: ClientContext) throws(ClientError) -> String {
        var tried: [UnsuitablePlace] = []
        var found = Self.runtime(context, &tried)
        if found == nil { found = Self.system(context, &tried) }
        guard let directory = found else {
            throw .noRuntimeDirectory(tried: tried, user: context.user)
        }
        return directory
    }

    private static func runtime(
        _ context: ClientContext, _ tried: inout [UnsuitablePlace]
    ) -> String? {
        guard let base = context.variable("XDG_RUNTIME_DIR"), base.hasPrefix("/") else {
            tried.append(UnsuitablePlace(path: "XDG_RUNTIME_DIR", problem: .unset))
            return nil
        }
        // The runtime directory itself must be this user's own: in one that others can write to,
        // they could put theirs in place.
        if let problem = problem(of: base, context.user) {
            tried.append(UnsuitablePlace(path: base, problem: problem))
            return nil
        }
        let directory = Files.join(base, "carevault")
        if (try? Files.exists(directory)) == false {
            // Another command of this user may be as fast; what counts is what stands there then.
            try? Files.createDirectory(directory, mode: 0o700)
        }
        guard let problem = problem(of: directory, context.user) else { return directory }
        tried.append(UnsuitablePlace(path: directory, problem: problem))
        return nil
    }

    private static func system(
        _ context: ClientContext, _ tried: inout [UnsuitablePlace]
    ) -> String? {
        let directory = Files.join(context.runDirectory, "\(context.user)")
        guard let problem = problem(of: directory, context.user) else { return directory }
        tried.append(UnsuitablePlace(path: directory, problem: problem))
        return nil
    }

    /// Why a directory keeps no token; nil for one that can.
    private static func problem(of path: String, _ user: UInt32) -> UnsuitablePlace.Problem? {
        guard let status = try? Files.status(path, followingLinks: false) else { return .missing }
        guard status.isDirectory else { return .notDirectory }
        guard status.owner == user else { return .owner(status.owner) }
        guard status.mode & Files.sharedBits == 0 else { return .mode(status.mode) }
        return (try? Files.isOnMemory(path)) == true ? nil : .onDisk
    }

    private static func absolute(_ socket: String, _ context: ClientContext) -> String {
        guard !socket.hasPrefix("/"), let here = context.variable("PWD") else { return socket }
        return Files.join(here, socket)
    }
}
