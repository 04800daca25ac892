package import VaultCoding
import VaultSodium

/// A checkpoint as it came from outside: its signature is not checked.
///
/// The text of the note: origin, size in decimal, root in base 64, then possible extension lines,
/// each ended by LF. Source: C2SP tlog-checkpoint.
package struct UnverifiedCheckpoint: Sendable, Equatable {
    /// Which log.
    package let origin: String
    /// How many leaves.
    package let size: UInt64
    /// The hash of the tree.
    package let root: Digest
    /// Lines after these, without their LF.
    package let extensions: [String]
    /// The note it stands in.
    package let note: SignedNote

    /// From the bytes of a signed note. Throws `malformed`.
    package init(parse bytes: [UInt8]) throws(NoteError) {
        try self.init(note: try SignedNote(parse: bytes))
    }

    init(note: SignedNote) throws(NoteError) {
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.count >= 3, !lines[0].isEmpty, let size = UInt64(lines[1]),
            String(size) == lines[1],
            let root = (try? Base64.parse(String(lines[2]))).flatMap({
                Digest($0)
            }), lines.allSatisfy({ !$0.isEmpty })
        else { throw .malformed(what: "checkpoint") }
        self.origin = String(lines[0])
        self.size = size
        self.root = root
        self.extensions = lines.dropFirst(3).map(String.init)
        self.note = note
    }

    /// The checkpoint, if the log's key signed it and the origin is the key's name. Throws
    /// `badSignature`, `noKnownSignature`, `otherOrigin`.
    package func verify(_ key: VerifierKey) throws(NoteError) -> Checkpoint {
        _ = try note.verify([key])
        guard origin == key.name else { throw .otherOrigin(expected: key.name, found: origin) }
        return Checkpoint(unchecked: self)
    }
}

/// A checkpoint whose log signature was verified, or that was just signed.
package struct Checkpoint: Sendable, Equatable {
    /// Which log.
    package let origin: String
    /// How many leaves.
    package let size: UInt64
    /// The hash of the tree.
    package let root: Digest
    /// The signed note, for storing and giving out.
    package let note: [UInt8]

    fileprivate init(unchecked checkpoint: UnverifiedCheckpoint) {
        origin = checkpoint.origin
        size = checkpoint.size
        root = checkpoint.root
        note = checkpoint.note.bytes
    }

    /// Signs a tree under the log's key; the key's name is the origin.
    init(size: UInt64, root: Digest, key: VerifierKey, _ sign: ([UInt8]) -> [UInt8]) {
        var note = SignedNote(text: "\(key.name)\n\(size)\n\(Base64.format(root.bytes))\n")
        note.sign(as: key, sign)
        self.origin = key.name
        self.size = size
        self.root = root
        self.note = note.bytes
    }
}
