import VaultCoding
import VaultRecords

/// Series of sessions with a counsellor.
struct SampleCounselling {
    let seed: UInt64
    let shape: SampleShape
    let people: [SamplePerson]

    /// Every session, client by client: some come once, some for a year.
    func eachSession(_ body: (SampleRecord) throws(ClientError) -> Void) throws(ClientError) {
        var dice = SplitMix64(seed: seed, stream: .counselling, index: 0)
        // The split is of a count here, not of money: at least one each.
        let series = MoneySplit.parts(
            of: Int64(shape.sessions), count: shape.clients, least: 1, &dice)
        // A stride that shares no factor with any number of people in use reaches each once.
        let stride = 1_013
        var made = 0
        for (client, sessions) in series.enumerated() {
            var dice = SplitMix64(seed: seed, stream: .counselling, index: client + 1)
            let person = people[(client + 1) * stride % people.count]
            let story = dice.one(of: person.isRetired ? SampleStory.ofRetired : SampleStory.ofStaff)
            let gap = dice.one(of: [7, 7, 14, 21])
            var day = dice.below(SampleDay.last - Int(sessions) * (gap + 3))
            for number in 1...Int(sessions) {
                made += 1
                let next = number == Int(sessions) ? nil : day + gap + dice.below(3)
                let fields = fields(person, story, number, of: Int(sessions), day, next, &dice)
                try body(
                    SampleRecord(
                        id: "ses\(made)", person: person.number, kind: .counsellingSession,
                        fields: fields))
                day = next ?? day
            }
        }
    }

    private func fields(
        _ person: SamplePerson, _ story: SampleStory, _ number: Int, of all: Int, _ day: Int,
        _ next: Int?, _ dice: inout SplitMix64
    ) -> JSON.Object {
        var fields = JSON.Object()
        fields["held_on"] = .string(SampleDay.text(day))
        fields["started_at"] = .string(dice.one(of: ["09:00", "10:30", "14:00", "15:30", "18:30"]))
        fields["channel"] = .string(dice.one(of: ["phone", "phone", "online", "in_person"]))
        fields["number"] = .int(Int64(number))
        if let next { fields["next_on"] = .string(SampleDay.text(next)) }
        fields["topics"] = .array(story.topics.map { .string($0) })
        // Nothing was said in a session that did not take place.
        if number > 1, dice.percent(6) {
            fields["attendance"] = .string(dice.one(of: ["missed", "cancelled"]))
            fields["risk"] = .string(story.risk)
            return fields
        }
        fields["attendance"] = dice.percent(7) ? "late" : "attended"
        fields["duration_minutes"] = .int(Int64(dice.one(of: [30, 45, 50, 50, 60, 90])))
        // What was grave at the start is less so from the middle of the series on.
        fields["risk"] = .string(number * 2 > all ? story.laterRisk : story.risk)
        let notes = person.isChinese ? story.chinese : story.english
        if number == 1 { fields["concern"] = .string(notes.concern) }
        let opening = person.isChinese ? SampleNotes.openings.chinese : SampleNotes.openings.english
        let work = person.isChinese ? SampleNotes.work.chinese : SampleNotes.work.english
        let plan = person.isChinese ? SampleNotes.plans.chinese : SampleNotes.plans.english
        let first = dice.one(of: opening)
        let second = dice.one(of: work)
        fields["summary"] = .string("\(first)\n\n\(dice.one(of: notes.courses))\n\n\(second)")
        fields["plan"] = .string(next == nil ? notes.ending : dice.one(of: plan))
        return fields
    }
}
