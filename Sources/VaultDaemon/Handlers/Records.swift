import VaultCoding
import VaultEngine
import VaultSocket
import VaultWire

/// `io.carevault.Records`: on the event loop; the engine answers when the entry is durable.
enum RecordsHandlers {
    static let routes: [Route] = [
        .direct(RecordsCreate.self, create), .direct(RecordsGet.self, get),
        .direct(RecordsList.self, list), .direct(RecordsAmend.self, amend),
        .direct(RecordsHistory.self, history),
    ]

    @Sendable
    private static func create(_ exchange: Exchange<RecordsCreate>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.create(
            try Argument.identifier(asked.subject, "subject"), kind: asked.kind,
            body: .object(asked.body),
            try exchange.request(asked.purpose, idempotency: asked.idempotency),
            exchange.answer { created in
                RecordsCreate.Reply(
                    record: created.record.text, version: Int64(created.version),
                    created: Int64(clamping: created.created))
            })
    }

    /// The one that everything else waits for: the reply is written by hand, because the general
    /// way reads each field through a key path.
    @Sendable
    private static func get(_ exchange: Exchange<RecordsGet>) throws(EngineError) {
        let asked = exchange.parameters
        var version: UInt32?
        if let number = asked.version { version = try Argument.version(number, "version") }
        let responder = exchange.responder
        exchange.vault.read(
            try Argument.identifier(asked.subject, "subject"),
            try Argument.identifier(asked.record, "record"), version: version,
            try exchange.request(asked.purpose)
        ) { result in
            switch result {
            case .success(let document): responder.reply(DocumentReply.message(document))
            case .failure(let error): exchange.fail(error)
            }
        }
    }

    @Sendable
    private static func list(_ exchange: Exchange<RecordsList>) throws(EngineError) {
        let asked = exchange.parameters
        var cursor: [UInt8]?
        if let text = asked.cursor {
            do {
                cursor = try Hex.parse(text)
            } catch {
                throw .invalidArgument(name: "cursor", problem: "not one that a reply gave")
            }
        }
        exchange.vault.list(
            try Argument.identifier(asked.subject, "subject"), kind: asked.kind, cursor: cursor,
            limit: try Argument.page(asked.limit), try exchange.request(asked.purpose),
            exchange.answer { page in
                RecordsList.Reply(
                    records: page.elements.map(WireRecordSummary.init),
                    cursor: page.cursor.map(Hex.format))
            })
    }

    @Sendable
    private static func amend(_ exchange: Exchange<RecordsAmend>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.amend(
            try Argument.identifier(asked.subject, "subject"),
            try Argument.identifier(asked.record, "record"),
            base: try Argument.version(asked.baseVersion, "base_version"),
            body: .object(asked.body),
            try exchange.request(asked.purpose, idempotency: asked.idempotency),
            exchange.answer { created in
                RecordsAmend.Reply(
                    record: created.record.text, version: Int64(created.version),
                    created: Int64(clamping: created.created))
            })
    }

    @Sendable
    private static func history(_ exchange: Exchange<RecordsHistory>) throws(EngineError) {
        let asked = exchange.parameters
        exchange.vault.history(
            try Argument.identifier(asked.subject, "subject"),
            try Argument.identifier(asked.record, "record"), try exchange.request(asked.purpose),
            exchange.answer { versions in
                RecordsHistory.Reply(versions: versions.map(WireRecordSummary.init))
            })
    }
}

extension Exchange {
    /// What comes with a request about files. Throws `sealed`, `loginNeeded`, `invalidArgument`.
    func request(
        _ purpose: String?, idempotency: String? = nil
    ) throws(EngineError) -> FileRequest {
        let session = try session()
        let purpose = try Argument.purpose(purpose)
        var name: IdempotencyID?
        if let idempotency { name = try Argument.identifier(idempotency, "idempotency") }
        return FileRequest(session: session, purpose: purpose, idempotency: name)
    }
}

extension Argument {
    /// The largest number of results of one reply.
    static func page(_ limit: Int64?) throws(EngineError) -> Int {
        try count(limit, "limit", in: 1...Int64(FileLimits.page), absent: 20)
    }
}

extension WireRecordSummary {
    init(_ summary: RecordSummary) {
        self.init(
            record: summary.record.text, version: Int64(summary.version),
            baseVersion: summary.base == 0 ? nil : Int64(summary.base), kind: summary.kind,
            author: summary.author.text, authorName: summary.authorName,
            created: Int64(clamping: summary.created))
    }
}
