import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// The vectors of C2SP signed-note and of a checkpoint with a witness.
enum NoteVectors {
    static let exampleKey =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let example =
        "This is an example message.\n\n\u{2014} example.com/foo "
        + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72"
        + "IneyaQM=\n"
    static let logKey =
        "vault.example/audit+6c5bbaef+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
    static let witnessKey =
        "witness.example/w1+04d2d833+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"
    static let checkpointText =
        "vault.example/audit\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    static let checkpoint =
        checkpointText + "\n\u{2014} vault.example/audit "
        + "bFu670//X7A+JeRWG5tuuyCAoLHed3X65pkn3FdJasEOSV/RV03DnjRQUCHy60GHBkzg+g+6K/JGM/KquJBH"
        + "/k8GpAk=\n\u{2014} witness.example/w1 "
        + "BNLYMwAAAABpVzWl4b+hB0mPKFJR6/PdAF+WYzWecsGFlgzzXldiU8KSnv+YtKuZ9z8kCAychjutUK8CnBw/"
        + "si8QBQrv6jFtfLGyBA==\n"
    /// Ed25519 seeds of RFC 8032 §7.1, tests 1 and 2.
    static let logSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    static let witnessSeed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"

    static func pair(_ seed: String) throws -> SigningKeyPair {
        var bytes = try Hex.parse(seed)
        return try SigningKeyPair(seed: try SecretBytes(wiping: &bytes))
    }
}

@Suite("Signed notes")
struct NoteTests {
    @Test func exampleVerifies() throws {
        let key = try VerifierKey(parse: NoteVectors.exampleKey)
        #expect(key.name == "example.com/foo")
        #expect(
            Hex.format(key.key.rawBytes)
                == "e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4")
        let note = try SignedNote(parse: Array(NoteVectors.example.utf8))
        #expect(note.text == "This is an example message.\n")
        #expect(try note.verify([key]) == [key])
        #expect(throws: NoteError.noKnownSignature) {
            try note.verify([try VerifierKey(parse: NoteVectors.logKey)])
        }
    }

    /// A changed byte is refused, or it is the name or id of a key, which then is unknown.
    @Test func everyChangedByteIsRefused() throws {
        let key = try VerifierKey(parse: NoteVectors.exampleKey)
        let bytes = Array(NoteVectors.example.utf8)
        for index in bytes.indices {
            for change: UInt8 in [1, 2, 0x20, 0x80] {
                var mangled = bytes
                mangled[index] ^= change
                #expect(throws: NoteError.self, "byte \(index) ^ \(change)") {
                    try SignedNote(parse: mangled).verify([key])
                }
            }
            var cut = bytes
            cut.remove(at: index)
            #expect(throws: NoteError.self, "without byte \(index)") {
                try SignedNote(parse: cut).verify([key])
            }
            #expect(throws: NoteError.self, "up to byte \(index)") {
                try SignedNote(parse: Array(bytes[..<index])).verify([key])
            }
        }
    }

    @Test func everyChangedByteOfAKeyIsRefusedOrAnotherKey() throws {
        let key = try VerifierKey(parse: NoteVectors.logKey)
        #expect(key.text == NoteVectors.logKey)
        let bytes = Array(NoteVectors.logKey.utf8)
        for index in bytes.indices {
            for change: UInt8 in [1, 0x20] {
                var mangled = bytes
                mangled[index] ^= change
                #expect(throws: NoteError.self, "byte \(index)") {
                    try VerifierKey(parse: String(decoding: mangled, as: UTF8.self))
                }
            }
        }
        for name in ["", "a b", "a+b", "a\u{A0}b", "a\nb"] {
            #expect(throws: NoteError.self) { try VerifierKey(name: name, key: key.key) }
        }
    }

    @Test func sixteenSignaturesAreAcceptedAndACapHolds() throws {
        let pair = try SigningKeyPair()
        let key = try VerifierKey(name: "a", key: pair.publicKey)
        for (count, fits) in [(16, true), (64, true), (65, false)] {
            var note = SignedNote(text: "x\n")
            for _ in 0..<count { note.sign(as: key) { pair.sign($0) } }
            #expect(((try? SignedNote(parse: note.bytes)) != nil) == fits)
        }
    }

    /// The text may hold empty lines; the last one ends it.
    @Test func textsWithEmptyLines() throws {
        let pair = try SigningKeyPair()
        let key = try VerifierKey(name: "a", key: pair.publicKey)
        var note = SignedNote(text: "one\n\ntwo\n")
        note.sign(as: key) { pair.sign($0) }
        let again = try SignedNote(parse: note.bytes)
        #expect(again == note)
        #expect(try again.verify([key]) == [key])
    }
}

