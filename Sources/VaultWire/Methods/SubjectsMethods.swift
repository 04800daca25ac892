package import VaultCoding

/// The methods of `io.carevault.Subjects` in the order of its file.
let subjectsMethods: [any WireMethod.Type] = [
    SubjectsAdd.self,
    SubjectsFind.self,
    SubjectsListMine.self,
    SubjectsShow.self,
    SubjectsAmend.self,
]

/// Adds a subject.
package enum SubjectsAdd: WireMethod {
    package static let interface = Interface.subjects
    package static let member = "Add"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// The fields, as the schema of registry.subject has them.
        package var fields: JSON.Object = JSON.Object()
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(fields: JSON.Object, purpose: String? = nil, idempotency: String) {
            self.fields = fields
            self.purpose = purpose
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("fields", \.fields),
            WireMember("purpose", \.purpose),
            WireMember("idempotency", \.idempotency),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Identifier of the new subject.
        package var subject: String = ""
        /// Identifier of its registry record.
        package var record: String = ""
        /// Pseudonym under which the audit trail knows the subject.
        package var pseudonym: String = ""

        package init() {}

        package init(subject: String, record: String, pseudonym: String) {
            self.subject = subject
            self.record = record
            self.pseudonym = pseudonym
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("record", \.record),
            WireMember("pseudonym", \.pseudonym),
        ]
    }
}

/// Finds subjects by an identifier or a full name; every subject shown is an audit entry.
package enum SubjectsFind: WireMethod {
    package static let interface = Interface.subjects
    package static let member = "Find"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// What to look for.
        package var by: WireFindBy = WireFindBy.blank
        /// The whole value; width, case and spaces do not matter.
        package var text: String = ""
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Largest number of hits, 1 to 100; absent for 20.
        package var limit: Int64?

        package init() {}

        package init(by: WireFindBy, text: String, purpose: String? = nil, limit: Int64? = nil) {
            self.by = by
            self.text = text
            self.purpose = purpose
            self.limit = limit
        }

        package static let members: [WireMember<Self>] = [
            WireMember("by", \.by),
            WireMember("text", \.text),
            WireMember("purpose", \.purpose),
            WireMember("limit", \.limit),
        ]
    }

    package typealias Reply = SubjectHits
}

/// Shows one subject.
package enum SubjectsShow: WireMethod {
    package static let interface = Interface.subjects
    package static let member = "Show"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Purpose of use; absent for that of the login.
        package var purpose: String?

        package init() {}

        package init(subject: String, purpose: String? = nil) {
            self.subject = subject
            self.purpose = purpose
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("purpose", \.purpose),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The subject.
        package var document: WireSubjectDocument = WireSubjectDocument.blank

        package init() {}

        package init(document: WireSubjectDocument) {
            self.document = document
        }

        package static let members: [WireMember<Self>] = [
            WireMember("document", \.document)
        ]
    }
}
