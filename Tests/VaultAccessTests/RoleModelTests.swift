import Testing
import VaultCoding
import VaultRecords

@testable import VaultAccess

/// The invariants of ANSI INCITS 359 as properties, each over all sets of roles.
@Suite struct RoleModelTests {
    private let shipped = AccessPolicy.shipped

    /// What a session with these roles may do, as names of rows, purposes left aside.
    private func permissions(_ active: Set<Role>, _ policy: AccessPolicy) -> Set<String> {
        let acting = policy.authorised(by: active)
        return Set(
            policy.rules.filter { rule in
                switch rule.holder {
                case .everyone: true
                case .role(let role): acting.contains(role)
                }
            }.map(\.id))
    }

    /// Requests that tell policies apart: every action on every object, with a common purpose.
    private func grantedRequests(_ roles: Set<Role>, _ policy: AccessPolicy) throws -> Set<String> {
        var granted: Set<String> = []
        for action in Action.allCases {
            for target in try Facts.targets() {
                let purpose: PurposeOfUse? = action.isOnRecords ? .coordination : nil
                let request = try Facts.request(roles, action, target, purpose: purpose)
                if denial(request, policy: policy) == nil {
                    granted.insert("\(action.rawValue) \(SlowModel.name(of: target))")
                }
            }
        }
        return granted
    }

    // (1) Every operation that would break separation or acyclicity is refused; the state is a value.
    @Test func assignmentsThatBreakSeparationAreRefused() {
        for held in Facts.legalRoleSets {
            for role in Role.allCases {
                let legal = SlowModel.legal(held.union([role]))
                do {
                    try shipped.checkAssignment(of: role, to: held)
                    #expect(legal)
                } catch {
                    #expect(error == .staticSeparation)
                    #expect(!legal)
                }
            }
        }
    }

