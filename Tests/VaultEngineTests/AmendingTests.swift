import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultTestKit

@testable import VaultEngine

/// Versions of records: written one behind the other, listed and looked up in pages.
@Suite struct AmendingTests {
    @Test func whoAmendsHasSeenWhatTheyReplace() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let record = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("one"), nina
        ).record
        #expect(
            try office.amend(ada.subject, record, base: 1, OfficeDay.talk("two"), nina).version
                == 2)
        for base in [0, 1, 3, 99] as [UInt32] {
            #expect(
                try failure {
                    try office.amend(ada.subject, record, base: base, OfficeDay.talk("x"), nina)
                } == .conflict(.baseVersion(current: 2)))
        }
        let document = try office.read(ada.subject, record, nina)
        #expect(document.summary.version == 2 && document.summary.base == 1)
        #expect(
            String(
                decoding: try office.read(ada.subject, record, nina, version: 1).body, as: UTF8.self
            )
            .contains("one"))
        guard
            case .notFound = try failure({
                try office.read(ada.subject, record, nina, version: 3)
            })
        else {
            Issue.record("a version of tomorrow")
            return
        }
        let told = try office.lines().filter { $0.a?.failure == "base-version" }
        #expect(told.count == 4 && told.allSatisfy { $0.pseudonym == ada.pseudonym })
    }

    /// Threads that amend one record until each has its say: every one ends in a version or a
    /// conflict, no version is lost.
    @Test func manyWritersOfOneRecord() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let record = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("start"), nina
        ).record
        let (vault, request) = (office.vault, office.request(nina))
        let results = try Crowd.run(6) { thread in
            var mine: [UInt32] = []
            for number in 0..<4 {
                var base: UInt32 = 1
                while true {
                    do {
                        let made = try wait {
                            vault.amend(
                                ada.subject, record, base: base,
                                body: OfficeDay.talk("\(thread).\(number)"), request, $0)
                        }
                        mine.append(made.version)
                        break
                    } catch EngineError.conflict(.baseVersion(let current)) {
                        base = current
                    }
                }
            }
            return mine
        }
        let versions = try results.flatMap { try $0.get() }.sorted()
        #expect(versions == Array(2...25))
        #expect(
            try office.history(ada.subject, record, nina).map(\.version) == (1...25).reversed())
        try office.verify([], "after many writers")
    }

    @Test func manyWritersOfOneNewSubject() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let (vault, request) = (office.vault, office.request(nina))
        // The first of them makes the subject's key and head row in the compartment.
        let results = try Crowd.run(16) { number in
            try wait {
                vault.create(
                    ada.subject, kind: "counselling.session", body: OfficeDay.talk("\(number)"),
                    request, $0)
            }
        }
        let made = Set(try results.map { try $0.get().record.text })
        #expect(made.count == 16)
        #expect(
            Set(
                try office.list(ada.subject, nina, kind: .counsellingSession).elements
                    .map(\.record.text)) == made)
        try office.verify([], "after many writers")
    }

    @Test func listsGoOnPageByPage() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        var newest: [String: UInt32] = [ada.record.text: 1]
        for number in 0..<9 {
            let made = try office.create(
                ada.subject, .counsellingSession, OfficeDay.talk("\(number)"), nina)
            newest[made.record.text] = 1
            for base in 0..<UInt32(number * 9) {
                let next = try office.amend(
                    ada.subject, made.record, base: base + 1, OfficeDay.talk("x"), nina)
                newest[made.record.text] = next.version
            }
        }
        for limit in [1, 2, 3, 9, 10, 11] {
            var seen: [String: UInt32] = [:]
            var moments: [UInt64] = []
            var cursor: [UInt8]?
            var pages = 0
            repeat {
                let page = try office.list(ada.subject, nina, cursor: cursor, limit: limit)
                #expect(page.elements.count <= limit && !page.elements.isEmpty)
                for summary in page.elements {
                    #expect(seen.updateValue(summary.version, forKey: summary.record.text) == nil)
                }
                moments += page.elements.map(\.created)
                cursor = page.cursor
                pages += 1
            } while cursor != nil
            #expect(seen == newest, "limit \(limit)")
            #expect(moments == moments.sorted(by: >), "limit \(limit)")
            #expect(pages == (newest.count + limit - 1) / limit)
        }
        let talks = try office.list(ada.subject, nina, kind: .counsellingSession)
        #expect(talks.elements.count == 9)
        #expect(try office.list(ada.subject, nina, kind: .registrySubject).elements.count == 1)
        // One entry a page, with what it showed.
        let told = try office.lines().filter { $0.a?.action == .list }
        #expect(told.allSatisfy { $0.pseudonym == ada.pseudonym })
        #expect(told.map { $0.b?.records.count }.suffix(2) == [9, 1])
    }

    @Test func newestFirstAcrossCompartmentsAndPages() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        var order = [ada.record]
        for number in 0..<7 {
            let made = try office.create(
                ada.subject, .counsellingSession, OfficeDay.talk("\(number)"), nina)
            order.insert(made.record, at: 0)
        }
        // The oldest is amended: it stands first, whatever compartment it lies in.
        _ = try office.amend(
            ada.subject, ada.record, base: 1, ["names": [["full": "Ada King"]]], nina)
        order.insert(order.removeLast(), at: 0)
        // So is one from the middle: earlier versions lie between those of others.
        _ = try office.amend(ada.subject, order[4], base: 1, OfficeDay.talk("x"), nina)
        order.insert(order.remove(at: 4), at: 0)
        for limit in [1, 2, 3, 8] {
            var seen: [RecordID] = []
            var cursor: [UInt8]?
            repeat {
                let page = try office.list(ada.subject, nina, cursor: cursor, limit: limit)
                seen += page.elements.map(\.record)
                cursor = page.cursor
            } while cursor != nil && seen.count < 20
            #expect(seen == order, "limit \(limit)")
        }
    }

    @Test func aListStaysWhatItWasWhileOthersWrite() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        var made: [RecordID] = [ada.record]
        for number in 0..<5 {
            made.insert(
                try office.create(
                    ada.subject, .counsellingSession, OfficeDay.talk("\(number)"), nina
                ).record, at: 0)
        }
        let first = try office.list(ada.subject, nina, limit: 2)
        #expect(first.elements.map(\.record) == Array(made[0..<2]))
        // One that was shown and one that was not are amended, twice; another one is written.
        for record in [made[0], made[3]] {
            for base in 1...2 as ClosedRange<UInt32> {
                _ = try office.amend(ada.subject, record, base: base, OfficeDay.talk("y"), nina)
            }
        }
        let late = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("late"), nina
        ).record
        let second = try office.list(ada.subject, nina, cursor: first.cursor, limit: 2)
        #expect(second.elements.map(\.record) == Array(made[2..<4]))
        // What is shown is the newest version.
        #expect(second.elements.map(\.version) == [1, 3])
        let third = try office.list(ada.subject, nina, cursor: second.cursor, limit: 2)
        #expect(third.elements.map(\.record) == Array(made[4..<6]))
        #expect(third.cursor == nil)
        #expect(
            try office.list(ada.subject, nina, limit: 3).elements.map(\.record)
                == [late, made[3], made[0]])
    }

    @Test func aClockThatWasSetBackHidesNothing() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        office.time.change { $0 += 1_200_000_000 }
        let ahead = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("ahead"), nina
        ).record
        office.time.change { $0 -= 600_000_000 }
        let back = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("back"), nina
        ).record
        for limit in [1, 3] {
            var seen: [RecordID] = []
            var cursor: [UInt8]?
            repeat {
                let page = try office.list(ada.subject, nina, cursor: cursor, limit: limit)
                seen += page.elements.map(\.record)
                cursor = page.cursor
            } while cursor != nil
            #expect(seen == [ahead, back, ada.record], "limit \(limit)")
        }
    }

    @Test func cursorsOfNobodyAreRefused() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        for cursor in [[], [0], [UInt8](repeating: 0, count: 31), [UInt8](repeating: 0, count: 33)]
        {
            guard
                case .invalidArgument("cursor", _) = try failure({
                    try office.list(ada.subject, nina, cursor: cursor)
                })
            else {
                Issue.record("took a cursor of \(cursor.count) bytes")
                return
            }
        }
        // A cursor of other places shows what is behind it, and nothing of another subject.
        let other = try office.addSubject("Alan Turing", nina)
        for byte in [0, 1, 7, 255] as [UInt8] {
            let page = try office.list(
                ada.subject, nina, cursor: [UInt8](repeating: byte, count: 32))
            #expect(page.elements.map(\.record) == (byte == 0 ? [] : [ada.record]), "\(byte)")
            #expect(page.cursor == nil)
            #expect(!page.elements.map(\.record).contains(other.record))
        }
    }

    @Test func historyShowsTheNewestHundred() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let record = try office.create(
            ada.subject, .counsellingSession, OfficeDay.talk("0"), nina
        ).record
        for base in 1...104 as ClosedRange<UInt32> {
            _ = try office.amend(ada.subject, record, base: base, OfficeDay.talk("x"), nina)
        }
        let history = try office.history(ada.subject, record, nina)
        #expect(history.map(\.version) == (6...105).reversed())
        #expect(history.allSatisfy { $0.base == $0.version - 1 })
        #expect(history.allSatisfy { $0.author == office.ids["nina"] && $0.authorName == "nina" })
    }
}
