import Foundation
import Synchronization
import Testing
import VaultCoding
import VaultStatements

@testable import VaultAudit

/// Files of the format as it is for ever, under `Tests/Vectors/evidence`; the client's tests read them
/// too. Written anew only where the variable below is set, when the format changes on purpose.
@Suite("Evidence vectors")
struct VectorFileTests {
    private static let variable = "CAREVAULT_WRITE_VECTORS"
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors/evidence")

    private func lines(_ name: String) throws -> [[UInt8]] {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        #expect(data.last == 0x0A)
        return data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
            .map { Array($0) }
    }

    private func pin(_ name: String) throws -> UnverifiedCheckpoint {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        return try UnverifiedCheckpoint(parse: Array(data))
    }

    @Test func theyAreWhatTheySay() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(names.filter { !$0.hasSuffix(".py") }.count == 8)
        let trail = try lines("trail.jsonl")
        #expect(judge(trail, note: nil).verdict == .valid)
        #expect(judge(trail, note: try pin("pin-14")).trail?.pin == .held(size: 14))
        #expect(judge(trail, note: try pin("pin-17")).trail?.pin == .newer(size: 17))
        #expect(
            judge(trail, note: try pin("pin-rewritten")).verdict.finding?.problem
                == .contradicted)
        #expect(judge(trail, note: try pin("pin-other")).verdict.finding?.problem == .otherLog)
        let part = try lines("part.jsonl")
        #expect(judge(part, note: try pin("pin-14")).trail?.pin == .unrelated(size: 14))
        let missing = try lines("missing.jsonl")
        #expect(judge(missing, note: nil).verdict == .incomplete(TrailFinding(.missing, at: 5)))
        let subject = try lines("subject.jsonl")
        #expect(judge(subject, note: nil).trail?.counts.ofSubject == 3)
        for line in trail[5..<trail.count - 1] {
            #expect(try EvidenceEntry(parse: line).line == line)
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[variable] != nil))
    func write() throws {
        func put(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: Self.folder.appendingPathComponent(name))
        }
        func put(_ name: String, _ lines: [[UInt8]]) throws {
            try put(name, lines.flatMap { $0 + [0x0A] })
        }
        let fixture = try TrailFixture()
        fixture.base.clock.withLock { $0 = 1_785_587_696_000_000 }
        try fixture.live()
        try put("trail.jsonl", try fixture.export())
        try put("missing.jsonl", try fixture.export(without: 2))
        try put("subject.jsonl", try fixture.export(subject: fixture.subject))
        try put("pin-14", try fixture.log.checkpoint().note)
        for _ in 0..<3 { try fixture.append(try fixture.read(3)) }
        try put("part.jsonl", try fixture.export(from: 15, to: 16))
        try put("pin-17", try fixture.log.checkpoint().note)
        try put("pin-rewritten", try TrailFixture.living().log.checkpoint().note)
        let stranger = try TrailFixture(LogFixture(seed: 20))
        try stranger.live()
        try put("pin-other", try stranger.log.checkpoint().note)
    }
}
