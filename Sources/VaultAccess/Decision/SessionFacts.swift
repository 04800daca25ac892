package import VaultCoding

/// What the daemon knows about a login at the time of the decision. Times are in microseconds since
/// 1970-01-01 UTC.
package struct SessionFacts: Sendable {
    /// The roles that the person took up at login or since.
    package var activeRoles: Set<Role>
    /// When the login was made.
    package var openedAt: UInt64
    /// When the session was last used before this request.
    package var lastUsedAt: UInt64
    /// Whether it was ended: by its owner, by a disabling or revoking, or with the seal.
    package var isEnded: Bool

    /// Facts, as they are.
    package init(
        activeRoles: Set<Role>, openedAt: UInt64, lastUsedAt: UInt64, isEnded: Bool = false
    ) {
        self.activeRoles = activeRoles
        self.openedAt = openedAt
        self.lastUsedAt = lastUsedAt
        self.isEnded = isEnded
    }
}

/// How long a login lasts, in microseconds.
package enum SessionLimits {
    /// Eight hours, a working day: nobody stays logged in overnight.
    package static let absolute: UInt64 = 8 * 60 * 60 * 1_000_000
    /// An hour without use for care staff, because a counselling conversation takes about that long.
    package static let idleCare: UInt64 = 60 * 60 * 1_000_000
    /// Fifteen minutes without use for everybody else, as is usual for administrative consoles.
    package static let idle: UInt64 = 15 * 60 * 1_000_000

    /// The idle limit of a session: the care limit only if every active role is a care role.
    package static func idle(for roles: Set<Role>) -> UInt64 {
        !roles.isEmpty && roles.allSatisfy { $0.group == .care } ? idleCare : idle
    }
}

/// How long logins last in one office: at most what ``SessionLimits`` says, and less where it wants.
package struct SessionBounds: Sendable, Equatable {
    /// Without use, microseconds.
    package let idle: UInt64
    /// Without use for care staff, microseconds.
    package let idleCare: UInt64
    /// In any case, microseconds.
    package let absolute: UInt64

    /// Bounds; what is more than the limits is cut to them.
    package init(
        idle: UInt64 = SessionLimits.idle, idleCare: UInt64 = SessionLimits.idleCare,
        absolute: UInt64 = SessionLimits.absolute
    ) {
        self.idle = min(idle, SessionLimits.idle)
        self.idleCare = min(idleCare, SessionLimits.idleCare)
        self.absolute = min(absolute, SessionLimits.absolute)
    }

    /// The idle bound of a session: the care bound only if every active role is a care role.
    package func idle(for roles: Set<Role>) -> UInt64 {
        !roles.isEmpty && roles.allSatisfy { $0.group == .care } ? idleCare : idle
    }
}
