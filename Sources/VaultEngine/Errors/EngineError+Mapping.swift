import VaultAudit
import VaultKeyring
import VaultStatements
import VaultStorage

/// Errors of the modules below in the engine's words.
struct ErrorPlaces: Sendable {
    let header: String
    let store: String
    let log: String

    init(_ world: VaultEnvironment) {
        header = world.headerPath
        store = world.storePath
        log = world.logPath
    }

    private static let restore = "restore the vault's files together from one backup"

    /// The store.
    func engine(_ error: StorageError) -> EngineError {
        switch error {
        case .corrupt, .missing, .foreign, .exists:
            .damaged(file: store, detail: "\(error)", remedy: Self.restore)
        default: Core.unavailable(error)
        }
    }

    /// The log's file.
    func engine(_ error: AuditStoreError) -> EngineError {
        switch error {
        case .corrupt, .missing, .foreign, .exists, .notContiguous:
            .damaged(file: log, detail: "\(error)", remedy: Self.restore)
        default: .unavailable(.logUnavailable, detail: "\(error)")
        }
    }

    /// The log.
    func engine(_ error: AuditError) -> EngineError {
        switch error {
        case .store(let error): engine(error)
        case .busy: .tooManyRequests(retryMicroseconds: 100_000)
        case .sealed, .notSealed, .closed: .sealed
        case .sodium(let error):
            .unavailable(.keyUnusable, detail: "\(error)")
        case .tooMany, .outOfRange:
            .invalidArgument(name: "range", problem: "\(error)")
        default: .damaged(file: log, detail: "\(error)", remedy: Self.restore)
        }
    }

    /// Keys.
    func engine(_ error: KeyringError) -> EngineError {
        switch error {
        case .secretMalformed, .wrongSecret, .codeUnknown, .codeExpired: .wrongSecret
        case .storage(let error): engine(error)
        case .sodium(let error):
            .unavailable(.keyUnusable, detail: "\(error)")
        case .headerMalformed, .headerFormat, .headerChanged, .storageKeyMissing:
            .damaged(file: header, detail: "\(error)", remedy: Self.restore)
        case .alreadyFounded: .alreadyFounded
        case .foundingSeatTaken: .conflict(.principalState)
        case .foundingDraftDiffers: .conflict(.stale)
        case .wordsDiffer: .conflict(.fingerprint)
        case .staleGeneration, .notGranted: .denied(reference: "", rule: "\(error)")
        case .tooLong(let what, let limit):
            .invalidArgument(name: what, problem: "longer than \(limit)")
        case .rotationRunning: .alreadyRotating
        case .noRotation: .conflict(.noRotation)
        case .rowsRemain: .conflict(.rowsRemain)
        case .lastSlot, .slotUnknown:
            .invalidArgument(name: "action", problem: "\(error)")
        case .statement(let error): engine(error)
        case .rowMissing, .rowDamaged, .boxMismatch, .identityMismatch, .pinOtherVault,
            .pinRolledBack, .pinForked, .fenceMismatch:
            .damaged(file: store, detail: "\(error)", remedy: Self.restore)
        }
    }

    /// Keys at unseal. A statement that does not hold there is no request that was refused: somebody
    /// wrote it into the store.
    func unsealing(_ error: KeyringError) -> EngineError {
        guard case .statement(let error) = error else { return engine(error) }
        return .damaged(file: store, detail: "statements: \(error)", remedy: Self.restore)
    }

    /// A statement that the chain does not take, or a chain that does not hold.
    func engine(_ error: StatementError) -> EngineError {
        switch error {
        case .refused(_, _, let rule):
            switch rule {
            case .freeName: .conflict(.nameTaken)
            case .freeUID: .conflict(.uidTaken)
            case .knownPrincipal, .isEnabled, .isDisabled, .holdsGrant, .sameKeys:
                .conflict(.principalState)
            default: .invalidArgument(name: "request", problem: rule.rawValue)
            }
        case .notEntitled(_, _, .notOneself): .denied(reference: "", rule: "not-oneself")
        case .notEntitled(_, _, let rule): .denied(reference: "", rule: rule.sentence)
        default: .damaged(file: store, detail: "statements: \(error)", remedy: Self.restore)
        }
    }
}

/// Runs `body`, its errors as the engine's.
func fromKeyring<R: ~Copyable>(
    _ places: ErrorPlaces, _ body: () throws(KeyringError) -> R
) throws(EngineError) -> R {
    do { return try body() } catch { throw places.engine(error) }
}

/// Runs `body`, its errors as the engine's.
func fromStore<R>(
    _ places: ErrorPlaces, _ body: () throws(StorageError) -> R
) throws(EngineError) -> R {
    do { return try body() } catch { throw places.engine(error) }
}

/// Runs `body`, its errors as the engine's.
func fromLog<R: ~Copyable>(
    _ places: ErrorPlaces, _ body: () throws(AuditError) -> R
) throws(EngineError) -> R {
    do { return try body() } catch { throw places.engine(error) }
}

/// Runs `body`, its errors as the engine's.
func fromStatements<R>(
    _ places: ErrorPlaces, _ body: () throws(StatementError) -> R
) throws(EngineError) -> R {
    do { return try body() } catch { throw places.engine(error) }
}
