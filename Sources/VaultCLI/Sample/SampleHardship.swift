import VaultCoding
import VaultRecords

/// Households in need.
struct SampleHardship {
    let seed: UInt64
    let shape: SampleShape
    let people: [SamplePerson]

    /// Every case, each of another person.
    func eachCase(_ body: (SampleRecord) throws(ClientError) -> Void) throws(ClientError) {
        // A stride that shares no factor with any number of people in use reaches each once.
        let stride = 1_009
        for index in 0..<shape.cases {
            var dice = SplitMix64(seed: seed, stream: .hardship, index: index)
            let person = people[(index + 1) * stride % people.count]
            try body(
                SampleRecord(
                    id: "case\(index + 1)", person: person.number, kind: .hardshipCase,
                    fields: fields(person, &dice)))
        }
    }

    private func fields(_ person: SamplePerson, _ dice: inout SplitMix64) -> JSON.Object {
        let opened = dice.below(SampleDay.last - 20)
        let status = status(age: SampleDay.last - opened, &dice)
        let cause = dice.one(of: Self.causes)
        let income = Int64(dice.within(18...75)) * 10_000
        var fields = JSON.Object()
        fields["opened_on"] = .string(SampleDay.text(opened))
        fields["status"] = .string(status)
        fields["level"] = .string(cause.level)
        fields["region"] = .string(String(person.unit.split(separator: "/").first ?? "总部"))
        fields["causes"] = .array(cause.names.map { .string($0) })
        fields["circumstances"] = .string(person.isChinese ? cause.chinese : cause.english)
        fields["household"] = .array(household(person, income, &dice))
        fields["household_income"] = SampleMedical.yuan(income)
        fields["household_expense"] = SampleMedical.yuan(
            income * Int64(dice.within(105...190)) / 100)
        guard status != "draft", status != "submitted" else { return fields }
        let granted = Int64(dice.within(8...60)) * 50_000
        decide(&fields, status, opened: opened, granted: granted, &dice)
        return fields
    }

    /// Older cases have come further.
    private func status(age: Int, _ dice: inout SplitMix64) -> String {
        switch age {
        case ..<45: dice.one(of: ["draft", "submitted", "submitted"])
        case ..<200: dice.one(of: ["approved", "assisted", "assisted", "rejected"])
        default: dice.one(of: ["closed", "closed", "closed", "assisted", "rejected"])
        }
    }

    private func household(
        _ person: SamplePerson, _ income: Int64, _ dice: inout SplitMix64
    ) -> [JSON.Value] {
        var members: [JSON.Value] = [
            [
                "relation": "self", "birth_date": .string(SampleDay.text(person.born)),
                "is_dependant": false, "occupation": person.isRetired ? "retired" : "employed",
                "income": SampleMedical.yuan(income),
            ]
        ]
        for relative in person.relatives {
            let isMinor = relative.born > SampleDay.yearsAgo(12)
            let isOld = relative.born < SampleDay.yearsAgo(60)
            let others = ["unemployed", "unable_to_work"]
            members.append([
                "relation": .string(relative.relation),
                "birth_date": .string(SampleDay.text(relative.born)),
                "is_dependant": .bool(isMinor || dice.percent(50)),
                "occupation": .string(
                    isMinor ? "student" : isOld ? "retired" : dice.one(of: others)),
            ])
        }
        return members
    }

    private func decide(
        _ fields: inout JSON.Object, _ status: String, opened: Int, granted: Int64,
        _ dice: inout SplitMix64
    ) {
        let endorsed = opened + dice.within(1...5)
        let decided = endorsed + dice.within(1...9)
        let paid = decided + dice.within(1...5)
        var last = JSON.Object()
        last["decision"] = status == "rejected" ? "rejected" : "approved"
        last["decided_on"] = .string(SampleDay.text(decided))
        last["body"] = "union"
        if status != "rejected" { last["amount"] = SampleMedical.yuan(granted) }
        fields["approvals"] = [
            [
                "decision": "endorsed", "decided_on": .string(SampleDay.text(endorsed)),
                "body": "branch",
            ], .object(last),
        ]
        if status == "assisted" || status == "closed" {
            fields["relief"] = [
                [
                    "paid_on": .string(SampleDay.text(paid)),
                    "form": .string(dice.one(of: ["transfer", "transfer", "cash", "goods"])),
                    "amount": SampleMedical.yuan(granted), "fund": "困难职工帮扶资金",
                ]
            ]
        }
        if status == "closed" {
            let closed = min(SampleDay.last, paid + dice.within(30...150))
            fields["closed_on"] = .string(SampleDay.text(closed))
        }
    }

    private struct Cause {
        let names: [String]
        let level: String
        let chinese: String
        let english: String
    }

    private static let causes = [
        Cause(
            names: ["illness"], level: "deep",
            chinese: "本人患重病，长期治疗，自付费用远超家庭收入，积蓄已用完，向亲友借款。",
            english: "Long treatment of a grave illness; the own share is far above the income and "
                + "the savings are used up."),
        Cause(
            names: ["illness", "care_of_relatives"], level: "deep",
            chinese: "配偶卧床，需专人照料，家中只有一份收入，药费每月支出较大。",
            english: "The spouse is bedridden and needs care; one income has to pay for all, "
                + "medicine included."),
        Cause(
            names: ["schooling", "low_income"], level: "relative",
            chinese: "子女考上大学，学费和生活费难以承担，家庭人均收入低于当地标准。",
            english: "A child begins to study; fees and living cannot be paid from an income below "
                + "the local line."),
        Cause(
            names: ["accident"], level: "accidental",
            chinese: "下班途中发生交通事故，手术两次，肇事方无力赔偿。",
            english:
                "A traffic accident on the way home, two operations, and the other side cannot "
                + "pay."),
        Cause(
            names: ["disaster", "housing"], level: "accidental",
            chinese: "暴雨后房屋进水，家具电器损毁，暂住亲戚家。",
            english: "The flat was flooded after heavy rain; the family stays with relatives."),
        Cause(
            names: ["bereavement", "debt"], level: "relative",
            chinese: "家人去世，治疗期间欠下债务，抚养未成年子女有困难。",
            english: "A death in the family left debts from the treatment and children to raise."),
    ]
}
