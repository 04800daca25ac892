import Dispatch
import Foundation
import Testing
import VaultCoding
import VaultStatements

@testable import VaultAudit

/// Files judged by `judge.py`, which shares no code with the program.
@Suite("Another implementation", .serialized)
struct JudgeTests {
    private struct Judgement: Sendable {
        let status: Int32
        let output: String
    }

    /// Runs the script on a thread of its own: a process that is waited for would hold one of the few
    /// threads on which tests run.
    private func judge(_ lines: [[UInt8]]) async throws -> Judgement {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("evidence-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(lines.flatMap { $0 + [0x0A] }).write(to: file)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Vectors/evidence/judge.py").path
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Self.run(script, file.path) })
            }
        }
    }

    private static func run(_ script: String, _ file: String) throws -> Judgement {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script, file]
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Judgement(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    @Test func theyAgreeOnWhatIsValid() async throws {
        let fixture = try TrailFixture.living()
        let founding = try #require(fixture.chain.directory.foundingHash)
        for (from, to) in [(0, 14), (0, 5), (3, 11), (7, 7), (13, 14)] {
            let lines = try fixture.export(
                from: UInt64(from), to: UInt64(to), disclosing: from == 0)
            let found = try await judge(lines)
            #expect(found.output == "valid 14 \(founding.description)\n", "\(from)..<\(to)")
            #expect(found.status == 0)
        }
    }

    @Test func theyAgreeOnWhatIsNot() async throws {
        let fixture = try TrailFixture.living()
        let lines = try fixture.export(disclosing: true)
        let entry = fixture.preamble + 5
        var altered: [(String, [[UInt8]])] = []
        for (what, line, from, to) in [
            ("part A\n", entry, "\"a\":{\"salt\":\"", "\"a\":{\"salt\":\"AAAA"),
            ("part B\n", entry, "\"b\":{\"salt\":\"", "\"b\":{\"salt\":\"AAAA"),
            ("number of entries\n", 0, "\"to\":14", "\"to\":13"),
            ("end mark\n", lines.count - 1, "14", "13"),
            ("link of a statement\n", 2, "", ""),
        ] {
            var copy = lines
            copy[line] =
                from.isEmpty
                ? copy[1] : Array(text(copy[line]).replacing(from, with: to).utf8)
            altered.append((what, copy))
        }
        for (what, copy) in altered {
            let found = try await judge(copy)
            #expect(found.status == 1, "\(what)")
            #expect(VaultAuditTests.judge(copy, note: nil).verdict != .valid)
        }
        let root = try await judge(altered[0].1)
        #expect(root.output == "part A\n")
    }
}
