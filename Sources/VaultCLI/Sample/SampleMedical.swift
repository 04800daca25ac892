import VaultCoding
import VaultRecords

/// One line of the sample about a person.
struct SampleRecord {
    /// In the batch.
    let id: String
    /// Number of the person.
    let person: Int
    let kind: RecordKind
    let fields: JSON.Object
}

/// Subsidies, payments and cover.
struct SampleMedical {
    let seed: UInt64
    let shape: SampleShape
    let people: [SamplePerson]

    private typealias Part = (stream: SampleStream, prefix: String, payments: SampleShape.Payments)

    // The order is that of the reference: inpatient, outpatient, mutual aid, policy for women.

    /// Every benefit, in the order of their numbers.
    func eachBenefit(_ body: (SampleRecord) throws(ClientError) -> Void) throws(ClientError) {
        try each(.inpatient, "in", shape.inpatient, least: 30_000, body) { person, amount, dice in
            subsidy(person, amount, stay: dice.within(3...35), "inpatient", &dice)
        }
        try each(.outpatient, "out", shape.outpatient, least: 5_000, body) { person, amount, dice in
            subsidy(person, amount, stay: 0, "outpatient", &dice)
        }
        try each(.mutualAid, "aid", shape.mutualAid, least: 2_000_000, body) { _, amount, dice in
            var fields = payment(
                "mutual_aid", care: "critical_illness", scheme: "职工互助保障金", by: "fund",
                stay: dice.within(10...60), amount, &dice)
            fields["beneficiary"] = "self"
            return fields
        }
        try each(.womensPolicy, "wom", shape.womensPolicy, least: 500_000, body) {
            _, amount, dice in
            var fields = payment(
                "womens_policy", care: "critical_illness", scheme: "女职工特殊疾病互助保险",
                by: "insurer", stay: dice.within(5...30), amount, &dice)
            fields["beneficiary"] = "self"
            return fields
        }
    }

    private func each(
        _ stream: SampleStream, _ prefix: String, _ payments: SampleShape.Payments, least: Int64,
        _ body: (SampleRecord) throws(ClientError) -> Void,
        fields: (SamplePerson, Int64, inout SplitMix64) -> JSON.Object
    ) throws(ClientError) {
        var dice = SplitMix64(seed: seed, stream: .amounts, index: Int(stream.rawValue))
        // In a small part of the sample the mean can lie below what is usual at least.
        let least = min(least, payments.total / Int64(payments.count) / 2)
        let amounts = MoneySplit.parts(
            of: payments.total, count: payments.count, least: least, &dice)
        for (index, amount) in amounts.enumerated() {
            var dice = SplitMix64(seed: seed, stream: stream, index: index)
            let person = recipient(of: stream, &dice)
            var fields = fields(person, amount, &dice)
            fields["reference"] = .string("\(prefix.uppercased())-\(100_000 + index)")
            try body(
                SampleRecord(
                    id: "\(prefix)\(index + 1)", person: person.number, kind: .medicalBenefit,
                    fields: fields))
        }
    }

    /// Who receives: older people more often, mutual aid only serving staff, the policy only women.
    private func recipient(of stream: SampleStream, _ dice: inout SplitMix64) -> SamplePerson {
        let (one, other) = (dice.one(of: people), dice.one(of: people))
        let drawn = dice.percent(70) == (one.born < other.born) ? one : other
        func fits(_ person: SamplePerson) -> Bool {
            switch stream {
            case .mutualAid: !person.isRetired
            case .womensPolicy: !person.isRetired && person.isFemale
            default: true
            }
        }
        let order = people[drawn.number...] + people[..<drawn.number]
        return order.first(where: fits) ?? drawn
    }

    private func subsidy(
        _ person: SamplePerson, _ amount: Int64, stay: Int, _ care: String,
        _ dice: inout SplitMix64
    ) -> JSON.Object {
        var fields = payment(
            "system_subsidy", care: care, scheme: "系统医疗补助", by: "union", stay: stay, amount, &dice)
        fields["beneficiary"] = .string(beneficiary(person, &dice))
        return fields
    }

