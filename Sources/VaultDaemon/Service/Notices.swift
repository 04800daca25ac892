import Synchronization
import VaultEngine
import VaultPlatform

/// Where the engine's diagnostics go: the daemon's log, the service manager, the reserve.
final class Notices: Sendable {
    private let log: DaemonLog
    private let notifier: ServiceNotifier
    private let reserve: EmergencyReserve
    private let onSeal = Mutex<@Sendable () -> Void>({})

    init(log: DaemonLog, notifier: ServiceNotifier, reserve: EmergencyReserve) {
        self.log = log
        self.notifier = notifier
        self.reserve = reserve
    }

    /// What is to be done each time the vault is sealed.
    func whenSealed(_ body: @escaping @Sendable () -> Void) { onSeal.withLock { $0 = body } }

    /// Takes a diagnostic of the engine; on any thread, never blocks for long.
    func take(_ diagnostic: VaultEngine.Diagnostic) {
        log.write(.engine(diagnostic))
        switch diagnostic {
        // The status is readable by everybody on the machine: one word of two.
        case .unsealed:
            tell(.status("unsealed"))
            reserve.restore()
        case .sealed:
            tell(.status("sealed"))
            onSeal.withLock { $0 }()
        case .logUnavailable, .storeUnavailable: reserve.release()
        case .logAvailable: reserve.restore()
        case .unsealFailed, .quarantined, .storeDiffers, .clockMoved, .rotation: break
        }
    }

    /// Tells the service manager, if there is one.
    func tell(_ states: ServiceNotifier.State...) {
        for state in states {
            do throws(PlatformError) {
                try notifier.notify(state)
            } catch {
                log.write(.notificationFailed(error))
            }
        }
    }
}
