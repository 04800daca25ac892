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
        do {
            try Files.writeDurably(path, token.utf8 + [UInt8(ascii: "\n")], mode: 0o600)
        } catch {
            throw .platform(error)
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
        var tried: [String] = []
        var found = Self.runtime(context, &tried)
        if found == nil { found = Self.system(context, &tried) }
        guard let directory = found else {
            throw .noRuntimeDirectory(tried: tried, user: context.user)
        }
        return directory
    }

    private static func runtime(
        _ context: ClientContext, _ tried: inout [String]
    ) -> String? {
        guard let base = context.variable("XDG_RUNTIME_DIR"), base.hasPrefix("/") else {
            tried.append("XDG_RUNTIME_DIR")
            return nil
        }
        let directory = Files.join(base, "carevault")
        tried.append(directory)
        // The runtime directory itself must be this user's own: in one that others can write to,
        // they could put theirs in place.
        guard isUsable(base) else { return nil }
        return make(directory) ? directory : nil
    }

    private static func system(
        _ context: ClientContext, _ tried: inout [String]
    ) -> String? {
        let directory = Files.join(context.runDirectory, "\(context.user)")
        tried.append(directory)
        return isUsable(directory) ? directory : nil
    }

    /// Makes the directory or takes the one that is there.
    private static func make(_ directory: String) -> Bool {
        if (try? Files.exists(directory)) == false {
            // Another command of this user may be as fast; what counts is what stands there then.
            try? Files.createDirectory(directory, mode: 0o700)
        }
        return isUsable(directory)
    }

    private static func isUsable(_ directory: String) -> Bool {
        guard let status = try? Files.status(directory, followingLinks: false),
            status.isDirectory, (try? Files.requirePrivate(directory)) != nil
        else { return false }
        return (try? Files.isOnMemory(directory)) == true
    }

    private static func absolute(_ socket: String, _ context: ClientContext) -> String {
        guard !socket.hasPrefix("/"), let here = context.variable("PWD") else { return socket }
        return Files.join(here, socket)
    }
}
