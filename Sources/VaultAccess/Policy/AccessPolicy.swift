package import VaultCoding

/// Everything that decides, as data: the matrix, the purposes each role may claim, which role includes
/// which, and what excludes what. A value; every change makes another one.
package struct AccessPolicy: Sendable {
    /// The number in audit entries.
    package let version: UInt32
    /// The rows of the matrix, in the order in which they are tried and printed.
    package let rules: [MatrixRule]
    /// The purposes that each role may claim; a role that is absent may claim none.
    package let purposes: [Role: Set<PurposeOfUse>]
    /// Which role includes which.
    package private(set) var hierarchy: RoleHierarchy
    /// Roles that no principal holds together.
    package private(set) var staticSeparation: Set<SeparationSet>
    /// Roles that no session has active together.
    package private(set) var dynamicSeparation: Set<SeparationSet>

    private let rulesByAction: [Action: [MatrixRule]]

    init(
        version: UInt32, rules: [MatrixRule], purposes: [Role: Set<PurposeOfUse>],
        staticSeparation: Set<SeparationSet>
    ) {
        self.version = version
        self.rules = rules
        self.purposes = purposes
        self.staticSeparation = staticSeparation
        hierarchy = .empty
        dynamicSeparation = []
        rulesByAction = Dictionary(grouping: rules, by: \.action)
    }

    /// The rows that allow `action` to anybody.
    package func rules(for action: Action) -> [MatrixRule] { rulesByAction[action, default: []] }

    /// The roles that holding `roles` authorises, those included through the hierarchy among them.
    package func authorised(by roles: Set<Role>) -> Set<Role> { hierarchy.authorised(by: roles) }

    /// Whether the roles that `held` authorises contain a forbidden combination.
    package func violatesStaticSeparation(_ held: Set<Role>) -> Bool {
        let authorised = authorised(by: held)
        return authorised.count > 1 && staticSeparation.contains { $0.isViolated(by: authorised) }
    }

    /// Whether `active` roles, with what they include, are a combination forbidden in one session.
    package func violatesDynamicSeparation(_ active: Set<Role>) -> Bool {
        let authorised = authorised(by: active)
        return authorised.count > 1 && dynamicSeparation.contains { $0.isViolated(by: authorised) }
    }

    /// Checks that a principal who holds `held` may be given `role` as well (AssignUser).
    ///
    /// - Throws: `AccessError.staticSeparation`.
    package func checkAssignment(of role: Role, to held: Set<Role>) throws(AccessError) {
        guard !violatesStaticSeparation(held.union([role])) else { throw .staticSeparation }
    }

    /// Checks that a session of a principal who holds `held` may activate all of `roles` together
    /// (CreateSession, AddActiveRole).
    ///
    /// - Throws: `AccessError.roleNotHeld`, `.staticSeparation` or `.dynamicSeparation`.
    package func checkActivation(of roles: Set<Role>, held: Set<Role>) throws(AccessError) {
        guard roles.isSubset(of: authorised(by: held)) else { throw .roleNotHeld }
        guard !violatesStaticSeparation(held) else { throw .staticSeparation }
        guard !violatesDynamicSeparation(roles) else { throw .dynamicSeparation }
    }

    /// The policy in which `senior` includes `junior` too (AddInheritance).
    ///
    /// - Parameter assigned: the roles of every principal, one set each.
    /// - Throws: `AccessError.inheritanceCycle`; `.staticSeparation` when somebody, or the holder of one
    ///   role alone, would come to be authorised for roles that exclude each other.
    package func addingInheritance(
        senior: Role, over junior: Role, assigned: [Set<Role>]
    ) throws(AccessError) -> AccessPolicy {
        var result = self
        result.hierarchy = try hierarchy.adding(senior: senior, over: junior)
        let everyone = assigned + Role.allCases.map { [$0] }
        guard !everyone.contains(where: result.violatesStaticSeparation) else {
            throw .staticSeparation
        }
        return result
    }

    /// The policy with one more static separation (CreateSsdSet).
    ///
    /// - Parameter assigned: the roles of every principal, one set each.
    /// - Throws: `AccessError.staticSeparation` when somebody violates it today.
    package func addingStatic(
        _ set: SeparationSet, assigned: [Set<Role>]
    ) throws(AccessError) -> AccessPolicy {
        var result = self
        result.staticSeparation.insert(set)
        guard !assigned.contains(where: result.violatesStaticSeparation) else {
            throw .staticSeparation
        }
        return result
    }

    /// The policy with one more dynamic separation (CreateDsdSet).
    ///
    /// - Parameter active: the active roles of every session, one set each.
    /// - Throws: `AccessError.dynamicSeparation` when a session violates it now.
    package func addingDynamic(
        _ set: SeparationSet, active: [Set<Role>]
    ) throws(AccessError) -> AccessPolicy {
        var result = self
        result.dynamicSeparation.insert(set)
        guard !active.contains(where: result.violatesDynamicSeparation) else {
            throw .dynamicSeparation
        }
        return result
    }
}
