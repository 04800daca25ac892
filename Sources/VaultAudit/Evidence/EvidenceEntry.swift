package import VaultCoding

/// One entry in an evidence file: its leaf, its open parts in binary as they were committed to, and the
/// same in words.
///
/// ```
/// {"sequence":5,"leaf":"<base 64>","a":{"salt":"…","bytes":"…"}[,"b":{"salt":"…","bytes":"…"}],
///  "time":"2026-08-01T12:34:56.000001Z","epoch":1,"entry":"…",<words of A>[,"about":{<words of B>}]}
/// {"sequence":6,"leaf":"<base 64>","missing":true,"time":"…","epoch":1,"entry":"…"}
/// ```
///
/// Without `b` part B is closed; of an entry of the sealed state it is empty. `missing` says that the
/// contents could not be opened. The words are a function of the binary parts: a verifier renders them
/// again and compares, so what a person reads is what was committed to.
package struct EvidenceEntry: Sendable, Equatable {
    /// What the tree commits to.
    package let leaf: Leaf
    /// What is shown of it.
    package let contents: Contents

    /// What is shown of an entry.
    package enum Contents: Sendable, Equatable {
        /// It could not be opened.
        case missing
        /// Part A, and part B if it is disclosed.
        case opened(EvidencePart<PartA>, b: EvidencePart<PartB>?)
    }

    /// From its parts; whether they fit is checked by ``check()``.
    package init(leaf: Leaf, contents: Contents) {
        self.leaf = leaf
        self.contents = contents
    }

    /// Of a record, opened with the sealer of its epoch; nil, or contents that do not open, make it
    /// missing. `disclosing` decides whether part B is opened too.
    package init(
        _ record: AuditRecord, sealer: EntrySealer?, disclosing: (PartB) -> Bool = { _ in false }
    ) {
        leaf = record.leaf
        guard let opened = Self.open(record, sealer), let a = EvidencePart<PartA>(opened.a),
            let b = EvidencePart<PartB>(opened.b)
        else {
            contents = Self.readable(record).map { .opened($0, b: nil) } ?? .missing
            return
        }
        let isOpen = leaf.epoch != 0 && disclosing(b.value)
        contents = .opened(a, b: isOpen ? b : nil)
    }

    /// Both parts, checked against the leaf; nil if they cannot be had.
    static func open(_ record: AuditRecord, _ sealer: EntrySealer?) -> OpenedEntry? {
        if case .sealed(let a, _) = record.content {
            let opened = OpenedEntry(a: a, b: .emptyB)
            return opened.a.commitmentA == record.leaf.commitA
                && record.leaf.commitB == Self.emptyCommitment ? opened : nil
        }
        return try? sealer?.open(record)
    }

    /// Part A where it stands open in the log and the rest does not open: of an epoch's opening only,
    /// which is judged by the statements. Anything else that nobody can open whole, a daemon's owner
    /// could have put there in anybody's name.
    private static func readable(_ record: AuditRecord) -> EvidencePart<PartA>? {
        guard case .openA(let a, _) = record.content, a.commitmentA == record.leaf.commitA else {
            return nil
        }
        let part = EvidencePart<PartA>(a)
        guard case .epochOpened = part?.value.detail else { return nil }
        return part
    }

    /// The commitment to the part B of every entry of the sealed state.
    static let emptyCommitment = OpenedPart.emptyB.commitmentB

    /// From a line without its LF, in its one spelling. Throws `line`, `contents`, `words`.
    package init(parse line: [UInt8]) throws(TrailProblem) {
        var reader = LineReader(line)
        guard reader.skip("{\"sequence\":"), reader.skipDigits(), reader.skip(",\"leaf\":\""),
            let bytes = reader.base64(), let leaf = try? Leaf(parse: bytes)
        else { throw .line }
        if reader.skip(",\"missing\":true") {
            self.init(leaf: leaf, contents: .missing)
        } else {
            guard reader.skip(",\"a\":"), let a = Self.part(&reader) else { throw .line }
            var b: OpenedPart?
            if reader.skip(",\"b\":") {
                b = Self.part(&reader)
                if b == nil { throw .line }
            }
            guard let partA = EvidencePart<PartA>(a) else { throw .contents }
            var partB: EvidencePart<PartB>?
            if let b {
                partB = EvidencePart(b)
                if partB == nil { throw .contents }
            }
            self.init(leaf: leaf, contents: .opened(partA, b: partB))
        }
        guard self.line == line else { throw .words }
    }

    private static func part(_ reader: inout LineReader) -> OpenedPart? {
        guard reader.skip("{\"salt\":\""), let salt = reader.base64().flatMap({ Digest($0) }),
            reader.skip(",\"bytes\":\""), let bytes = reader.base64(), reader.skip("}")
        else { return nil }
        return OpenedPart(salt: salt, encoded: bytes)
    }

    /// What does not fit the leaf; nil if all does.
    package func check() -> TrailProblem? {
        guard case .opened(let a, let b) = contents else { return nil }
        guard a.part.commitmentA == leaf.commitA else { return .commitment }
        if leaf.epoch == 0 {
            // The part B of these is known to be empty and is never shown.
            return leaf.commitB == Self.emptyCommitment && b == nil ? nil : .commitment
        }
        guard let b else { return nil }
        guard b.part.commitmentB == leaf.commitB else { return .commitment }
        if case .key(let key) = b.value.subject {
            guard leaf.match == Commitment.match(subject: key, entry: leaf.id) else {
                return .match
            }
        }
        return nil
    }

    /// The line without its LF.
    package var line: [UInt8] {
        LineWriter.line(capacity: 2048) { writer in
            writer.put("sequence", leaf.sequence)
            writer.put("leaf", base64: leaf.bytes)
            switch contents {
            case .missing:
                writer.put("missing", true)
                put(place: &writer)
            case .opened(let a, let b):
                writer.put("a", a.part)
                if let b { writer.put("b", b.part) }
                put(place: &writer)
                a.value.write(words: &writer)
                if let b { writer.object("about") { b.value.write(words: &$0) } }
            }
        }
    }

    private func put(place writer: inout LineWriter) {
        writer.put("time", time: leaf.time)
        writer.put("epoch", UInt64(leaf.epoch))
        writer.put("entry", leaf.id.text)
    }
}

/// A part as it was committed to, and what it says.
package struct EvidencePart<Value: EvidenceReadable>: Sendable, Equatable {
    /// Salt and encoding.
    package let part: OpenedPart
    /// What the encoding says.
    package let value: Value

    /// Nil if the encoding cannot be read.
    package init?(_ part: OpenedPart) {
        guard let value = try? Value(parse: part.encoded) else { return nil }
        self.part = part
        self.value = value
    }
}

/// What a part of an entry can be read as.
package protocol EvidenceReadable: Sendable, Equatable {
    /// From the one encoding.
    init(parse bytes: [UInt8]) throws(CodingError)
}

extension PartA: EvidenceReadable {}
extension PartB: EvidenceReadable {}

extension LineWriter {
    fileprivate mutating func put(_ name: StaticString, _ part: OpenedPart) {
        object(name) { writer in
            writer.put("salt", base64: part.salt.bytes)
            writer.put("bytes", base64: part.encoded)
        }
    }
}
