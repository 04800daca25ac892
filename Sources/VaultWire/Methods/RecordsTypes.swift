/// A record without its body.
package struct WireRecordSummary: WireObject {
    package static let wireName: String? = "RecordSummary"
    /// Identifier of the record.
    package var record: String = ""
    /// Version, from 1.
    package var version: Int64 = 0
    /// Version that this one amends; absent for the first.
    package var baseVersion: Int64?
    /// Kind, such as counselling.session.
    package var kind: String = ""
    /// Identifier of the principal who wrote this version.
    package var author: String = ""
    /// Name of that principal, as the directory has it now; absent where it has none.
    package var authorName: String?
    /// Time of this version, in microseconds since 1970 UTC.
    package var created: Int64 = 0

    package init() {}

    package init(
        record: String, version: Int64, baseVersion: Int64? = nil, kind: String, author: String,
        authorName: String? = nil, created: Int64
    ) {
        self.record = record
        self.version = version
        self.baseVersion = baseVersion
        self.kind = kind
        self.author = author
        self.authorName = authorName
        self.created = created
    }

    package static let members: [WireMember<Self>] = [
        WireMember("record", \.record),
        WireMember("version", \.version),
        WireMember("base_version", \.baseVersion),
        WireMember("kind", \.kind),
        WireMember("author", \.author),
        WireMember("author_name", \.authorName),
        WireMember("created_us", \.created),
    ]
}

/// A record with its body.
package struct WireRecordDocument: WireObject {
    package static let wireName: String? = "RecordDocument"
    /// Identifier of the subject.
    package var subject: String = ""
    /// Identifier of the record.
    package var record: String = ""
    /// Version, from 1.
    package var version: Int64 = 0
    /// Version that this one amends; absent for the first.
    package var baseVersion: Int64?
    /// Kind, such as counselling.session.
    package var kind: String = ""
    /// Identifier of the principal who wrote this version.
    package var author: String = ""
    /// Name of that principal, as the directory has it now; absent where it has none.
    package var authorName: String?
    /// Time of this version, in microseconds since 1970 UTC.
    package var created: Int64 = 0
    /// The fields, as the schema of the kind has them.
    package var body: JSONBytes = JSONBytes.blank

    package init() {}

    package init(
        subject: String, record: String, version: Int64, baseVersion: Int64? = nil, kind: String,
        author: String, authorName: String? = nil, created: Int64, body: JSONBytes
    ) {
        self.subject = subject
        self.record = record
        self.version = version
        self.baseVersion = baseVersion
        self.kind = kind
        self.author = author
        self.authorName = authorName
        self.created = created
        self.body = body
    }

    package static let members: [WireMember<Self>] = [
        WireMember("subject", \.subject),
        WireMember("record", \.record),
        WireMember("version", \.version),
        WireMember("base_version", \.baseVersion),
        WireMember("kind", \.kind),
        WireMember("author", \.author),
        WireMember("author_name", \.authorName),
        WireMember("created_us", \.created),
        WireMember("body", \.body),
    ]
}
