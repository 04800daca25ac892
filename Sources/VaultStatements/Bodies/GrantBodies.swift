package import VaultCoding

/// A custodian gives a principal care roles, or replaces those given before to the same keys.
///
/// ```
/// identity(80) ‖ list of role texts ‖ list of compartment texts ‖ optional unit text ‖
/// optional employer text ‖ optional end(8, µs)
/// ```
package struct CareGrantBody: Hashable, Sendable {
    /// The keys that the grant is for, confirmed by their words.
    package let identity: PublicIdentity
    /// One or more care roles.
    package let roles: Set<Role>
    /// One or more compartments; all of them for a custodian.
    package let compartments: Set<Compartment>
    /// The organisational unit whose subtree the principal serves.
    package let unit: String?
    /// The employer, if not the organisation itself.
    package let employer: String?
    /// When the grant ends, in microseconds since 1970-01-01 UTC; it does not hold at that instant.
    package let ends: UInt64?

    /// From its parts.
    package init(
        identity: PublicIdentity, roles: Set<Role>, compartments: Set<Compartment>,
        unit: String? = nil, employer: String? = nil, ends: UInt64? = nil
    ) {
        self.identity = identity
        self.roles = roles
        self.compartments = compartments
        self.unit = unit
        self.employer = employer
        self.ends = ends
    }
}

extension CareGrantBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        identity = try PublicIdentity(from: &reader)
        roles = try BodyCoding.roles(from: &reader)
        compartments = try BodyCoding.compartments(from: &reader)
        unit = try BodyCoding.optionalText(from: &reader)
        employer = try BodyCoding.optionalText(from: &reader)
        ends = try BodyCoding.optionalTime(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        identity.write(to: &writer)
        BodyCoding.write(roles, to: &writer)
        BodyCoding.write(compartments, to: &writer)
        BodyCoding.write(optional: unit, to: &writer)
        BodyCoding.write(optional: employer, to: &writer)
        BodyCoding.write(optional: ends, to: &writer)
    }
}

/// An auditor makes a principal an auditor, an operator or a service.
///
/// `identity(80) ‖ list of role texts ‖ optional end(8, µs)`; the list has one element.
package struct AuditGrantBody: Hashable, Sendable {
    /// The keys that the grant is for, confirmed by their words.
    package let identity: PublicIdentity
    /// Exactly one of auditor, operator, intake, backup, watch.
    package let roles: Set<Role>
    /// When the grant ends, in microseconds since 1970-01-01 UTC; it does not hold at that instant.
    package let ends: UInt64?

    /// From its parts.
    package init(identity: PublicIdentity, roles: Set<Role>, ends: UInt64? = nil) {
        self.identity = identity
        self.roles = roles
        self.ends = ends
    }
}

extension AuditGrantBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        identity = try PublicIdentity(from: &reader)
        roles = try BodyCoding.roles(from: &reader)
        ends = try BodyCoding.optionalTime(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        identity.write(to: &writer)
        BodyCoding.write(roles, to: &writer)
        BodyCoding.write(optional: ends, to: &writer)
    }
}