    /// The person, or one in eight times a relative whom the person has.
    private func beneficiary(_ person: SamplePerson, _ dice: inout SplitMix64) -> String {
        guard dice.percent(12), !person.relatives.isEmpty else { return "self" }
        let relative = dice.one(of: person.relatives)
        switch relative.relation {
        case "spouse": return "spouse"
        // Eighteen on the first day of the sample, or not.
        case "child" where relative.born > SampleDay.yearsAgo(18): return "minor_child"
        default: return "adult_dependant"
        }
    }

    /// What all payments have; care, application, decision and payment follow each other and all lie
    /// within the sample.
    private func payment(
        _ type: String, care: String, scheme: String, by body: String, stay: Int, _ amount: Int64,
        _ dice: inout SplitMix64
    ) -> JSON.Object {
        let first = dice.below(SampleDay.last - 150)
        let applied = first + stay + dice.within(1...40)
        let decided = applied + dice.within(2...30)
        var fields = JSON.Object()
        fields["applied_on"] = .string(SampleDay.text(applied))
        fields["type"] = .string(type)
        fields["care"] = .string(care)
        fields["scheme"] = .string(scheme)
        fields["period_from"] = .string(SampleDay.text(first))
        fields["period_to"] = .string(SampleDay.text(first + stay))
        let isReduced = dice.percent(9)
        fields["claimed"] = Self.yuan(
            isReduced ? amount + amount * Int64(dice.within(5...60)) / 100 : amount)
        fields["decision"] = isReduced ? "reduced" : "approved"
        fields["decided_on"] = .string(SampleDay.text(decided))
        fields["decided_by"] = .string(body)
        fields["amount"] = Self.yuan(amount)
        fields["paid_on"] = .string(SampleDay.text(decided + dice.within(1...20)))
        return fields
    }

    /// An amount of fen as a field.
    static func yuan(_ fen: Int64) -> JSON.Value {
        ["amount_minor": .int(fen), "currency": "CNY"]
    }

    /// Every cover: serving staff in an order drawn once, each with as many relatives as were insured
    /// with them, until there are enough.
    func eachCover(_ body: (SampleRecord) throws(ClientError) -> Void) throws(ClientError) {
        let staff = people.filter { !$0.isRetired }
            .map { person -> (UInt64, SamplePerson) in
                var dice = SplitMix64(seed: seed, stream: .order, index: person.number)
                return (dice.next(), person)
            }.sorted { ($0.0, $0.1.number) < ($1.0, $1.1.number) }
        var made = 0
        for (_, person) in staff {
            var dice = SplitMix64(seed: seed, stream: .coverage, index: person.number)
            let family = person.relatives.filter { _ in dice.percent(35) }
            let year = dice.below(SampleDay.newYears.count - 1)
            for relative in [nil] + family.map(Optional.some) where made < shape.covers {
                made += 1
                try body(
                    SampleRecord(
                        id: "cov\(made)", person: person.number, kind: .medicalCoverage,
                        fields: cover(relative, from: year, number: made, &dice)))
            }
            guard made < shape.covers else { return }
        }
    }

    private func cover(
        _ relative: SamplePerson.Relative?, from year: Int, number: Int, _ dice: inout SplitMix64
    ) -> JSON.Object {
        var fields = JSON.Object()
        fields["type"] = "commercial"
        fields["scheme"] = "团体补充医疗保险"
        fields["insurer"] = "虚构人寿保险股份有限公司"
        fields["policy_number"] = .string("GRP-\(700_000 + number)")
        fields["insured"] = .string(relative?.relation ?? "self")
        if let relative { fields["insured_birth_date"] = .string(SampleDay.text(relative.born)) }
        fields["starts_on"] = .string(SampleDay.text(SampleDay.newYears[year]))
        // A third ended after some years; the others are prolonged and have no last day.
        if dice.percent(33) {
            let after = min(year + dice.within(1...3), SampleDay.newYears.count - 1)
            fields["ends_on"] = .string(SampleDay.text(SampleDay.newYears[after] - 1))
            fields["status"] = "ended"
        } else {
            fields["status"] = "active"
        }
        fields["premium"] = Self.yuan(Int64(dice.within(36...90)) * 1_000)
        fields["paid_by"] = relative == nil ? "union" : "shared"
        fields["sum_insured"] = Self.yuan(20_000_000)
        return fields
    }
}
