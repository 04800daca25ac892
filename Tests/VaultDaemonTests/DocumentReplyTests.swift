import Testing
import VaultCoding
import VaultEngine
import VaultSodium
import VaultWire

@testable import VaultDaemon
@testable import VaultEngine

@Suite struct DocumentReplyTests {
    @Test(arguments: [0, 1, 7] as [UInt32], [nil, "nina", "李 \"护士\""])
    func isWhatTheGeneralWayWrites(_ base: UInt32, _ name: String?) throws {
        let document = Document(
            subject: Random.identifier(),
            summary: RecordSummary(
                record: Random.identifier(), version: base + 1, kind: "counselling.session",
                schema: 1, created: 1_790_000_000_000_000, author: Random.identifier(),
                authorName: name, base: base),
            body: Array(#"{"date":"2026-01-02","note":"张伟 \"x\""}"#.utf8))
        let summary = document.summary
        let general = ReplyWriter.reply(
            RecordsGet.Reply(
                document: WireRecordDocument(
                    subject: document.subject.text, record: summary.record.text,
                    version: Int64(summary.version), baseVersion: base == 0 ? nil : Int64(base),
                    kind: summary.kind, author: summary.author.text,
                    authorName: name, created: Int64(summary.created),
                    body: JSONBytes(unchecked: document.body))))
        let quick = DocumentReply.message(document)
        #expect(String(decoding: quick, as: UTF8.self) == String(decoding: general, as: UTF8.self))
        _ = try JSON.parse(quick)
    }
}