@Suite("Checkpoints")
struct CheckpointTests {
    @Test func vectorVerifiesForLogAndWitness() throws {
        let log = try VerifierKey(parse: NoteVectors.logKey)
        let witness = try VerifierKey(parse: NoteVectors.witnessKey)
        let unverified = try UnverifiedCheckpoint(parse: Array(NoteVectors.checkpoint.utf8))
        let checkpoint = try unverified.verify(log)
        #expect(checkpoint.size == 8)
        #expect(checkpoint.root.bytes == (try Digest(hex: TreeVectorTests.roots[8])).bytes)
        #expect(try unverified.note.verify([log, witness]) == [log, witness])
        let time = Cosignature.time(
            of: unverified.note.signatures[1], for: unverified.note.text, by: witness)
        #expect(time == 1_767_323_045)
    }

    @Test func signingGivesTheVector() throws {
        let pair = try NoteVectors.pair(NoteVectors.logSeed)
        let key = try VerifierKey(name: "vault.example/audit", key: pair.publicKey)
        #expect(key.text == NoteVectors.logKey)
        let checkpoint = Checkpoint(
            size: 8, root: try Digest(hex: TreeVectorTests.roots[8]), key: key
        ) { pair.sign($0) }
        var note = try SignedNote(parse: checkpoint.note)
        #expect(note.text == NoteVectors.checkpointText)
        let witnessPair = try NoteVectors.pair(NoteVectors.witnessSeed)
        let witness = try VerifierKey(
            name: "witness.example/w1", kind: .cosignature, key: witnessPair.publicKey)
        #expect(witness.text == NoteVectors.witnessKey)
        note.add(
            Cosignature.make(text: note.text, time: 1_767_323_045, as: witness) {
                witnessPair.sign($0)
            })
        #expect(note.bytes == Array(NoteVectors.checkpoint.utf8))
    }

    @Test func everyChangedByteIsRefused() throws {
        let log = try VerifierKey(parse: NoteVectors.logKey)
        let bytes = Array(NoteVectors.checkpoint.utf8)
        // The witness's line is unknown to a verifier that knows the log only.
        let end = NoteVectors.checkpoint.utf8.count - 130
        for index in 0..<end {
            var mangled = bytes
            mangled[index] ^= 1
            #expect(throws: NoteError.self, "byte \(index)") {
                try UnverifiedCheckpoint(parse: mangled).verify(log)
            }
        }
    }

    @Test(arguments: [
        "o\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n+8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n",
        "o\n8\nXcna\n", "o\n8\n",
    ])
    func textsThatAreNoCheckpoint(text: String) throws {
        let pair = try SigningKeyPair()
        let key = try VerifierKey(name: "o", key: pair.publicKey)
        var note = SignedNote(text: text)
        note.sign(as: key) { pair.sign($0) }
        #expect(throws: NoteError.self) { try UnverifiedCheckpoint(parse: note.bytes) }
    }

    @Test func anotherOriginUnderTheSameKeyIsRefused() throws {
        let pair = try SigningKeyPair()
        let key = try VerifierKey(name: "o", key: pair.publicKey)
        var note = SignedNote(text: NoteVectors.checkpointText)
        note.sign(as: key) { pair.sign($0) }
        let unverified = try UnverifiedCheckpoint(parse: note.bytes)
        #expect(throws: NoteError.otherOrigin(expected: "o", found: "vault.example/audit")) {
            try unverified.verify(key)
        }
    }

    @Test func proofFileVector() throws {
        let hashes = [
            "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
            "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
            "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        ]
        let text =
            "c2sp.org/tlog-proof@v1\nindex 5\n" + hashes.joined(separator: "\n") + "\n\n"
            + NoteVectors.checkpoint
        let file = try InclusionEvidence(parse: Array(text.utf8))
        #expect(file.index == 5)
        #expect(file.bytes == Array(text.utf8))
        let log = try VerifierKey(parse: NoteVectors.logKey)
        #expect(try file.verify(leaf: SHA256.leaf(try Hex.parse("40414243")), key: log))
        #expect(try !file.verify(leaf: SHA256.leaf(try Hex.parse("40414244")), key: log))
        var reader = TreeReader(
            size: 8, source: ReferenceTiles(tree: try TreeVectorTests.tree()))
        #expect(try reader.inclusion(of: 5) == file.hashes)
        var other = file
        other.extra = [1, 2, 3]
        #expect(try InclusionEvidence(parse: other.bytes) == other)
        for broken in ["index 05\n", "index -1\n", "indx 5\n"] {
            let text = text.replacing("index 5\n", with: broken)
            #expect(throws: NoteError.self) { try InclusionEvidence(parse: Array(text.utf8)) }
        }
    }
}
