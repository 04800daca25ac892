/// Shows one principal with every statement about them.
package enum DirectoryGetPrincipal: WireMethod {
    package static let interface = Interface.directory
    package static let member = "GetPrincipal"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""

        package init() {}

        package init(principal: String) {
            self.principal = principal
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal)
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The principal.
        package var principal: WirePrincipal = WirePrincipal()
        /// The statements about them, oldest first.
        package var statements: [WirePrincipalStatement] = []

        package init() {}

        package init(principal: WirePrincipal, statements: [WirePrincipalStatement]) {
            self.principal = principal
            self.statements = statements
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("statements", \.statements),
        ]
    }
}

/// Gives a disabled account back, without any right. Operator.
package enum DirectoryEnable: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Enable"

    package typealias Parameters = PrincipalRequest

    package typealias Reply = StatementReply
}

/// Gives an account another name. Operator.
package enum DirectoryAmend: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Amend"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// The new name, unique in the vault.
        package var name: String = ""
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(principal: String, name: String, idempotency: String) {
            self.principal = principal
            self.name = name
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("name", \.name),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = StatementReply
}

/// Binds an account to another kernel user id and ends its logins. Operator.
package enum DirectoryRebind: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Rebind"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the principal.
        package var principal: String = ""
        /// The new kernel user id.
        package var uid: Int64 = 0
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(principal: String, uid: Int64, idempotency: String) {
            self.principal = principal
            self.uid = uid
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("principal", \.principal),
            WireMember("uid", \.uid),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = RemovalReply
}

/// Disables somebody who leaves and tells what remains to do. Operator.
package enum DirectoryLeave: WireMethod {
    package static let interface = Interface.directory
    package static let member = "Leave"

    package typealias Parameters = PrincipalRequest

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number of the statement; absent if they were disabled before.
        package var statement: Int64?
        /// Number of logins that ended.
        package var sessionsEnded: Int64 = 0
        /// What remains to do, in the order in which it is best done.
        package var remaining: [WireRemainder] = []

        package init() {}

        package init(statement: Int64? = nil, sessionsEnded: Int64, remaining: [WireRemainder]) {
            self.statement = statement
            self.sessionsEnded = sessionsEnded
            self.remaining = remaining
        }

        package static let members: [WireMember<Self>] = [
            WireMember("statement", \.statement),
            WireMember("sessions_ended", \.sessionsEnded),
            WireMember("remaining", \.remaining),
        ]
    }
}
