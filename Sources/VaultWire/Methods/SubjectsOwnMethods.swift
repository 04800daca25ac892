package import VaultCoding

/// Lists the subjects whose files the caller opened or wrote lately, the last one first; every subject
/// shown is an audit entry.
package enum SubjectsListMine: WireMethod {
    package static let interface = Interface.subjects
    package static let member = "ListMine"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Largest number of hits, 1 to 100; absent for 20.
        package var limit: Int64?

        package init() {}

        package init(purpose: String? = nil, limit: Int64? = nil) {
            self.purpose = purpose
            self.limit = limit
        }

        package static let members: [WireMember<Self>] = [
            WireMember("purpose", \.purpose),
            WireMember("limit", \.limit),
        ]
    }

    package typealias Reply = SubjectHits
}

/// Writes the next version of a subject's registry record.
package enum SubjectsAmend: WireMethod {
    package static let interface = Interface.subjects
    package static let member = "Amend"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Version that the caller saw and replaces.
        package var baseVersion: Int64 = 0
        /// The fields, all of them, as the schema of registry.subject has them.
        package var fields: JSON.Object = JSON.Object()
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(
            subject: String, baseVersion: Int64, fields: JSON.Object, purpose: String? = nil,
            idempotency: String
        ) {
            self.subject = subject
            self.baseVersion = baseVersion
            self.fields = fields
            self.purpose = purpose
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("base_version", \.baseVersion),
            WireMember("fields", \.fields),
            WireMember("purpose", \.purpose),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = WrittenVersion
}
