import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultTestKit

@testable import VaultEngine

/// Amending who a person is by the person alone, and the list of whose files one used lately.
@Suite struct OwnFilesTests {
    private func amend(
        _ subject: SubjectID, base: UInt32, _ fields: JSON.Value, _ office: Office,
        _ session: Session, id: IdempotencyID? = nil
    ) throws -> CreatedRecord {
        try wait {
            office.vault.amendSubject(
                subject, base: base, fields: fields, office.request(session, id), $0)
        }
    }

    private func mine(
        _ office: Office, _ session: Session, limit: Int = 20
    ) throws -> FoundSubjects {
        try wait { office.vault.mine(limit: limit, office.request(session), $0) }
    }

    @Test func aPersonIsAmendedWithoutTheNumberOfTheRecord() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let id = try #require(IdempotencyID([UInt8](repeating: 9, count: 16)))
        let king: JSON.Value = ["names": [["full": "Ada King"]], "unit": "engines"]
        let made = try amend(ada.subject, base: 1, king, office, nina, id: id)
        #expect(made.record == ada.record && made.version == 2)
        // The same request again is the same version.
        #expect(try amend(ada.subject, base: 1, king, office, nina, id: id) == made)
        #expect(
            try failure { try amend(ada.subject, base: 1, king, office, nina) }
                == .conflict(.baseVersion(current: 2)))
        guard
            case .invalidFields(let problems) = try failure({
                try amend(ada.subject, base: 2, ["unit": "x"], office, nina)
            })
        else {
            Issue.record("took a person without a name")
            return
        }
        #expect(problems.map(\.fault) == [.missing])
        #expect(try office.find("Ada King", nina).map(\.subject) == [ada.subject])
        #expect(try office.find("Ada Lovelace", nina).isEmpty)
        let told = try office.lines().filter { $0.a?.action == .amend }
        #expect(told.count == 4 && told.allSatisfy { $0.pseudonym == ada.pseudonym })
        #expect(told.first?.b?.records.map(\.record) == [ada.record])
        try office.verify([], "after amending")
    }

    @Test func nobodyAmendsWhomTheyMayNot() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let king: JSON.Value = ["names": [["full": "Ada King"]]]
        for name in ["olga", "karl", "aude"] {
            guard
                case .denied = try failure({
                    try amend(ada.subject, base: 1, king, office, try office.login(name))
                })
            else {
                Issue.record("\(name) amended")
                return
            }
        }
        let nobody = try #require(SubjectID([UInt8](repeating: 3, count: 16)))
        guard case .notFound = try failure({ try amend(nobody, base: 1, king, office, nina) })
        else {
            Issue.record("amended nobody")
            return
        }
        #expect(try office.read(ada.subject, ada.record, nina).summary.version == 1)
        let told = try office.lines().filter { $0.a?.action == .amend }
        #expect(told.map { $0.a?.outcome } == [.denied, .denied, .denied, .failed])
    }

    @Test func oneSeesWhoseFilesOneUsedLately() throws {
        let office = try Office.open()
        var nina = try office.login("nina")
        try office.employ("paul", .caseworker)
        let paul = try office.login("paul")
        #expect(try mine(office, nina).documents.isEmpty)
        let people = try ["Ada", "Bea", "Cem", "Dan"].map { try office.addSubject($0, nina) }
        func names(_ session: Session, limit: Int = 20) throws -> [SubjectID] {
            try mine(office, session, limit: limit).documents.map(\.subject)
        }
        #expect(try names(nina) == people.reversed().map(\.subject))
        // What is looked at goes to the front, once.
        _ = try office.read(people[1].subject, people[1].record, nina)
        _ = try office.list(people[0].subject, nina)
        let order = [people[0], people[1], people[3], people[2]].map(\.subject)
        #expect(try names(nina) == order)
        let some = try mine(office, nina, limit: 2)
        #expect(some.documents.map(\.subject) == Array(order.prefix(2)) && some.isTruncated)
        // A search alone opens nobody's file, and what one may not do is no use of it.
        let work = FileRequest(session: paul, purpose: .careManagement)
        _ = try wait { (answer: @escaping Answer<FoundSubjects>) in
            office.vault.find(by: .name, text: "Cem", limit: 20, work, answer)
        }
        _ = try failure {
            try wait { (answer: @escaping Answer<Document>) in
                office.vault.read(
                    people[2].subject, people[3].record, version: nil, work, answer)
            }
        }
        let pauls = try wait { (answer: @escaping Answer<FoundSubjects>) in
            office.vault.mine(limit: 20, work, answer)
        }
        #expect(pauls.documents.isEmpty)
        // Another login of the same person, the same list; nobody else's.
        nina.finish()
        nina = try office.login("nina")
        #expect(try names(nina) == order)
        // Each person shown has an entry of a search.
        let before = try office.lines().filter { $0.a?.action == .find }.count
        _ = try names(nina)
        let told = try office.lines().filter { $0.a?.action == .find }
        #expect(told.count == before + 4)
        #expect(Set(told.suffix(4).map(\.pseudonym)) == Set(people.map(\.pseudonym)))
        guard case .denied = try failure({ try mine(office, try office.login("olga")) }) else {
            Issue.record("the operator has files")
            return
        }
        // Nothing of it lies on the disk: it is gone with a restart.
        try office.restart()
        #expect(try mine(office, try office.login("nina")).documents.isEmpty)
    }

    @Test func aHundredAreRemembered() throws {
        let recent = RecentFiles()
        let person = try #require(PrincipalID([UInt8](repeating: 1, count: 16)))
        let subjects = try (0..<150).map {
            try #require(SubjectID([UInt8](repeating: UInt8($0), count: 16)))
        }
        for subject in subjects + subjects { recent.note(subject, of: person) }
        #expect(recent.of(person) == Array(subjects.reversed().prefix(FileLimits.recent)))
    }
}
