import VaultCoding
import VaultRecords

@testable import VaultAccess

/// The access rules once more, written out in words' order and slowly, sharing no code with the policy.
enum SlowModel {
    private static let everyones = [
        "session.whoami", "session.logout", "session.passwd", "principal.list", "principal.show",
    ]

    /// Whether a session with exactly this role active allows it, were purpose and compartment right.
    static func allows(_ role: Role, _ action: String, _ object: String) -> Bool {
        if everyones.contains(action) {
            return object == "-"
        }
        let files = ["create", "find", "read", "list", "amend", "history"].map { "record." + $0 }
        switch role {
        case .operator:
            let all = [
                "principal.enlist", "principal.disable", "principal.enable", "principal.amend",
                "principal.rebind", "principal.reenlist", "principal.leave", "vault.seal",
                "vault.unseal", "key.status", "key.rotate-storage",
            ]
            return all.contains(action) && object == "-"
        case .custodian:
            if action == "principal.grant" || action == "principal.revoke" {
                return [
                    "custodian", "counsellor", "caseworker", "medical-officer", "approver",
                    "analyst",
                ].contains(object)
            }
            if action == "record.find" || action == "record.read" {
                return object == "registry.subject"
            }
            return action == "vault.found" && object == "-"
        case .auditor:
            if action == "principal.grant" || action == "principal.revoke" {
                return ["auditor", "operator", "intake", "backup", "watch"].contains(object)
            }
            let all = [
                "audit.read", "audit.export", "audit.verify", "audit.checkpoint", "audit.grants",
                "vault.found",
            ]
            return all.contains(action) && object == "-"
        case .counsellor:
            return files.contains(action)
                && (object == "registry.subject" || object == "counselling.session")
        case .caseworker:
            return files.contains(action)
                && (object == "registry.subject" || object == "hardship.case")
        case .medicalOfficer:
            return files.contains(action)
                && (object == "registry.subject" || object.hasPrefix("medical."))
        case .approver, .analyst, .intake, .backup, .watch:
            return false
        }
    }

    static func isOnFiles(_ action: String) -> Bool { action.hasPrefix("record.") }

    static func purposes(_ role: Role) -> [String] {
        switch role {
        case .operator: ["HSYSADMIN"]
        case .custodian: ["RECORDMGT", "COC", "PATRQT", "FAMRQT", "HLEGAL"]
        case .counsellor: ["TREAT", "CAREMGT", "COC", "ETREAT", "PATRQT", "FAMRQT", "RECORDMGT"]
        case .caseworker:
            ["CAREMGT", "COC", "ELIGDTRM", "HPAYMT", "PATRQT", "FAMRQT", "RECORDMGT"]
        case .medicalOfficer:
            [
                "TREAT", "CAREMGT", "COC", "ETREAT", "ELIGDTRM", "HPAYMT", "PATRQT", "FAMRQT",
                "RECORDMGT",
            ]
        case .auditor: ["HCOMPL", "HLEGAL", "HQUALIMP"]
        case .approver, .analyst, .intake, .backup, .watch: []
        }
    }

    static func compartment(_ object: String) -> String { String(object.split(separator: ".")[0]) }

    /// Whether two roles may be one person's.
    static func together(_ first: Role, _ second: Role) -> Bool {
        let care: [Role] = [
            .custodian, .counsellor, .caseworker, .medicalOfficer, .approver, .analyst,
        ]
        return first == second || (care.contains(first) && care.contains(second))
    }

    static func legal(_ roles: Set<Role>) -> Bool {
        roles.allSatisfy { first in roles.allSatisfy { together(first, $0) } }
    }

    /// The whole decision, for a healthy principal and session with these roles held and active.
    static func decides(
        _ roles: Set<Role>, _ action: Action, _ target: AccessTarget, _ purpose: PurposeOfUse?,
        _ compartments: Set<Compartment>
    ) -> Bool {
        guard legal(roles) else { return false }
        let object = name(of: target)
        if everyones.contains(action.rawValue) {
            guard object == "-" else { return false }
            guard let purpose else { return true }
            return roles.contains { purposes($0).contains(purpose.rawValue) }
        }
        let willing = roles.filter { role in
            guard allows(role, action.rawValue, object) else { return false }
            guard let purpose else { return !isOnFiles(action.rawValue) }
            return purposes(role).contains(purpose.rawValue)
        }
        guard !willing.isEmpty else { return false }
        guard isOnFiles(action.rawValue) else { return true }
        return compartments.contains { $0.rawValue == compartment(object) }
    }

    static func name(of target: AccessTarget) -> String {
        switch target {
        case .nothing: "-"
        case .records(let kind): kind.name
        case .membership(let change): change.role.rawValue
        }
    }
}
