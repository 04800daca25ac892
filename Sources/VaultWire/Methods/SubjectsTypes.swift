/// What a search looks for.
package enum WireFindBy: String, WireEnumeration {
    case employeeNumber = "employee_number"
    case nationalID = "national_id"
    case name

    package static let wireName = "FindBy"
    package static let blank = WireFindBy.employeeNumber
}

/// A subject as a search shows it.
package struct WireSubjectHit: WireObject {
    package static let wireName: String? = "SubjectHit"
    /// Identifier of the subject.
    package var subject: String = ""
    /// Full names; empty if anonymous.
    package var names: [String] = []
    /// Employee number; absent if none or not visible to the caller.
    package var employeeNumber: String?
    /// Date of birth, ISO 8601; absent if none or not visible to the caller.
    package var birthDate: String?
    /// Organisational unit; absent if none or not visible to the caller.
    package var unit: String?
    /// Status, such as active or retired; absent if none.
    package var status: String?

    package init() {}

    package init(
        subject: String, names: [String], employeeNumber: String? = nil, birthDate: String? = nil,
        unit: String? = nil, status: String? = nil
    ) {
        self.subject = subject
        self.names = names
        self.employeeNumber = employeeNumber
        self.birthDate = birthDate
        self.unit = unit
        self.status = status
    }

    package static let members: [WireMember<Self>] = [
        WireMember("subject", \.subject),
        WireMember("names", \.names),
        WireMember("employee_number", \.employeeNumber),
        WireMember("birth_date", \.birthDate),
        WireMember("unit", \.unit),
        WireMember("status", \.status),
    ]
}

/// A subject with every field that the caller may see.
package struct WireSubjectDocument: WireObject {
    package static let wireName: String? = "SubjectDocument"
    /// Identifier of the subject.
    package var subject: String = ""
    /// Pseudonym under which the audit trail knows the subject.
    package var pseudonym: String = ""
    /// Identifier of the registry record.
    package var record: String = ""
    /// Version of that record, from 1.
    package var version: Int64 = 0
    /// Time of that version, in microseconds since 1970 UTC.
    package var created: Int64 = 0
    /// Identifier of the principal who wrote that version.
    package var author: String = ""
    /// Name of that principal, as the directory has it now; absent where it has none.
    package var authorName: String?
    /// The fields, as the schema of registry.subject has them.
    package var fields: JSONBytes = JSONBytes.blank

    package init() {}

    package init(
        subject: String, pseudonym: String, record: String, version: Int64, created: Int64,
        author: String, authorName: String? = nil, fields: JSONBytes
    ) {
        self.subject = subject
        self.pseudonym = pseudonym
        self.record = record
        self.version = version
        self.created = created
        self.author = author
        self.authorName = authorName
        self.fields = fields
    }

    package static let members: [WireMember<Self>] = [
        WireMember("subject", \.subject),
        WireMember("pseudonym", \.pseudonym),
        WireMember("record", \.record),
        WireMember("version", \.version),
        WireMember("created_us", \.created),
        WireMember("author", \.author),
        WireMember("author_name", \.authorName),
        WireMember("fields", \.fields),
    ]
}
