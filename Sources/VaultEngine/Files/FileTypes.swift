package import VaultCoding

/// Answers a request once, on some thread of the engine.
package typealias Answer<T> = @Sendable (Result<T, EngineError>) -> Void

/// What comes with every request about files.
package struct FileRequest: Sendable {
    /// The login.
    package let session: Session
    /// The purpose given with the request; the login's default counts when there is none.
    package let purpose: PurposeOfUse?
    /// The client's name for a write, so that a retry is recognised.
    package let idempotency: IdempotencyID?

    /// A request in `session`.
    package init(session: Session, purpose: PurposeOfUse?, idempotency: IdempotencyID? = nil) {
        self.session = session
        self.purpose = purpose ?? session.purpose
        self.idempotency = idempotency
    }
}

/// One version of a record, opened.
package struct Document: Sendable {
    /// The subject.
    package let subject: SubjectID
    /// What is known without the body.
    package let summary: RecordSummary
    /// The body: canonical JSON, an object.
    package let body: [UInt8]
}

/// One version of a record without its body.
package struct RecordSummary: Sendable, Equatable {
    /// The record.
    package let record: RecordID
    /// The version, from 1.
    package let version: UInt32
    /// The kind's name.
    package let kind: String
    /// The version of the kind's schema.
    package let schema: UInt16
    /// When this version was written, microseconds since 1970.
    package let created: UInt64
    /// Who wrote it.
    package let author: PrincipalID
    /// The name that the directory has for them now; nil where it has none.
    package let authorName: String?
    /// The version it amended; 0 for the first.
    package let base: UInt32
}

/// Part of a list and where it goes on.
package struct Page<Element: Sendable>: Sendable {
    /// At most as many as asked for.
    package let elements: [Element]
    /// Give it with the next request; nil at the end. Opaque.
    package let cursor: [UInt8]?
}

/// A subject that was added.
package struct CreatedSubject: Sendable, Equatable {
    /// The subject.
    package let subject: SubjectID
    /// Its registry record.
    package let record: RecordID
    /// Its pseudonym in the audit log, 16 bytes.
    package let pseudonym: [UInt8]
}

/// A version of a record that was written.
package struct CreatedRecord: Sendable, Equatable {
    /// The record.
    package let record: RecordID
    /// The version written.
    package let version: UInt32
    /// When it was written, microseconds since 1970.
    package let created: UInt64
}

/// What a search found.
package struct FoundSubjects: Sendable {
    /// Registry documents, in the order of the index.
    package let documents: [Document]
    /// Whether there are more than were asked for.
    package let isTruncated: Bool
}

/// A subject's registry document with the name that the audit log has for them.
package struct ShownSubject: Sendable {
    /// The registry record.
    package let document: Document
    /// The pseudonym, 16 bytes.
    package let pseudonym: [UInt8]
}

/// Bounds of requests about files.
package enum FileLimits {
    /// Results of one reply; each person shown is an audit entry of their own.
    package static let page = 100
    /// Subjects remembered of one person as those whose files they opened or wrote lately.
    package static let recent = 100
    /// Versions of a record: amending further says so.
    package static let versions: UInt32 = 100_000
    /// Tries of a write that others were faster than: about a second. Of as many people with one name
    /// who are added at once, each must find their place in the index.
    static let attempts = 64
    /// How long a client's name for a write is remembered, microseconds: seven days.
    static let idempotency: UInt64 = 7 * 24 * 3600 * 1_000_000
    /// The floor of padded bodies, bytes: small records look alike.
    static let bodyFloor = 1024
}
