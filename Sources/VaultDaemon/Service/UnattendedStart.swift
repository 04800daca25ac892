import Dispatch
import VaultEngine
package import VaultPlatform
import VaultSodium

/// Opens the seal at the start without a person, with a seal secret that the service was given.
///
/// Whoever holds the machine then holds the storage lock; the care and audit locks stay what they are.
/// The account of the service must be among those that may unseal, and the entry in the audit log
/// names its uid. Whatever goes wrong leaves the vault sealed and served, with a line in the log, until a
/// person unseals it, and a health finding, until the secret is in order again.
package struct UnattendedStart: Sendable {
    /// Where the secret comes from.
    enum Source: Sendable, Equatable {
        /// The credential `seal` of systemd (`LoadCredential=`, systemd.exec(5)).
        case credential(String)
        /// The file of the setting `seal_key_file`.
        case file(String)

        /// The file.
        var path: String {
            switch self {
            case .credential(let path), .file(let path): path
            }
        }
    }

    /// Why it did not work.
    package enum Problem: Error, Sendable, Equatable {
        /// The file cannot be read, or is not as private as it must be.
        case platform(PlatformError)
        /// The key file may be changed or read by more than its owner's reading. `mode` is its mode.
        case mode(UInt32)
        /// The key file lies in the data directory, so whoever has the disk has the key to it.
        case insideData
        /// The secret opens no slot, or the service's account may not unseal.
        case refused
        /// The files do not open.
        case unavailable
    }

    /// The name of the credential.
    static let credential = "seal"
    /// More than any key file or words.
    private static let secretBytes = 512

    let source: Source
    private let data: DataDirectory

    /// What the service manager or the settings give; nil where neither gives a secret. The credential
    /// counts first.
    ///
    /// - Parameters:
    ///   - credentials: the directory of `CREDENTIALS_DIRECTORY`, if it is set.
    ///   - keyFile: the setting `seal_key_file`.
    init?(data: DataDirectory, credentials: String?, keyFile: String?) {
        self.data = data
        if let credentials {
            let path = Files.join(credentials, Self.credential)
            if (try? Files.exists(path)) == true {
                source = .credential(path)
                return
            }
        }
        guard let keyFile else { return nil }
        source = .file(keyFile)
    }

    /// Unseals, on a thread of its own: a derivation takes a second.
    func begin(_ vault: Vault, log: DaemonLog) {
        let queue = DispatchQueue(label: "carevault.unattended")
        queue.async {
            log.write(.unattended(path: source.path))
            let file = file
            do throws(Problem) {
                try unseal(vault)
            } catch {
                log.write(.unattendedFailed(path: source.path, error))
                vault.report(HealthFinding(.unattendedFailed, detail: source.path))
                watch(vault, log, queue, before: file)
            }
        }
    }

    /// Looks at the file each time it changed, until it would unseal the vault: the finding is over
    /// then. It does not unseal, for whoever sealed the vault meanwhile wants it sealed.
    private func watch(
        _ vault: Vault, _ log: DaemonLog, _ queue: DispatchQueue, before: FileStatus?
    ) {
        queue.asyncAfter(deadline: .now() + .seconds(MachineLimits.interval)) { [weak vault] in
            guard let vault else { return }
            let file = file
            guard file != before, isInOrder(vault) else {
                return watch(vault, log, queue, before: file)
            }
            log.write(.unattendedMended(path: source.path))
            vault.reportWell(.unattendedFailed)
        }
    }

    private var file: FileStatus? { try? Files.status(source.path, followingLinks: false) }

    /// Whether the secret would unseal the vault now. Takes a derivation.
    func isInOrder(_ vault: Vault) -> Bool {
        guard let secret = try? readSecret() else { return false }
        return vault.wouldUnseal(secret, caller: Self.service)
    }

    /// The service's own account, whose uid is then in the audit entry.
    private static var service: Caller {
        Caller(
            uid: Accounts.effectiveUser, gid: Accounts.effectiveGroup,
            pid: ProcessIdentity.current)
    }

    /// Unseals now. A vault that a person unsealed meanwhile is well.
    func unseal(_ vault: Vault) throws(Problem) {
        let secret = try readSecret()
        do throws(EngineError) {
            _ = try vault.unseal(secret: secret, caller: Self.service)
        } catch {
            switch error {
            case .alreadyUnsealed: return
            case .wrongSecret, .mayNotUnseal, .denied, .tooManyRequests: throw .refused
            default: throw .unavailable
            }
        }
    }

    private func readSecret() throws(Problem) -> SecretBytes {
        if case .file(let path) = source { try requireApart(path) }
        var bytes: WipedBytes
        do throws(PlatformError) {
            switch source {
            case .credential(let path):
                bytes = try Files.readCredential(path, limit: Self.secretBytes)
            case .file(let path):
                bytes = try Files.readSecret(path, limit: Self.secretBytes)
            }
        } catch {
            throw .platform(error)
        }
        // Words end with the line feed of an editor; a key file has its own, and its reader knows it.
        let isKeyFile = bytes.withSpan { span in
            span.count > 0 && span[0] == MachineLimits.keyFileMark[0]
        }
        if !isKeyFile { bytes.removeTrailing { $0 == UInt8(ascii: "\n") } }
        var copy = bytes.withSpan { span in
            var copy: [UInt8] = []
            copy.reserveCapacity(span.count)
            for index in span.indices { copy.append(span[index]) }
            return copy
        }
        do { return try SecretBytes(wiping: &copy) } catch { throw .refused }
    }

    /// A key file is read-only for its owner, nothing for others, and not beside what it opens.
    func requireApart(_ path: String) throws(Problem) {
        let status: FileStatus
        let isInside: Bool
        do throws(PlatformError) {
            status = try Files.status(path, followingLinks: false)
            isInside = try data.contains(path)
        } catch {
            throw .platform(error)
        }
        guard status.mode & 0o7777 == 0o400 else { throw .mode(status.mode) }
        guard !isInside else { throw .insideData }
    }
}
