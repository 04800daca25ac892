import Dispatch
import Synchronization
import VaultPlatform

/// Space that is given back when the disk is full, so that the audit log can still say what is done
/// about it.
///
/// Without it a full disk stops everything, what operators do to make room included. The file is
/// made at `init`, released once when the log cannot be written, and made anew when there is room.
final class EmergencyReserve: Sendable {
    private let path: String
    private let size: Int
    private let log: @Sendable (DaemonEvent) -> Void
    private let queue = DispatchQueue(label: "carevault.reserve", qos: .utility)

    init(path: String, size: Int, log: @escaping @Sendable (DaemonEvent) -> Void) {
        self.path = path
        self.size = size
        self.log = log
    }

    /// The log cannot be written: gives the space back if that is the cause.
    func release() {
        queue.async { [self] in
            guard (try? Files.exists(path)) == true,
                let free = try? Files.freeSpace(path), free < size
            else { return }
            do throws(PlatformError) {
                try Files.removeDurably(path)
                log(.reserveReleased(path: path))
            } catch {
                log(.reserveFailed(error))
            }
        }
    }

    /// Makes the reserve if it is not there and twice its size is free. Quiet when there is no room.
    func restore() {
        queue.async { [self] in
            guard (try? Files.exists(path)) == false,
                let free = try? Files.freeSpace(Files.parent(of: path)), free > 2 * size
            else { return }
            do throws(PlatformError) {
                try Files.reserve(path, size: size)
                log(.reserveRestored(path: path))
            } catch {
                log(.reserveFailed(error))
            }
        }
    }
}
