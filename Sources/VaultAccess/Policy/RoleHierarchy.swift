package import VaultCoding

/// Which role includes which: a partial order over the roles (ANSI INCITS 359, hierarchical RBAC).
///
/// A senior role has every permission of its juniors, and whoever is assigned the senior one is
/// authorised for the juniors. The shipped hierarchy is empty.
package struct RoleHierarchy: Sendable, Equatable {
    /// No role includes another.
    package static let empty = RoleHierarchy()

    private var juniors: [Role: Set<Role>] = [:]

    /// The roles that `role` includes, itself among them.
    package func authorised(by role: Role) -> Set<Role> {
        var reached: Set<Role> = [role]
        var open = [role]
        while let next = open.popLast() {
            for junior in juniors[next, default: []] where reached.insert(junior).inserted {
                open.append(junior)
            }
        }
        return reached
    }

    /// The roles that any of `roles` includes, themselves among them.
    package func authorised(by roles: Set<Role>) -> Set<Role> {
        guard !juniors.isEmpty else { return roles }
        return roles.reduce(into: []) { $0.formUnion(authorised(by: $1)) }
    }

    /// The hierarchy in which `senior` also includes `junior`.
    ///
    /// - Throws: `AccessError.inheritanceCycle` when `junior` already includes `senior`, or is it.
    package func adding(senior: Role, over junior: Role) throws(AccessError) -> RoleHierarchy {
        guard !authorised(by: junior).contains(senior) else { throw .inheritanceCycle }
        var result = self
        result.juniors[senior, default: []].insert(junior)
        return result
    }
}
