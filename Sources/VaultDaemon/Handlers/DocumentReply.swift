import VaultCoding
import VaultEngine
import VaultWire

/// The reply of `Records.Get` as bytes, with the record's own bytes spliced in.
///
/// The same bytes as `ReplyWriter` makes of a `WireRecordDocument`; a test compares them.
enum DocumentReply {
    /// A complete message without its NUL.
    static func message(_ document: Document) -> [UInt8] {
        let summary = document.summary
        var bytes: [UInt8] = []
        bytes.reserveCapacity(document.body.count + 320)
        append(#"{"parameters":{"document":{"subject":""#, to: &bytes)
        append(document.subject.text, to: &bytes)
        append(#"","record":""#, to: &bytes)
        append(summary.record.text, to: &bytes)
        append(#"","version":"#, to: &bytes)
        append(UInt64(summary.version), to: &bytes)
        if summary.base != 0 {
            append(#","base_version":"#, to: &bytes)
            append(UInt64(summary.base), to: &bytes)
        }
        append(#","kind":"#, to: &bytes)
        JSONWriter.append(string: summary.kind, to: &bytes)
        append(#","author":""#, to: &bytes)
        append(summary.author.text, to: &bytes)
        append("\"", to: &bytes)
        if let name = summary.authorName {
            append(#","author_name":"#, to: &bytes)
            JSONWriter.append(string: name, to: &bytes)
        }
        append(#","created_us":"#, to: &bytes)
        append(summary.created, to: &bytes)
        append(#","body":"#, to: &bytes)
        bytes.append(contentsOf: document.body)
        append("}}}", to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
