/// Refuses what `Grant` would refuse whatever the words are, before anybody reads them out.
/// Custodian for care roles, auditor for the others.
package enum DirectoryCheckGrant: WireMethod {
    package static let interface = Interface.directory
    package static let member = "CheckGrant"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// Names of the roles.
        package var roles: [String] = []
        /// Names of the compartments; empty for roles that open none.
        package var compartments: [String] = []
        /// Organisational unit; absent for no limit.
        package var unit: String?
        /// Employer of the person; absent for the vault's own.
        package var employer: String?
        /// Time at which the grant ends, in microseconds since 1970 UTC; absent for no end.
        package var ends: Int64?

        package init() {}

        package init(
            principal: String, roles: [String], compartments: [String], unit: String? = nil,
            employer: String? = nil, ends: Int64? = nil
        ) {
            self.principal = principal
            self.roles = roles
            self.compartments = compartments
            self.unit = unit
            self.employer = employer
            self.ends = ends
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("roles", \.roles),
            WireMember("compartments", \.compartments),
            WireMember("unit", \.unit),
            WireMember("employer", \.employer),
            WireMember("ends_us", \.ends),
        ]
    }

    package typealias Reply = NoFields
}

/// Grants roles and compartments to an enrolled key. Custodian for care roles, auditor for the
/// others.
package enum DirectoryGrant: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Grant"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// Names of the roles.
        package var roles: [String] = []
        /// Names of the compartments; empty for roles that open none.
        package var compartments: [String] = []
        /// Organisational unit; absent for no limit.
        package var unit: String?
        /// Employer of the person; absent for the vault's own.
        package var employer: String?
        /// Time at which the grant ends, in microseconds since 1970 UTC; absent for no end.
        package var ends: Int64?
        /// Twelve words of the key's fingerprint, as read out by the person.
        package var fingerprintWords: [String] = []
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(
            principal: String, roles: [String], compartments: [String], unit: String? = nil,
            employer: String? = nil, ends: Int64? = nil, fingerprintWords: [String],
            idempotency: String
        ) {
            self.principal = principal
            self.roles = roles
            self.compartments = compartments
            self.unit = unit
            self.employer = employer
            self.ends = ends
            self.fingerprintWords = fingerprintWords
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("roles", \.roles),
            WireMember("compartments", \.compartments),
            WireMember("unit", \.unit),
            WireMember("employer", \.employer),
            WireMember("ends_us", \.ends),
            WireMember("fingerprint_words", \.fingerprintWords),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = StatementReply
}
