import VaultEngine
import VaultPlatform
import VaultText

/// The data directory and what it lies on.
extension Checkup {
    func directory(_ data: DataDirectory) -> [CheckResult] {
        let path = data.path
        guard (try? Files.exists(path)) != false else {
            return [
                .amber("data", DoctorMessages.noData(path), DoctorMessages.makeVault)
            ]
        }
        let status: FileStatus
        do throws(PlatformError) {
            status = try Files.status(path, followingLinks: false)
        } catch {
            let diagnostic = PlatformMessages.diagnostic(error)
            return [.amber("data", diagnostic.message, DoctorMessages.asRoot)]
        }
        guard status.isDirectory else {
            return [
                .red("data", DoctorMessages.notDirectory(path), DoctorMessages.chooseDirectory)
            ]
        }
        guard status.mode & Files.sharedBits == 0 else {
            return [
                .red(
                    "data", DoctorMessages.openData(path, mode: status.mode & 0o7777),
                    DoctorMessages.closeData(path))
            ]
        }
        return [vault(data, status), disk(data), fileSystem(data, status)]
    }

    private func vault(_ data: DataDirectory, _ status: FileStatus) -> CheckResult {
        let owner = ((try? Accounts.name(ofUser: status.owner)) ?? nil) ?? "\(status.owner)"
        let isThere: Bool
        do throws(PlatformError) { isThere = try Files.exists(data.header) } catch {
            return .amber(
                "data", DoctorMessages.closedData(data.path, owner: owner), DoctorMessages.asRoot)
        }
        guard isThere else { return noVault(data, owner: owner) }
        // A file of another account keeps the daemon from starting.
        for file in [data.header, data.store, data.log] {
            guard let found = try? Files.status(file, followingLinks: false) else {
                return .red("data", DoctorMessages.missing(file), DoctorMessages.restore)
            }
            guard found.owner == status.owner, found.mode & Files.sharedBits == 0 else {
                return .red(
                    "data", DoctorMessages.strange(file, owner: owner),
                    DoctorMessages.strangeRemedy(file, owner: owner))
            }
        }
        return .green("data", DoctorMessages.vault(data.path, owner: owner))
    }

    /// `init` wants an empty directory: what stands in its way is said here too.
    private func noVault(_ data: DataDirectory, owner: String) -> CheckResult {
        do throws(StartupError) {
            try data.requireEmpty()
        } catch {
            let diagnostic = error.diagnostic
            return .amber(
                "data", diagnostic.message, diagnostic.hints.first ?? DoctorMessages.chooseDirectory
            )
        }
        return .amber(
            "data", DoctorMessages.emptyData(data.path, owner: owner), DoctorMessages.makeVault)
    }

    private func disk(_ data: DataDirectory) -> CheckResult {
        guard let free = MachineCheck.freeSpace(data.path) else {
            return .amber("disk", DoctorMessages.diskUnknown(data.path), DoctorMessages.asRoot)
        }
        let finding = DoctorMessages.disk(free)
        return switch MachineLimits.disk.colour(free, before: .green) {
        case .green: .green("disk", finding)
        case .amber: .amber("disk", finding, DoctorMessages.diskRemedy)
        case .red: .red("disk", finding, DoctorMessages.diskRemedy)
        }
    }

    /// The daemon acknowledges only what is durable: a disk in memory cannot keep that.
    private func fileSystem(_ data: DataDirectory, _ status: FileStatus) -> CheckResult {
        if (try? Files.isOnMemory(data.path)) == true {
            return .red("fsync", DoctorMessages.inMemory(data.path), DoctorMessages.moveData)
        }
        do throws(PlatformError) {
            try Files.synchronizeDirectory(data.path)
        } catch {
            switch error {
            case .system(_, _, .accessDenied):
                return .amber("fsync", DoctorMessages.syncUnknown, DoctorMessages.asRoot)
            default:
                let diagnostic = PlatformMessages.diagnostic(error)
                return .red("fsync", diagnostic.message, DoctorMessages.moveData)
            }
        }
        return .green("fsync", DoctorMessages.synchronised)
    }
}
