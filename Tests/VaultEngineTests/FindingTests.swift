import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// Finding people by what is known of them.
@Suite struct FindingTests {
    private func add(_ fields: JSON.Value, _ office: Office, _ nina: Session) throws -> SubjectID {
        try wait { office.vault.addSubject(fields: fields, office.request(nina), $0) }.subject
    }

    private func find(
        _ field: IndexField, _ text: String, _ office: Office, _ session: Session,
        limit: Int = 20
    ) throws -> FoundSubjects {
        try wait {
            office.vault.find(by: field, text: text, limit: limit, office.request(session), $0)
        }
    }

    @Test func everyWayOfWritingMeetsThePerson() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let zhang = try add(
            [
                "names": [["full": "张三"], ["full": "Zhang San", "kind": "romanised"]],
                "employee_number": "AB-12", "national_id": "11010519491231002X",
            ], office, nina)
        let ada = try add(
            ["names": [["full": "Ada King-Noël"]], "employee_number": "7"], office, nina)
        let ways: [(IndexField, String, SubjectID?)] = [
            (.name, "张三", zhang), (.name, "张 三", zhang), (.name, " 张　三 ", zhang),
            (.name, "zhang san", zhang), (.name, "ＺＨＡＮＧ　ＳＡＮ", zhang),
            (.name, "Zhang  San", zhang), (.name, "张", nil), (.name, "三张", nil),
            (.name, "zhang", nil), (.name, "ada king-noël", ada),
            (.name, "ADA KING-NOE\u{308}L", ada), (.name, "Ada King-Noel", nil),
            (.employeeNumber, "AB-12", zhang), (.employeeNumber, "ab-12", zhang),
            (.employeeNumber, "ＡＢ-１２", zhang), (.employeeNumber, "7", ada),
            (.employeeNumber, "07", nil), (.nationalID, "11010519491231002X", zhang),
            (.nationalID, "11010519491231002x", zhang), (.nationalID, "AB-12", nil),
            (.name, "AB-12", nil),
        ]
        for (field, text, expected) in ways {
            #expect(
                try find(field, text, office, nina).documents.map(\.subject)
                    == (expected.map { [$0] } ?? []), "\(field) \(text)")
        }
    }

    @Test func thirtyPeopleOfOneName() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        var people: [SubjectID] = []
        for number in 0..<30 {
            people.append(
                try add(
                    ["names": [["full": "王伟"]], "employee_number": .string("E-\(number)")], office,
                    nina))
        }
        let all = try find(.name, "王伟", office, nina, limit: 100)
        #expect(all.documents.map(\.subject) == people)
        #expect(!all.isTruncated)
        for (limit, count, more) in [(30, 30, false), (29, 29, true), (1, 1, true), (0, 1, true)] {
            let some = try find(.name, "王伟", office, nina, limit: limit)
            #expect(some.documents.map(\.subject) == Array(people.prefix(count)))
            #expect(some.isTruncated == more, "\(limit)")
        }
        // One who takes another name leaves a gap that nobody falls into.
        let left = try #require(all.documents.dropFirst(11).first)
        _ = try office.amend(
            left.subject, left.summary.record, base: 1,
            ["names": [["full": "王维"]], "employee_number": "E-11"], nina)
        let rest = try find(.name, "王伟", office, nina, limit: 100).documents.map(\.subject)
        #expect(rest == people.filter { $0 != left.subject })
        #expect(try find(.name, "王维", office, nina).documents.map(\.subject) == [left.subject])
        #expect(
            try find(.employeeNumber, "E-11", office, nina).documents.map(\.subject)
                == [left.subject])
        let new = try add(["names": [["full": "王伟"]]], office, nina)
        #expect(try find(.name, "王伟", office, nina, limit: 100).documents.last?.subject == new)
        // Back under the old name.
        _ = try office.amend(
            left.subject, left.summary.record, base: 2,
            ["names": [["full": "王伟"]], "employee_number": "E-11"], nina)
        #expect(try find(.name, "王维", office, nina).documents.isEmpty)
        #expect(try find(.name, "王伟", office, nina, limit: 100).documents.count == 31)
    }

    @Test func aPersonShownIsAnEntryOfTheirOwn() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let made = try (0..<5).map { try office.addSubject("Bo", nina, number: "E-\($0)") }
        let start = office.logDisk.withContents { UInt64($0.records.count) }
        _ = try find(.name, "Bo", office, nina, limit: 3)
        _ = try find(.name, "Nobody", office, nina)
        let lines = try office.lines().filter {
            $0.leaf.sequence >= start && $0.a?.action == .find
        }
        let shown = lines.filter { $0.a?.outcome == .success }
        #expect(shown.count == 3)
        #expect(Set(shown.compactMap { $0.a?.request }).count == 1)
        #expect(shown.map(\.pseudonym) == made.prefix(3).map(\.pseudonym))
        #expect(shown.allSatisfy { $0.a?.results == 3 && $0.b?.records.count == 1 })
        #expect(shown.flatMap { $0.b?.records ?? [] }.map(\.record) == made.prefix(3).map(\.record))
        let missed = lines.filter { $0.a?.outcome != .success }
        #expect(missed.map { $0.a?.failure } == ["not-found"])
        #expect(missed.map { $0.b?.subject } == [.unresolved])
    }

    @Test func anonymousPeopleAreNotFound() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let subject = try add(["anonymous": true], office, nina)
        #expect(try office.list(subject, nina).elements.count == 1)
        #expect(office.disk.snapshot()[.index] == nil)
    }

    @Test func nothingToSearchForIsRefusedAndTold() throws {
        let office = try Office.open()
        let (nina, olga) = (try office.login("nina"), try office.login("olga"))
        for text in ["", "  ", "\u{3000}"] {
            guard
                case .invalidArgument("text", _) = try failure({
                    try find(.name, text, office, nina)
                })
            else {
                Issue.record("searched for nothing")
                return
            }
        }
        guard case .denied = try failure({ try find(.name, "", office, olga) }) else {
            Issue.record("an operator heard of the text")
            return
        }
        let told = try office.lines().filter { $0.a?.action == .find }
        #expect(told.map { $0.a?.failure } == ["text", "text", "text", "denied"])
    }

    @Test func manyOfOneNameAtOnce() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let (vault, request) = (office.vault, office.request(nina))
        let results = try Crowd.run(24) { _ in
            try wait { vault.addSubject(fields: ["names": [["full": "李娜"]]], request, $0) }
        }
        let made = try results.map { try $0.get().subject.text }
        #expect(Set(made).count == 24)
        let found = try find(.name, "李娜", office, nina, limit: 100).documents
        #expect(found.map(\.subject.text).sorted() == made.sorted())
        try office.verify([], "after a crowd")
    }
}
