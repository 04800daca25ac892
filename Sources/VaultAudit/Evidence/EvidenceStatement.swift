package import VaultCoding
package import VaultStatements

/// One statement of the vault's chain in an evidence file: the head with its signatures, and the body
/// of those that say which keys count. All others stay closed, so no name is told.
///
/// `{"statement":1,"head":"<base 64>","signatures":["<base 64>",…][,"salt":"…","body":"…"],
///   "kind":1,"time":"…"}`, `kind` the number in ``StatementKind``.
package struct EvidenceStatement: Sendable, Equatable {
    /// The head.
    package let head: StatementHead
    /// One signature of 64 bytes for each signer, in the head's order.
    package let signatures: [[UInt8]]
    /// Salt and body, where they are open.
    package let opened: Opened?

    /// What the head's commitment hides.
    package struct Opened: Sendable, Equatable {
        /// The salt.
        package let salt: Digest
        /// The body's encoding.
        package let body: [UInt8]
    }

    /// The kinds whose bodies are open: they name keys, and of principals the identifier alone.
    static func isOpen(_ kind: StatementKind) -> Bool {
        switch kind {
        case .vaultInit, .founding, .auditGrant: true
        default: false
        }
    }

    init(head: StatementHead, signatures: [[UInt8]], opened: Opened?) {
        self.head = head
        self.signatures = signatures
        self.opened = opened
    }

    /// Of a statement of the chain.
    package init(_ statement: VerifiedStatement) {
        let stored = statement.statement
        head = stored.head
        signatures = stored.signatures
        opened =
            Self.isOpen(stored.head.kind) ? Opened(salt: stored.salt, body: stored.body) : nil
    }

    /// From a line without its LF, in its one spelling. Throws `line`, `newerStatement`.
    package init(parse line: [UInt8]) throws(TrailProblem) {
        guard let object = LineObject(line), let bytes = object.bytes("head"),
            let signatures = object.list("signatures")
        else { throw .line }
        do throws(StatementError) { head = try StatementHead.parse(bytes) } catch {
            switch error {
            case .newer, .newerFormat: throw .newerStatement
            default: throw .line
            }
        }
        self.signatures = signatures
        if let salt = object.digest("salt"), let body = object.bytes("body") {
            opened = Opened(salt: salt, body: body)
        } else {
            opened = nil
        }
        guard self.line == line else { throw .line }
    }

    /// The line without its LF.
    package var line: [UInt8] {
        LineWriter.line { writer in
            writer.put("statement", head.number)
            writer.put("head", base64: head.bytes)
            writer.put("signatures", list: signatures)
            if let opened {
                writer.put("salt", base64: opened.salt.bytes)
                writer.put("body", base64: opened.body)
            }
            writer.put("kind", UInt64(head.kind.rawValue))
            writer.put("time", time: head.time)
        }
    }
}
