import Testing
import VaultCoding
import VaultRecords

@testable import VaultAccess

@Suite struct DecisionTests {
    private func reading() throws -> AccessRequest {
        try Facts.request(
            [.counsellor], .read, .records(.counsellingSession), purpose: .treatment,
            compartments: [.registry, .counselling])
    }

    @Test func aGrantSaysWhatItIsFor() throws {
        let request = try reading()
        switch decide(request) {
        case .denied(let denial): Issue.record("\(denial)")
        case .granted(let grant):
            #expect(grant.principal == request.principal.id)
            #expect(grant.action == .read)
            #expect(grant.kind == .counsellingSession)
            #expect(grant.purpose == .treatment)
            #expect(grant.roles == [.counsellor])
            #expect(grant.rule == "allow:counsellor:record.read:counselling.session")
            #expect(grant.policyVersion == 2)
            #expect(grant.decidedAt == Facts.now)
        }
    }

    @Test func allRolesThatAllowItAct() throws {
        let request = try Facts.request(
            [.caseworker, .counsellor, .approver], .read, .records(.registrySubject),
            purpose: .careManagement)
        guard case .granted(let grant) = decide(request) else {
            Issue.record("denied")
            return
        }
        #expect(grant.roles == [.counsellor, .caseworker])
    }

    @Test func aPurposeOfOneRoleDoesNotServeAnother() throws {
        // The caseworker may claim payment, but only the counsellor may open sessions.
        let request = try Facts.request(
            [.caseworker, .counsellor], .read, .records(.counsellingSession), purpose: .payment)
        #expect(denial(request) == .purposeNotForRole)
    }

    @Test(arguments: [
        (PrincipalFacts.State.enlisted, DenialRule.notEnrolled), (.disabled, .principalDisabled),
    ])
    func standingComesFirst(state: PrincipalFacts.State, rule: DenialRule) throws {
        for action in Action.allCases where action.isRequestable {
            var request = try Facts.request([.counsellor], action)
            request.principal.state = state
            #expect(denial(request) == rule)
        }
    }

    @Test func rightsEndOnTheirDay() throws {
        var request = try reading()
        request.principal.endsAt = Facts.now + 1
        #expect(denial(request) == nil)
        request.principal.endsAt = Facts.now
        #expect(denial(request) == .principalEnded)
        request.principal.endsAt = 0
        #expect(denial(request) == .principalEnded)
    }

    @Test func sessionsEnd() throws {
        var request = try reading()
        request.session.openedAt = Facts.now - SessionLimits.absolute + 1
        #expect(denial(request) == nil)
        request.session.openedAt = Facts.now - SessionLimits.absolute
        #expect(denial(request) == .sessionExpired)
        request.session.openedAt = Facts.now + 1
        #expect(denial(request) == .clockBehind)
        request.session.openedAt = 0
        request.now = .max
        #expect(denial(request) == .sessionExpired)
    }

    @Test(arguments: [
        (Role.counsellor, SessionLimits.idleCare), (.operator, SessionLimits.idle),
        (.auditor, SessionLimits.idle),
    ])
    func unusedSessionsEnd(role: Role, limit: UInt64) throws {
        var request = try Facts.request([role], .whoami)
        request.session.openedAt = Facts.now - limit
        request.session.lastUsedAt = Facts.now - limit + 1
        #expect(denial(request) == nil)
        request.session.lastUsedAt = Facts.now - limit
        #expect(denial(request) == .sessionIdle)
        // A request beside this one came a little later.
        request.session.lastUsedAt = Facts.now + 5
        #expect(denial(request) == nil)
    }

    @Test func filesNeedAPurposeThatTheRoleMayClaim() throws {
        var request = try reading()
        request.purpose = nil
        #expect(denial(request) == .purposeMissing)
        for purpose in [PurposeOfUse.breakGlass, .research, .test, .payment, .systemAdministration]
        {
            request.purpose = purpose
            #expect(denial(request) == .purposeNotForRole)
        }
        request.principal.compartments = [.registry]
        request.purpose = .treatment
        #expect(denial(request) == .compartmentNotHeld)
    }