    @Test func inheritanceHasNoCycles() throws {
        var hierarchy = RoleHierarchy.empty
        hierarchy = try hierarchy.adding(senior: .custodian, over: .counsellor)
        hierarchy = try hierarchy.adding(senior: .counsellor, over: .analyst)
        let before = hierarchy
        for (senior, junior) in [
            (Role.analyst, Role.custodian), (.analyst, .counsellor), (.counsellor, .custodian),
            (.analyst, .analyst), (.custodian, .custodian),
        ] {
            #expect(throws: AccessError.inheritanceCycle) {
                try hierarchy.adding(senior: senior, over: junior)
            }
        }
        #expect(hierarchy == before)
        #expect(hierarchy.authorised(by: .custodian) == [.custodian, .counsellor, .analyst])
        #expect(hierarchy.authorised(by: .analyst) == [.analyst])
    }

    @Test func inheritanceDoesNotGoAroundSeparation() throws {
        for senior in Role.allCases {
            for junior in Role.allCases where senior != junior {
                let legal = SlowModel.together(senior, junior)
                let changed = try? shipped.addingInheritance(
                    senior: senior, over: junior, assigned: [])
                #expect((changed != nil) == legal)
            }
        }
        let exclusive = try SeparationSet([.counsellor, .analyst], cardinality: 2)
        let policy = try shipped.addingStatic(exclusive, assigned: [])
        // The approver would become an analyst, and one approver is a counsellor as well.
        #expect(throws: AccessError.staticSeparation) {
            try policy.addingInheritance(
                senior: .approver, over: .analyst, assigned: [[.approver, .counsellor]])
        }
    }

    // (2) A role that is taken away no longer counts in live sessions.
    @Test func revokingShrinksLiveSessions() throws {
        let member = try Facts.id(2)
        for held in Facts.legalRoleSets {
            for role in held {
                for rule in shipped.rules {
                    let target = target(of: rule.pattern, member: member)
                    let purpose: PurposeOfUse? = rule.action.isOnRecords ? .coordination : nil
                    var request = try Facts.request(held, rule.action, target, purpose: purpose)
                    request.principal.roles.remove(role)
                    let fresh = try Facts.request(
                        held.subtracting([role]), rule.action, target, purpose: purpose)
                    #expect((denial(request) == nil) == (denial(fresh) == nil))
                }
            }
        }
    }

    /// Some object that the pattern is about.
    private func target(of pattern: MatrixRule.Pattern, member: PrincipalID) -> AccessTarget {
        switch pattern {
        case .nothing:
            return .nothing
        case .kind(let kind):
            return .records(kind)
        case .family(let family):
            return RecordKind.allCases.first { $0.family == family }.map { .records($0) }
                ?? .nothing
        case .memberships(let group):
            return Role.allCases.first { $0.group == group }
                .map { .membership(MembershipChange(role: $0, member: member, held: [])) }
                ?? .nothing
        }
    }

    // (3) Dropping a role never adds a permission.
    @Test func droppingARoleAddsNothing() throws {
        for active in Facts.legalRoleSets where active.count <= 3 {
            let before = try grantedRequests(active, shipped)
            for role in active {
                #expect(
                    try grantedRequests(active.subtracting([role]), shipped).isSubset(of: before))
            }
        }
    }

    // (4) A senior role can do what its juniors can.
    @Test func seniorsIncludeJuniors() throws {
        let care: [Role] = [
            .custodian, .counsellor, .caseworker, .medicalOfficer, .approver, .analyst,
        ]
        for senior in care {
            for junior in care where senior != junior {
                let policy = try shipped.addingInheritance(
                    senior: senior, over: junior, assigned: [])
                #expect(permissions([senior], policy).isSuperset(of: permissions([junior], policy)))
                let granted = try grantedRequests([senior], policy)
                #expect(granted.isSuperset(of: try grantedRequests([junior], policy)))
                #expect(granted.isSuperset(of: try grantedRequests([senior], shipped)))
                // The junior gains nothing.
                #expect(
                    try grantedRequests([junior], policy) == grantedRequests([junior], shipped))
            }
        }
    }

    // (5) A separation that somebody violates today cannot be made.
    @Test func separationMustHoldWhenMade() throws {
        let set = try SeparationSet([.counsellor, .caseworker, .approver], cardinality: 2)
        for roles in Facts.legalRoleSets {
            let violates = roles.intersection(set.roles).count >= 2
            let made = try? shipped.addingStatic(set, assigned: [[], roles])
            #expect((made == nil) == violates)
        }
        #expect(throws: AccessError.malformedSeparation) {
            try SeparationSet([.counsellor, .caseworker], cardinality: 1)
        }
        #expect(throws: AccessError.malformedSeparation) {
            try SeparationSet([.counsellor, .caseworker], cardinality: 3)
        }
    }

    // (6) Roles that exclude each other in a session are not activated together.
    @Test func activationKeepsDynamicSeparation() throws {
        let set = try SeparationSet([.caseworker, .approver], cardinality: 2)
        let policy = try shipped.addingDynamic(set, active: [[.caseworker], [.approver]])
        #expect(throws: AccessError.dynamicSeparation) {
            try shipped.addingDynamic(set, active: [[.caseworker, .approver]])
        }
        for held in Facts.legalRoleSets {
            let both = held.isSuperset(of: [.caseworker, .approver])
            if both {
                #expect(throws: AccessError.dynamicSeparation) {
                    try policy.checkActivation(of: held, held: held)
                }
                #expect(
                    try denial(Facts.request(held, .whoami), policy: policy) == .dynamicSeparation)
            } else {
                #expect(throws: Never.self) { try policy.checkActivation(of: held, held: held) }
                #expect(try denial(Facts.request(held, .whoami), policy: policy) == nil)
            }
        }
        #expect(throws: AccessError.roleNotHeld) {
            try shipped.checkActivation(of: [.counsellor], held: [.caseworker])
        }
        #expect(throws: AccessError.staticSeparation) {
            try shipped.checkActivation(of: [.operator], held: [.operator, .auditor])
        }
        // Inherited roles count: a senior approver who includes caseworker has both active.
        let inherited = try shipped.addingInheritance(
            senior: .approver, over: .caseworker, assigned: [])
        #expect(throws: AccessError.dynamicSeparation) {
            try inherited.addingDynamic(set, active: [[.approver]])
        }
    }

    // (7) The same request has the same answer, and what no rule names is denied.
    @Test func decisionsAreDeterministicAndDenyByDefault() throws {
        let empty = AccessPolicy(version: 9, rules: [], purposes: [:], staticSeparation: [])
        for role in Role.allCases {
            let first = try grantedRequests([role], shipped)
            #expect(try grantedRequests([role], shipped) == first)
            #expect(try grantedRequests([role], empty).isEmpty)
        }
    }

    // (8) Operators open no record, auditors open no content, counsellors export no log.
    @Test func theThreeGroupsStayApart() throws {
        let purposes = [nil] + PurposeOfUse.allCases.map(Optional.some)
        for purpose in purposes {
            for kind in RecordKind.allCases {
                for action in Action.onRecords {
                    for role in Role.allCases where role.group != .care {
                        let request = try Facts.request(
                            [role], action, .records(kind), purpose: purpose)
                        #expect(denial(request) != nil)
                    }
                }
            }
            for action in Action.allCases where action.rawValue.hasPrefix("audit.") {
                for role in Role.allCases where role != .auditor {
                    #expect(try denial(Facts.request([role], action, purpose: purpose)) != nil)
                }
            }
            for action in [
                Action.enlist, .disable, .enable, .amendPrincipal, .rebind, .reenlist, .leave,
                .vaultSeal, .rotateStorage,
            ] {
                for role in Role.allCases where role != .operator {
                    #expect(try denial(Facts.request([role], action, purpose: purpose)) != nil)
                }
            }
        }
    }
}
