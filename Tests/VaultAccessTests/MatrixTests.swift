import Foundation
import Testing
import VaultCoding
import VaultRecords

@testable import VaultAccess

@Suite struct MatrixTests {
    /// Every legal set of roles × action × object × purpose, all compartments held.
    @Test func theDecisionEqualsTheSlowModel() throws {
        let targets = try Facts.targets()
        var granted = 0
        for roles in Facts.legalRoleSets where roles.count <= 2 {
            for action in Action.allCases {
                for target in targets {
                    for purpose in [nil] + PurposeOfUse.allCases.map(Optional.some) {
                        let all = Set(Compartment.allCases)
                        let expected = SlowModel.decides(roles, action, target, purpose, all)
                        let request = try Facts.request(roles, action, target, purpose: purpose)
                        let found = denial(request) == nil
                        if found { granted += 1 }
                        if found != expected {
                            Issue.record(
                                "\(roles) \(action) \(target) \(String(describing: purpose))")
                        }
                    }
                }
            }
        }
        #expect(granted > 100)
    }

    /// Larger sets of roles: with the purposes that separate the roles best.
    @Test func largerSetsOfRolesAddUp() throws {
        let targets = try Facts.targets()
        for roles in Facts.legalRoleSets where roles.count > 2 {
            for action in Action.allCases {
                for target in targets {
                    for purpose in [nil, .treatment, .payment, .legal, .test] as [PurposeOfUse?] {
                        let all = Set(Compartment.allCases)
                        let expected = SlowModel.decides(roles, action, target, purpose, all)
                        let request = try Facts.request(roles, action, target, purpose: purpose)
                        if (denial(request) == nil) != expected {
                            Issue.record(
                                "\(roles) \(action) \(target) \(String(describing: purpose))")
                        }
                    }
                }
            }
        }
    }

    /// Every subset of compartments, for every role and kind.
    @Test func filesNeedTheirCompartment() throws {
        for bits in 0..<(1 << Compartment.allCases.count) {
            let held = Set(
                Compartment.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }
                    .map(\.element))
            for role in Role.allCases {
                for kind in RecordKind.allCases {
                    for action in Action.onRecords {
                        let request = try Facts.request(
                            [role], action, .records(kind), purpose: .coordination,
                            compartments: held)
                        let expected = SlowModel.decides(
                            [role], action, .records(kind), .coordination, held)
                        #expect((denial(request) == nil) == expected)
                    }
                }
            }
        }
    }

    @Test func illegalSetsOfRolesDoNothing() throws {
        for roles in Facts.roleSets where !SlowModel.legal(roles) {
            #expect(try denial(Facts.request(roles, .whoami)) == .staticSeparation)
        }
        #expect(Facts.legalRoleSets.count == 64 + 1 + 1 + 3)
    }

    @Test func nobodyCanAskForEvents() throws {
        let events: [Action] = [
            .vaultInit, .vaultStart, .vaultStop, .vaultHealth, .refusals, .quarantine, .auditEpoch,
        ]
        for action in events {
            for role in Role.allCases {
                #expect(try denial(Facts.request([role], action)) == .notARequest)
            }
            #expect(AccessPolicy.shipped.rules(for: action).isEmpty)
        }
    }

    @Test func rulesHaveNamesOfTheirOwn() {
        let rules = AccessPolicy.shipped.rules
        #expect(Set(rules.map(\.id)).count == rules.count)
        #expect(rules.contains { $0.id == "allow:counsellor:record.read:counselling.session" })
        #expect(rules.contains { $0.id == "allow:medical-officer:record.amend:medical.*" })
        #expect(rules.contains { $0.id == "allow:everyone:session.whoami" })
        #expect(Set(DenialRule.allCases.map(\.explanation)).count == DenialRule.allCases.count)
    }

    @Test func theCommittedTableIsThatOfThePolicy() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/VaultAccess/VaultAccess.docc/AccessMatrix.md")
            .standardized
        let expected = MatrixReference.markdown()
        if ProcessInfo.processInfo.environment["REGENERATE"] == "1" {
            try Data(expected.utf8).write(to: file)
        }
        let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(
            committed == expected,
            "AccessMatrix.md is not the policy: run REGENERATE=1 swift test --filter VaultAccessTests"
        )
    }
}
