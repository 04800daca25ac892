import VaultCoding
import VaultEngine
import VaultRecords
import VaultWire

/// `io.carevault.Subjects`: on the event loop; the engine answers when the entries are durable.
enum SubjectsHandlers {
    static let routes: [Route] = [
        .direct(SubjectsAdd.self, add), .direct(SubjectsFind.self, find),
        .direct(SubjectsListMine.self, listMine), .direct(SubjectsShow.self, show),
        .direct(SubjectsAmend.self, amend),
    ]

    @Sendable
    private static func add(_ exchange: Exchange<SubjectsAdd>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.addSubject(
            fields: .object(asked.fields),
            try exchange.request(asked.purpose, idempotency: asked.idempotency),
            exchange.answer { created in
                SubjectsAdd.Reply(
                    subject: created.subject.text, record: created.record.text,
                    pseudonym: Hex.format(created.pseudonym))
            })
    }

    @Sendable
    private static func find(_ exchange: Exchange<SubjectsFind>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.find(
            by: IndexField(asked.by), text: asked.text, limit: try Argument.page(asked.limit),
            try exchange.request(asked.purpose),
            exchange.answer { found in
                SubjectsFind.Reply(
                    hits: found.documents.map(WireSubjectHit.init), truncated: found.isTruncated)
            })
    }

    @Sendable
    private static func listMine(_ exchange: Exchange<SubjectsListMine>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.mine(
            limit: try Argument.page(asked.limit), try exchange.request(asked.purpose),
            exchange.answer { found in
                SubjectsListMine.Reply(
                    hits: found.documents.map(WireSubjectHit.init), truncated: found.isTruncated)
            })
    }

    @Sendable
    private static func amend(_ exchange: Exchange<SubjectsAmend>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.amendSubject(
            try Argument.identifier(asked.subject, "subject"),
            base: try Argument.version(asked.baseVersion, "base_version"),
            fields: .object(asked.fields),
            try exchange.request(asked.purpose, idempotency: asked.idempotency),
            exchange.answer { created in
                SubjectsAmend.Reply(
                    record: created.record.text, version: Int64(created.version),
                    created: Int64(clamping: created.created))
            })
    }

    @Sendable
    private static func show(_ exchange: Exchange<SubjectsShow>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.show(
            try Argument.identifier(asked.subject, "subject"), try exchange.request(asked.purpose),
            exchange.answer { shown in
                SubjectsShow.Reply(document: WireSubjectDocument(shown))
            })
    }
}

extension IndexField {
    init(_ by: WireFindBy) {
        switch by {
        case .employeeNumber: self = .employeeNumber
        case .nationalID: self = .nationalID
        case .name: self = .name
        }
    }
}

extension WireSubjectHit {
    /// What a list shows of a registry record: names, and the fields that tell namesakes apart.
    init(_ document: Document) {
        // The vault wrote these bytes and an authenticated envelope kept them.
        let fields = (try? JSON.parse(document.body))?.object ?? JSON.Object()
        self.init(
            subject: document.subject.text,
            names: fields["names"]?.array?.compactMap { $0["full"]?.string } ?? [],
            employeeNumber: fields["employee_number"]?.string,
            birthDate: fields["birth_date"]?.string, unit: fields["unit"]?.string,
            status: fields["status"]?.string)
    }
}

extension WireSubjectDocument {
    init(_ shown: ShownSubject) {
        let document = shown.document
        self.init(
            subject: document.subject.text, pseudonym: Hex.format(shown.pseudonym),
            record: document.summary.record.text, version: Int64(document.summary.version),
            created: Int64(clamping: document.summary.created),
            author: document.summary.author.text, authorName: document.summary.authorName,
            fields: JSONBytes(unchecked: document.body))
    }
}
