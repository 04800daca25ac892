/// Why a change of a policy, of an assignment or of a session's roles is refused. All are the
/// caller's; the state stays as it was.
package enum AccessError: Error, Equatable, Sendable {
    /// The inheritance would make a role include itself.
    case inheritanceCycle
    /// A separation needs at least two roles and a cardinality from 2 to their number.
    case malformedSeparation
    /// A principal would hold, or through inheritance be authorised for, roles that exclude each other.
    case staticSeparation
    /// Roles that exclude each other in one session would be active together.
    case dynamicSeparation
    /// The role is neither held nor included in a held one.
    case roleNotHeld
}

extension AccessError: CustomStringConvertible {
    /// What is wrong and what to do.
    package var description: String {
        switch self {
        case .inheritanceCycle:
            "a role would include itself: remove the opposite inheritance first"
        case .malformedSeparation:
            "a separation needs two roles or more and a limit between 2 and their number"
        case .staticSeparation:
            "these roles exclude each other: revoke the other role first, or choose another person"
        case .dynamicSeparation:
            "these roles cannot be active in one session: log in with one of them"
        case .roleNotHeld:
            "the role is not held: ask for a grant, or log in without it"
        }
    }
}
