import VaultCoding

/// The shipped policy in Markdown. The copy in the documentation is compared with it by a test.
package enum MatrixReference {
    /// The whole page.
    package static func markdown(of policy: AccessPolicy = .shipped) -> String {
        [head(policy), matrix(policy), purposes(policy), separation(policy), denials]
            .joined(separator: "\n")
    }

    private static func head(_ policy: AccessPolicy) -> String {
        """
        # Access matrix

        Made from the policy, version \(policy.version); do not edit \
        (`REGENERATE=1 swift test --filter VaultAccessTests`).

        What no row allows is denied. A role without a mark anywhere has no rights yet. Actions on records
        also need a purpose and the compartment of the kind. Without a login: `vault.status` for anybody,
        `vault.unseal` for the accounts listed in the header, `session.enrol` for the enlisted,
        `session.login` for the enrolled.

        """
    }

    private static func matrix(_ policy: AccessPolicy) -> String {
        let titles = ["everyone"] + Role.allCases.map(\.rawValue)
        var lines = [
            "| Action | Object | " + titles.joined(separator: " | ") + " |",
            "| --- | --- |" + String(repeating: " :-: |", count: titles.count),
        ]
        for action in Action.allCases {
            let rows = policy.rules(for: action)
            var patterns: [MatrixRule.Pattern] = []
            for row in rows where !patterns.contains(row.pattern) { patterns.append(row.pattern) }
            for pattern in patterns {
                let holders = Set(rows.filter { $0.pattern == pattern }.map(\.holder.name))
                let marks = titles.map { holders.contains($0) ? "●" : " " }
                lines.append(
                    "| `\(action.rawValue)` | `\(pattern.name)` | \(marks.joined(separator: " | ")) |"
                )
            }
        }
        let events = Action.allCases.filter { !$0.isRequestable }.map { "`\($0.rawValue)`" }
        lines += ["", "Nobody can ask for \(events.joined(separator: ", ")): these happen.", ""]
        return lines.joined(separator: "\n")
    }

    private static func purposes(_ policy: AccessPolicy) -> String {
        let roles = Role.allCases.filter { policy.purposes[$0]?.isEmpty == false }
        var lines = [
            "## Purposes that a role may claim", "",
            "| Code | Name | 名称 | " + roles.map(\.rawValue).joined(separator: " | ") + " |",
            "| --- | --- | --- |" + String(repeating: " :-: |", count: roles.count),
        ]
        for purpose in PurposeOfUse.allCases {
            let marks = roles.map { policy.mayClaim(purpose, as: $0) ? "●" : " " }
            lines.append(
                "| `\(purpose.rawValue)` | \(purpose.plainName) | \(purpose.chineseName) | "
                    + marks.joined(separator: " | ") + " |")
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static func separation(_ policy: AccessPolicy) -> String {
        var lines = [
            "## Roles that no principal holds together", "",
            "| Role | Excludes |", "| --- | --- |",
        ]
        for role in Role.allCases {
            let excluded = Role.allCases.filter { other in
                other != role
                    && policy.staticSeparation.contains { $0.isViolated(by: [role, other]) }
            }
            lines.append(
                "| \(role.rawValue) | \(excluded.map(\.rawValue).joined(separator: ", ")) |")
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static var denials: String {
        let lines = ["## Rules that deny", "", "| Rule | Meaning |", "| --- | --- |"]
        let rows = DenialRule.allCases.map { "| `\($0.rawValue)` | \($0.explanation) |" }
        return (lines + rows + [""]).joined(separator: "\n")
    }
}
