package import VaultCoding

/// A file that proves one entry to a verifier without a network: `.tlog-proof`, not yet verified.
///
/// ```
/// c2sp.org/tlog-proof@v1
/// extra <base 64>                 optional, not authenticated
/// index <decimal>
/// <base 64 hash>                  the leaf's sibling first, the root's child last
/// <empty line>
/// <checkpoint>
/// ```
///
/// Source: C2SP tlog-proof.
package struct InclusionEvidence: Sendable, Equatable {
    private static let header = "c2sp.org/tlog-proof@v1"
    /// Hashes of a proof.
    private static let maximumHashes = 63

    /// Bytes beside the proof, not authenticated.
    package var extra: [UInt8]?
    /// The leaf's position.
    package var index: UInt64
    /// The proof.
    package var hashes: [Digest]
    /// The signed note.
    package var checkpoint: [UInt8]

    /// From its parts.
    package init(extra: [UInt8]? = nil, index: UInt64, hashes: [Digest], checkpoint: [UInt8]) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// From the bytes of a file, in its one spelling. Throws `malformed`.
    package init(parse bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= 2 * SignedNote.maximumSize,
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .malformed(what: "proof file") }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(String.init) == Self.header else {
            throw .malformed(what: "proof file")
        }
        if let line = lines.first, line.hasPrefix("extra ") {
            guard let bytes = try? Base64.parse(String(line.dropFirst(6))) else {
                throw .malformed(what: "proof file")
            }
            extra = bytes
            lines.removeFirst()
        }
        guard let line = lines.popFirst(), line.hasPrefix("index "),
            let index = UInt64(line.dropFirst(6))
        else { throw .malformed(what: "proof file") }
        self.index = index
        hashes = []
        while let line = lines.popFirst(), !line.isEmpty {
            guard hashes.count < Self.maximumHashes,
                let hash = (try? Base64.parse(String(line))).flatMap({ Digest($0) })
            else { throw .malformed(what: "proof file") }
            hashes.append(hash)
        }
        checkpoint = Array(lines.joined(separator: "\n").utf8)
        guard self.bytes == bytes else { throw .malformed(what: "proof file") }
    }

    /// The bytes of the file.
    package var bytes: [UInt8] {
        var text = Self.header + "\n"
        if let extra { text += "extra \(Base64.format(extra))\n" }
        text += "index \(index)\n"
        for hash in hashes { text += Base64.format(hash.bytes) + "\n" }
        return Array(text.utf8) + [0x0A] + checkpoint
    }

    /// Whether the leaf is proved in a checkpoint of the log `key`. Throws as the checkpoint does.
    package func verify(leaf: Digest, key: VerifierKey) throws(NoteError) -> Bool {
        let checkpoint = try UnverifiedCheckpoint(parse: checkpoint).verify(key)
        return InclusionProof.verify(
            leaf, at: index, size: checkpoint.size, proof: hashes, root: checkpoint.root)
    }
}
