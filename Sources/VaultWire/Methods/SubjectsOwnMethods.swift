package import VaultCoding

/// Lists the subjects whose files the caller opened or wrote lately; every subject shown is an audit
/// entry.
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

    /// What the service answers.
    package struct Reply: WireObject {
        /// The hits, the last one opened first.
        package var hits: [WireSubjectHit] = []
        /// Whether there are more than the limit.
        package var truncated: Bool = false

        package init() {}

        package init(hits: [WireSubjectHit], truncated: Bool) {
            self.hits = hits
            self.truncated = truncated
        }

        package static let members: [WireMember<Self>] = [
            WireMember("hits", \.hits),
            WireMember("truncated", \.truncated),
        ]
    }
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

    /// What the service answers.
    package struct Reply: WireObject {
        /// Identifier of the registry record.
        package var record: String = ""
        /// The version written.
        package var version: Int64 = 0
        /// Time of that version, in microseconds since 1970 UTC.
        package var created: Int64 = 0

        package init() {}

        package init(record: String, version: Int64, created: Int64) {
            self.record = record
            self.version = version
            self.created = created
        }

        package static let members: [WireMember<Self>] = [
            WireMember("record", \.record),
            WireMember("version", \.version),
            WireMember("created_us", \.created),
        ]
    }
}
