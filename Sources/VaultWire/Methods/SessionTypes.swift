/// The two offices that a founding needs beside the first operator.
package enum WireFoundingRole: String, WireEnumeration {
    case custodian
    case auditor

    package static let wireName = "FoundingRole"
    package static let blank = WireFoundingRole.custodian
}

/// Who is logged in, as what and until when.
package struct WireSessionInfo: WireObject {
    package static let wireName: String? = "SessionInfo"
    /// Identifier of the principal.
    package var principal: String = ""
    /// Name of the principal.
    package var name: String = ""
    /// Kernel user id of the principal.
    package var uid: Int64 = 0
    /// Names of the active roles.
    package var roles: [String] = []
    /// Names of the compartments whose keys are open.
    package var compartments: [String] = []
    /// Purpose of use that counts where a call states none; absent if none was given.
    package var purpose: String?
    /// Twelve words of the principal's own fingerprint.
    package var fingerprintWords: [String] = []
    /// Time at which the login ends if nothing is asked, in microseconds since 1970 UTC.
    package var idleExpires: Int64 = 0
    /// Time at which the login ends in any case, in microseconds since 1970 UTC.
    package var expires: Int64 = 0

    package init() {}

    package init(
        principal: String, name: String, uid: Int64, roles: [String], compartments: [String],
        purpose: String? = nil, fingerprintWords: [String], idleExpires: Int64, expires: Int64
    ) {
        self.principal = principal
        self.name = name
        self.uid = uid
        self.roles = roles
        self.compartments = compartments
        self.purpose = purpose
        self.fingerprintWords = fingerprintWords
        self.idleExpires = idleExpires
        self.expires = expires
    }

    package static let members: [WireMember<Self>] = [
        WireMember("principal", \.principal),
        WireMember("name", \.name),
        WireMember("uid", \.uid),
        WireMember("roles", \.roles),
        WireMember("compartments", \.compartments),
        WireMember("purpose", \.purpose),
        WireMember("fingerprint_words", \.fingerprintWords),
        WireMember("idle_expires_us", \.idleExpires),
        WireMember("expires_us", \.expires),
    ]
}

/// A field that was refused.
package struct WireFieldProblem: WireObject {
    package static let wireName: String? = "FieldProblem"
    /// Name of the field, with dots into nested ones.
    package var field: String = ""
    /// What is wrong, as a stable code.
    package var problem: String = ""
    /// What would be right, in English; absent where the code says it all.
    package var expected: String?

    package init() {}

    package init(field: String, problem: String, expected: String? = nil) {
        self.field = field
        self.problem = problem
        self.expected = expected
    }

    package static let members: [WireMember<Self>] = [
        WireMember("field", \.field),
        WireMember("problem", \.problem),
        WireMember("expected", \.expected),
    ]
}
