package import VaultCoding

/// A separation of duty (ANSI INCITS 359): nobody has `cardinality` or more of these roles.
///
/// The same shape serves static separation (roles a principal holds) and dynamic separation (roles
/// active in one session).
package struct SeparationSet: Hashable, Sendable {
    /// The roles that exclude each other.
    package let roles: Set<Role>
    /// The number of them that is already too many: from 2 to the number of roles.
    package let cardinality: Int

    /// - Throws: `AccessError.malformedSeparation` unless 2 ≤ cardinality ≤ number of roles.
    package init(_ roles: Set<Role>, cardinality: Int) throws(AccessError) {
        guard cardinality >= 2, roles.count >= cardinality else { throw .malformedSeparation }
        self.roles = roles
        self.cardinality = cardinality
    }

    private init(pair first: Role, _ second: Role) {
        roles = [first, second]
        cardinality = 2
    }

    /// Whether `held` has too many of the roles.
    package func isViolated(by held: Set<Role>) -> Bool {
        held.count >= cardinality && held.intersection(roles).count >= cardinality
    }

    /// The static separations of the product, each a pair of roles that nobody holds together.
    ///
    /// Operators, auditors and care staff exclude each other, because each group holds one of the three
    /// locks. Several care roles go together. A service role goes with nothing, not even with another
    /// one: a service has one fixed job.
    package static let shippedStatic: Set<SeparationSet> = {
        var sets: Set<SeparationSet> = []
        for first in Role.allCases {
            for second in Role.allCases where first < second {
                if first.group != second.group || first.group == .services {
                    sets.insert(SeparationSet(pair: first, second))
                }
            }
        }
        return sets
    }()
}
