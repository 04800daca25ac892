import Synchronization
import VaultCoding

/// Wrong secrets of each principal since their last login, told to them at the next. In memory only,
/// from the unseal on: the audit log holds them for good, for auditors.
final class LoginMemory: Sendable {
    private let failures = Mutex<[PrincipalID: Int]>([:])

    /// Counts a wrong secret.
    func failed(_ principal: PrincipalID) {
        failures.withLock { $0[principal, default: 0] += 1 }
    }

    /// The count, which begins anew.
    func take(_ principal: PrincipalID) -> Int {
        failures.withLock { $0.removeValue(forKey: principal) ?? 0 }
    }
}
