/// Makes a new secret for the principal of this login, over their present one; nothing is stored yet.
package enum SessionBeginSecretChange: WireMethod {
    package static let interface = Interface.session
    package static let member = "BeginSecretChange"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// The present secret.
        package var secret: SecretText = SecretText.blank
        /// Form of that secret.
        package var form: WireSecretForm = WireSecretForm.blank
        /// Form in which the new secret is wanted.
        package var newForm: WireSecretForm = WireSecretForm.blank

        package init() {}

        package init(secret: SecretText, form: WireSecretForm, newForm: WireSecretForm) {
            self.secret = secret
            self.form = form
            self.newForm = newForm
        }

        package static let members: [WireMember<Self>] = [
            WireMember("secret", \.secret),
            WireMember("form", \.form),
            WireMember("new_form", \.newForm),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The new secret, shown this one time.
        package var secret: SecretText = SecretText.blank
        /// Identifier of this unfinished change; serves this connection only.
        package var pending: String = ""

        package init() {}

        package init(secret: SecretText, pending: String) {
            self.secret = secret
            self.pending = pending
        }

        package static let members: [WireMember<Self>] = [
            WireMember("secret", \.secret),
            WireMember("pending", \.pending),
        ]
    }
}

/// Puts the new secret in force once it is typed back, and ends the other logins.
package enum SessionCompleteSecretChange: WireMethod {
    package static let interface = Interface.session
    package static let member = "CompleteSecretChange"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier given by BeginSecretChange.
        package var pending: String = ""
        /// The new secret as typed back.
        package var secret: SecretText = SecretText.blank

        package init() {}

        package init(pending: String, secret: SecretText) {
            self.pending = pending
            self.secret = secret
        }

        package static let members: [WireMember<Self>] = [
            WireMember("pending", \.pending),
            WireMember("secret", \.secret),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number of logins that ended.
        package var sessionsEnded: Int64 = 0

        package init() {}

        package init(sessionsEnded: Int64) {
            self.sessionsEnded = sessionsEnded
        }

        package static let members: [WireMember<Self>] = [
            WireMember("sessions_ended", \.sessionsEnded)
        ]
    }
}
