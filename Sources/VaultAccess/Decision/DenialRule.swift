/// The rule that denied a request. The raw value is its name in the log and in answers; it never
/// changes its meaning. None depends on a subject, so that a denial tells nothing about one.
package enum DenialRule: String, CaseIterable, Sendable, Hashable {
    case notARequest = "deny:not-a-request"
    case loginNeeded = "deny:login-needed"
    case unknownCaller = "deny:unknown-caller"
    case notListedForUnseal = "deny:not-listed-for-unseal"
    case alreadyEnrolled = "deny:already-enrolled"
    case notEnrolled = "deny:not-enrolled"
    case principalDisabled = "deny:principal-disabled"
    case principalEnded = "deny:principal-ended"
    case clockBehind = "deny:clock-behind"
    case sessionExpired = "deny:session-expired"
    case sessionIdle = "deny:session-idle"
    case staticSeparation = "deny:static-separation"
    case dynamicSeparation = "deny:dynamic-separation"
    case roleMissing = "deny:role-missing"
    case roleNotActive = "deny:role-not-active"
    case roleRevoked = "deny:role-revoked"
    case purposeMissing = "deny:purpose-missing"
    case purposeNotForRole = "deny:purpose-not-for-role"
    case compartmentNotHeld = "deny:compartment-not-held"
    case selfGrant = "deny:self-grant"
    case grantSeparation = "deny:grant-separation"

    /// One line: why, and what to do.
    package var explanation: String {
        switch self {
        case .notARequest:
            "this happens to the vault; nobody can ask for it"
        case .loginNeeded:
            "this needs a login: log in first"
        case .unknownCaller:
            "your account is not enlisted: ask an operator"
        case .notListedForUnseal:
            "your account is not on the list of those who may unseal: ask an operator"
        case .alreadyEnrolled:
            "you are enrolled already: log in, or ask an operator to re-enlist you"
        case .notEnrolled:
            "you are enlisted but not enrolled: enrol with the code that the operator gave you"
        case .principalDisabled:
            "your account is disabled: ask an operator"
        case .principalEnded:
            "your end date has passed: ask a custodian or an auditor for a new grant"
        case .clockBehind:
            "the clock stands before the time of your login: log in again"
        case .sessionExpired:
            "the login has lasted as long as a login may: log in again"
        case .sessionIdle:
            "the login was unused for too long: log in again"
        case .staticSeparation:
            "your account holds roles that exclude each other: one of them must be revoked"
        case .dynamicSeparation:
            "roles that exclude each other are active in this session: log in with one of them"
        case .roleMissing:
            "none of your roles allows this"
        case .roleNotActive:
            "a role of yours allows this but is not active: log in with it"
        case .roleRevoked:
            "the role that allowed this was revoked: log in again"
        case .purposeMissing:
            "opening files needs a purpose: state one"
        case .purposeNotForRole:
            "none of your active roles that allow this may claim this purpose: state another"
        case .compartmentNotHeld:
            "your grant does not include the compartment of these files: ask a custodian"
        case .selfGrant:
            "nobody grants a role to themselves: ask a colleague of yours"
        case .grantSeparation:
            "the person holds a role that excludes this one: revoke that one first"
        }
    }
}
