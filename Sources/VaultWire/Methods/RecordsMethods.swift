package import VaultCoding

/// The methods of `io.carevault.Records` in the order of its file.
let recordsMethods: [any WireMethod.Type] = [
    RecordsCreate.self,
    RecordsGet.self,
    RecordsList.self,
    RecordsAmend.self,
    RecordsHistory.self,
]

/// Creates a record of a subject.
package enum RecordsCreate: WireMethod {
    package static let interface = Interface.records
    package static let member = "Create"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Kind, such as counselling.session.
        package var kind: String = ""
        /// The fields, as the schema of the kind has them.
        package var body: JSON.Object = JSON.Object()
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(
            subject: String, kind: String, body: JSON.Object, purpose: String? = nil,
            idempotency: String
        ) {
            self.subject = subject
            self.kind = kind
            self.body = body
            self.purpose = purpose
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("kind", \.kind),
            WireMember("body", \.body),
            WireMember("purpose", \.purpose),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = WrittenVersion
}

/// Gets one version of a record.
package enum RecordsGet: WireMethod {
    package static let interface = Interface.records
    package static let member = "Get"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Identifier of the record.
        package var record: String = ""
        /// Version; absent for the newest.
        package var version: Int64?
        /// Purpose of use; absent for that of the login.
        package var purpose: String?

        package init() {}

        package init(
            subject: String, record: String, version: Int64? = nil, purpose: String? = nil
        ) {
            self.subject = subject
            self.record = record
            self.version = version
            self.purpose = purpose
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("record", \.record),
            WireMember("version", \.version),
            WireMember("purpose", \.purpose),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The record.
        package var document: WireRecordDocument = WireRecordDocument.blank

        package init() {}

        package init(document: WireRecordDocument) {
            self.document = document
        }

        package static let members: [WireMember<Self>] = [
            WireMember("document", \.document)
        ]
    }
}

/// Lists the newest versions of a subject's records; every record shown is an audit entry.
package enum RecordsList: WireMethod {
    package static let interface = Interface.records
    package static let member = "List"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Kind, such as counselling.session; absent for all that the caller may list.
        package var kind: String?
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Cursor of the page before; absent for the first.
        package var cursor: String?
        /// Largest number of records, 1 to 100; absent for 20.
        package var limit: Int64?

        package init() {}

        package init(
            subject: String, kind: String? = nil, purpose: String? = nil, cursor: String? = nil,
            limit: Int64? = nil
        ) {
            self.subject = subject
            self.kind = kind
            self.purpose = purpose
            self.cursor = cursor
            self.limit = limit
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("kind", \.kind),
            WireMember("purpose", \.purpose),
            WireMember("cursor", \.cursor),
            WireMember("limit", \.limit),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The records, newest first.
        package var records: [WireRecordSummary] = []
        /// Cursor for the next page; absent after the last.
        package var cursor: String?

        package init() {}

        package init(records: [WireRecordSummary], cursor: String? = nil) {
            self.records = records
            self.cursor = cursor
        }

        package static let members: [WireMember<Self>] = [
            WireMember("records", \.records),
            WireMember("cursor", \.cursor),
        ]
    }
}

/// Writes a new version of a record; nothing is overwritten.
package enum RecordsAmend: WireMethod {
    package static let interface = Interface.records
    package static let member = "Amend"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Identifier of the record.
        package var record: String = ""
        /// Newest version, which this one amends.
        package var baseVersion: Int64 = 0
        /// All fields, as the schema of the kind has them.
        package var body: JSON.Object = JSON.Object()
        /// Purpose of use; absent for that of the login.
        package var purpose: String?
        /// Identifier of this request, 16 bytes chosen by the client.
        package var idempotency: String = ""

        package init() {}

        package init(
            subject: String, record: String, baseVersion: Int64, body: JSON.Object,
            purpose: String? = nil, idempotency: String
        ) {
            self.subject = subject
            self.record = record
            self.baseVersion = baseVersion
            self.body = body
            self.purpose = purpose
            self.idempotency = idempotency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("record", \.record),
            WireMember("base_version", \.baseVersion),
            WireMember("body", \.body),
            WireMember("purpose", \.purpose),
            WireMember("idempotency", \.idempotency),
        ]
    }

    package typealias Reply = WrittenVersion
}

/// Lists every version of a record.
package enum RecordsHistory: WireMethod {
    package static let interface = Interface.records
    package static let member = "History"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Identifier of the subject.
        package var subject: String = ""
        /// Identifier of the record.
        package var record: String = ""
        /// Purpose of use; absent for that of the login.
        package var purpose: String?

        package init() {}

        package init(subject: String, record: String, purpose: String? = nil) {
            self.subject = subject
            self.record = record
            self.purpose = purpose
        }

        package static let members: [WireMember<Self>] = [
            WireMember("subject", \.subject),
            WireMember("record", \.record),
            WireMember("purpose", \.purpose),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The versions, newest first.
        package var versions: [WireRecordSummary] = []

        package init() {}

        package init(versions: [WireRecordSummary]) {
            self.versions = versions
        }

        package static let members: [WireMember<Self>] = [
            WireMember("versions", \.versions)
        ]
    }
}
