package import VaultCoding
import VaultRecords

extension AccessPolicy {
    /// The policy that the product ships. Change it only together with its version, and regenerate the
    /// table in the documentation (its test says how).
    package static let shipped = AccessPolicy(
        version: 2, rules: everyone + operators + care + auditors, purposes: shippedPurposes,
        staticSeparation: SeparationSet.shippedStatic)

    private static let everyone: [MatrixRule] = [
        Action.whoami, .logout, .passwd, .principalList, .principalShow,
    ]
    .map { MatrixRule(.everyone, $0, .nothing) }

    private static let operators: [MatrixRule] = [
        Action.enlist, .disable, .enable, .amendPrincipal, .rebind, .reenlist, .leave, .vaultUnseal,
        .vaultSeal, .keyStatus, .rotateStorage,
    ].map { MatrixRule(.role(.operator), $0, .nothing) }

    private static let care: [MatrixRule] =
        [
            MatrixRule(.role(.custodian), .vaultFound, .nothing),
            MatrixRule(.role(.custodian), .grant, .memberships(.care)),
            MatrixRule(.role(.custodian), .revoke, .memberships(.care)),
            MatrixRule(.role(.custodian), .find, .kind(.registrySubject)),
            MatrixRule(.role(.custodian), .read, .kind(.registrySubject)),
        ]
        + files(of: .counsellor, [.kind(.registrySubject), .kind(.counsellingSession)])
        + files(of: .caseworker, [.kind(.registrySubject), .kind(.hardshipCase)])
        + files(of: .medicalOfficer, [.kind(.registrySubject), .family("medical")])

    private static let auditors: [MatrixRule] =
        [
            Action.vaultFound, .auditRead, .auditExport, .auditVerify, .auditCheckpoint,
            .auditGrants,
        ].map { MatrixRule(.role(.auditor), $0, .nothing) }
        + [Role.Group.auditors, .operators, .services].flatMap { group in
            [
                MatrixRule(.role(.auditor), .grant, .memberships(group)),
                MatrixRule(.role(.auditor), .revoke, .memberships(group)),
            ]
        }

    /// Everything that a role which keeps files does with them.
    private static func files(of role: Role, _ patterns: [MatrixRule.Pattern]) -> [MatrixRule] {
        patterns.flatMap { pattern in
            Action.onRecords.map { MatrixRule(.role(role), $0, pattern) }
        }
    }

    /// Break-glass, research and test data are claimed by nobody: they come with rules of their own.
    private static let shippedPurposes: [Role: Set<PurposeOfUse>] = [
        .operator: [.systemAdministration],
        .custodian: [.recordManagement, .coordination, .patientRequest, .familyRequest, .legal],
        .counsellor: [
            .treatment, .careManagement, .coordination, .emergencyTreatment, .patientRequest,
            .familyRequest, .recordManagement,
        ],
        .caseworker: [
            .careManagement, .coordination, .eligibility, .payment, .patientRequest, .familyRequest,
            .recordManagement,
        ],
        .medicalOfficer: [
            .treatment, .careManagement, .coordination, .emergencyTreatment, .eligibility, .payment,
            .patientRequest, .familyRequest, .recordManagement,
        ],
        .auditor: [.compliance, .legal, .qualityImprovement],
    ]
}

extension Action {
    /// The actions on files: each needs a purpose, and the compartment of the kind.
    package static let onRecords: [Action] = [.create, .find, .read, .list, .amend, .history]

    /// Whether the action is one on files.
    package var isOnRecords: Bool {
        switch self {
        case .create, .find, .read, .list, .amend, .history: true
        default: false
        }
    }
}
