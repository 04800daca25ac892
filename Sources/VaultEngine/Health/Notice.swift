import Synchronization
package import VaultCoding

/// What somebody who watches the vault is told: that something changed, never about whom. No name, no
/// content, no identifier.
package enum Notice: Sendable, Equatable {
    /// The storage lock was opened or closed.
    case state(VaultStatus.State)
    /// A finding appeared or changed its colour.
    case found(HealthFinding)
    /// A finding is gone.
    case cleared(HealthCode)
    /// An account gave so many wrong secrets that it has to wait.
    case lockedOut
    /// So many calls of one account were refused before a login, within a moment.
    case refused(count: Int)
    /// An act on the directory or the keys took effect, such as a founding or a disable.
    case acted(Action)

    /// Whether it tells of what people do: for those who answer for people, and not for everybody who
    /// can connect.
    package var isAboutPeople: Bool {
        switch self {
        case .state, .found, .cleared: false
        case .lockedOut, .refused, .acted: true
        }
    }
}

/// Tells notices to one listener, in the order in which they happened.
final class NoticeBoard: Sendable {
    private let listener = Mutex<(@Sendable (Notice) -> Void)?>(nil)

    /// From here on this listener is told. It is called on any thread, within locks: it must only
    /// queue, and ask nothing of the vault.
    func listen(_ body: @escaping @Sendable (Notice) -> Void) { listener.withLock { $0 = body } }

    func tell(_ notice: Notice) { listener.withLock { $0 }?(notice) }
}
