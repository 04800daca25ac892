import VaultAudit
import VaultEngine
import VaultStorage
import VaultText

/// What to say when a database does not open.
enum StorageWords {
    static func diagnostic(_ error: StorageError) -> VaultText.Diagnostic {
        switch error {
        case .full(let path): StorageMessages.full(path)
        case .corrupt(let path, let detail): StorageMessages.damaged(path, detail: detail)
        case .unavailable(let path, let code, let operation):
            StorageMessages.unavailable(path, operation: operation, code: code)
        case .outcomeUnknown(let path): StorageMessages.outcomeUnknown(path)
        case .locked(let path): StorageMessages.locked(path)
        case .missing(let path): DaemonMessages.missingFile(path)
        case .exists(let path): StorageMessages.exists(path)
        case .foreign(let path, let detail): StorageMessages.foreign(path, detail: detail)
        case .preconditionFailed, .tooLarge, .closed: StorageMessages.fault
        }
    }

    static func diagnostic(_ error: AuditStoreError) -> VaultText.Diagnostic {
        switch error {
        case .full(let path): StorageMessages.full(path)
        case .corrupt(let path, let detail): StorageMessages.damaged(path, detail: detail)
        case .unavailable(let path, let code, let operation):
            StorageMessages.unavailable(path, operation: operation, code: code)
        case .outcomeUnknown(let path): StorageMessages.outcomeUnknown(path)
        case .locked(let path): StorageMessages.locked(path)
        case .missing(let path): DaemonMessages.missingFile(path)
        case .exists(let path): StorageMessages.exists(path)
        case .foreign(let path, let detail): StorageMessages.foreign(path, detail: detail)
        case .notContiguous, .closed: StorageMessages.fault
        }
    }
}

/// What to say when the engine refuses at the start or at `init`.
enum EngineWords {
    static func diagnostic(_ error: EngineError) -> VaultText.Diagnostic {
        switch error {
        case .damaged(let file, let detail, let remedy):
            EngineMessages.damaged(file, detail: detail, remedy: remedy)
        case .unavailable(let obstacle, let detail):
            EngineMessages.unavailable(ObstacleMessages(obstacle), detail: detail)
        case .invalidArgument(let name, let problem):
            EngineMessages.invalidArgument(
                name, RequestProblemMessages.rule(problem) ?? Message(verbatim: problem))
        case .internalError(let reference): EngineMessages.fault(reference)
        case .sealed, .alreadyUnsealed, .notFounded, .alreadyFounded, .alreadyRotating,
            .loginNeeded, .loginChanged, .foreignLogin, .wrongSecret, .mayNotUnseal,
            .tooManyRequests, .purposeNeeded, .denied, .notFound, .grantEnded, .invalidFields,
            .unknownKind,
            .conflict, .idempotencyReused, .outcomePending, .quarantined:
            EngineMessages.fault("start")
        }
    }
}
