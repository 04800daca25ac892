/// What an act about one principal takes.
package struct PrincipalRequest: WireObject {
    /// Identifier of the principal.
    package var principal: String = ""
    /// Identifier of this request, 16 bytes chosen by the client.
    package var idempotency: String = ""

    package init() {}

    package init(principal: String, idempotency: String) {
        self.principal = principal
        self.idempotency = idempotency
    }

    package static let members: [WireMember<Self>] = [
        WireMember("principal", \.principal),
        WireMember("idempotency", \.idempotency),
    ]
}

/// What an act answers that is one statement.
package struct StatementReply: WireObject {
    /// Number of the statement.
    package var statement: Int64 = 0

    package init() {}

    package init(statement: Int64) {
        self.statement = statement
    }

    package static let members: [WireMember<Self>] = [
        WireMember("statement", \.statement)
    ]
}

/// What an act answers that is one statement and ends logins.
package struct RemovalReply: WireObject {
    /// Number of the statement.
    package var statement: Int64 = 0
    /// Number of logins that ended.
    package var sessionsEnded: Int64 = 0

    package init() {}

    package init(statement: Int64, sessionsEnded: Int64) {
        self.statement = statement
        self.sessionsEnded = sessionsEnded
    }

    package static let members: [WireMember<Self>] = [
        WireMember("statement", \.statement),
        WireMember("sessions_ended", \.sessionsEnded),
    ]
}

/// What the writing of a version answers.
package struct WrittenVersion: WireObject {
    /// Identifier of the record.
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

/// What a login tells about itself.
package struct SessionReply: WireObject {
    /// The login.
    package var session: WireSessionInfo = WireSessionInfo.blank

    package init() {}

    package init(session: WireSessionInfo) {
        self.session = session
    }

    package static let members: [WireMember<Self>] = [
        WireMember("session", \.session)
    ]
}

/// Subjects that were found.
package struct SubjectHits: WireObject {
    /// The hits.
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
