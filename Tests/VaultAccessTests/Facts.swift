import Testing
import VaultCoding
import VaultRecords

@testable import VaultAccess

/// Requests for tests to bend: a healthy principal and session.
enum Facts {
    static let now: UInt64 = 1_700_000_000_000_000

    static func id(_ byte: UInt8) throws -> PrincipalID {
        try #require(PrincipalID(Array(repeating: byte, count: 16)))
    }

    static func request(
        _ roles: Set<Role>, _ action: Action, _ target: AccessTarget = .nothing,
        purpose: PurposeOfUse? = nil, compartments: Set<Compartment> = Set(Compartment.allCases)
    ) throws -> AccessRequest {
        AccessRequest(
            principal: PrincipalFacts(
                id: try id(1), roles: roles, compartments: compartments, state: .active,
                endsAt: nil),
            session: SessionFacts(activeRoles: roles, openedAt: now - 1_000, lastUsedAt: now - 10),
            action: action, target: target, purpose: purpose, now: now)
    }

    /// Every object there is: none, each kind, each role given to a stranger without roles.
    static func targets() throws -> [AccessTarget] {
        let member = try id(2)
        let changes = Role.allCases.map {
            AccessTarget.membership(MembershipChange(role: $0, member: member, held: []))
        }
        return [.nothing] + RecordKind.allCases.map { .records($0) } + changes
    }

    /// Every set of roles.
    static let roleSets: [Set<Role>] = (0..<(1 << Role.allCases.count)).map { bits in
        Set(Role.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
    }

    static let legalRoleSets = roleSets.filter(SlowModel.legal)
}

/// The rule that denies, or nil if granted.
func denial(_ request: AccessRequest, policy: AccessPolicy = .shipped) -> DenialRule? {
    switch decide(request, policy: policy) {
    case .granted: nil
    case .denied(let denial): denial.rule
    }
}
