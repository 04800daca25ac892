/// The methods of `io.carevault.Session` in the order of its file.
let sessionMethods: [any WireMethod.Type] = [
    SessionBeginEnrolment.self,
    SessionCompleteEnrolment.self,
    SessionLogin.self,
    SessionBeginSecretChange.self,
    SessionCompleteSecretChange.self,
    SessionResume.self,
    SessionDescribe.self,
    SessionLogout.self,
]

/// Makes a new secret and its keys for an enlisted principal; nothing is stored until
/// CompleteEnrolment.
package enum SessionBeginEnrolment: WireMethod {
    package static let interface = Interface.session
    package static let member = "BeginEnrolment"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Name of the principal; may be absent if the uid of the caller has only one.
        package var name: String?
        /// One-time code that the operator handed over.
        package var code: SecretText = SecretText.blank
        /// Form in which the new secret is wanted.
        package var form: WireSecretForm = WireSecretForm.blank
        /// Office to take in the founding; only before it, and absent for all others.
        package var foundingRole: WireFoundingRole?

        package init() {}

        package init(
            name: String? = nil, code: SecretText, form: WireSecretForm,
            foundingRole: WireFoundingRole? = nil
        ) {
            self.name = name
            self.code = code
            self.form = form
            self.foundingRole = foundingRole
        }

        package static let members: [WireMember<Self>] = [
            WireMember("name", \.name),
            WireMember("code", \.code),
            WireMember("form", \.form),
            WireMember("founding_role", \.foundingRole),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The new secret, shown this one time.
        package var secret: SecretText = SecretText.blank
        /// Twelve words of the new key's fingerprint, to be read out to whoever grants access.
        package var fingerprintWords: [String] = []
        /// Identifier of this unfinished enrolment; serves this connection only.
        package var pending: String = ""

        package init() {}

        package init(secret: SecretText, fingerprintWords: [String], pending: String) {
            self.secret = secret
            self.fingerprintWords = fingerprintWords
            self.pending = pending
        }

        package static let members: [WireMember<Self>] = [
            WireMember("secret", \.secret),
            WireMember("fingerprint_words", \.fingerprintWords),
            WireMember("pending", \.pending),
        ]
    }
}

/// Finishes an enrolment: the secret is typed back, its keys are stored.
package enum SessionCompleteEnrolment: WireMethod {
    package static let interface = Interface.session
    package static let member = "CompleteEnrolment"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier given by BeginEnrolment.
        package var pending: String = ""
        /// The secret as typed back.
        package var secret: SecretText = SecretText.blank
        /// Twelve words of the vault fingerprint as printed; absent before the founding.
        package var vaultFingerprint: [String]?

        package init() {}

        package init(pending: String, secret: SecretText, vaultFingerprint: [String]? = nil) {
            self.pending = pending
            self.secret = secret
            self.vaultFingerprint = vaultFingerprint
        }

        package static let members: [WireMember<Self>] = [
            WireMember("pending", \.pending),
            WireMember("secret", \.secret),
            WireMember("vault_fingerprint", \.vaultFingerprint),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// Name of the principal.
        package var name: String = ""
        /// Twelve words of the fingerprint of the stored key.
        package var fingerprintWords: [String] = []

        package init() {}

        package init(principal: String, name: String, fingerprintWords: [String]) {
            self.principal = principal
            self.name = name
            self.fingerprintWords = fingerprintWords
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("name", \.name),
            WireMember("fingerprint_words", \.fingerprintWords),
        ]
    }
}

/// Opens the locks of a principal for the uid of the caller and ties this connection to the login.
package enum SessionLogin: WireMethod {
    package static let interface = Interface.session
    package static let member = "Login"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Name of the principal; may be absent if the uid of the caller has only one.
        package var name: String?
        /// The principal's secret.
        package var secret: SecretText = SecretText.blank
        /// Form of that secret.
        package var form: WireSecretForm = WireSecretForm.blank
        /// Purpose of use for calls that state none.
        package var purpose: String?

        package init() {}

        package init(
            name: String? = nil, secret: SecretText, form: WireSecretForm, purpose: String? = nil
        ) {
            self.name = name
            self.secret = secret
            self.form = form
            self.purpose = purpose
        }

        package static let members: [WireMember<Self>] = [
            WireMember("name", \.name),
            WireMember("secret", \.secret),
            WireMember("form", \.form),
            WireMember("purpose", \.purpose),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Bearer token for Resume; good for this uid only.
        package var token: SecretText = SecretText.blank
        /// The login.
        package var session: WireSessionInfo = WireSessionInfo.blank
        /// Time of the login before, in microseconds since 1970 UTC; absent the first time.
        package var lastLogin: Int64?
        /// Number of wrong secrets given for this principal since then.
        package var failedTries: Int64 = 0
        /// What waits for this principal.
        package var notices: [WireNotice] = []

        package init() {}

        package init(
            token: SecretText, session: WireSessionInfo, lastLogin: Int64? = nil,
            failedTries: Int64 = 0, notices: [WireNotice] = []
        ) {
            self.token = token
            self.session = session
            self.lastLogin = lastLogin
            self.failedTries = failedTries
            self.notices = notices
        }

        package static let members: [WireMember<Self>] = [
            WireMember("token", \.token),
            WireMember("session", \.session),
            WireMember("last_login_us", \.lastLogin),
            WireMember("failed_tries", \.failedTries),
            WireMember("notices", \.notices),
        ]
    }
}

/// Ties this connection to an open login of the same uid; once per connection.
package enum SessionResume: WireMethod {
    package static let interface = Interface.session
    package static let member = "Resume"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Token given by Login.
        package var token: SecretText = SecretText.blank

        package init() {}

        package init(token: SecretText) {
            self.token = token
        }

        package static let members: [WireMember<Self>] = [
            WireMember("token", \.token)
        ]
    }

    package typealias Reply = SessionReply
}

/// Describes the login of this connection.
package enum SessionDescribe: WireMethod {
    package static let interface = Interface.session
    package static let member = "Describe"

    package typealias Parameters = NoFields

    package typealias Reply = SessionReply
}

/// Ends the login of this connection and wipes its keys.
package enum SessionLogout: WireMethod {
    package static let interface = Interface.session
    package static let member = "Logout"

    package typealias Parameters = NoFields

    package typealias Reply = NoFields
}
