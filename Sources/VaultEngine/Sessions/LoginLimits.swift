/// Bounds of logins and enrolments, in microseconds where they are times. How long a login may live
/// and idle is a matter of access: `VaultAccess.SessionLimits`.
package enum LoginLimits {
    private static let minute: UInt64 = 60_000_000
    /// Logins of one principal at a time: a desk, a second screen, a forgotten one. The oldest goes.
    package static let perPrincipal = 8
    /// Bytes of a token: 256 bits cannot be guessed.
    package static let tokenBytes = 32
    /// How long an offered enrolment waits for its secret to be typed back.
    package static let enrolment = 15 * minute
    /// Offered enrolments of one uid at a time.
    package static let enrolmentsPerUID = 4
    /// Wrong secrets of one uid that cost nothing but the derivation.
    package static let freeFailures = 5
    /// The wait after the first failure beyond these; it doubles with each further one.
    package static let firstWait: UInt64 = 1_000_000
    /// The longest wait: a forgotten secret must not lock a desk for the day.
    package static let longestWait = 5 * minute

    /// Logins ended by a change whose owners are told so: more than an office has people in a day.
    static let changedLogins = 1_024
}
