package import VaultAudit
package import VaultEngine
package import VaultPlatform
package import VaultSocket
package import VaultStorage
package import VaultText

/// Why the daemon does not start, or a vault is not made.
package enum StartupError: Error, Sendable {
    /// The operating system refused, or something is not as private as it must be.
    case platform(PlatformError)
    /// A new vault needs an empty directory; `found` is one name in it.
    case directoryNotEmpty(path: String, found: String)
    /// A vault was to be made here, and whoever made it was killed: only its files, and no header.
    case interruptedCreation(path: String, files: [String])
    /// Something else stands where the data directory must be.
    case notADirectory(path: String)
    /// There is nothing here.
    case noVault(path: String)
    /// There are files, but no header: the making of the vault did not finish.
    case unfinishedVault(path: String)
    /// The vault's directory belongs to another account, which is the one to run the daemon.
    case otherOwner(path: String, owner: UInt32)
    /// A database of the vault is gone.
    case missingFile(path: String)
    /// The store cannot be opened.
    case store(StorageError)
    /// The audit log cannot be opened.
    case log(AuditStoreError)
    /// The engine refuses the files.
    case engine(EngineError)
    /// The socket cannot be served.
    case socket(SocketError, path: String)
    /// Freed memory would keep plaintext: this build lacks the wiping `free`.
    case wipingFreeMissing
    /// A person did not answer, or did not type the words back.
    case prompt(PromptError)
    /// Neither a terminal nor files to give the generated secrets to.
    case noPlaceForSecrets
    /// A vault is not made as it was asked for.
    case creation(CreationProblem)
    /// The settings file is refused.
    case settings(SettingsProblem)

    /// The exit code: 2 for a way of calling that cannot work, else 1.
    package var exitCode: Int32 {
        switch self {
        case .noPlaceForSecrets, .settings, .creation: 2
        default: 1
        }
    }

    /// A stable name for programs.
    package var code: String {
        switch self {
        case .platform: "system"
        case .directoryNotEmpty: "directory-not-empty"
        case .interruptedCreation: "interrupted-creation"
        case .notADirectory: "not-a-directory"
        case .noVault: "no-vault"
        case .unfinishedVault: "unfinished-vault"
        case .otherOwner: "other-owner"
        case .missingFile: "missing-file"
        case .store: "store"
        case .log: "log"
        case .engine: "engine"
        case .socket: "socket"
        case .wipingFreeMissing: "wiping-free-missing"
        case .prompt: "prompt"
        case .noPlaceForSecrets: "no-place-for-secrets"
        case .creation: "creation"
        case .settings: "settings"
        }
    }

    /// What to say.
    package var diagnostic: VaultText.Diagnostic {
        switch self {
        case .platform(let error): PlatformMessages.diagnostic(error)
        case .directoryNotEmpty(let path, let found):
            DaemonMessages.directoryNotEmpty(path, found: found)
        case .interruptedCreation(let path, let files):
            DaemonMessages.interruptedCreation(path, files: files)
        case .notADirectory(let path): DaemonMessages.notADirectory(path)
        case .noVault(let path): DaemonMessages.noVault(path)
        case .unfinishedVault(let path): DaemonMessages.unfinishedVault(path)
        case .otherOwner(let path, let owner): DaemonMessages.otherOwner(path, owner: owner)
        case .missingFile(let path): DaemonMessages.missingFile(path)
        case .store(let error): StorageWords.diagnostic(error)
        case .log(let error): StorageWords.diagnostic(error)
        case .engine(let error): EngineWords.diagnostic(error)
        case .socket(.notListening, let path): DaemonMessages.socketNotListening(path)
        case .socket(.backlogRefused(let code), let path):
            PlatformMessages.diagnostic(.system(operation: .listen, path: path, code: code))
        case .wipingFreeMissing: DaemonMessages.wipingFreeMissing
        case .prompt(let error): error.diagnostic
        case .noPlaceForSecrets: DaemonMessages.noPlaceForSecrets
        case .creation(let problem): problem.diagnostic
        case .settings(let problem): problem.diagnostic
        }
    }
}

/// Why a vault is not made as it was asked for. Nothing was made yet.
package enum CreationProblem: Error, Sendable {
    /// The operator's name cannot be one.
    case badName
    /// Something has to be said, and there is no terminal to ask at.
    case unsaid
    /// The person said no.
    case declined
    /// A key file would lie beside what it opens.
    case keyInsideData(String)
    /// Only root hands files over.
    case ownerNeedsRoot

    /// What to say.
    var diagnostic: VaultText.Diagnostic {
        switch self {
        case .badName: CreationQuestions.nameRefused
        case .unsaid: CreationQuestions.unsaid
        case .declined: CreationQuestions.declined
        case .keyInsideData(let file): CreationQuestions.keyInsideData(file)
        case .ownerNeedsRoot: CreationQuestions.ownerNeedsRoot
        }
    }
}
