package import VaultCoding
package import VaultRecords

/// One row of the access matrix: who may do what to which objects. Rows only allow; what no row
/// allows is denied.
package struct MatrixRule: Hashable, Sendable {
    /// Whom a row is for.
    package enum Holder: Hashable, Sendable {
        /// Every principal with a valid login, whatever the roles.
        case everyone
        /// Principals in whose session this role is active.
        case role(Role)
    }

    /// Which objects a row is about.
    package enum Pattern: Hashable, Sendable {
        /// The action has no object.
        case nothing
        /// Records of one kind.
        case kind(RecordKind)
        /// Records of all kinds of a family: `medical` is written `medical.*`.
        case family(String)
        /// Memberships in the roles of a group, for `principal.grant` and `principal.revoke`.
        case memberships(Role.Group)
    }

    /// Whom this row is for.
    package let holder: Holder
    /// What it allows.
    package let action: Action
    /// On which objects.
    package let pattern: Pattern

    init(_ holder: Holder, _ action: Action, _ pattern: Pattern) {
        self.holder = holder
        self.action = action
        self.pattern = pattern
    }

    /// The stable name of the row in the log: `allow:holder:action`, then `:pattern` where there is one.
    package var id: String {
        let start = "allow:\(holder.name):\(action.rawValue)"
        return pattern == .nothing ? start : "\(start):\(pattern.name)"
    }
}

extension MatrixRule.Holder {
    /// `everyone` or the name of the role.
    package var name: String {
        switch self {
        case .everyone: "everyone"
        case .role(let role): role.rawValue
        }
    }
}

extension MatrixRule.Pattern {
    /// Whether the object of a request falls under the pattern.
    package func matches(_ target: AccessTarget) -> Bool {
        switch (self, target) {
        case (.nothing, .nothing): true
        case (.kind(let allowed), .records(let kind)): allowed == kind
        case (.family(let family), .records(let kind)): family == kind.family
        case (.memberships(let group), .membership(let change)): group == change.role.group
        default: false
        }
    }

    /// A kind, `family.*`, `role:group`, or `-` for no object.
    package var name: String {
        switch self {
        case .nothing: "-"
        case .kind(let kind): kind.name
        case .family(let family): "\(family).*"
        case .memberships(let group): "role:\(group.name)"
        }
    }
}

extension Role.Group {
    /// The name in rule identifiers.
    package var name: String {
        switch self {
        case .operators: "operators"
        case .care: "care"
        case .auditors: "auditors"
        case .services: "services"
        }
    }
}
