/// How the program ends: what scripts decide on.
enum ExitStatus: Int32, Sendable {
    /// Done.
    case success = 0
    /// Something failed that no other code names; of `status --check`: amber.
    case failure = 1
    /// The command line is wrong; of `status --check`: red.
    case usage = 2
    /// It does not exist or is not allowed; which of the two may not be told.
    case refused = 3
    /// The vault is sealed.
    case sealed = 4
    /// A login is needed.
    case loginNeeded = 5
    /// The daemon cannot be reached or cannot do this now.
    case unavailable = 6
    /// Verification: something was forged, cut or changed.
    case invalid = 10
    /// Verification: something is missing.
    case incomplete = 11
    /// Verification: consistent, but nothing from outside vouches for it.
    case unpinned = 12
}
