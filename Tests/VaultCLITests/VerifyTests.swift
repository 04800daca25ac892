import Foundation
import Testing
import VaultPlatform

@testable import VaultCLI

/// `carevault verify` over the files under `Tests/Vectors/evidence`.
@Suite(.serialized) struct VerifyTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors/evidence").path

    private func vector(_ name: String) -> String { "\(Self.folder)/\(name)" }

    private func lines(_ name: String) throws -> [Substring] {
        let bytes = try Files.read(vector(name), limit: 1 << 20)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test func withAPinItIsValid() throws {
        let harness = try Harness()
        let run = harness.run("verify", vector("trail.jsonl"), "--pin", vector("pin-14"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors == "")
        #expect(
            run.output
                == Self.report(pin: "the same log as the pin of 14 entries", tail: "0 entries"))
    }

    @Test func withoutAPinItSaysWhatIsNotShown() throws {
        let harness = try Harness()
        harness.now = 1_785_587_696_000_000 + 7_300_000_000
        let run = harness.run("verify", vector("trail.jsonl"))
        #expect(run.status == 12)
        #expect(
            run.output
                == Self.report(
                    pin: "none given", tail: "14 entries, for 2 hours 1 minute",
                    verdict:
                        "valid without a pin: entries 0 to 13 of 14, in order and unaltered since signing"
                ))
        #expect(
            run.errors == """
                compare the fingerprint with the signed page; only a checkpoint kept elsewhere (--pin FILE) shows that the log was not rewritten as a whole

                """)
    }

    private static func report(
        pin: String, tail: String,
        verdict: String = "valid: whole, in order and unaltered since it was signed"
    ) -> String {
        """
        vault:            01040G2081040G2081040G2081Z
        fingerprint:      home genius payroll teacher luck unusual dive game column trouble syndrome chew
        log key:          01040G2081040G2081040G2081Z/1/1+f03086f3+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs
        entries:          14, numbers 0 to 13
        time:             2026-08-01T12:34:56Z to 2026-08-01T12:34:56Z
        checkpoint:       signed over 14 entries, root 0a385c20cb51893954ab99318db1757b6fc7e5cb95b9694b9cad1c78e51bca88
        pin:              \(pin)
        while sealed:     3 entries: 2 vouched for, 1 not authenticated; whoever could write the log's file then could make up or drop such entries
        not seen outside: \(tail)
        verdict:          \(verdict)

        """
    }

    /// A part, or a file whose pin says nothing about it, is not called whole, and what would make the
    /// pin count is said; a pin that was given is not asked for again.
    @Test(
        arguments: [
            (
                "part.jsonl", "pin-17",
                "valid: a part, entry 15 of 17, in order and unaltered since signing, of the same log as the pin\n",
                nil
            ),
            (
                "part.jsonl", "pin-14",
                "valid but not compared with the pin: a part, entry 15 of 17, in order and unaltered since signing\n",
                "a pin is compared with an export that reaches it"
            ),
            (
                "part.jsonl", nil,
                "valid without a pin: a part, entry 15 of 17, in order and unaltered since signing\n",
                "--pin FILE"
            ),
            (
                "trail.jsonl", "pin-17",
                "valid but not compared with the pin: entries 0 to 13 of 14, in order and unaltered since signing\n",
                "a pin is compared with an export that was made after it"
            ),
        ] as [(String, String?, String, String?)])
    func whatAVerdictDoesNotCover(
        file: String, pin: String?, verdict: String, hint: String?
    ) throws {
        let harness = try Harness()
        let run =
            if let pin {
                harness.run("verify", vector(file), "--pin", vector(pin))
            } else {
                harness.run("verify", vector(file))
            }
        #expect(run.output.hasSuffix(verdict), "\(run.output)")
        #expect(run.errors.isEmpty == (hint == nil), "\(run.errors)")
        if let hint { #expect(run.errors.contains(hint), "\(run.errors)") }
        if pin != nil { #expect(!run.errors.contains("--pin")) }
    }

    @Test(
        arguments: [
            (
                "trail.jsonl", "pin-17", 12,
                "pin:              not compared: it is of 17 entries, newer than this export\n"
            ),
            (
                "part.jsonl", "pin-14", 12,
                "pin:              not compared: it is of 14 entries, which this range does not reach\n"
            ),
            (
                "part.jsonl", "pin-17", 0,
                "pin:              the same log as the pin of 17 entries\n"
            ),
            (
                "trail.jsonl", "pin-rewritten", 10,
                """
                verdict: invalid: this is not the log that was pinned: it was cut or rewritten
                problem: pin.contradicted

                """
            ),
            (
                "trail.jsonl", "pin-other", 10,
                """
                verdict: invalid: the pin is of another log, or not signed by this one's key
                problem: pin.other-log

                """
            ),
            (
                "missing.jsonl", "pin-14", 11,
                """
                verdict:          incomplete: the contents of an entry are gone, and no approved erasure says so
                problem:          contents.missing
                at entry:         5

                """
            ),
            ("subject.jsonl", "pin-14", 0, "all 3 entries about them are open\n"),
        ] as [(String, String, Int32, String)])
    func pinsAndGaps(file: String, pin: String, status: Int32, part: String) throws {
        let harness = try Harness()
        let run = harness.run("verify", vector(file), "--pin", vector(pin))
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.contains(part), "\(run.output)")
    }

    @Test func alteredAndCutFiles() throws {
        let harness = try Harness()
        let lines = try lines("trail.jsonl")
        func verify(_ text: String) throws -> Transcript {
            let path = harness.file("copy")
            try? Files.remove(path)
            try Files.writeDurably(path, Array(text.utf8), mode: 0o600)
            return harness.run("verify", path, "--pin", vector("pin-14"))
        }
        let whole = lines.map { $0 + "\n" }.joined()
        #expect(try verify(whole).status == 0)
        let forged = try verify(whole.replacing("record.read", with: "record.list"))
        #expect(forged.status == 10)
        #expect(
            forged.output == """
                verdict:  invalid: the readable text does not say what the log committed to
                problem:  form.words
                at entry: 5

                """)
        var dropped = lines
        dropped.remove(at: 10)
        #expect(try verify(dropped.map { $0 + "\n" }.joined()).status == 10)
        // Cut after a line, within one, within the last, and of nothing at all.
        for text in [
            lines.dropLast().map { $0 + "\n" }.joined(), String(whole.prefix(9_000)),
            String(whole.dropLast()), String(whole.prefix(30)),
        ] {
            let run = try verify(text)
            #expect(run.status == 11)
            // What the file says of itself was not proved and is not shown.
            #expect(!run.output.contains("fingerprint"))
            #expect(
                run.output.contains(
                    "incomplete: the file ends before its end mark; export it again\n"))
        }
        for text in [
            whole + "x", whole + "\n", whole.replacing("\n", with: "\r\n"),
            // A first line that was changed and still says what it is of.
            whole.replacing("\"from\":0", with: "\"from\":1", maxReplacements: 1),
            // Longer than any line may be, without an end.
            lines[0] + "\n" + String(repeating: "x", count: 5 << 20),
        ] {
            #expect(try verify(text).status == 10)
        }
    }

    /// A file that does not say that it is evidence is not called forged, and nothing in it confirmed.
    @Test func otherFiles() throws {
        let harness = try Harness()
        let first = "\(try lines("trail.jsonl")[0])\n"
        let checkpoint = harness.run("verify", vector("pin-14"))
        #expect(checkpoint.status == 1)
        #expect(checkpoint.output == "")
        #expect(
            checkpoint.errors == """
                error: \(vector("pin-14")) is not an evidence file: it is a checkpoint of a log
                hint: give a checkpoint as --pin FILE; carevault audit export --out FILE writes an evidence file

                """)
        for (name, text, words) in [
            ("empty", "", "it is empty\n"), ("text", "hello\n", "nothing in it is confirmed\n"),
            ("long", String(repeating: "x", count: 5 << 20), "nothing in it is confirmed\n"),
            (
                "changed", first.replacing("\"kind\"", with: "\"king\""),
                "nothing in it is confirmed\n"
            ),
            ("other", "{\"format\":1,\"entries\":[]}\n", "nothing in it is confirmed\n"),
        ] {
            let run = harness.run("verify", try harness.write(name, text))
            #expect(run.status == 1, "\(name)")
            #expect(run.errors.contains(words), "\(run.errors)")
        }
        let evidence = harness.run("verify", vector("trail.jsonl"), "--pin", vector("trail.jsonl"))
        #expect(evidence.status == 1)
        #expect(
            evidence.errors == """
                error: \(vector("trail.jsonl")) is not a checkpoint of a log: it is an evidence file
                hint: carevault audit checkpoint --out FILE writes a checkpoint

                """)
        // Also one that is larger than any checkpoint may be.
        let large = try harness.write("large", first + String(repeating: "x", count: 1 << 17))
        #expect(
            harness.run("verify", vector("trail.jsonl"), "--pin", large).errors
                == evidence.errors.replacing(vector("trail.jsonl"), with: large))
    }

    @Test func forPrograms() throws {
        let harness = try Harness()
        let valid = harness.run(
            "verify", vector("trail.jsonl"), "--pin", vector("pin-14"), "--json")
        #expect(valid.output.hasPrefix("{\"format\":1,\"verdict\":\"valid\",\"vault\":"))
        #expect(valid.output.contains("\"pin\":{\"standing\":\"held\",\"size\":14}"))
        #expect(
            valid.output.contains(
                "\"sealed\":{\"entries\":3,\"vouched\":2,\"undecided\":0,\"unauthenticated\":1}"))
        let invalid = harness.run(
            "verify", vector("trail.jsonl"), "--pin", vector("pin-other"), "--json")
        #expect(
            invalid.output
                == "{\"format\":1,\"verdict\":\"invalid\",\"problem\":\"pin.other-log\"}\n")
        let unpinned = harness.run("verify", vector("trail.jsonl"), "--json")
        #expect(unpinned.status == 12)
        #expect(unpinned.errors == "")
    }

    @Test func filesThatAreNotThere() throws {
        let harness = try Harness()
        let none = harness.run("verify", harness.file("none"))
        #expect(none.status == 1)
        #expect(none.errors.hasPrefix("error: cannot open \(harness.file("none")):"))
        let pin = harness.run("verify", vector("trail.jsonl"), "--pin", vector("trail.jsonl"))
        #expect(pin.status == 1)
        #expect(harness.run("verify").status == 2)
    }

    @Test func inChinese() throws {
        let harness = try Harness()
        let run = harness.run(
            "verify", vector("trail.jsonl"), "--pin", vector("pin-14"), "--language", "zh")
        #expect(run.output.contains("有效：完整、顺序正确，签名后未被改动\n"))
    }

    /// A file of many pieces, with lines across their borders, gives the lines that it has.
    @Test func linesAcrossPieces() throws {
        let harness = try Harness()
        var text = ""
        for number in 0..<3_000 { text += String(repeating: "\(number)", count: 60) + "\n" }
        let path = try harness.write("many", text + "rest")
        var file = try LineFile(path, limit: 1 << 20)
        var again = ""
        while let line = try file.next() {
            switch line {
            case .whole(let bytes): again += String(decoding: bytes, as: UTF8.self) + "\n"
            case .unended(let bytes): again += String(decoding: bytes, as: UTF8.self)
            case .tooLong: Issue.record("too long")
            }
        }
        #expect(again == text + "rest")
    }
}