    @Test func missingRolesAreToldApart() throws {
        var request = try reading()
        request.session.activeRoles = []
        #expect(denial(request) == .roleNotActive)
        request.session.activeRoles = [.counsellor]
        request.principal.roles = []
        #expect(denial(request) == .roleRevoked)
        request.session.activeRoles = []
        #expect(denial(request) == .roleMissing)
        #expect(try denial(Facts.request([], .read, .records(.hardshipCase))) == .roleMissing)
    }

    @Test func nobodyGrantsToThemselves() throws {
        let change = MembershipChange(
            role: .caseworker, member: try Facts.id(1), held: [.custodian])
        #expect(try denial(Facts.request([.custodian], .grant, .membership(change))) == .selfGrant)
        // Giving a role up is everybody's right who may revoke it.
        #expect(try denial(Facts.request([.custodian], .revoke, .membership(change))) == nil)
    }

    @Test func grantsKeepRolesApart() throws {
        for granter in [Role.custodian, .auditor] {
            for role in Role.allCases {
                for held in Facts.legalRoleSets {
                    let change = MembershipChange(role: role, member: try Facts.id(2), held: held)
                    let request = try Facts.request([granter], .grant, .membership(change))
                    let allowed = SlowModel.allows(granter, "principal.grant", role.rawValue)
                    let legal = SlowModel.legal(held.union([role]))
                    let expected: DenialRule? =
                        !allowed ? .roleMissing : legal ? nil : .grantSeparation
                    #expect(denial(request) == expected)
                }
            }
        }
    }

    @Test func anObjectThatDoesNotFitIsDenied() throws {
        #expect(
            try denial(Facts.request([.operator], .vaultSeal, .records(.hardshipCase)))
                == .roleMissing)
        #expect(
            try denial(Facts.request([.counsellor], .read, purpose: .treatment)) == .roleMissing)
        #expect(try denial(Facts.request([.custodian], .grant)) == .roleMissing)
    }

    @Test func beforeLoginOnlyFourThingsAreOpen() throws {
        var principal = try Facts.request([], .whoami).principal
        func rule(_ action: Action, _ caller: CallerFacts) -> DenialRule? {
            switch decideBeforeLogin(action, caller: caller, now: Facts.now) {
            case .granted: nil
            case .denied(let denial): denial.rule
            }
        }
        let stranger = CallerFacts(mayUnseal: false, principal: nil)
        #expect(rule(.vaultStatus, stranger) == nil)
        #expect(rule(.vaultUnseal, stranger) == .notListedForUnseal)
        #expect(rule(.vaultUnseal, CallerFacts(mayUnseal: true, principal: nil)) == nil)
        #expect(rule(.login, stranger) == .unknownCaller)
        #expect(rule(.enrol, stranger) == .unknownCaller)
        let expected: [PrincipalFacts.State: (login: DenialRule?, enrol: DenialRule?)] = [
            .enlisted: (.notEnrolled, nil), .active: (nil, .alreadyEnrolled),
            .disabled: (.principalDisabled, .principalDisabled),
        ]
        for state in PrincipalFacts.State.allCases {
            principal.state = state
            let caller = CallerFacts(mayUnseal: false, principal: principal)
            #expect(rule(.login, caller) == expected[state]?.login)
            #expect(rule(.enrol, caller) == expected[state]?.enrol)
            #expect(rule(.vaultStatus, caller) == nil)
            #expect(rule(.vaultUnseal, caller) == .notListedForUnseal)
        }
        principal.state = .active
        principal.endsAt = Facts.now
        let ended = CallerFacts(mayUnseal: true, principal: principal)
        #expect(rule(.login, ended) == .principalEnded)
        let open: Set<Action> = [.vaultStatus, .vaultUnseal, .login, .enrol]
        for action in Action.allCases where !open.contains(action) {
            let wanted: DenialRule = action.isRequestable ? .loginNeeded : .notARequest
            #expect(rule(action, ended) == wanted)
        }
    }
}
