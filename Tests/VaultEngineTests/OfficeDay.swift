import Dispatch
import Foundation
import Testing
import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// A version of a record that the office was told is written.
struct Written: Sendable, Equatable {
    let subject: SubjectID
    let record: RecordID
    let version: UInt32
    /// A word that its body holds.
    let word: String
}

/// One day of an office: every kind of act once, each a step that may fail.
final class OfficeDay {
    let office: Office
    /// What was acknowledged, in order.
    private(set) var written: [Written] = []
    /// Told after each acknowledgement.
    var acknowledged: (Int) -> Void = { _ in }
    private var subject: SubjectID?
    private var registryRecord: RecordID?
    private var sessionRecord: RecordID?

    static let first = "first talk"
    static let second = "second look"

    init(_ office: Office) { self.office = office }

    struct Step {
        let name: String
        /// Whether the name of the write makes it safe to ask again.
        var isRepeatable = true
        let run: () throws -> Void
    }

    private func note(_ subject: SubjectID, _ record: RecordID, _ version: UInt32, _ word: String) {
        let entry = Written(subject: subject, record: record, version: version, word: word)
        if !written.contains(entry) { written.append(entry) }
        acknowledged(written.count)
    }

    private func id(_ number: UInt8) throws -> IdempotencyID {
        try #require(IdempotencyID([UInt8](repeating: number, count: 16)))
    }

    /// The steps, in order. A step logs in by itself, so that it can be asked again after an unseal.
    var steps: [Step] { people + files + keys }

    private var people: [Step] {
        let office = office
        return [
            Step(name: "enlist", isRepeatable: false) {
                let code = try office.enlist("paul", by: try office.login("olga"))
                try office.enrol("paul", code)
            },
            Step(name: "grant", isRepeatable: false) {
                try office.grant("paul", .caseworker)
            },
        ]
    }

    private var files: [Step] {
        let office = office
        return [
            Step(name: "add subject") { [self] in
                let nina = try office.login("nina")
                let made = try office.addSubject("王小明", nina, number: "E-1", id: try id(1))
                (subject, registryRecord) = (made.subject, made.record)
                note(made.subject, made.record, 1, "王小明")
            },
            Step(name: "create") { [self] in
                let subject = try #require(subject)
                let made = try office.create(
                    subject, .counsellingSession, OfficeDay.talk(OfficeDay.first),
                    try office.login("nina"), id: try id(2))
                sessionRecord = made.record
                note(subject, made.record, 1, OfficeDay.first)
            },
            Step(name: "amend") { [self] in
                let (subject, record) = (try #require(subject), try #require(sessionRecord))
                let made = try office.amend(
                    subject, record, base: 1, OfficeDay.talk(OfficeDay.second),
                    try office.login("nina"), id: try id(3))
                note(subject, record, made.version, OfficeDay.second)
            },
            Step(name: "rename") { [self] in
                let (subject, record) = (try #require(subject), try #require(registryRecord))
                let fields: JSON.Value = ["names": [["full": "王大明"]], "employee_number": "E-1"]
                let made = try office.amend(
                    subject, record, base: 1, fields, try office.login("nina"), id: try id(4))
                note(subject, record, made.version, "王大明")
            },
            Step(name: "look") { [self] in
                let nina = try office.login("nina")
                let subject = try #require(subject)
                #expect(try office.find("王大明", nina).map(\.subject) == [subject])
                #expect(try office.find("王小明", nina).isEmpty)
                #expect(try office.list(subject, nina).elements.count == 2)
                let record = try #require(sessionRecord)
                #expect(try office.history(subject, record, nina).map(\.version) == [2, 1])
            },
        ]
    }

    private var keys: [Step] {
        let office = office
        return [
            Step(name: "disable", isRepeatable: false) {
                let paul = try #require(office.ids["paul"])
                _ = try office.vault.disable(paul, session: try office.login("olga"))
            },
            Step(name: "rotate", isRepeatable: false) {
                let olga = try office.login("olga")
                _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
                try office.awaitWalk(olga)
                _ = try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
            },
            Step(name: "checkpoint") {
                _ = try office.vault.auditCheckpoint(try office.login("aude"))
            },
        ]
    }

    static func talk(_ summary: String) -> JSON.Value {
        [
            "held_on": "2026-03-04", "channel": "phone", "risk": "none",
            "summary": .string(summary),
        ]
    }
}

extension Office {
    func grant(_ name: String, _ role: Role) throws {
        _ = try vault.grant(
            GrantRequest(
                principal: try #require(ids[name]), roles: [role], compartments: [], unit: "",
                employer: "", endsMicroseconds: nil, fingerprintWords: words[name] ?? []),
            session: try login("karl"))
    }

    func create(
        _ subject: SubjectID, _ kind: RecordKind, _ body: JSON.Value, _ session: Session,
        purpose: PurposeOfUse? = .treatment, id: IdempotencyID? = nil
    ) throws -> CreatedRecord {
        let request = FileRequest(session: session, purpose: purpose, idempotency: id)
        return try wait { vault.create(subject, kind: kind.name, body: body, request, $0) }
    }

    func amend(
        _ subject: SubjectID, _ record: RecordID, base: UInt32, _ body: JSON.Value,
        _ session: Session, id: IdempotencyID? = nil
    ) throws -> CreatedRecord {
        try wait {
            vault.amend(subject, record, base: base, body: body, request(session, id), $0)
        }
    }

    func read(
        _ subject: SubjectID, _ record: RecordID, _ session: Session, version: UInt32? = nil
    ) throws -> Document {
        try wait { vault.read(subject, record, version: version, request(session), $0) }
    }

    func list(
        _ subject: SubjectID, _ session: Session, kind: RecordKind? = nil,
        cursor: [UInt8]? = nil, limit: Int = 100
    ) throws -> Page<RecordSummary> {
        try wait {
            vault.list(
                subject, kind: kind?.name, cursor: cursor, limit: limit, request(session), $0)
        }
    }

    func history(
        _ subject: SubjectID, _ record: RecordID, _ session: Session
    ) throws -> [RecordSummary] {
        try wait { vault.history(subject, record, request(session), $0) }
    }

    /// All entries of the log, as the auditor sees them.
    func lines() throws -> [AuditLine] {
        try vault.auditTail(limit: 1_000_000, session: try login("aude"))
    }

    /// Waits until the rotation has seen every row.
    func awaitWalk(_ session: Session) throws {
        for _ in 0..<2_000 {
            let report = try vault.rotateStorage(.status, dryRun: false, session: session)
            if report.state == .ready { return }
            Thread.sleep(forTimeInterval: 0.002)
        }
        throw Hang()
    }
}

/// Runs `body`, which must throw an error of the engine, and gives that error.
func failure<T>(
    _ body: () throws -> T, sourceLocation: SourceLocation = #_sourceLocation
) throws -> EngineError {
    do {
        _ = try body()
    } catch let error as EngineError {
        return error
    }
    Issue.record("nothing was refused", sourceLocation: sourceLocation)
    throw Hang()
}
