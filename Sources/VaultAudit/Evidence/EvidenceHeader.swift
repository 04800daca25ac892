package import VaultCoding
import VaultSodium

/// The first line of an evidence file: which entries of which log, and what proves them.
///
/// ```
/// {"format":1,"kind":"carevault.evidence","vault":"…","origin":"…","verifier_key":"…","from":0,
///  "to":10,"size":12,"checkpoint":"<signed note>","left":["<base 64>",…],"right":[…],
///  "statements":4
///  [,"since":{"size":3,"root":"<base 64>","proof":["<base 64>",…]}]
///  [,"subject":{"key":"<base 64>","pseudonym":"<hexadecimal>"}]}
/// ```
///
/// One line, no white space, members in this order. `left` and `right` are the subtrees left and right
/// of the range in the checkpoint's tree (``RangeProof``), `since` proves that the tree continues an
/// older checkpoint, `subject` discloses one subject's k_s. The statements, the entries and the end
/// mark follow, a line each.
package struct EvidenceHeader: Sendable, Equatable {
    /// The number of the format.
    package static let format: UInt64 = 1
    private static let kind = "carevault.evidence"

    /// The log's key; its name is the origin.
    package let verifierKey: VerifierKey
    /// The vault.
    package let vault: VaultID
    /// The entries in the file.
    package let range: Range<UInt64>
    /// A checkpoint over at least the range, as it came; its signature is checked by the verifier.
    package let checkpoint: UnverifiedCheckpoint
    /// The subtrees around the range.
    package let proof: RangeProof
    /// How many statements follow.
    package let statements: UInt64
    /// The tree that was known before.
    package let since: Earlier?
    /// k_s of the subject whose entries are all opened.
    package let subject: Digest?

    /// An older tree, and the proof that the checkpoint's continues it.
    package struct Earlier: Sendable, Equatable {
        /// Its size.
        package let size: UInt64
        /// Its root.
        package let root: Digest
        /// The consistency proof.
        package let proof: [Digest]

        /// From its parts.
        package init(size: UInt64, root: Digest, proof: [Digest]) {
            self.size = size
            self.root = root
            self.proof = proof
        }
    }

    /// From its parts.
    package init(
        verifierKey: VerifierKey, vault: VaultID, range: Range<UInt64>,
        checkpoint: UnverifiedCheckpoint, proof: RangeProof, statements: UInt64,
        since: Earlier? = nil, subject: Digest? = nil
    ) {
        self.verifierKey = verifierKey
        self.vault = vault
        self.range = range
        self.checkpoint = checkpoint
        self.proof = proof
        self.statements = statements
        self.since = since
        self.subject = subject
    }

    /// Whether a file with this first line, without its LF, says that it is an evidence file of any
    /// format. Asks nothing more: what says so is judged by every rule, also if the line was cut.
    package static func begins(_ line: [UInt8]) -> Bool {
        let opening = Array("{\"format\":\(format),\"kind\":\"\(kind)\"".utf8)
        guard line.count > opening.count else { return !line.isEmpty && opening.starts(with: line) }
        return String(decoding: line, as: UTF8.self).contains("\"kind\":\"\(kind)\"")
    }

    /// From a line without its LF, in its one spelling. Throws `line`, `newer`.
    package init(parse line: [UInt8]) throws(TrailProblem) {
        guard let object = LineObject(line), let format = object.number("format"),
            object.text("kind") == Self.kind
        else { throw .line }
        guard format == Self.format else { throw format > Self.format ? .newer : .line }
        guard let vault = object.text("vault").flatMap({ try? VaultID(text: $0) }),
            let key = object.text("verifier_key").flatMap({ try? VerifierKey(parse: $0) }),
            let from = object.number("from"), let to = object.number("to"), from <= to,
            let note = object.text("checkpoint"),
            let checkpoint = try? UnverifiedCheckpoint(parse: Array(note.utf8)),
            let left = object.hashes("left"), let right = object.hashes("right"),
            let statements = object.number("statements")
        else { throw .line }
        var since: Earlier?
        if let earlier = object.object("since") {
            guard let size = earlier.number("size"), let root = earlier.digest("root"),
                let proof = earlier.hashes("proof")
            else { throw .line }
            since = Earlier(size: size, root: root, proof: proof)
        }
        self.init(
            verifierKey: key, vault: vault, range: from..<to, checkpoint: checkpoint,
            proof: RangeProof(left: left, right: right), statements: statements, since: since,
            subject: object.object("subject")?.digest("key"))
        guard self.line == line else { throw .line }
    }

    /// The line without its LF.
    package var line: [UInt8] {
        LineWriter.line { writer in
            writer.put("format", Self.format)
            writer.put("kind", Self.kind)
            writer.put("vault", vault.text)
            writer.put("origin", verifierKey.name)
            writer.put("verifier_key", verifierKey.text)
            writer.put("from", range.lowerBound)
            writer.put("to", range.upperBound)
            writer.put("size", checkpoint.size)
            writer.put("checkpoint", String(decoding: checkpoint.note.bytes, as: UTF8.self))
            writer.put("left", hashes: proof.left)
            writer.put("right", hashes: proof.right)
            writer.put("statements", statements)
            if let since {
                writer.object("since") { writer in
                    writer.put("size", since.size)
                    writer.put("root", base64: since.root.bytes)
                    writer.put("proof", hashes: since.proof)
                }
            }
            if let subject {
                writer.object("subject") { writer in
                    writer.put("key", base64: subject.bytes)
                    writer.put("pseudonym", SubjectName.pseudonym(of: subject))
                }
            }
        }
    }
}

/// The last line of an evidence file: without it the file is not whole. `{"end":true,"entries":10}`
package struct EvidenceFooter: Sendable, Equatable {
    /// How many entries stand before it.
    package let entries: UInt64

    /// After so many entries.
    package init(entries: UInt64) { self.entries = entries }

    /// From a line without its LF, in its one spelling. Throws `line`.
    package init(parse line: [UInt8]) throws(TrailProblem) {
        guard let entries = LineObject(line)?.number("entries") else { throw .line }
        self.init(entries: entries)
        guard self.line == line else { throw .line }
    }

    /// The line without its LF.
    package var line: [UInt8] {
        LineWriter.line { writer in
            writer.put("end", true)
            writer.put("entries", entries)
        }
    }

    /// Whether a line claims to be the last.
    static func begins(_ line: [UInt8]) -> Bool { line.starts(with: Array("{\"end\":".utf8)) }
}

/// The name that a subject has outside.
enum SubjectName {
    /// SHA-256(label ‖ k_s), the label behind its u32 length: the first 16 bytes in hexadecimal.
    static func pseudonym(of key: Digest) -> String {
        var writer = HashLabel.pseudonym.writer(capacity: 64)
        writer.put(key)
        return Hex.format(Array(SHA256.hash(writer.bytes).bytes.prefix(16)))
    }
}
