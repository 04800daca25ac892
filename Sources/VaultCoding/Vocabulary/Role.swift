/// What a principal may be. The raw value is the name on the wire, in statements and in the log.
package enum Role: String, CaseIterable, Sendable, Hashable {
    case `operator`
    case custodian
    case counsellor
    case caseworker
    case medicalOfficer = "medical-officer"
    case approver
    case analyst
    case auditor
    case intake
    case backup
    case watch

    /// The three groups that exclude each other, and the services beside them.
    package enum Group: Sendable, Hashable {
        case operators, care, auditors, services
    }

    /// The group this role belongs to.
    package var group: Group {
        switch self {
        case .operator: .operators
        case .custodian, .counsellor, .caseworker, .medicalOfficer, .approver, .analyst: .care
        case .auditor: .auditors
        case .intake, .backup, .watch: .services
        }
    }
}

extension Role: Comparable {
    /// The order of declaration: how roles are listed in encodings.
    package static func < (left: Role, right: Role) -> Bool { left.order < right.order }

    private var order: Int { Role.allCases.firstIndex(of: self) ?? Role.allCases.count }
}
