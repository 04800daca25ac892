/// How far a principal has come.
package enum WirePrincipalState: String, WireEnumeration {
    case enlisted
    case enrolled
    case granted
    case disabled

    package static let wireName = "PrincipalState"
    package static let blank = WirePrincipalState.enlisted
}

/// A person or service that may log in.
package struct WirePrincipal: WireObject {
    package static let wireName: String? = "Principal"
    /// Identifier.
    package var id: String = ""
    /// Name.
    package var name: String = ""
    /// Kernel user id.
    package var uid: Int64 = 0
    /// How far it has come.
    package var state: WirePrincipalState = WirePrincipalState.blank
    /// Names of the roles granted.
    package var roles: [String] = []
    /// Names of the compartments granted.
    package var compartments: [String] = []
    /// Organisational unit of the grant; absent if none.
    package var unit: String?
    /// Employer named in the grant; absent if none.
    package var employer: String?
    /// Time at which the grant ends, in microseconds since 1970 UTC; absent if it does not.
    package var ends: Int64?
    /// Twelve words of the fingerprint of the enrolled key; absent before enrolment.
    package var fingerprintWords: [String]?

    package init() {}

    package init(
        id: String, name: String, uid: Int64, state: WirePrincipalState, roles: [String],
        compartments: [String], unit: String? = nil, employer: String? = nil, ends: Int64? = nil,
        fingerprintWords: [String]? = nil
    ) {
        self.id = id
        self.name = name
        self.uid = uid
        self.state = state
        self.roles = roles
        self.compartments = compartments
        self.unit = unit
        self.employer = employer
        self.ends = ends
        self.fingerprintWords = fingerprintWords
    }

    package static let members: [WireMember<Self>] = [
        WireMember("id", \.id),
        WireMember("name", \.name),
        WireMember("uid", \.uid),
        WireMember("state", \.state),
        WireMember("roles", \.roles),
        WireMember("compartments", \.compartments),
        WireMember("unit", \.unit),
        WireMember("employer", \.employer),
        WireMember("ends_us", \.ends),
        WireMember("fingerprint_words", \.fingerprintWords),
    ]
}

/// A signer or subject of the founding.
package struct WireParty: WireObject {
    package static let wireName: String? = "Party"
    /// Identifier of the principal.
    package var principal: String = ""
    /// Name.
    package var name: String = ""
    /// Kernel user id.
    package var uid: Int64 = 0
    /// Twelve words of the fingerprint; empty when shown to the signer who must be told them in
    /// person.
    package var fingerprintWords: [String] = []
    /// Whether the signature is there.
    package var signed: Bool = false

    package init() {}

    package init(
        principal: String, name: String, uid: Int64, fingerprintWords: [String], signed: Bool
    ) {
        self.principal = principal
        self.name = name
        self.uid = uid
        self.fingerprintWords = fingerprintWords
        self.signed = signed
    }

    package static let members: [WireMember<Self>] = [
        WireMember("principal", \.principal),
        WireMember("name", \.name),
        WireMember("uid", \.uid),
        WireMember("fingerprint_words", \.fingerprintWords),
        WireMember("signed", \.signed),
    ]
}
