import VaultAudit
import VaultStorage

extension AuditStoreError {
    /// The same failure in the words of the audit store's contract.
    init(_ error: StorageError) {
        self =
            switch error {
            case .full(let path): .full(path: path)
            case .corrupt(let path, let detail): .corrupt(path: path, detail: detail)
            case .unavailable(let path, let code, let operation):
                .unavailable(path: path, code: code, operation: operation)
            case .outcomeUnknown(let path): .outcomeUnknown(path: path)
            case .locked(let path): .locked(path: path)
            case .missing(let path): .missing(path: path)
            case .exists(let path): .exists(path: path)
            case .foreign(let path, let detail): .foreign(path: path, detail: detail)
            case .closed: .closed
            case .preconditionFailed, .tooLarge:
                preconditionFailure(
                    "internal error: an append has no preconditions and bounded records")
            }
    }
}
