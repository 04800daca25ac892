/// The methods of `io.carevault.Directory` in the order of its file.
let directoryMethods: [any WireMethod.Type] = [
    DirectoryListPrincipals.self,
    DirectoryGetPrincipal.self,
    DirectoryEnlist.self,
    DirectoryReEnlist.self,
    DirectoryDisable.self,
    DirectoryEnable.self,
    DirectoryAmend.self,
    DirectoryRebind.self,
    DirectoryLeave.self,
    DirectoryCheckGrant.self,
    DirectoryGrant.self,
    DirectoryRevoke.self,
    DirectoryGetFoundingDraft.self,
    DirectorySignFounding.self,
]

/// Lists every principal.
package enum DirectoryListPrincipals: WireMethod {
    package static let interface = Interface.directory
    package static let member = "ListPrincipals"

    package typealias Parameters = NoFields

    /// What the service answers.
    package struct Reply: WireObject {
        /// In the order of enlisting.
        package var principals: [WirePrincipal] = []

        package init() {}

        package init(principals: [WirePrincipal]) {
            self.principals = principals
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principals", \.principals)
        ]
    }
}

/// Enlists a person by name and uid. Operator.
package enum DirectoryEnlist: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Enlist"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Name of the principal, unique in the vault.
        package var name: String = ""
        /// Kernel user id.
        package var uid: Int64 = 0
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(name: String, uid: Int64, idempotency: String) {
            self.name = name
            self.uid = uid
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("name", \.name),
            WireMember("uid", \.uid),
            WireMember("idempotency", \.idempotency),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// One-time code to hand over.
        package var code: SecretText = SecretText.blank
        /// Time at which the code lapses, in microseconds since 1970 UTC.
        package var expires: Int64 = 0

        package init() {}

        package init(principal: String, code: SecretText, expires: Int64) {
            self.principal = principal
            self.code = code
            self.expires = expires
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("code", \.code),
            WireMember("expires_us", \.expires),
        ]
    }
}

/// Gives a principal a new one-time code; their former key and every grant end. Operator.
package enum DirectoryReEnlist: WireMethod {
    package static let interface = Interface.directory
    package static let member = "ReEnlist"

    package typealias Parameters = PrincipalRequest

    /// What the service answers.
    package struct Reply: WireObject {
        /// One-time code to hand over.
        package var code: SecretText = SecretText.blank
        /// Time at which the code lapses, in microseconds since 1970 UTC.
        package var expires: Int64 = 0

        package init() {}

        package init(code: SecretText, expires: Int64) {
            self.code = code
            self.expires = expires
        }

        package static let members: [WireMember<Self>] = [
            WireMember("code", \.code),
            WireMember("expires_us", \.expires),
        ]
    }
}

/// Bars a principal and ends their logins at once. Operator.
package enum DirectoryDisable: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Disable"

    package typealias Parameters = PrincipalRequest

    package typealias Reply = RemovalReply
}

/// Takes every grant of a principal back, removes their boxes and ends their logins.
package enum DirectoryRevoke: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Revoke"

    package typealias Parameters = PrincipalRequest

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number of the statement.
        package var statement: Int64 = 0
        /// Number of logins that ended.
        package var sessionsEnded: Int64 = 0
        /// Compartments whose present keys the person has known: they stay known until the
        /// generation rotates.
        package var keysStayKnown: [String] = []

        package init() {}

        package init(statement: Int64, sessionsEnded: Int64, keysStayKnown: [String]) {
            self.statement = statement
            self.sessionsEnded = sessionsEnded
            self.keysStayKnown = keysStayKnown
        }

        package static let members: [WireMember<Self>] = [
            WireMember("statement", \.statement),
            WireMember("sessions_ended", \.sessionsEnded),
            WireMember("keys_stay_known", \.keysStayKnown),
        ]
    }
}
