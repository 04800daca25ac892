import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// A record whose bytes are at hand and still closed. Opening it takes what the rules and the log
/// gave: skipping either does not compile.
struct SealedDocument: Sendable {
    let found: FoundRecord
    private let number: UInt64
    private let envelope: [UInt8]

    /// Fetches the body's envelope and checks that it is the one its record row names.
    init(_ found: FoundRecord, store: any ByteStore) throws(RecordLocator.Miss) {
        let value: [UInt8]?
        do { value = try store.get(.bodies, RecordRow.bodyKey(found.row.body)) } catch {
            throw .storage(error)
        }
        guard let value, Digest(Blake2b.plain(value, count: Digest.count)) == found.row.envelope
        else { throw .damaged(.bodies) }
        self.found = found
        number = found.row.body
        envelope = value
    }

    /// How an audit entry names it.
    var reference: RecordReference {
        RecordReference(
            record: found.record, version: found.version, envelope: found.row.envelope)
    }

    /// Opens the body. Nil when it does not open: damaged, and to be quarantined.
    func open(_ grant: borrowing Grant, _ receipt: borrowing AuditReceipt) -> Document? {
        let context = RecordRow.bodyContext(found.record, version: found.version)
        guard
            let padded = try? found.key.open(envelope, .bodies, RecordRow.bodyKey(number), context),
            let body = try? Padding.unpad(padded)
        else { return nil }
        return Document(subject: found.subject, summary: found.summary, body: body)
    }
}
