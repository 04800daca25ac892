import VaultCoding
import VaultEngine
import VaultSocket
import VaultWire

/// `io.carevault.Audit`: reading, exporting and verifying the trail.
enum AuditHandlers {
    /// The most entries that one `Tail` shows.
    private static let tailLimit: Int64 = 1_000

    static let routes: [Route] = [
        // Looking for a reference may take the whole log.
        .blocking(AuditTail.self, { $0.reference == nil ? .act : .stream }, tail),
        .blocking(AuditExport.self, .stream, export),
        .blocking(AuditGetCheckpoint.self, .act, getCheckpoint),
        .blocking(AuditVerifyLive.self, .stream, verifyLive),
    ]

    @Sendable
    private static func tail(_ exchange: Exchange<AuditTail>) throws(EngineError) -> AuditTail.Reply
    {
        let limit = try Argument.count(
            exchange.parameters.limit, "limit", in: 1...tailLimit, absent: 20)
        let session = try exchange.session()
        let lines: [AuditLine]
        if let reference = exchange.parameters.reference {
            let responder = exchange.responder
            lines = try exchange.vault.auditEntries(
                reference: reference, limit: limit, session: session,
                isWanted: { !responder.isClosed })
        } else {
            lines = try exchange.vault.auditTail(limit: limit, session: session)
        }
        return AuditTail.Reply(entries: lines.map(WireAuditEntry.init))
    }

    @Sendable
    private static func getCheckpoint(
        _ exchange: Exchange<AuditGetCheckpoint>
    ) throws(EngineError) -> AuditGetCheckpoint.Reply {
        let since = try Argument.sequence(exchange.parameters.sinceSize, "since_size")
        let checkpoint = try exchange.vault.auditCheckpoint(
            since: since, try exchange.session())
        return AuditGetCheckpoint.Reply(
            checkpoint: checkpoint.note, verifierKey: checkpoint.verifierKey,
            consistency: checkpoint.consistency.map { Base64.format($0.bytes) })
    }

    @Sendable
    private static func export(
        _ exchange: Exchange<AuditExport>
    ) throws(EngineError) -> AuditExport.Reply {
        let asked = exchange.parameters
        var chunks = ExportChunks(exchange.responder)
        try exchange.vault.auditExport(
            AuditRange(
                from: try Argument.sequence(asked.fromSequence, "from_sequence"),
                to: try Argument.sequence(asked.toSequence, "to_sequence"),
                since: asked.sinceCheckpoint),
            session: try exchange.session()
        ) { lines, done, total in chunks.add(lines, done: done, total: total) }
        return chunks.last
    }

    @Sendable
    private static func verifyLive(
        _ exchange: Exchange<AuditVerifyLive>
    ) throws(EngineError) -> AuditVerifyLive.Reply {
        let responder = exchange.responder
        let asked = exchange.parameters
        let report = try exchange.vault.auditVerify(
            AuditRange(
                from: try Argument.sequence(asked.fromSequence, "from_sequence"),
                to: try Argument.sequence(asked.toSequence, "to_sequence")),
            session: try exchange.session()
        ) { done, total in
            let progress = AuditVerifyLive.Reply(
                done: Int64(clamping: done), total: Int64(clamping: total))
            if responder.wantsStream, responder.isWritable {
                responder.stream(ReplyWriter.reply(progress, continues: true))
            }
            return !responder.isClosed
        }
        return AuditVerifyLive.Reply(report)
    }
}

/// Collects lines of an export into messages: far below the limit of a message, large enough that
/// each costs little.
struct ExportChunks {
    private static let size = 128 << 10

    private let responder: Responder
    private var lines = ""
    private var done: UInt64 = 0
    private var total: UInt64 = 0

    init(_ responder: Responder) { self.responder = responder }

    /// Adds lines without their ends; sends what is there once it is enough.
    ///
    /// - Returns: false if nobody reads any more.
    mutating func add(_ added: [[UInt8]], done: UInt64, total: UInt64) -> Bool {
        for line in added {
            lines += String(decoding: line, as: UTF8.self)
            lines += "\n"
        }
        self.done = done
        self.total = total
        guard lines.utf8.count >= Self.size else { return true }
        let isRead = responder.streamWaiting(ReplyWriter.reply(last, continues: true))
        lines = ""
        return isRead
    }

    /// What has not been sent.
    var last: AuditExport.Reply {
        AuditExport.Reply(
            lines: lines, done: Int64(clamping: done), total: Int64(clamping: total))
    }
}
