/// Shows the founding as it would be signed now, to its operator, custodian and auditor.
package enum DirectoryGetFoundingDraft: WireMethod {
    package static let interface = Interface.directory
    package static let member = "GetFoundingDraft"

    package typealias Parameters = NoFields

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number that the founding statement will have.
        package var number: Int64 = 0
        /// Hash of the draft, 64 hexadecimal digits.
        package var draftHash: String = ""
        /// The first operator.
        package var operatorParty: WireParty = WireParty.blank
        /// The first custodian; absent before their enrolment.
        package var custodian: WireParty?
        /// The first auditor; absent before their enrolment.
        package var auditor: WireParty?
        /// Names of the compartments.
        package var compartments: [String] = []
        /// Hash of the access policy, 64 hexadecimal digits.
        package var policyHash: String = ""
        /// The caller's part: operator, custodian or auditor.
        package var mine: String = ""

        package init() {}

        package init(
            number: Int64, draftHash: String, operatorParty: WireParty, custodian: WireParty? = nil,
            auditor: WireParty? = nil, compartments: [String], policyHash: String, mine: String
        ) {
            self.number = number
            self.draftHash = draftHash
            self.operatorParty = operatorParty
            self.custodian = custodian
            self.auditor = auditor
            self.compartments = compartments
            self.policyHash = policyHash
            self.mine = mine
        }

        package static let members: [WireMember<Self>] = [
            WireMember("number", \.number),
            WireMember("draft_hash", \.draftHash),
            WireMember("operator", \.operatorParty),
            WireMember("custodian", \.custodian),
            WireMember("auditor", \.auditor),
            WireMember("compartments", \.compartments),
            WireMember("policy_hash", \.policyHash),
            WireMember("mine", \.mine),
        ]
    }
}

/// Signs the founding; the second signature commits it.
package enum DirectorySignFounding: WireMethod {
    package static let interface = Interface.directory
    package static let member = "SignFounding"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Hash of the draft that the signer was shown.
        package var draftHash: String = ""
        /// Twelve words of the other signer's fingerprint, as told in person.
        package var otherWords: [String] = []
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(draftHash: String, otherWords: [String], idempotency: String) {
            self.draftHash = draftHash
            self.otherWords = otherWords
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("draft_hash", \.draftHash),
            WireMember("other_words", \.otherWords),
            WireMember("idempotency", \.idempotency),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Whether the founding is now in force.
        package var committed: Bool = false
        /// Twelve words of the vault fingerprint; absent until committed.
        package var vaultFingerprint: [String]?

        package init() {}

        package init(committed: Bool, vaultFingerprint: [String]? = nil) {
            self.committed = committed
            self.vaultFingerprint = vaultFingerprint
        }

        package static let members: [WireMember<Self>] = [
            WireMember("committed", \.committed),
            WireMember("vault_fingerprint", \.vaultFingerprint),
        ]
    }
}
