import VaultKeyring
import VaultPlatform
import VaultText

/// The key file that opens the vault without a person.
extension Checkup {
    func sealKey(_ settings: Settings, _ data: DataDirectory) -> [CheckResult] {
        guard let path = settings.text(.sealKeyFile) else { return [] }
        let status: FileStatus
        do throws(PlatformError) {
            status = try Files.status(path, followingLinks: false)
        } catch {
            let diagnostic = PlatformMessages.diagnostic(error)
            return [
                .amber(
                    "seal_key", diagnostic.message,
                    diagnostic.hints.first ?? DoctorMessages.sealKeyMissing)
            ]
        }
        guard status.mode & 0o7777 == 0o400 else {
            return [
                .amber(
                    "seal_key",
                    DoctorMessages.sealKey(path, UnattendedMessages.mode(status.mode)),
                    DoctorMessages.sealKeyMode(path))
            ]
        }
        guard (try? data.contains(path)) != true else {
            return [
                .amber(
                    "seal_key", DoctorMessages.sealKey(path, UnattendedMessages.insideData),
                    DoctorMessages.sealKeyElsewhere)
            ]
        }
        return [sealKeyAccount(path, status, data)]
    }

    /// The daemon runs as the account that owns the directory: that one reads the file and unseals.
    private func sealKeyAccount(
        _ path: String, _ status: FileStatus, _ data: DataDirectory
    ) -> CheckResult {
        guard let service = (try? Files.status(data.path))?.owner else {
            return .green("seal_key", DoctorMessages.sealKeyUsable(path))
        }
        let name = ((try? Accounts.name(ofUser: service)) ?? nil) ?? "\(service)"
        guard status.owner == service else {
            return .amber(
                "seal_key",
                DoctorMessages.sealKey(path, DoctorMessages.sealKeyOwner(name)),
                DoctorMessages.sealKeyGive(path, name))
        }
        // Its MAC is not checked without the secret; what it says is only told.
        guard let bytes = try? Files.read(data.header, limit: DaemonLimits.headerBytes),
            let header = try? Header(parsing: bytes)
        else { return .green("seal_key", DoctorMessages.sealKeyUsable(path)) }
        guard header.unsealUIDs.contains(service) else {
            return .amber(
                "seal_key",
                DoctorMessages.sealKey(path, DoctorMessages.mayNotUnseal(name, service)),
                DoctorMessages.mayNotUnsealRemedy)
        }
        return .green("seal_key", DoctorMessages.sealKeyUsable(path))
    }
}
