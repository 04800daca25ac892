import Testing
import VaultCoding
import VaultRecords

@testable import VaultCLI

/// `carevault sample`: the generator by published vectors, the organisation by its counts and sums.
@Suite struct SampleTests {
    /// What is counted in a run.
    private struct Tally {
        var lines = 0
        var kinds: [RecordKind: Int] = [:]
        /// Count and sum in fen by type and care.
        var paid: [String: (count: Int, total: Int64)] = [:]
        var retired = 0
        var names: [String: Int] = [:]
        var insured: [String: Int] = [:]
        var languages = (chinese: 0, english: 0)
        var ids: Set<String> = []
        var statuses: [String: String] = [:]
        var sexes: [String: String] = [:]
    }

    private func lines(
        seed: UInt64 = 1, part: Int, _ kinds: Set<RecordKind>? = nil
    ) throws -> [JSON.Object] {
        var lines: [JSON.Object] = []
        let organisation = SampleOrganisation(seed: seed, shape: SampleShape(dividedBy: part))
        try organisation.eachLine(of: kinds) { (line) throws(ClientError) in lines.append(line) }
        return lines
    }

    /// Validates every line and counts.
    private func tally(_ lines: [JSON.Object]) throws -> Tally {
        var tally = Tally()
        for line in lines {
            let id = try #require(line["id"]?.string)
            let kind = try RecordKind(name: try #require(line["kind"]?.string))
            let body = try KindRegistry.schema(for: kind).validate(
                try #require(line["fields"]))
            #expect(tally.ids.insert(id).inserted, "\(id) occurs twice")
            tally.lines += 1
            tally.kinds[kind, default: 0] += 1
            if kind == .registrySubject {
                #expect(line["subject"] == nil)
                count(person: id, body.fields, &tally)
            } else {
                let subject = try #require(line["subject"]?.string)
                #expect(tally.statuses[subject] != nil, "\(id) is about nobody before it")
                count(kind, about: subject, body.fields, &tally)
            }
        }
        return tally
    }

    private func count(person id: String, _ fields: JSON.Object, _ tally: inout Tally) {
        tally.statuses[id] = fields["status"]?.string
        tally.sexes[id] = fields["sex"]?.string
        if fields["status"]?.string == "retired" { tally.retired += 1 }
        for name in fields["names"]?.array ?? [] where name["kind"]?.string == "legal" {
            tally.names[name["full"]?.string ?? "", default: 0] += 1
        }
    }

    private func count(
        _ kind: RecordKind, about subject: String, _ fields: JSON.Object, _ tally: inout Tally
    ) {
        switch kind {
        case .medicalBenefit:
            let type = fields["type"]?.string ?? ""
            let key = type == "system_subsidy" ? fields["care"]?.string ?? "" : type
            let old = tally.paid[key] ?? (0, 0)
            tally.paid[key] = (
                old.count + 1, old.total + (fields["amount"]?["amount_minor"]?.int ?? 0)
            )
            if type == "mutual_aid" { #expect(tally.statuses[subject] == "active") }
            if type == "womens_policy" { #expect(tally.sexes[subject] == "female") }
        case .medicalCoverage:
            tally.insured[fields["insured"]?.string ?? "", default: 0] += 1
        case .counsellingSession:
            let text = fields["summary"]?.string ?? ""
            if text.unicodeScalars.contains(where: { $0.value >= 0x4E00 }) {
                tally.languages.chinese += 1
            } else if !text.isEmpty {
                tally.languages.english += 1
            }
        case .registrySubject, .hardshipCase, .medicalExpense: break
        }
    }

    // MARK: All of it

    @Test func theWholeHasItsCountsAndSums() throws {
        let tally = try tally(lines(part: 1))
        #expect(
            tally.kinds == [
                .registrySubject: 6_000, .medicalCoverage: 1_300,
                .medicalBenefit: 3_500 + 7_400 + 11 + 9, .hardshipCase: 240,
                .counsellingSession: 1_200,
            ])
        let expected: [String: (Int, Int64)] = [
            "inpatient": (3_500, 1_700_000_000), "outpatient": (7_400, 800_000_000),
            "mutual_aid": (11, 110_000_000), "womens_policy": (9, 14_500_000),
        ]
        #expect(Set(tally.paid.keys) == Set(expected.keys))
        for (key, (count, total)) in expected {
            #expect(tally.paid[key]?.count == count)
            #expect(tally.paid[key]?.total == total)
        }
        #expect((1_000...1_700).contains(tally.retired))
        #expect(tally.insured["self", default: 0] > 600)
        #expect(tally.insured.keys.count > 2)
        #expect(tally.languages.chinese > 500)
        #expect(tally.languages.english > 10)
    }

    @Test func peopleShareNames() throws {
        let names = try tally(lines(part: 1, [.registrySubject])).names
        #expect(names.values.max() ?? 0 >= 5)
        #expect(names.count > 1_500)
        #expect(names.keys.contains { $0.contains("·") })
        #expect(names.keys.contains { $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    @Test(arguments: [2, 3, 7, 10, 33, 100])
    func partsHaveTheirCountsAndSums(part: Int) throws {
        let tally = try tally(lines(part: part))
        #expect(tally.kinds[.registrySubject] == (6_000 + part / 2) / part)
        #expect(tally.paid["inpatient"]?.count == (3_500 + part / 2) / part)
        #expect(tally.paid["inpatient"]?.total == 1_700_000_000 / Int64(part))
        #expect(tally.paid["outpatient"]?.total == 800_000_000 / Int64(part))
        #expect(tally.paid["mutual_aid"]?.total == 110_000_000 / Int64(part))
        #expect(tally.paid["womens_policy"]?.total == 14_500_000 / Int64(part))
        #expect(tally.kinds[.counsellingSession] == (1_200 + part / 2) / part)
    }

    @Test func nobodyCanBearANumberOfTheSample() throws {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let checks = Array("10X98765432".utf8)
        for line in try lines(part: 10, [.registrySubject]) {
            let number = try #require(line["fields"]?["national_id"]?.string)
            let digits = Array(number.utf8)
            #expect(digits.count == 18 && number.hasPrefix("999999"))
            let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
            #expect(digits[17] != checks[sum % 11])
            let phone = line["fields"]?["contacts"]?["phone"]?.string
            #expect(phone?.hasPrefix("+86 100 ") == true)
        }
    }

    @Test func everyDayLiesInThePeriod() throws {
        let days: Set = [
            "applied_on", "decided_on", "paid_on", "period_from", "period_to", "starts_on",
            "ends_on", "opened_on", "closed_on", "held_on", "next_on",
        ]
        for line in try lines(part: 5) {
            for (key, value) in line["fields"]?.object?.members ?? [] where days.contains(key) {
                let day = try #require(value.string)
                #expect(day >= "2020-01-01" && day <= "2026-06-30", "\(key)")
            }
        }
    }

    // MARK: The same, and not the same

    @Test func theSameSeedGivesTheSameBytes() throws {
        let harness = try Harness()
        let first = harness.run("sample", "--seed", "7", "--scale", "1/20")
        #expect(first.status == 0)
        #expect(first.errors == "")
        #expect(first.output == harness.run("sample", "--seed", "7", "--scale", "1/20").output)
        #expect(first.output != harness.run("sample", "--seed", "8", "--scale", "1/20").output)
        // Pinned: a change of it is a change of what a seed means.
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in first.output.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        #expect(String(sum, radix: 16) == "89684aac43942722")
    }

    @Test func aKindBringsThePeopleItIsAbout() throws {
        let all = try lines(part: 20)
        let some = try lines(part: 20, [.counsellingSession])
        let sessions = all.filter { $0["kind"] == "counselling.session" }
        #expect(some.filter { $0["kind"] == "counselling.session" } == sessions)
        let about = Set(sessions.compactMap { $0["subject"]?.string })
        let people = some.filter { $0["kind"] == "registry.subject" }
        #expect(Set(people.compactMap { $0["id"]?.string }) == about)
        #expect(some.count == sessions.count + people.count)
        #expect(people.count < all.count { $0["kind"] == "registry.subject" })
    }

    @Test func aFamilyIsAllItsKinds() throws {
        let harness = try Harness()
        let family = harness.run("sample", "--scale", "1/100", "--kind", "medical")
        let kinds = harness.run(
            "sample", "--scale", "1/100", "--kind", "medical.benefit", "--kind",
            "medical.coverage")
        #expect(family.output == kinds.output)
        #expect(family.output.contains("medical.coverage"))
        #expect(!family.output.contains("hardship.case"))
    }

    @Test(arguments: ["0", "2", "1/0", "1/101", "1/01", "2/3", "1/", "/2", "", "half"])
    func onlyPartsAreParts(scale: String) throws {
        let run = try Harness().run("sample", "--scale", scale)
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(
            run.errors == """
                error: \(scale) is no part of the sample
                hint: write --scale 1 for all of it, or 1/2 to 1/100

                """)
    }

    @Test func anUnknownKindIsRefused() throws {
        let run = try Harness().run("sample", "--kind", "medical.*")
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("error: there is no kind of record medical.*\n"))
    }

    // MARK: What it is made with

    /// The first numbers of the authors' C program for the seed 1234567.
    @Test func splitMixGivesThePublishedNumbers() {
        var dice = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in dice.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func daysAreThoseOfTheCalendar() throws {
        #expect(SampleDay.text(0) == "2020-01-01")
        #expect(SampleDay.text(59) == "2020-02-29")
        #expect(SampleDay.text(60) == "2020-03-01")
        #expect(SampleDay.text(366) == "2021-01-01")
        #expect(SampleDay.text(SampleDay.last) == "2026-06-30")
        #expect(
            SampleDay.newYears.map(SampleDay.text) == (2_020...2_026).map { "\($0)-01-01" })
        #expect(SampleDay.text(-18_262) == "1970-01-01")
        // Every day from 1927 on exists and follows the one before.
        var before = "1926-12-31"
        for day in -33_968...SampleDay.last {
            let text = SampleDay.text(day)
            #expect(CalendarDate(text) != nil && text > before)
            before = text
        }
        #expect(SampleDay.text(-33_968) == "1927-01-01")
    }

    @Test(
        arguments: [(1, 1), (1, 100), (7, 100), (100, 100), (3_500, 1_700_000_000)]
            as [(Int, Int64)])
    func aSumIsSplitToTheLastFen(count: Int, total: Int64) {
        for seed in 0..<20 as Range<UInt64> {
            var dice = SplitMix64(seed: seed)
            let parts = MoneySplit.parts(of: total, count: count, least: 1, &dice)
            #expect(parts.count == count)
            #expect(parts.reduce(0, +) == total)
            #expect(parts.min() ?? 0 >= 1)
        }
    }
}
