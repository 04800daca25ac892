import VaultCoding

/// One invented person.
struct SamplePerson {
    /// A member of the family who counts for aid.
    struct Relative {
        /// As in `registry.subject`.
        let relation: String
        /// Day of birth, as a ``SampleDay``.
        let born: Int
        let hasIncome: Bool
    }

    /// From 0.
    let number: Int
    let isFemale: Bool
    let isRetired: Bool
    /// Day of birth, as a ``SampleDay``.
    let born: Int
    let name: SampleNames.Name
    let unit: String
    let relatives: [Relative]
    private let dice: SplitMix64

    /// The person of a number, the same for the same seed.
    init(_ number: Int, seed: UInt64) {
        var dice = SplitMix64(seed: seed, stream: .person, index: number)
        self.number = number
        isFemale = dice.percent(46)
        isRetired = dice.percent(22)
        // Women retire from 50 on, men from 60 on; nobody is older than 90.
        let years =
            isRetired
            ? dice.within(isFemale ? 52...82 : 61...82) : dice.within(16...(isFemale ? 48 : 53))
        born = SampleDay.yearsAgo(years) - dice.below(365)
        name = SampleNames.draw(isFemale: isFemale, &dice)
        unit = SampleUnits.draw(&dice)
        relatives = Self.family(years: years, &dice)
        self.dice = dice
    }

    private static func family(years: Int, _ dice: inout SplitMix64) -> [Relative] {
        var family: [Relative] = []
        func add(_ relation: String, _ years: Int, earns: Int) {
            let born = SampleDay.yearsAgo(max(0, years)) - dice.below(300)
            family.append(
                Relative(
                    relation: relation, born: born,
                    hasIncome: years >= 18 && dice.percent(earns)))
        }
        if years >= 24, dice.percent(72) { add("spouse", years + dice.within(-4...4), earns: 70) }
        if years >= 26, dice.percent(66) {
            for _ in 0..<dice.within(1...2) {
                add("child", years - dice.within(25...32), earns: 60)
            }
        }
        if years < 50, dice.percent(35) { add("parent", years + dice.within(24...32), earns: 40) }
        return family
    }

    /// In batches: what records name this person by.
    var id: String { "s\(number + 1)" }

    /// Whether notes about the person are in Chinese.
    var isChinese: Bool { name.full.unicodeScalars.contains { $0.value >= 0x4E00 } }

    /// The fields of `registry.subject`.
    var fields: JSON.Object {
        var dice = dice
        var names: [JSON.Value] = [["full": .string(name.full), "kind": "legal"]]
        if let romanised = name.romanised, dice.percent(12) {
            names.append(["full": .string(romanised), "kind": "romanised"])
        }
        let joined = max(1_975, 2_020 + born / 366 + dice.within(19...27))
        var fields = JSON.Object()
        fields["names"] = .array(names)
        fields["employee_number"] = .string("\(min(joined, 2_025))\(padded(number + 1, to: 5))")
        fields["national_id"] = .string(impossibleID(&dice))
        fields["birth_date"] = .string(SampleDay.text(born))
        fields["sex"] = isFemale ? "female" : "male"
        fields["unit"] = .string(unit)
        fields["status"] = isRetired ? "retired" : "active"
        fields["contacts"] = contacts(&dice)
        if !relatives.isEmpty {
            fields["relatives"] = .array(
                relatives.map {
                    [
                        "relation": .string($0.relation),
                        "birth_date": .string(SampleDay.text($0.born)),
                        "has_income": .bool($0.hasIncome),
                    ]
                })
        }
        return fields
    }

    /// A number of the form of an identity card that no card can bear: there is no region 999999, and
    /// the check character (GB 11643) is never the right one.
    private func impossibleID(_ dice: inout SplitMix64) -> String {
        let day = SampleDay.text(born).replacing("-", with: "")
        let sequence = dice.below(500) * 2 + (isFemale ? 0 : 1)
        let digits = "999999\(day)\(padded(sequence, to: 3))"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        let checks = Array("10X98765432")
        return digits + String(checks[(sum % 11 + dice.within(1...10)) % 11])
    }

    /// Phone numbers begin with 100, which no mobile network has; mail goes to a domain that never
    /// exists (RFC 2606).
    private func contacts(_ dice: inout SplitMix64) -> JSON.Value {
        var contacts = JSON.Object()
        let (first, last) = (padded(dice.below(10_000), to: 4), padded(dice.below(10_000), to: 4))
        contacts["phone"] = .string("+86 100 \(first) \(last)")
        if dice.percent(60) {
            contacts["email"] = .string("p\(padded(number + 1, to: 5))@staff.example.invalid")
        }
        if dice.percent(30) { contacts["preferred"] = .string(dice.one(of: ["phone", "email"])) }
        if dice.percent(8) { contacts["safe_to_call"] = false }
        return .object(contacts)
    }

    private func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
