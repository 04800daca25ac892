import Dispatch
import Glibc
import Synchronization

/// Ends the waiting on a socket when its time is over: shuts the socket down, so that the blocked
/// read sees its end.
final class Watchdog: Sendable {
    private enum State {
        case armed, disarmed, fired
    }

    private let state = Mutex(State.armed)

    /// Starts to count.
    /// - Parameter descriptor: stays open until `disarm` was called.
    init(_ descriptor: CInt, seconds: Int) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [self] in
            state.withLock { state in
                guard case .armed = state else { return }
                state = .fired
                _ = Glibc.shutdown(descriptor, CInt(SHUT_RDWR))
            }
        }
    }

    /// Stops counting; the descriptor is not touched afterwards.
    /// - Returns: whether the time was over before.
    func disarm() -> Bool {
        state.withLock { state in
            if case .fired = state { return true }
            state = .disarmed
            return false
        }
    }
}
